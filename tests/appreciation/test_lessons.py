"""Lessons of a démarche that ends or stops: kept, in the report, public where it may be."""

import json

import pytest

from appreciation.domain.phases import change_state
from appreciation.domain.publications import publish
from appreciation.domain.report import assemble_report, report_from_snapshot, report_to_snapshot
from appreciation.domain.report.guesses import free_texts
from appreciation.models import TransitionLog
from tests.appreciation.views.conftest import client_of
from tests.factories.adopted import adopted_appraisal

LESSONS = "Inviter plus tôt.\nPrévoir deux micros."
PAGE = "/demarches/riviere-exemple-2026/"


@pytest.fixture
def told(lead):
    return adopted_appraisal(lead=lead)


def state_page(appraisal):
    return f"/espace/demarches/{appraisal.reference}/etat/"


def stop(client, appraisal, gesture, lessons):
    data = {"gesture": gesture, "comment": "Le comité s’arrête.", "lessons": lessons}
    assert client.post(state_page(appraisal), data).status_code == 302
    appraisal.refresh_from_db()


@pytest.mark.parametrize(
    ("gesture", "state"), [("put_to_sleep", "dormant"), ("cancel", "cancelled")]
)
def test_stopping_keeps_lessons_apart_from_the_reason(told, as_lead_of, gesture, state):
    stop(as_lead_of, told, gesture, f"  {LESSONS}  ")
    assert (told.state, told.lessons.replace("\r", "")) == (state, LESSONS)
    assert TransitionLog.objects.get(name=gesture).comment == "Le comité s’arrête."
    text = as_lead_of.get(f"/espace/demarches/{told.reference}/").text
    assert "Prévoir deux micros." in text


@pytest.fixture
def as_lead_of(told, lead):
    return client_of(lead)


def test_what_was_learnt_stays_when_nothing_is_added(told, lead, as_lead_of):
    stop(as_lead_of, told, "put_to_sleep", LESSONS)
    change_state(appraisal=told, name="resume", user=lead)
    assert "Prévoir deux micros." in as_lead_of.get(state_page(told)).text
    stop(as_lead_of, told, "cancel", "")
    assert "deux micros" in told.lessons


def test_a_gesture_that_goes_on_asks_for_no_lesson(told, lead, as_lead_of):
    change_state(appraisal=told, name="cancel", user=lead, comment="Fini.")
    assert "lessons" not in as_lead_of.get(state_page(told)).context["form"].fields


@pytest.mark.parametrize(
    ("level", "is_told"), [("private", True), ("region", True), ("summary", False), ("full", True)]
)
def test_the_report_tells_them_but_for_the_summary(told, level, is_told):
    told.lessons = LESSONS
    report = assemble_report(told, level=level)
    read = report_from_snapshot(json.loads(json.dumps(report_to_snapshot(report))))
    assert read.lessons == (LESSONS if is_told else "")
    assert ("Leçons" in [text.where for text in free_texts(read)]) is is_told


def test_an_edition_of_before_is_still_read(told):
    snapshot = report_to_snapshot(assemble_report(told))
    del snapshot["lessons"]
    assert report_from_snapshot(snapshot).lessons == ""


def test_the_public_page_has_them_from_the_next_edition_on(told, lead, as_lead_of, client):
    publish(appraisal=told, level="full", user=lead)
    publication = f"/espace/demarches/{told.reference}/publication/"
    told.lessons = LESSONS
    told.save()
    assert "Ce que nous avons appris" not in client.get(PAGE).text
    assert (
        "Vos leçons ne sont pas encore à la page du registre." in as_lead_of.get(publication).text
    )
    publish(appraisal=told, level="full", user=lead)
    assert "Ce que nous avons appris" in client.get(PAGE).text
    assert "Prévoir deux micros." in client.get(PAGE).text
    assert "Vos leçons" not in as_lead_of.get(publication).text


def test_a_summary_promises_no_lesson(told, lead, as_lead_of, client):
    told.lessons = LESSONS
    told.save()
    publish(appraisal=told, level="summary", user=lead)
    assert "deux micros" not in client.get(PAGE).text
    page = as_lead_of.get(f"/espace/demarches/{told.reference}/publication/")
    assert "Vos leçons" not in page.text


def test_the_screen_report_shows_them(told, as_lead_of):
    told.lessons = LESSONS
    told.save()
    text = as_lead_of.get(f"/espace/demarches/{told.reference}/rapport/").text
    assert '<h2 id="lecons">Ce que nous avons appris</h2>' in text
