"""The page of dots, its poster, and the dots on a phone."""

import pytest
from django.urls import reverse

from appreciation.models import DotCount, DotVote, Finding
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(client):
    appraisal = AppraisalFactory(at_meeting=True)
    client.force_login(MembershipFactory(appraisal=appraisal).user)
    return MeetingFactory(appraisal=appraisal, open=True)


def text(response):
    return response.content.decode().replace("\xa0", " ")


def send(client, meeting, **data):
    return client.post(reverse("space:dots", args=[meeting.reference]), data, follow=True)


def prepare(client, meeting, **data):
    values = {"texts": "Un four à pain\nUn sentier", "per_person": 1, "geste": "preparer"}
    return send(client, meeting, **(values | data))


def options(meeting):
    return list(meeting.dot_poll.options.all())


def phone(client_class, meeting):
    one = client_class()
    one.post(f"/r/{meeting.join_code}/commencer/")
    return one


def test_from_the_options_to_the_wall(client, meeting):
    Finding.objects.create(
        appraisal=meeting.appraisal, meeting=meeting, kind="action_lead", text="Une piste écrite"
    )
    assert "Une piste écrite" in text(client.get(reverse("space:dots", args=[meeting.reference])))
    assert "Ouvrir le choix sur les téléphones" in text(prepare(client, meeting))
    send(client, meeting, geste="ouvrir")
    oven, path = options(meeting)
    phones = [phone(type(client), meeting) for _ in range(3)]
    for one in phones:
        page = one.get(f"/r/{meeting.join_code}/", follow=True)
        assert "Par quoi commencer?" in text(page)
        answer = one.post(
            f"/r/{meeting.join_code}/priorites/", {f"piste-{oven.pk}": "on"}, follow=True
        )
        assert "Vos points sont reçus." in text(answer)
    page = text(send(client, meeting, geste="compter", **{f"piste-{path.pk}": "2"}))
    assert "3 personnes par téléphone jusqu’ici" in page
    assert "vient en premier" not in page
    send(client, meeting, geste="fermer")
    page = text(send(client, meeting, geste="reveler"))
    assert "« Un four à pain » vient en premier, avec 3 points." in page
    for name in ("hall", "results"):
        page = text(client.get(reverse(f"space:{name}", args=[meeting.reference])))
        assert "« Un four à pain » vient en premier" in page


def test_what_is_refused_stays_typed(client, meeting):
    response = prepare(client, meeting, texts="Une seule piste")
    assert response.status_code == 422
    assert "Il faut de 2 à 20 pistes" in text(response)
    assert "Une seule piste" in text(response)
    prepare(client, meeting)
    oven, _ = options(meeting)
    response = send(client, meeting, geste="compter", **{f"piste-{oven.pk}": "-4"})
    assert response.status_code == 422
    assert 'value="-4"' in text(response)
    assert not DotCount.objects.exists()


def test_a_gesture_too_early_is_refused_kindly(client, meeting):
    assert "Choisissez d’abord les pistes." in text(send(client, meeting, geste="ouvrir"))


def test_a_phone_with_too_many_dots_keeps_its_choice_on_screen(client, meeting):
    prepare(client, meeting)
    send(client, meeting, geste="ouvrir")
    one = phone(type(client), meeting)
    sent = {f"piste-{option.pk}": "on" for option in options(meeting)}
    response = one.post(f"/r/{meeting.join_code}/priorites/", sent)
    assert response.status_code == 422
    assert "Vous avez 1 point au plus" in text(response)
    assert text(response).count("checked") == 2
    assert not DotVote.objects.exists()


def test_without_a_seat_or_a_vote_there_is_nothing_to_choose(client, meeting):
    address = f"/r/{meeting.join_code}/priorites/"
    assert client.get(address).status_code == 410
    one = phone(type(client), meeting)
    assert one.get(address).status_code == 302


def test_the_poster_lists_the_options(client, meeting):
    address = reverse("space:dots_poster", args=[meeting.reference])
    assert "Choisissez d’abord les pistes." in text(client.get(address))
    prepare(client, meeting)
    page = text(client.get(address))
    assert "Un four à pain" in page
    assert "1 point par personne, un seul par piste" in page
