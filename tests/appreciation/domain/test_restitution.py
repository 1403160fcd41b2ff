"""The thirty days during which participants read the draft."""

import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.restitution import (
    close_restitution,
    missing_to_open,
    open_restitution,
    restitution_window,
    save_paper_copies,
)
from appreciation.enums import MeetingState, PublicationLevel
from appreciation.models import Restitution
from core.errors import ConcurrentEditError, DomainError
from tests.factories import AppraisalFactory, MembershipFactory, UserFactory
from tests.factories.adopted import adopted_appraisal

OPENED = dt.datetime(2026, 11, 3, 22, 0, tzinfo=dt.UTC)
"""17:00 in Québec; the thirtieth day is December 3rd, which ends after the change of hour."""


@pytest.fixture
def told(lead):
    return adopted_appraisal(lead=lead)


def test_never_opened_has_no_dates(told):
    window = restitution_window(told)
    assert tuple(window) == (None, None)
    assert not window.is_open(OPENED)
    assert not window.is_over(OPENED)
    assert window.last_day is None


def test_it_lasts_to_the_end_of_the_thirtieth_day(told, lead):
    open_restitution(appraisal=told, user=lead, now=OPENED)
    window = restitution_window(told)
    assert window.last_day == dt.date(2026, 12, 3)
    assert window.closes == dt.datetime(2026, 12, 4, 5, 0, tzinfo=dt.UTC)
    assert window.is_open(window.closes - dt.timedelta(seconds=1))
    assert not window.is_open(window.closes)
    assert window.is_over(window.closes)
    assert not window.is_open(OPENED - dt.timedelta(seconds=1))


def test_midnight_is_the_one_of_quebec_whatever_the_season(told, lead):
    before_summer = dt.datetime(2027, 2, 20, 3, 0, tzinfo=dt.UTC)  # still February 19th there
    open_restitution(appraisal=told, user=lead, now=before_summer)
    window = restitution_window(told)
    assert window.last_day == dt.date(2027, 3, 21)
    assert window.closes == dt.datetime(2027, 3, 22, 4, 0, tzinfo=dt.UTC)


def test_a_second_click_gives_no_more_time(told, lead):
    open_restitution(appraisal=told, user=lead, now=OPENED)
    open_restitution(appraisal=told, user=lead, now=OPENED + dt.timedelta(days=3))
    assert restitution_window(told).opens == OPENED
    assert told.transitions.filter(name="restitution_opened").count() == 1
    assert told.transitions.get().comment == "Jusqu’au 3\xa0décembre\xa02026."


def test_once_over_it_may_be_opened_again(told, lead):
    open_restitution(appraisal=told, user=lead, now=OPENED)
    again = OPENED + dt.timedelta(days=60)
    open_restitution(appraisal=told, user=lead, now=again)
    assert restitution_window(told).opens == again


def test_it_closes_early_with_a_sentence(told, lead):
    open_restitution(appraisal=told, user=lead, now=OPENED)
    soon = OPENED + dt.timedelta(days=2)
    with pytest.raises(DomainError) as refused:
        close_restitution(appraisal=told, user=lead, reason="  ", now=soon)
    assert "reason" in refused.value.fields
    assert restitution_window(told).is_open(soon)
    for _ in range(2):
        close_restitution(appraisal=told, user=lead, reason="Un nom y est resté.", now=soon)
    assert restitution_window(told).closes == soon
    closed = told.transitions.get(name="restitution_closed")
    assert closed.comment == "Un nom y est resté."


def test_nothing_leaves_a_private_demarche(told, lead):
    told.announced_level = PublicationLevel.PRIVATE
    told.save()
    with pytest.raises(DomainError, match="privé"):
        open_restitution(appraisal=told, user=lead)
    assert not Restitution.objects.filter(opened_at__isnull=False).exists()


def test_entry_is_finished_first(told, lead):
    told.meetings.update(state=MeetingState.CLOSED)
    assert missing_to_open(told) == [
        "Déclarez d’abord la saisie terminée, à la console de la rencontre."
    ]


def test_the_meeting_comes_first():
    assert missing_to_open(AppraisalFactory()) == [
        "Terminez d’abord l’étape « Tenir la rencontre ».",
        "Tenez d’abord une rencontre d’appréciation: son code ouvre la page.",
    ]


def test_only_who_may_change_the_demarche_opens_it(told):
    observer = UserFactory()
    MembershipFactory(appraisal=told, user=observer, role="observer")
    with pytest.raises(DomainError, match="pas la changer"):
        open_restitution(appraisal=told, user=observer)


def test_paper_copies_say_where_and_refuse_an_older_form(told, lead):
    with pytest.raises(DomainError) as refused:
        save_paper_copies(appraisal=told, user=lead, version=1, copies=20, places=" ")
    assert "places" in refused.value.fields
    for _ in range(2):
        save_paper_copies(
            appraisal=told, user=lead, version=1, copies=20, places="Bureau municipal"
        )
    stored = told.restitution
    assert (stored.paper_copies, stored.paper_places, stored.version) == (20, "Bureau municipal", 2)
    with pytest.raises(ConcurrentEditError):
        save_paper_copies(appraisal=told, user=lead, version=1, copies=5, places="Épicerie")
    stored.refresh_from_db()
    assert stored.paper_copies == 20


def test_paper_copies_do_not_open_it(told, lead):
    save_paper_copies(appraisal=told, user=lead, version=1, copies=3, places="Épicerie")
    assert tuple(restitution_window(told)) == (None, None)
    assert not restitution_window(told).is_open(timezone.now())
