import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from appreciation.domain.queries.progress import progress_of
from appreciation.domain.queries.tasks import calendar_of, due_date, next_tasks, tasks_of
from appreciation.domain.shipped_tasks import SHIPPED_TASKS
from appreciation.domain.tasks import (
    TaskWish,
    add_task,
    erase_old_task_owners,
    save_task,
    tick_task,
)
from appreciation.enums import Phase
from appreciation.models import Appraisal, PhaseTask, TransitionLog
from core.errors import ConcurrentEditError, DomainError
from tests.factories import MeetingFactory, MembershipFactory, UserFactory

TODAY = dt.date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _opened_in_the_summer(appraisal):
    appraisal.created_at = dt.datetime(2026, 7, 2, 14, tzinfo=dt.UTC)
    appraisal.save(update_fields=["created_at"])


def wish(**changes):
    values = {"owner": None, "owner_words": "", "due_on": None, "is_done": False}
    return TaskWish(**{**values, "is_dropped": False, **changes})


def save(appraisal, lead, version=0, **changes):
    return save_task(
        appraisal=appraisal, user=lead, code="salle", version=version, wish=wish(**changes)
    )


def late(appraisal):
    phases = calendar_of(appraisal, progress_of(appraisal), TODAY)
    return {one.task.code for phase in phases for one in phase.tasks if one.is_late}


def test_every_phase_has_a_few_tasks_in_the_order_of_their_dates():
    for phase in Phase:
        days = [task.days for task in SHIPPED_TASKS if task.phase == phase]
        assert 2 <= len(days) <= 5
        assert days == sorted(days) or phase == Phase.FRAMING
    codes = [task.code for task in SHIPPED_TASKS]
    assert len(set(codes)) == len(codes) == 28


def test_nothing_is_stored_until_somebody_touches_it(appraisal, lead):
    assert len(tasks_of(appraisal)) == 28
    assert not PhaseTask.objects.exists()
    tick_task(appraisal=appraisal, user=lead, code="salle", is_done=True)
    assert [task.code for task in PhaseTask.objects.all()] == ["salle"]
    assert len(tasks_of(appraisal)) == 28


def test_dates_are_counted_from_the_meeting_else_from_the_approximate_date(appraisal):
    def letters():
        phases = calendar_of(appraisal, progress_of(appraisal), TODAY)
        dated = {one.task.code: one.due_on for phase in phases for one in phase.tasks}
        return dated["lettres"]

    assert letters() == dt.date(2026, 9, 17)
    MeetingFactory(appraisal=appraisal, starts_at=dt.datetime(2026, 11, 6, 2, tzinfo=dt.UTC))
    assert letters() == dt.date(2026, 10, 1), "le 5 novembre au soir, à l’heure d’ici"
    appraisal.meetings.all().delete()
    appraisal.expected_on = None
    assert letters() is None


def test_nothing_waits_since_before_the_demarche_was_opened(appraisal):
    """Opened three weeks before its meeting: what should be done by then waits from that day."""

    def due():
        phases = calendar_of(appraisal, progress_of(appraisal), TODAY)
        return {one.task.code: one.due_on for phase in phases for one in phase.tasks}

    appraisal.created_at = dt.datetime(2026, 9, 30, 14, tzinfo=dt.UTC)
    assert due()["mandat"] == due()["lettres"] == dt.date(2026, 9, 30)
    assert due()["rappel"] == dt.date(2026, 10, 15)
    assert {"mandat", "lettres"} <= late(appraisal)
    appraisal.created_at = dt.datetime(2026, 10, 1, 14, tzinfo=dt.UTC)
    assert late(appraisal) == set()
    # One written down after its meeting keeps the dates that were right.
    appraisal.created_at = dt.datetime(2027, 3, 1, 14, tzinfo=dt.UTC)
    assert due()["mandat"] == dt.date(2026, 8, 20)


def test_what_is_late_is_neither_done_nor_without_object_nor_of_a_finished_appraisal(
    appraisal, lead
):
    assert {"mandat", "salle", "lettres", "population"} <= late(appraisal)
    tick_task(appraisal=appraisal, user=lead, code="mandat", is_done=True)
    save(appraisal, lead, is_dropped=True)
    assert {"mandat", "salle"} & late(appraisal) == set()
    appraisal.state = "closed"
    assert late(appraisal) == set()


