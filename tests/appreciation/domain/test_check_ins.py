"""Check-ins: their dates, the mails of the night, the answers and what they change."""

import datetime as dt

import pytest
from django.db.models.signals import pre_save

from appreciation.domain.action_plan import save_action_states
from appreciation.domain.check_in_answers import ReplyDraft, Teller, answer_check_in
from appreciation.domain.check_ins import erase_old_names, plan_check_ins, run_check_ins
from appreciation.domain.phases import advance, change_state, reopen_phase
from appreciation.domain.queries.checkins import (
    checkins_asking_for_help,
    coming_checkins,
    late_checkins,
)
from appreciation.enums import Phase
from appreciation.models import CheckIn, HelpRequest, TransitionLog
from background.models import OutgoingMail
from core.errors import ConcurrentEditError, DomainError
from tests.factories import AppraisalFactory, MembershipFactory, UserFactory
from tests.factories.follow_up import followed_appraisal
from tests.factories.outcomes import ActionFactory

DAY = dt.timedelta(days=1)
DUE = dt.datetime(2027, 2, 28, 8, 15, tzinfo=dt.UTC)
"""The night of the check-in at 3 months of a plan finished on 30 November 2026."""


@pytest.fixture
def followed(lead):
    return followed_appraisal(lead=lead)


@pytest.fixture
def first(followed):
    return followed.check_ins.get(months=3)


def replies(appraisal, *said):
    return [
        ReplyDraft(action, *one) for action, one in zip(appraisal.actions.all(), said, strict=True)
    ]


DONE_AND_UNDER_WAY = (("done",), ("in_progress", "Deux rencontres."))


def test_finishing_the_plan_makes_four_check_ins_counted_from_that_day(lead, time_machine):
    time_machine.move_to(dt.datetime(2026, 8, 31, 23, 30, tzinfo=dt.UTC))
    appraisal = AppraisalFactory(at_restitution=True, phase=Phase.ACTION_PLAN)
    appraisal.restitution_done_at = appraisal.meeting_done_at
    appraisal.save()
    MembershipFactory(appraisal=appraisal, user=lead)
    ActionFactory(appraisal=appraisal)
    advance(appraisal=appraisal, phase=Phase.ACTION_PLAN, user=lead)
    assert [str(row.due_on) for row in appraisal.check_ins.all()] == [
        "2026-11-30",
        "2027-02-28",
        "2027-08-31",
        "2028-08-31",
    ]
    assert len({row.token for row in appraisal.check_ins.all()}) == 4
    assert dates_in_the_calendar(appraisal)["suivi-12"] == dt.date(2027, 8, 31)


def dates_in_the_calendar(appraisal):
    return dict(appraisal.tasks.values_list("code", "due_on"))


def test_a_day_that_somebody_wrote_stays_and_a_plan_finished_again_moves_the_others(followed, lead):
    plan_check_ins(appraisal=followed)
    followed.tasks.filter(code="suivi-6").update(due_on=dt.date(2027, 5, 1))
    reopen_phase(appraisal=followed, phase=Phase.ACTION_PLAN, user=lead, comment="À revoir")
    assert dates_in_the_calendar(followed)["suivi-3"] is None
    followed.refresh_from_db()
    followed.action_plan_done_at = dt.datetime(2027, 1, 15, 17, tzinfo=dt.UTC)
    plan_check_ins(appraisal=followed)
    dates = dates_in_the_calendar(followed)
    assert (dates["suivi-3"], dates["suivi-6"]) == (dt.date(2027, 4, 15), dt.date(2027, 5, 1))


def test_an_answer_ticks_its_task(followed, first, lead):
    answer_check_in(
        check_in=first,
        replies=replies(followed, *DONE_AND_UNDER_WAY),
        teller=Teller(via="phone", user=lead),
        now=DUE,
    )
    task = followed.tasks.get(code="suivi-3")
    assert (task.done_at, task.done_by) == (DUE, lead)
    assert not followed.tasks.filter(code="suivi-6", done_at__isnull=False).exists()


