"""One to three actions, each carried by someone, with a first small step and a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.phase_records import bump_record, lock_to_write
from appreciation.enums import FindingKind, Phase
from appreciation.models import Action, Appraisal, Finding
from core.errors import DomainError
from core.typography import fr_typo

if TYPE_CHECKING:
    from accounts.models import User

MOST_ACTIONS = 3


@dataclass(frozen=True)
class ActionDraft:
    """One line of the form. `pk` is None for a new action."""

    title: str
    carrier: str
    first_step: str
    due_on: dt.date
    pk: int | None = None
    finding: Finding | None = None


def action_leads(appraisal: Appraisal):
    """The leads of the meeting, from which actions may come."""
    return Finding.objects.filter(appraisal=appraisal, kind=FindingKind.ACTION_LEAD)


def save_actions(
    *, appraisal: Appraisal, user: User, version: int, drafts: list[ActionDraft]
) -> list[Action]:
    """Keep exactly `drafts`, in order: at most three, so that they are done (DOMAIN.md §1.3)."""
    if len(drafts) > MOST_ACTIONS:
        raise DomainError("Trois actions au plus: gardez les autres pistes pour plus tard.")
    drafts = [_as_written(draft) for draft in drafts]
    with transaction.atomic():
        lock_to_write(appraisal, user)
        stored = {action.pk: action for action in appraisal.actions.all()}
        if [_content(action) for action in stored.values()] == [_draft(draft) for draft in drafts]:
            return list(stored.values())
        for draft in drafts:
            _check_date_to_come(draft, stored.get(draft.pk or 0))
        bump_record(
            appraisal=appraisal,
            phase=Phase.ACTION_PLAN,
            user=user,
            version=version,
            theirs="\n".join(action.title for action in stored.values()),
        )
        kept = [
            _write(appraisal, stored.get(draft.pk or 0), draft, position)
            for position, draft in enumerate(drafts, start=1)
        ]
        appraisal.actions.exclude(pk__in=[action.pk for action in kept]).delete()
        return kept


def save_action_states(
    *, appraisal: Appraisal, user: User, version: int, states: dict[int, str]
) -> None:
    """Say where each action stands. Abandoned is a state like another, never a fault.

    Refused when somebody else did since `version`, unless both said the same.
    """
    with transaction.atomic():
        lock_to_write(appraisal, user)
        actions = list(appraisal.actions.all())
        moved = [one for one in actions if states.get(one.pk, one.state) != one.state]
        if not moved:
            return
        bump_record(
            appraisal=appraisal,
            phase=Phase.FOLLOW_UP,
            user=user,
            version=version,
            theirs="\n".join(f"{one.title}: {one.get_state_display()}" for one in actions),
        )
        for action in moved:
            action.state = states[action.pk]
            action.save(update_fields=["state"])


def _as_written(draft: ActionDraft) -> ActionDraft:
    return replace(draft, title=fr_typo(draft.title), carrier=fr_typo(draft.carrier))


def _check_date_to_come(draft: ActionDraft, stored: Action | None) -> None:
    """A date that has passed since it was written stays; none is written in the past."""
    kept = stored is not None and stored.due_on == draft.due_on
    if draft.due_on < timezone.localdate() and not kept:
        raise DomainError(f"« {draft.title} »: cette date est passée. Choisissez un jour à venir.")


def _write(
    appraisal: Appraisal, action: Action | None, draft: ActionDraft, position: int
) -> Action:
    action = action or Action(appraisal=appraisal)
    action.title, action.carrier = draft.title, draft.carrier
    action.first_step, action.due_on = draft.first_step, draft.due_on
    action.finding, action.position = draft.finding, position
    action.save()
    return action


def _content(action: Action) -> tuple:
    return (action.title, action.carrier, action.first_step, action.due_on, action.finding_id)


def _draft(draft: ActionDraft) -> tuple:
    finding_id = draft.finding.pk if draft.finding else None
    return (draft.title, draft.carrier, draft.first_step, draft.due_on, finding_id)
