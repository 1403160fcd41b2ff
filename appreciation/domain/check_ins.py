"""Check-ins at 3, 6, 12 and 24 months: made by themselves, asked by mail, reminded once.

Months are counted from the day the action plan was finished: the first small steps start there, and
a plan chosen late is not asked about before it exists (decision 12).
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from appreciation.domain.tasks import date_check_in
from appreciation.domain.team import people_in_charge
from appreciation.enums import (
    AppraisalState,
    CheckInMonths,
    CheckInReply,
    CheckInState,
)
from appreciation.models import Appraisal, CheckIn
from background.each_alone import Due, each_alone
from background.letters import full_address, write_letter
from background.outbox import cancel_mails, queue_mail
from core.dates import months_later
from core.purges import earliest_due

REMINDED_AFTER = dt.timedelta(days=14)
SILENT_AFTER = dt.timedelta(days=28)
HEARD_AFTER = dt.timedelta(days=13)
"""After the reminder: one that slept meanwhile is reminded late, and has its time to answer."""
CHANGED_FOR = dt.timedelta(days=7)
NAME_KEPT = dt.timedelta(days=365)
"""How long `answered_by_label` is kept after the answer."""


def plan_check_ins(*, appraisal: Appraisal) -> None:
    """Make the four check-ins of a démarche whose plan is finished.

    Again, after the plan was reopened: those not asked yet move to the new dates.
    """
    start = timezone.localdate(appraisal.action_plan_done_at)
    with transaction.atomic():
        for months in CheckInMonths:
            due_on = months_later(start, months)
            check_in, is_new = CheckIn.objects.get_or_create(
                appraisal=appraisal, months=months, defaults={"due_on": due_on}
            )
            if is_new or check_in.asked_at is None:
                before = None if is_new else check_in.due_on
                CheckIn.objects.filter(pk=check_in.pk).update(due_on=due_on)
                date_check_in(appraisal=appraisal, months=months, due_on=due_on, before=before)


def forget_check_ins(*, appraisal: Appraisal) -> None:
    """The plan is open again: what nobody answered goes, its link and its mails too."""
    with transaction.atomic():
        cancel_check_in_mails(appraisal=appraisal)
        unanswered = appraisal.check_ins.exclude(state=CheckInState.ANSWERED)
        for months, due_on in unanswered.values_list("months", "due_on"):
            date_check_in(appraisal=appraisal, months=months, due_on=None, before=due_on)
        unanswered.delete()


def cancel_check_in_mails(*, appraisal: Appraisal) -> None:
    """The démarche ended, or its plan is open again: what has not left stays here."""
    cancel_mails(key_prefix=f"{appraisal.reference}/suivi/")


def run_check_ins(now: dt.datetime) -> None:
    """The job of the night: ask what is due, remind after 14 days, see silence after 28.

    Running it again the same night asks nothing twice. A démarche that sleeps, is postponed or
    ended is left alone.
    """
    each_alone("check_ins", _what_is_due(now))


def _what_is_due(now: dt.datetime) -> Due:
    """Read step by step: who was just asked is not reminded the same night."""
    live = CheckIn.objects.filter(
        state=CheckInState.WAITING,
        appraisal__state=AppraisalState.ACTIVE,
        appraisal__is_rehearsal=False,
    ).order_by("due_on")
    steps = (
        (_ask, live.filter(asked_at=None, due_on__lte=timezone.localdate(now))),
        (_remind, live.filter(reminded_at=None, asked_at__lte=now - REMINDED_AFTER)),
        (
            _leave_silent,
            live.filter(asked_at__lte=now - SILENT_AFTER, reminded_at__lte=now - HEARD_AFTER),
        ),
    )
    for act, due in steps:
        for pk in due.values_list("pk", flat=True):
            yield f"suivi {pk}", partial(_one, pk, now, act)


def _one(pk: int, now: dt.datetime, act) -> None:
    """Each in its own transaction, looked at again under its lock: two workers do it once."""
    with transaction.atomic():
        check_in = (
            CheckIn.objects.select_for_update(of=("self",))
            .select_related("appraisal__place")
            .filter(pk=pk, state=CheckInState.WAITING)
            .first()
        )
        if check_in is not None:
            act(check_in, now)


def _ask(check_in: CheckIn, now: dt.datetime) -> None:
    """The latest one due is asked; an earlier one that it overtakes never will be."""
    if check_in.asked_at is not None:
        return
    due = check_in.appraisal.check_ins.filter(due_on__lte=timezone.localdate(now))
    if due.filter(months__gt=check_in.months).exists():
        check_in.delete()
        return
    check_in.asked_at = now
    if not _send(check_in, "check_in", "appreciation/mail/check_in.txt"):
        check_in.state = CheckInState.SILENT
    check_in.save(update_fields=["asked_at", "state"])


def _remind(check_in: CheckIn, now: dt.datetime) -> None:
    if check_in.reminded_at is None:
        check_in.reminded_at = now
        check_in.save(update_fields=["reminded_at"])
        _send(check_in, "check_in_reminder", "appreciation/mail/check_in_reminder.txt")


def _leave_silent(check_in: CheckIn, now: dt.datetime) -> None:
    check_in.state = CheckInState.SILENT
    check_in.save(update_fields=["state"])


def _send(check_in: CheckIn, kind: str, letter: str) -> bool:
    """Whether there was somebody to write to."""
    appraisal = check_in.appraisal
    addresses = [person.email for person in people_in_charge(appraisal)]
    context = {
        "check_in": check_in,
        "appraisal": appraisal,
        "actions": list(appraisal.actions.all()),
        "link": full_address("follow_up:answer", check_in.token),
        "replies": list(CheckInReply),
    }
    subject, body = write_letter(letter, context)
    for number, address in enumerate(addresses, start=1):
        queue_mail(
            kind=kind,
            to=address,
            subject=subject,
            body=body,
            key=f"{mail_key(check_in, kind)}/{number}",
        )
    return bool(addresses)


def mail_key(check_in: CheckIn, kind: str) -> str:
    """`pk` too: a check-in made again asks again."""
    return f"{check_in.appraisal.reference}/suivi/{check_in.pk}/{kind}"


def erase_old_names(now: dt.datetime) -> int:
    """A year after the answer, the name of who gave it goes. What was said of actions stays."""
    old = _with_a_name().filter(answered_at__lt=now - NAME_KEPT)
    return old.update(answered_by_label="")


def next_old_name() -> dt.datetime | None:
    return earliest_due(_with_a_name(), "answered_at", kept=NAME_KEPT)


def _with_a_name() -> QuerySet[CheckIn]:
    return CheckIn.objects.exclude(answered_by_label="")
