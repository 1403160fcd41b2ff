import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.publications import publish, withdraw
from appreciation.enums import PublicationLevel
from appreciation.models import Publication
from reference.models import Issue
from tests.factories import MembershipFactory, UserFactory
from tests.factories.adopted import adopted_appraisal


@pytest.fixture
def told(lead):
    return adopted_appraisal(lead=lead, level=PublicationLevel.SUMMARY)


@pytest.fixture
def url(told):
    return reverse("space:publication", args=[told.reference])


@pytest.fixture
def lead_client(client, lead):
    client.force_login(lead)
    return client


def test_screen_explains_what_leaves_and_stops_at_the_announced_level(lead_client, url):
    text = lead_client.get(url).text
    assert "Rien n’est publié pour le moment." in text
    assert "est «&nbsp;sommaire public&nbsp;»&nbsp;: rien ne va plus loin" in text
    assert 'value="summary"' in text
    assert 'value="region"' in text
    assert 'value="full"' not in text
    assert "Les citations n’ont pas été annoncées&nbsp;: aucune ne sort." in text


def test_publish_from_the_screen(lead_client, url, told):
    issue = Issue.objects.create(code="habitation", name="Habitation")
    response = lead_client.post(
        url, {"level": "summary", "replaces": 0, "issues": [issue.pk]}, follow=True
    )
    edition = Publication.objects.get()
    assert (edition.level, edition.appraisal, edition.published_by.username) == (
        "summary",
        told,
        "lead",
    )
    assert list(edition.issues.all()) == [issue]
    assert "Voir la page du registre" in response.text
    assert "/demarches/riviere-exemple-2026/" in response.text


def test_a_second_click_publishes_nothing(lead_client, url):
    for _ in range(2):
        response = lead_client.post(url, {"level": "summary", "replaces": 0})
    assert Publication.objects.count() == 1
    assert "Une édition vient d’être publiée" in response.text


def test_embargo_opens_at_midnight_here(lead_client, url):
    day = timezone.localdate() + dt.timedelta(days=10)
    response = lead_client.post(
        url, {"level": "summary", "replaces": 0, "embargo_on": day.isoformat()}, follow=True
    )
    until = timezone.localtime(Publication.objects.get().embargo_until)
    assert (until.date(), until.time()) == (day, dt.time(0))
    assert "s’ouvrira le" in response.text
    assert "Voir la page du registre" not in response.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"level": "full", "replaces": 0}, "full"),
        ({"replaces": 0}, "Choisissez un niveau."),
        ({"level": "summary", "replaces": 0, "embargo_on": "2020-01-01"}, "Cette date est passée"),
        ({"level": "summary", "replaces": 0, "embargo_on": "bientôt"}, "Écrivez une date comme"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_written(lead_client, url, data, sentence):
    response = lead_client.post(url, data)
    assert response.status_code == 200
    assert sentence in response.text
    assert 'role="alert"' in response.text
    assert not Publication.objects.exists()


def test_obstacles_are_listed_instead_of_the_form(lead_client, url, told):
    told.adopted_by, told.adopted_on = "", None
    told.save()
    text = lead_client.get(url).text
    assert "Inscrivez qui a adopté le rapport, et quand." in text
    assert "button--invite" not in text
    lead_client.post(url, {"level": "summary", "replaces": 0})
    assert not Publication.objects.exists()


def test_preview_shows_the_page_and_writes_nothing(lead_client, told):
    preview = reverse("space:publication_preview", args=[told.reference, "summary"])
    response = lead_client.get(preview)
    assert "<b>Aperçu.</b>" in response.text
    assert "<h1>Rivière-Exemple, 2026</h1>" in response.text
    assert "no-store" in response["Cache-Control"]
    assert not Publication.objects.exists()
    beyond = reverse("space:publication_preview", args=[told.reference, "full"])
    assert lead_client.get(beyond).status_code == 404


def test_withdraw_asks_for_a_reason_first(lead_client, lead, told, url):
    publish(appraisal=told, level="summary", user=lead)
    withdrawal = reverse("space:withdrawal", args=[told.reference])
    assert "Oui, retirer du registre" in lead_client.get(withdrawal).text
    assert "Dites pourquoi" in lead_client.post(withdrawal, {"reason": " "}).text
    response = lead_client.post(withdrawal, {"reason": "Erreur de nom"}, follow=True)
    assert "a été retirée du registre" in response.text
    assert lead_client.get("/demarches/riviere-exemple-2026/").status_code == 410


def test_withdraw_when_nothing_is_published_says_so(lead_client, told):
    text = lead_client.get(reverse("space:withdrawal", args=[told.reference])).text
    assert "Rien n’est publié pour cette démarche." in text


def test_observer_reads_the_screen_and_can_do_nothing(client, told, lead, url):
    publish(appraisal=told, level="summary", user=lead)
    observer = UserFactory()
    MembershipFactory(appraisal=told, user=observer, role="observer")
    client.force_login(observer)
    text = client.get(url).text
    assert "button--invite" not in text
    assert "Retirer du registre" not in text
    assert client.post(url, {"level": "summary", "replaces": 1}).status_code == 404
    withdrawal = reverse("space:withdrawal", args=[told.reference])
    assert client.get(withdrawal).status_code == 404
    assert client.post(withdrawal, {"reason": "x"}).status_code == 404
    assert Publication.objects.out().count() == 1


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    ("name", "more"),
    [("publication", []), ("publication_preview", ["summary"]), ("withdrawal", [])],
)
def test_stranger_and_neighbour_find_nothing(client, told, neighbour, stranger, method, name, more):
    address = reverse(f"space:{name}", args=[told.reference, *more])
    for user in (neighbour, stranger):
        client.force_login(user)
        assert getattr(client, method)(address).status_code == 404


def test_anonymous_is_sent_to_sign_in_and_other_verbs_are_refused(client, lead, url):
    assert client.get(url).url.startswith("/comptes/")
    client.force_login(lead)
    assert client.put(url).status_code == 405


@pytest.mark.parametrize("editions", [1, 3])
def test_same_queries_whatever_the_number_of_editions(
    lead_client, lead, told, url, editions, django_assert_num_queries
):
    for _ in range(editions):
        publish(appraisal=told, level="summary", user=lead)
    lead_client.get(url)
    with django_assert_num_queries(14):
        lead_client.get(url)


def test_published_then_withdrawn_can_be_published_again(lead_client, lead, told, url):
    publish(appraisal=told, level="summary", user=lead)
    withdraw(appraisal=told, user=lead, reason="Erreur")
    lead_client.post(url, {"level": "summary", "replaces": 1})
    assert lead_client.get("/demarches/riviere-exemple-2026/").status_code == 200


def test_the_step_says_that_it_is_published(lead_client, told, lead):
    told.phase, told.restitution_done_at, told.action_plan_done_at = (
        "sharing",
        *[timezone.now()] * 2,
    )
    told.save()
    step = reverse("space:step", args=[told.reference, "partager"])
    assert "La démarche est publiée au registre." not in lead_client.get(step).text
    publish(appraisal=told, user=lead, level=PublicationLevel.SUMMARY)
    assert "La démarche est publiée au registre." in lead_client.get(step).text