def test_the_next_tasks_are_the_three_due_first_of_what_is_not_behind(appraisal, lead):
    def codes(phase=""):
        found = next_tasks(appraisal, progress_of(appraisal), TODAY, phase)
        return [one.task.code for one in found]

    assert codes() == ["mandat", "repondant", "niveau"]
    appraisal.framing_done_at = timezone.now()
    assert codes() == ["salle", "chiffres", "lettres"]
    assert codes(Phase.FRAMING) == []
    assert "mandat" not in late(appraisal)
    tick_task(appraisal=appraisal, user=lead, code="salle", is_done=True)
    assert codes(Phase.CONVENING) == ["lettres", "population", "absents", "rappel"]


def test_a_task_has_one_owner_of_the_team_or_named_in_words(appraisal, lead):
    assert save(appraisal, lead, owner=lead).owner == lead
    assert save(appraisal, lead, version=1, owner_words="Luce, de l’école").owner is None
    with pytest.raises(DomainError, match="pas les deux"):
        save(appraisal, lead, version=2, owner=lead, owner_words="Luce")
    with pytest.raises(DomainError, match="n’est plus dans l’équipe"):
        save(appraisal, lead, version=2, owner=UserFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        PhaseTask.objects.update(owner=lead)


def test_the_same_form_sent_twice_is_harmless_and_another_one_is_shown(appraisal, lead):
    for _ in range(2):
        save(appraisal, lead, due_on=dt.date(2026, 9, 1))
    assert PhaseTask.objects.get().version == 1
    with pytest.raises(ConcurrentEditError) as refusal:
        save(appraisal, lead, is_done=True)
    assert refusal.value.theirs == (
        "confiée à personne, pour le 1er\u00a0septembre\u00a02026, à faire"
    )
    assert PhaseTask.objects.get().done_at is None


def test_ticking_twice_keeps_the_first_stamp(appraisal, lead, time_machine):
    time_machine.move_to(dt.datetime(2026, 10, 1, 16, tzinfo=dt.UTC), tick=False)
    tick_task(appraisal=appraisal, user=lead, code="salle", is_done=True)
    time_machine.move_to(dt.datetime(2026, 10, 2, 16, tzinfo=dt.UTC), tick=False)
    other = MembershipFactory(appraisal=appraisal, role="co_facilitator").user
    task = tick_task(appraisal=appraisal, user=other, code="salle", is_done=True)
    assert (task.done_at.day, task.done_by) == (1, lead)
    tick_task(appraisal=appraisal, user=other, code="salle", is_done=False)
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (None, None)


def test_a_task_is_added_once_after_the_shipped_ones(appraisal, lead):
    for _ in range(2):
        add_task(
            appraisal=appraisal,
            user=lead,
            code="ajout-1",
            phase=Phase.CONVENING,
            label="  Trouver   un micro ",
            due_on=None,
        )
    last = tasks_of(appraisal, Phase.CONVENING)[-1]
    assert (last.label, last.position) == ("Trouver un micro", 30)
    assert due_date(last, TODAY, TODAY) is None
    assert PhaseTask.objects.count() == 1


@pytest.mark.parametrize("role", ["observer", "committee"])
def test_only_the_team_changes_the_calendar(appraisal, role):
    member = MembershipFactory(appraisal=appraisal, role=role).user
    with pytest.raises(DomainError, match="pas la changer"):
        tick_task(appraisal=appraisal, user=member, code="salle", is_done=True)
    with pytest.raises(DomainError, match="pas la changer"):
        save(appraisal, member)


@pytest.mark.parametrize(("days", "erased"), [(89, 0), (91, 1)])
def test_names_in_words_go_ninety_days_after_the_end(appraisal, lead, days, erased):
    save(appraisal, lead, owner_words="Luce Roy")
    Appraisal.objects.filter(pk=appraisal.pk).update(state="cancelled")
    TransitionLog.objects.create(
        appraisal=appraisal,
        name="cancel",
        from_phase="framing",
        to_phase="framing",
        from_state="active",
        to_state="cancelled",
    )
    assert erase_old_task_owners(timezone.now() + dt.timedelta(days=days)) == erased
    assert PhaseTask.objects.get().owner_words == ("" if erased else "Luce Roy")


def test_names_stay_while_the_appraisal_goes_on(appraisal, lead):
    save(appraisal, lead, owner_words="Luce Roy")
    assert erase_old_task_owners(timezone.now() + dt.timedelta(days=900)) == 0