def test_reopening_the_plan_forgets_what_nobody_answered(followed, first, lead):
    run_check_ins(DUE)
    answer_check_in(
        check_in=first, replies=replies(followed, *DONE_AND_UNDER_WAY), teller=Teller(), now=DUE
    )
    run_check_ins(DUE + 93 * DAY)
    assert OutgoingMail.objects.waiting().count() == 1
    reopen_phase(appraisal=followed, phase=Phase.ACTION_PLAN, user=lead, comment="À revoir")
    assert [row.months for row in followed.check_ins.all()] == [3]
    assert OutgoingMail.objects.waiting().count() == 0


def test_the_night_asks_what_is_due_once(followed, first, lead):
    run_check_ins(DUE - DAY)
    assert OutgoingMail.objects.count() == 0
    run_check_ins(DUE)
    run_check_ins(DUE + DAY)
    mail = OutgoingMail.objects.get()
    assert mail.to == lead.email
    assert f"/suivi/{first.token}/" in mail.body
    assert "Action 2 (Comité local)" in mail.body
    assert f"{first.token}/?reponse=needs_help" in mail.body
    assert mail.subject == f"Suivi à 3 mois : {followed.place}"
    first.refresh_from_db()
    assert first.asked_at == DUE


def test_one_that_cannot_be_asked_keeps_no_other_waiting(followed, first, lead):
    other = followed_appraisal(lead=lead).check_ins.get(months=3)

    def breaks(instance, **_signal) -> None:
        if instance.pk == first.pk:
            raise ValueError(instance.pk)

    pre_save.connect(breaks, sender=CheckIn)
    try:
        run_check_ins(DUE)
    finally:
        pre_save.disconnect(breaks, sender=CheckIn)
    assert set(CheckIn.objects.exclude(asked_at=None)) == {other}
    assert OutgoingMail.objects.filter(kind="check_in").count() == 1
    run_check_ins(DUE)
    assert set(CheckIn.objects.exclude(asked_at=None)) == {first, other}


def test_without_a_lead_the_repondant_is_asked(followed):
    followed.memberships.all().delete()
    followed.contact_email = "repondante@exemple.org"
    followed.save()
    run_check_ins(DUE)
    assert OutgoingMail.objects.get().to == "repondante@exemple.org"


def test_a_closed_account_is_not_written_to(followed, lead):
    lead.is_active = False
    lead.save()
    run_check_ins(DUE)
    assert OutgoingMail.objects.count() == 0


def test_nobody_to_write_to_is_silence_at_once(followed, first):
    followed.memberships.all().delete()
    run_check_ins(DUE)
    first.refresh_from_db()
    assert (first.state, OutgoingMail.objects.count()) == ("silent", 0)


def test_a_reminder_after_14_days_and_silence_after_28(followed, first, lead):
    run_check_ins(DUE)
    run_check_ins(DUE + 13 * DAY)
    assert OutgoingMail.objects.count() == 1
    run_check_ins(DUE + 14 * DAY)
    run_check_ins(DUE + 15 * DAY)
    assert list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True)) == [
        "check_in",
        "check_in_reminder",
    ]
    run_check_ins(DUE + 27 * DAY)
    assert list(late_checkins(lead)) == []
    run_check_ins(DUE + 28 * DAY)
    assert list(late_checkins(lead)) == [first]
    assert OutgoingMail.objects.count() == 2


def test_one_that_slept_is_reminded_and_has_its_time_to_answer(followed, first, lead, time_machine):
    run_check_ins(DUE)
    change_state(appraisal=followed, name="put_to_sleep", user=lead, comment="Feux de forêt.")
    followed.refresh_from_db()
    change_state(appraisal=followed, name="resume", user=lead, comment="On reprend.")
    for days, state in ((60, "waiting"), (72, "waiting"), (74, "silent")):
        run_check_ins(DUE + days * DAY)
        first.refresh_from_db()
        assert first.state == state
    assert first.reminded_at == DUE + 60 * DAY


