import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.queries.retention import last_purge, retention_clock
from background.models import JobRun
from background.outbox import queue_mail
from core.personal_data import read_register
from tests.appreciation.views.conftest import client_of
from tests.factories import AppraisalFactory, UserFactory
from tests.factories.invitees import InviteeFactory

URL = "/espace/renseignements-personnels/"
NOON = dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC)


def test_the_coordinator_reads_what_is_held_and_until_when(as_coordinator):
    page = as_coordinator.get(URL)
    text = page.content.decode()
    assert len(page.context["holdings"]) == len(read_register())
    assert "Répondante ou répondant local".lower() in text
    assert "30\N{NO-BREAK SPACE}jours après" in text or "30 jours après" in text
    assert "Aucun passage n’a encore eu lieu." in text


def test_whoever_coordinates_nothing_is_told_that_nothing_is_there(as_lead):
    assert as_lead.get(URL).status_code == 404


def test_the_clock_says_what_goes_next_the_nearest_first():
    old = queue_mail(kind="essai", to="luce@exemple.org", subject="Objet", body="Texte")
    type(old).objects.update(sent_at=NOON - dt.timedelta(days=28))
    first, *others = retention_clock(NOON)
    assert (first.label, first.at) == ("Courriels partis ou abandonnés", NOON + dt.timedelta(2))
    assert not first.is_tonight
    assert {due.at for due in others} == {None}
    type(old).objects.update(sent_at=NOON - dt.timedelta(days=31))
    assert retention_clock(NOON)[0].is_tonight


@pytest.mark.parametrize(("hours", "is_late"), [(10, False), (27, True)])
def test_a_night_that_was_missed_is_said(hours, is_late):
    done_at = NOON - dt.timedelta(hours=hours)
    JobRun.objects.create(name="purge_personal_data", done_at=done_at)
    assert last_purge(NOON).is_late is is_late
    assert last_purge(NOON).at == done_at


def test_a_job_just_done_is_told_on_the_page():
    JobRun.objects.create(name="purge_personal_data", done_at=timezone.now())
    administrator = client_of(UserFactory(is_superuser=True))
    assert "Le prochain, cette nuit." in administrator.get(URL).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(as_coordinator, count, django_assert_num_queries):
    for number in range(count):
        queue_mail(kind="essai", to=f"p{number}@exemple.org", subject="Objet", body="Texte")
        InviteeFactory(appraisal=AppraisalFactory())
    as_coordinator.get(URL)
    with django_assert_num_queries(39):
        as_coordinator.get(URL)
