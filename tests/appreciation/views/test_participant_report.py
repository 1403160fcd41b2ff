"""`/r/<code>/rapport/`: who may read the draft, when, and what is on it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.gatherings import plan_gathering
from appreciation.domain.publications import publish
from appreciation.domain.restitution import (
    open_restitution,
    restitution_window,
    save_paper_copies,
)
from appreciation.enums import AppraisalState, MeetingState, PublicationLevel
from appreciation.models import JoinAttempt
from core.typography import fr_date, fr_time
from tests.appreciation.views.participant import Phone
from tests.factories import MeetingFactory
from tests.factories.adopted import adopted_appraisal
from tests.screens import Screen

CODE = "K7M2PX"


def told_by(lead, **values):
    appraisal = adopted_appraisal(lead=lead, **values)
    appraisal.meetings.update(join_code=CODE)
    return appraisal


@pytest.fixture
def told(lead):
    return told_by(lead)


@pytest.fixture
def opened(told, lead):
    open_restitution(appraisal=told, user=lead)
    return told


def read(code=CODE, client=None):
    return (client or Client()).get(f"/r/{code}/rapport/")


def test_participants_read_the_draft_without_account_or_cookie(opened):
    client = Client()
    response = read(client=client)
    page = response.content.decode()
    assert response.status_code == 200
    assert not client.cookies
    assert "On s’entraide quand ça compte" in page
    last_day = timezone.localdate() + dt.timedelta(days=30)
    assert restitution_window(opened).last_day == last_day
    assert f"{last_day.year}</b> inclus" in page


def test_it_is_a_draft_until_it_is_adopted(opened):
    assert opened.adopted_on
    page = read().text
    assert "projet de rapport" not in page.lower()
    opened.adopted_on, opened.adopted_by = None, ""
    opened.save()
    page = read().text
    assert f"{opened.place} · projet de rapport" in page
    assert "C’est un projet" in page


def test_it_is_kept_by_no_cache_and_no_search_engine(opened):
    response = read()
    assert response["X-Robots-Tag"] == "noindex"
    assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_it_is_light(opened):
    assert Screen(read().content.decode()).weight < 60_000


@pytest.mark.parametrize(
    ("level", "shows_numbers", "shows_quote"),
    [
        (PublicationLevel.FULL, True, True),
        (PublicationLevel.SUMMARY, False, False),
        (PublicationLevel.REGION, False, False),
    ],
)
def test_it_never_goes_further_than_what_was_announced(lead, level, shows_numbers, shows_quote):
    told = told_by(lead, level=level, quotes_announced=True)
    open_restitution(appraisal=told, user=lead)
    page = read().content.decode()
    assert ('class="chart' in page) is shows_numbers
    assert ("Mot précieux" in page) is shows_quote
    assert "On s’entraide quand ça compte" in page


@pytest.mark.parametrize("typed", ["k7m2px", "K7M-2PX", "k7m%202px"])
def test_the_printed_address_is_forgiving(opened, typed):
    response = read(typed)
    assert (response.status_code, response["Location"]) == (302, f"/r/{CODE}/rapport/")


def test_unknown_and_to_come_answer_alike(told, lead):
    MeetingFactory(join_code="PPPPPP")
    other = adopted_appraisal(lead=lead, place__name="Anse-Exemple", place__slug="anse-x")
    open_restitution(appraisal=other, user=lead)
    MeetingFactory(appraisal=other, join_code="FFFFFF", state=MeetingState.PLANNED)
    pages = set()
    for code in ("UUUUUU", "PPPPPP", "FFFFFF"):
        response = read(code)
        assert response.status_code == 404
        pages.add(response.content.decode().replace(code, "CODE"))
    assert len(pages) == 1


@pytest.mark.parametrize("state", [MeetingState.OPEN, MeetingState.CLOSED, MeetingState.ENTRY_DONE])
def test_before_it_is_given_to_read_the_printed_address_asks_to_come_back(told, state):
    told.meetings.update(state=state, closed_at=timezone.now())
    response = read()
    page = response.content.decode()
    assert response.status_code == 200
    assert "Le rapport n’est pas encore prêt" in page
    assert response["X-Robots-Tag"] == "noindex"
    assert not JoinAttempt.objects.exists()
    for private in (str(told.place), told.reference, CODE, "On s’entraide quand ça compte"):
        assert private not in page


def test_nothing_is_promised_when_nothing_will_be_read(told):
    told.announced_level = PublicationLevel.PRIVATE
    told.save()
    assert read().status_code == 404


def test_a_cancelled_demarche_answers_as_if_unknown(opened):
    opened.state = AppraisalState.CANCELLED
    opened.save()
    assert read().status_code == 404


def test_wrong_codes_are_counted_and_right_ones_pass(opened):
    assert {read("ZZZZZZ").status_code for _ in range(20)} == {404}
    refused = read("ZZZZZZ")
    assert refused.status_code == 429
    assert JoinAttempt.objects.count() == 20
    assert read().status_code == 200


def test_after_the_last_day_a_kind_page_says_it_ended(opened):
    window = restitution_window(opened)
    with time_machine.travel(window.closes - dt.timedelta(seconds=1), tick=False):
        assert read().status_code == 200
    with time_machine.travel(window.closes, tick=False):
        response = read()
    page = response.content.decode()
    assert response.status_code == 410
    assert "La restitution est terminée" in page
    assert "Rien n’est publié pour le moment." in page
    assert "On s’entraide quand ça compte" not in page
    assert not JoinAttempt.objects.exists()


def test_after_the_end_it_leads_to_the_public_page(opened, lead):
    publish(appraisal=opened, level=PublicationLevel.SUMMARY, user=lead)
    with time_machine.travel(restitution_window(opened).closes, tick=False):
        page = read().content.decode()
    assert 'href="/demarches/riviere-exemple-2026/"' in page


def test_a_region_only_edition_is_no_public_page(lead):
    told = told_by(lead, level=PublicationLevel.REGION)
    open_restitution(appraisal=told, user=lead)
    publish(appraisal=told, level=PublicationLevel.REGION, user=lead)
    with time_machine.travel(restitution_window(told).closes, tick=False):
        page = read().content.decode()
    assert "Rien n’est publié" in page
    assert "/demarches/" not in page


def test_the_code_typed_after_the_evening_leads_to_the_report(opened):
    for address in (f"/r/{CODE}/", "/r/?code=k7m 2px"):
        response = Client().get(address)
        assert (response.status_code, response["Location"]) == (302, f"/r/{CODE}/rapport/")
    with time_machine.travel(restitution_window(opened).closes, tick=False):
        assert Client().get(f"/r/{CODE}/").status_code == 404


def test_the_last_screen_of_a_phone_leads_there(lead):
    meeting = MeetingFactory(open=True, appraisal__announced_level=PublicationLevel.FULL)
    phone = Phone(meeting).sit()
    now = timezone.now()
    type(meeting).objects.update(state=MeetingState.ENTRY_DONE, closed_at=now, entry_done_at=now)
    page = phone.get().content.decode()
    assert f"http://testserver/r/{meeting.join_code}/rapport/" in page
    assert "Lire le projet de rapport" not in page
    meeting.appraisal.meeting_done_at = now
    meeting.appraisal.save()
    lead.is_superuser = True
    lead.save()
    open_restitution(appraisal=meeting.appraisal, user=lead)
    assert "Lire le projet de rapport" in phone.get().content.decode()


def test_a_private_demarche_promises_no_page(lead):
    meeting = MeetingFactory(open=True, appraisal__announced_level=PublicationLevel.PRIVATE)
    phone = Phone(meeting).sit()
    type(meeting).objects.update(state=MeetingState.CLOSED, closed_at=timezone.now())
    assert "/rapport/" not in phone.get().content.decode()


def test_it_is_printed_on_each_sheet_of_paper(lead, client):
    told = told_by(lead)
    client.force_login(lead)
    url = reverse("space:paper_form", args=[told.meetings.get().reference])
    page = client.get(url, {"numeros": "1-2"}).content.decode()
    assert page.count(f"http://testserver/r/{CODE}/rapport/") == 2
    assert page.count('aria-label="Code QR du rapport"') == 2


def test_reading_takes_as_many_queries_whatever_it_shows(lead, django_assert_num_queries):
    for number, every_item in enumerate((False, True)):
        told = adopted_appraisal(
            lead=lead, every_item=every_item, place__slug=f"ex-{number}", instrument__with_items=3
        )
        open_restitution(appraisal=told, user=lead)
        code = told.meetings.get().join_code
        read(code)
        with django_assert_num_queries(27):
            read(code)


def test_the_public_evening_and_the_paper_copies_are_said(opened, lead):
    day = timezone.now().replace(second=0, microsecond=0) + dt.timedelta(days=9)
    evening = plan_gathering(
        appraisal=opened, user=lead, kind="restitution", starts_at=day, venue="Salle du quai"
    )
    save_paper_copies(
        appraisal=opened, user=lead, version=1, copies=12, places="Bureau de poste, épicerie"
    )
    page = read().content.decode()
    said = f"{fr_date(timezone.localtime(day))}, {fr_time(timezone.localtime(day))}, Salle du quai."
    assert f"<b>La soirée publique\xa0:</b> {said}" in page
    assert "Des copies de papier ont été déposées\xa0: Bureau de poste, épicerie." in page
    client = Client()
    client.force_login(lead)
    base = f"/espace/demarches/{opened.reference}/"
    fiche = reverse("space:meeting_page", args=[evening.reference])
    for address in (f"{base}restitution/", f"{base}etapes/restituer/"):
        text = client.get(address).content.decode()
        assert "Salle du quai" in text
        assert f'href="{fiche}"' in text
    with time_machine.travel(day + dt.timedelta(minutes=1), tick=False):
        assert "La soirée publique" not in read().content.decode()


def test_an_evening_after_the_window_is_still_said(opened, lead):
    closes = restitution_window(opened).closes
    plan_gathering(
        appraisal=opened,
        user=lead,
        kind="restitution",
        starts_at=closes + dt.timedelta(days=2),
        venue="Salle du quai",
    )
    with time_machine.travel(closes, tick=False):
        assert "Salle du quai" in read().content.decode()


def test_without_an_evening_the_team_is_told_where_to_plan_it(opened, lead):
    assert "La soirée publique" not in read().content.decode()
    client = Client()
    client.force_login(lead)
    page = client.get(f"/espace/demarches/{opened.reference}/restitution/").content.decode()
    assert "Aucune n’est à venir." in page
    assert "/rencontres/prevoir/restitution/" in page


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_it_is_only_read(opened, verb):
    assert getattr(Client(), verb)(f"/r/{CODE}/rapport/").status_code == 405
