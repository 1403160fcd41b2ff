"""The link of a check-in, the lists of the space, the answer after a telephone call."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from appreciation.domain.check_ins import run_check_ins
from appreciation.enums import CheckInReply
from tests.factories.follow_up import followed_appraisal

DAY = dt.timedelta(days=1)
DUE = dt.datetime(2027, 2, 28, 8, 15, tzinfo=dt.UTC)


@pytest.fixture
def followed(lead):
    return followed_appraisal(lead=lead)


@pytest.fixture
def first(followed):
    return followed.check_ins.get(months=3)


@pytest.fixture
def link(first):
    return reverse("follow_up:answer", args=[first.token])


def said(appraisal, *values, **more):
    pairs = zip(appraisal.actions.all(), values, strict=True)
    return {f"reply-{action.pk}": value for action, value in pairs} | more


def states(appraisal):
    return [action.state for action in appraisal.actions.all()]


@pytest.mark.parametrize("verb", ["GET", "HEAD"])
@pytest.mark.parametrize("query", ["", *[f"?reponse={reply}" for reply in CheckInReply.values]])
def test_opening_the_link_changes_nothing(link, followed, first, verb, query):
    response = Client().generic(verb, link + query)
    assert response.status_code == 200
    first.refresh_from_db()
    assert (first.state, first.answered_at, first.answers.count()) == ("waiting", None, 0)
    assert states(followed) == ["planned", "planned"]


def test_a_reply_in_the_address_is_only_ticked(client, link, followed):
    form = client.get(f"{link}?reponse=done").context["form"]
    for action in followed.actions.all():
        assert form[f"reply-{action.pk}"].value() == "done"
    assert client.get(f"{link}?reponse=<script>").context["form"].initial["words"] == ""


def test_answering_without_an_account(client, link, followed, first):
    data = said(followed, "done", "needs_help", words="Ça avance", label="Rita")
    response = client.post(link, data)
    assert (response.status_code, response.url) == (302, link)
    page = client.get(link).text
    assert "Merci! Votre réponse est enregistrée." in page
    assert "Changer ma réponse" in page
    assert states(followed) == ["done", "planned"]
    first.refresh_from_db()
    assert (first.via, first.answered_by_label, first.recorded_by) == ("mail", "Rita", None)


def test_a_missing_reply_is_asked_and_the_rest_stays(client, link, followed, first):
    one = followed.actions.first()
    response = client.post(link, {f"reply-{one.pk}": "done", "words": "Des nouvelles"})
    assert response.status_code == 422
    assert "Choisissez une réponse." in response.text
    assert "Des nouvelles" in response.text
    assert first.answers.count() == 0


def test_abandoning_asks_why_beside_its_box(client, link, followed):
    response = client.post(link, said(followed, "done", "abandoned"))
    assert response.status_code == 422
    box = f"id_words-{followed.actions.last().pk}"
    assert f'<p class="field-error" id="{box}_error">' in response.text


def test_after_seven_days_the_answer_is_read_only(client, link, followed, time_machine):
    time_machine.move_to(DUE)
    client.post(link, said(followed, "done", "in_progress"))
    time_machine.move_to(DUE + 8 * DAY)
    page = client.get(link).text
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert "en cours" in page
    assert client.post(link, said(followed, "done", "done")).status_code == 422
    assert states(followed) == ["done", "in_progress"]


def test_an_unknown_link_says_whom_to_call(client):
    response = client.get("/suivi/jamais-donne/")
    assert response.status_code == 404
    assert "Ce lien n’est plus en usage" in response.text


def test_the_link_is_never_kept_nor_indexed(client, link):
    response = client.get(link)
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.text


def test_the_coordination_answers_after_a_call(client, lead, followed, first):
    client.force_login(lead)
    url = reverse("space:check_in", args=[followed.reference, 3])
    response = client.post(url, said(followed, "done", "done", via="phone", label="Le maire"))
    assert response.url == reverse("space:follow_up", args=[followed.reference])
    first.refresh_from_db()
    assert (first.via, first.recorded_by, first.state) == ("phone", lead, "answered")
    page = client.get(response.url).text
    assert "Réponse de Le maire" in page
    assert "par téléphone" in page


def test_an_answer_by_telephone_without_a_reply_is_asked(client, lead, followed):
    client.force_login(lead)
    url = reverse("space:check_in", args=[followed.reference, 3])
    assert client.post(url, {"via": "phone"}).status_code == 422
    assert client.get(reverse("space:check_in", args=[followed.reference, 4])).status_code == 404


def test_silence_lands_on_the_list(client, lead, followed):
    client.force_login(lead)
    url = reverse("space:check_ins")
    assert "Tout le monde a donné des nouvelles." in client.get(url).text
    run_check_ins(DUE)
    run_check_ins(DUE + 14 * DAY)
    run_check_ins(DUE + 28 * DAY)
    page = client.get(url)
    assert [row.months for row in page.context["late"]] == [3]
    assert [row.months for row in page.context["page"]] == [6, 12, 24]
