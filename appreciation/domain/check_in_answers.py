"""Answering a check-in: by its link, by telephone, or in the space."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.check_ins import CHANGED_FOR, mail_key
from appreciation.domain.help import open_help_request
from appreciation.domain.journal import log_gesture
from appreciation.domain.tasks import tick_check_in
from appreciation.domain.team import can_edit
from appreciation.enums import (
    ENDED_STATES,
    ActionState,
    CheckInReply,
    CheckInState,
    CheckInVia,
    Phase,
)
from appreciation.models import (
    Action,
    CheckIn,
    CheckInAnswer,
    HelpRequest,
    PhaseRecord,
)
from background.outbox import cancel_mails
from core.errors import DomainError
from core.typography import fr_date

if TYPE_CHECKING:
    from accounts.models import User

STATE_OF_REPLY: dict[str, ActionState] = {
    CheckInReply.DONE: ActionState.DONE,
    CheckInReply.IN_PROGRESS: ActionState.IN_PROGRESS,
    CheckInReply.ABANDONED: ActionState.ABANDONED,
}
"""Asking for help leaves the action where it stands."""
ASK_WHY = "Dites en quelques mots ce qui a changé: cela servira à d’autres."


@dataclass(frozen=True)
class ReplyDraft:
    """What is said of one action."""

    action: Action
    reply: str
    words: str = ""


@dataclass(frozen=True)
class Teller:
    """Who answers, and how it came. `user` is the person who writes it down in the space."""

    via: str = CheckInVia.MAIL
    label: str = ""
    user: User | None = None


def open_until(check_in: CheckIn) -> dt.datetime | None:
    """Until when an answer may be changed; None while there is none."""
    return check_in.answered_at + CHANGED_FOR if check_in.answered_at else None


def answer_check_in(
    *,
    check_in: CheckIn,
    replies: list[ReplyDraft],
    words: str = "",
    teller: Teller,
    now: dt.datetime | None = None,
) -> CheckIn:
    """Keep what is said of each action; the actions take that state, unless a later one spoke.

    It may be changed for seven days after the first answer. « Abandonné » asks why. The same
    answer twice changes nothing. A démarche that ended takes no more answers.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = (
            CheckIn.objects.select_for_update(of=("self",))
            .select_related("appraisal__place")
            .get(pk=check_in.pk)
        )
        _check(locked, replies, teller, now)
        _keep_replies(locked, replies)
        _keep_states(locked, replies, teller)
        is_first = locked.state != CheckInState.ANSWERED
        locked.state = CheckInState.ANSWERED
        locked.answered_at = locked.answered_at or now
        locked.asked_at = locked.asked_at or now
        locked.via, locked.answered_by_label = teller.via, teller.label.strip()[:80]
        locked.recorded_by, locked.words = teller.user, words.strip()
        locked.save()
        cancel_mails(key_prefix=mail_key(locked, ""))
        _ask_for_help(locked, replies, teller)
        if is_first:
            tick_check_in(
                appraisal=locked.appraisal, months=locked.months, user=teller.user, now=now
            )
            _log(locked, teller)
        return locked


def _check(check_in: CheckIn, replies: list[ReplyDraft], teller: Teller, now: dt.datetime) -> None:
    if teller.user is not None and not can_edit(check_in.appraisal, teller.user):
        raise DomainError("Vous pouvez voir cette démarche, pas la changer.")
    if check_in.appraisal.state in ENDED_STATES:
        raise DomainError("Cette démarche est terminée: il n’y a plus rien à répondre. Merci!")
    limit = open_until(check_in)
    if limit is not None and now > limit:
        raise DomainError(
            f"Cette réponse se changeait jusqu’au {fr_date(timezone.localtime(limit))}. "
            "Appelez la personne qui anime: elle inscrira la suite au prochain suivi."
        )
    fields = {
        f"words-{draft.action.pk}": ASK_WHY
        for draft in replies
        if draft.reply == CheckInReply.ABANDONED and not draft.words.strip()
    }
    if fields:
        raise DomainError(ASK_WHY, fields=fields)


def _keep_replies(check_in: CheckIn, replies: list[ReplyDraft]) -> None:
    for draft in replies:
        CheckInAnswer.objects.update_or_create(
            check_in=check_in,
            action=draft.action,
            defaults={
                "title": draft.action.title,
                "reply": draft.reply,
                "words": draft.words.strip(),
            },
        )


def _keep_states(check_in: CheckIn, replies: list[ReplyDraft], teller: Teller) -> None:
    """The step « Suivre » counts a version: a form opened before is told, not written over.

    The link of an older check-in still answers: what was said since keeps the last word.
    """
    later = check_in.appraisal.check_ins.filter(months__gt=check_in.months)
    if later.filter(state=CheckInState.ANSWERED).exists():
        return
    moved = False
    for draft in replies:
        state = STATE_OF_REPLY.get(draft.reply, draft.action.state)
        moved = moved or draft.action.state != state
        Action.objects.filter(pk=draft.action.pk).update(state=state)
    if moved:
        record, _ = PhaseRecord.objects.get_or_create(
            appraisal=check_in.appraisal, phase=Phase.FOLLOW_UP, defaults={"version": 0}
        )
        record.version += 1
        record.updated_by = teller.user
        record.save()


def _ask_for_help(check_in: CheckIn, replies: list[ReplyDraft], teller: Teller) -> None:
    """One request per action, once, however often the answer is changed."""
    where = f"{check_in.appraisal.place}, suivi à {check_in.get_months_display()}"
    for draft in replies:
        key = f"suivi-{check_in.pk}-{draft.action.pk}"
        asked = HelpRequest.objects.filter(form_key__endswith=f":{key}")
        if draft.reply == CheckInReply.NEEDS_HELP and not asked.exists():
            open_help_request(
                text=f"{draft.action.title}: {draft.words.strip() or 'besoin d’aide'}",
                asker=teller.user if teller.via == CheckInVia.SPACE else None,
                asked_by=where[:120],
                appraisal=check_in.appraisal,
                phase=Phase.FOLLOW_UP,
                form_key=key,
            )


def _log(check_in: CheckIn, teller: Teller) -> None:
    appraisal = check_in.appraisal
    words = f"{check_in.get_months_display()}, par {CheckInVia(teller.via).label}."
    log_gesture(appraisal, "check_in_answered", teller.user, words)