def test_silence_is_seen_only_where_one_may_look(followed, first, neighbour):
    run_check_ins(DUE)
    run_check_ins(DUE + 14 * DAY)
    run_check_ins(DUE + 28 * DAY)
    assert list(late_checkins(neighbour)) == []
    assert list(coming_checkins(neighbour)) == []
    assert late_checkins(UserFactory(is_superuser=True)).count() == 1


def test_one_overtaken_by_the_next_is_never_asked(followed, lead):
    run_check_ins(DUE + 400 * DAY)
    assert [row.months for row in followed.check_ins.all()] == [12, 24]
    assert OutgoingMail.objects.get().subject.startswith("Suivi à 12 mois")


@pytest.mark.parametrize("gesture", ["put_to_sleep", "cancel"])
def test_a_demarche_that_rests_is_left_alone(followed, lead, gesture):
    change_state(appraisal=followed, name=gesture, user=lead, comment="Pause")
    run_check_ins(DUE)
    assert OutgoingMail.objects.count() == 0
    assert followed.check_ins.filter(asked_at=None).count() == 4


def test_cancelling_keeps_the_mails_not_sent_yet(followed, lead):
    run_check_ins(DUE)
    change_state(appraisal=followed, name="cancel", user=lead, comment="Fin")
    assert OutgoingMail.objects.count() == 0


def test_an_answer_moves_the_actions_and_stops_the_reminder(followed, first, lead):
    run_check_ins(DUE)
    answered = answer_check_in(
        check_in=first,
        replies=replies(followed, *DONE_AND_UNDER_WAY),
        words="  Bonne nouvelle  ",
        teller=Teller(label="Rita"),
        now=DUE + DAY,
    )
    assert (answered.state, answered.via, answered.words) == ("answered", "mail", "Bonne nouvelle")
    assert [action.state for action in followed.actions.all()] == ["done", "in_progress"]
    assert [(row.title, row.reply, row.words) for row in answered.answers.all()] == [
        ("Action 1", "done", ""),
        ("Action 2", "in_progress", "Deux rencontres."),
    ]
    assert OutgoingMail.objects.count() == 0
    run_check_ins(DUE + 28 * DAY)
    assert list(late_checkins(lead)) == []
    log = TransitionLog.objects.get(name="check_in_answered")
    assert (log.comment, log.user) == ("3 mois, par courriel.", None)


def test_the_same_answer_twice_is_one(followed, first):
    for _ in range(2):
        answer_check_in(
            check_in=first, replies=replies(followed, *DONE_AND_UNDER_WAY), teller=Teller(), now=DUE
        )
    assert first.answers.count() == 2
    assert TransitionLog.objects.filter(name="check_in_answered").count() == 1


def test_the_link_of_an_older_one_does_not_undo_what_was_said_since(followed, first):
    later = followed.check_ins.get(months=6)
    said = replies(followed, ("done",), ("abandoned", "La salle est vendue."))
    answer_check_in(check_in=later, replies=said, teller=Teller())
    old = answer_check_in(
        check_in=first, replies=replies(followed, *DONE_AND_UNDER_WAY), teller=Teller()
    )
    assert old.state == "answered"
    assert [one.reply for one in old.answers.order_by("pk")] == ["done", "in_progress"]
    assert [action.state for action in followed.actions.all()] == ["done", "abandoned"]


def test_it_changes_for_seven_days(followed, first):
    answer_check_in(
        check_in=first, replies=replies(followed, *DONE_AND_UNDER_WAY), teller=Teller(), now=DUE
    )
    second = replies(followed, ("done",), ("done",))
    answer_check_in(check_in=first, replies=second, teller=Teller(), now=DUE + 7 * DAY)
    assert [action.state for action in followed.actions.all()] == ["done", "done"]
    with pytest.raises(DomainError, match="se changeait jusqu’au 7\xa0mars\xa02027"):
        answer_check_in(
            check_in=first,
            replies=replies(followed, *DONE_AND_UNDER_WAY),
            teller=Teller(),
            now=DUE + 7 * DAY + dt.timedelta(seconds=1),
        )
    assert [action.state for action in followed.actions.all()] == ["done", "done"]


