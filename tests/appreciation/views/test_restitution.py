"""The restitution seen from the space."""

import pytest
from django.urls import reverse

from appreciation.domain.restitution import open_restitution, restitution_window
from appreciation.enums import MeetingState
from appreciation.models import Restitution
from tests.factories import MembershipFactory, UserFactory
from tests.factories.adopted import adopted_appraisal


@pytest.fixture
def told(lead):
    return adopted_appraisal(lead=lead)


@pytest.fixture
def url(told):
    return reverse("space:restitution", args=[told.reference])


@pytest.fixture
def client(client, lead):
    client.force_login(lead)
    return client


def test_the_step_leads_to_it(client, told, url):
    step = client.get(reverse("space:step", args=[told.reference, "restituer"])).content.decode()
    assert f'href="{url}"' in step
    assert "Donner le rapport à lire aux gens" in step


def test_it_opens_with_one_button(client, told, url):
    assert "Ouvrir la restitution</button>" in client.get(url).content.decode()
    page = client.post(url, {"intent": "open"}, follow=True).content.decode()
    assert restitution_window(told).opens is not None
    assert "La restitution est ouverte." in page
    code = told.meetings.get().join_code
    assert f'href="http://testserver/r/{code}/rapport/"' in page
    assert "Ouvrir la restitution</button>" not in page


def test_what_is_missing_is_said_and_nothing_opens(client, told, url):
    told.meetings.update(state=MeetingState.CLOSED)
    page = client.get(url).content.decode()
    assert "Déclarez d’abord la saisie terminée" in page
    assert "Ouvrir la restitution</button>" not in page
    page = client.post(url, {"intent": "open"}, follow=True).content.decode()
    assert "Déclarez d’abord la saisie terminée" in page
    assert restitution_window(told).opens is None


def test_paper_copies(client, told, url):
    data = {"intent": "copies", "copies": "20", "places": "Bureau municipal", "version": "1"}
    assert "sont inscrites" in client.post(url, data, follow=True).content.decode()
    assert Restitution.objects.get().paper_copies == 20
    refused = client.post(url, data | {"places": "", "version": "2"})
    assert refused.status_code == 422
    assert "Dites où elles ont été remises" in refused.content.decode()
    assert 'value="20"' in refused.content.decode()


def test_an_older_form_shows_both_and_can_be_sent_again(client, told, url):
    data = {"intent": "copies", "copies": "20", "places": "Bureau municipal", "version": "1"}
    client.post(url, data)
    older = client.post(url, data | {"copies": "5", "places": "Épicerie"})
    page = older.content.decode()
    assert older.status_code == 422
    assert "20 copies, Bureau municipal" in page
    assert 'value="Épicerie"' in page
    assert 'name="version" value="2"' in page
    client.post(url, data | {"copies": "5", "places": "Épicerie", "version": "2"})
    assert Restitution.objects.get().paper_places == "Épicerie"


def test_closing_early_asks_why(client, told, lead, url):
    open_restitution(appraisal=told, user=lead)
    refused = client.post(url, {"intent": "close", "reason": ""})
    assert refused.status_code == 422
    assert "Dites en une phrase pourquoi" in refused.content.decode()
    client.post(url, {"intent": "close", "reason": "Un nom y est resté."})
    assert told.transitions.get(name="restitution_closed").comment == "Un nom y est resté."


def test_an_observer_sees_and_changes_nothing(client, told, url):
    observer = UserFactory()
    MembershipFactory(appraisal=told, user=observer, role="observer")
    client.force_login(observer)
    assert '<button class="button' not in client.get(url).content.decode()
    assert client.post(url, {"intent": "open"}).status_code == 404
    assert restitution_window(told).opens is None