def test_abandoned_asks_why_and_stores_nothing_before(followed, first):
    given_up = replies(followed, ("done",), ("abandoned", "  "))
    with pytest.raises(DomainError) as refusal:
        answer_check_in(check_in=first, replies=given_up, teller=Teller(), now=DUE)
    assert list(refusal.value.fields) == [f"words-{followed.actions.last().pk}"]
    assert first.answers.count() == 0
    told = replies(followed, ("done",), ("abandoned", "L’école a fermé."))
    answer_check_in(check_in=first, replies=told, teller=Teller(), now=DUE)
    assert followed.actions.last().state == "abandoned"


def test_asking_for_help_leaves_the_action_and_lands_on_the_list(followed, first, lead):
    asked = replies(followed, ("needs_help", "Il manque une salle."), ("done",))
    answer_check_in(check_in=first, replies=asked, teller=Teller(), now=DUE)
    assert followed.actions.first().state == "planned"
    assert list(checkins_asking_for_help(lead)) == [first]
    answer_check_in(check_in=first, replies=asked, teller=Teller(), now=DUE + DAY)
    request = HelpRequest.objects.get()
    assert request.messages.get().text == "Action 1: Il manque une salle."
    assert (request.asker, request.phase) == (None, "follow_up")
    assert request.asked_by == f"{followed.place}, suivi à 3 mois"
    later = followed.check_ins.get(months=6)
    better = replies(followed, ("done",), ("done",))
    answer_check_in(check_in=later, replies=better, teller=Teller(), now=DUE + 92 * DAY)
    assert list(checkins_asking_for_help(lead)) == []


def test_an_ended_demarche_takes_no_answer(followed, first, lead):
    change_state(appraisal=followed, name="cancel", user=lead, comment="Fin")
    with pytest.raises(DomainError, match="Cette démarche est terminée"):
        answer_check_in(
            check_in=first, replies=replies(followed, *DONE_AND_UNDER_WAY), teller=Teller()
        )


def test_an_outsider_writes_no_answer(followed, first, neighbour):
    with pytest.raises(DomainError, match="pas la changer"):
        answer_check_in(
            check_in=first,
            replies=replies(followed, *DONE_AND_UNDER_WAY),
            teller=Teller(via="phone", user=neighbour),
        )


def test_a_follow_up_form_opened_before_is_told(followed, first, lead):
    answer_check_in(
        check_in=first, replies=replies(followed, *DONE_AND_UNDER_WAY), teller=Teller(), now=DUE
    )
    states = {action.pk: "abandoned" for action in followed.actions.all()}
    with pytest.raises(ConcurrentEditError):
        save_action_states(appraisal=followed, user=lead, version=0, states=states)


def test_an_answer_outlives_its_action(followed, first):
    answer_check_in(
        check_in=first, replies=replies(followed, *DONE_AND_UNDER_WAY), teller=Teller(), now=DUE
    )
    followed.actions.first().delete()
    assert [row.title for row in first.answers.all()] == ["Action 1", "Action 2"]


def test_the_name_goes_after_a_year_and_the_words_stay(followed, first):
    answer_check_in(
        check_in=first,
        replies=replies(followed, *DONE_AND_UNDER_WAY),
        words="Tout va",
        teller=Teller(label="Rita"),
        now=DUE,
    )
    assert erase_old_names(DUE + 365 * DAY) == 0
    assert erase_old_names(DUE + 366 * DAY) == 1
    kept = CheckIn.objects.get(pk=first.pk)
    assert (kept.answered_by_label, kept.words) == ("", "Tout va")
