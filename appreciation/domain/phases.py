"""The life of a démarche: which gesture leads from where to where, by whom, and what it needs.

Everything that moves a démarche goes through here: locked, checked, stamped, logged. Portrait and
convening run in parallel, and sharing is possible from restitution on (DESIGN.md §5).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.check_ins import (
    cancel_check_in_mails,
    forget_check_ins,
    plan_check_ins,
)
from appreciation.domain.postponing import follow_gesture
from appreciation.domain.queries.progress import Progress, progress_of
from appreciation.domain.team import powers_of
from appreciation.domain.transitions import (
    CLEARED_BY_REOPENING,
    PHASES_UNDER_ADOPTION,
    PREPARATION,
    STOPS,
    TRANSITIONS,
    TRANSITIONS_BY_NAME,
    Transition,
)
from appreciation.enums import ENDED_STATES, MeetingState, Phase, PublicationLevel
from appreciation.models import Appraisal, TransitionLog
from core.errors import DomainError

if TYPE_CHECKING:
    from accounts.models import User


def current_phase(appraisal: Appraisal) -> Phase:
    """The first phase, in order, that is not done; follow-up once everything is."""
    return next(
        (phase for phase in Phase if appraisal.phase_done_at(phase) is None), Phase.FOLLOW_UP
    )


def can_open_phase(appraisal: Appraisal, phase: str) -> bool:
    """Whether the page of `phase` may be opened: done, current, or allowed in parallel."""
    if appraisal.phase_done_at(phase) is not None or phase == appraisal.phase:
        return True
    if phase in PREPARATION:
        return appraisal.framing_done_at is not None
    return phase == Phase.SHARING and appraisal.meeting_done_at is not None


def missing_to_advance(
    appraisal: Appraisal, phase: str, progress: Progress | None = None
) -> list[str]:
    """What blocks the end of `phase`, as French imperatives; empty when nothing does.

    Blocking conditions are few (DESIGN.md §5): a place, a date, the consent text, at least one
    rating or agreed rating, at least one finding. All else is `left_if_possible`.
    """
    if phase == Phase.FRAMING:
        return _missing_frame(appraisal)
    if phase != Phase.MEETING:
        return []
    progress = progress or progress_of(appraisal)
    missing = []
    if not progress.has_rating:
        missing.append("Recueillez au moins une réponse ou un niveau convenu par le groupe.")
    if not progress.has_finding:
        missing.append("Inscrivez au moins un constat: une force, un défi ou une piste d’action.")
    return missing


def left_if_possible(
    appraisal: Appraisal, phase: str, progress: Progress | None = None
) -> list[str]:
    """What it is good to do before ending `phase`; passed with one sentence (DOMAIN.md §1.3)."""
    progress = progress or progress_of(appraisal)
    wishes: dict[str, list[tuple[bool, str]]] = {
        Phase.FRAMING: [
            (bool(appraisal.purposes), "Cochez à quoi servira la démarche."),
            (bool(appraisal.contact_name), "Nommez la répondante ou le répondant local."),
        ],
        Phase.PORTRAIT: [
            (progress.has_portrait, "Joignez ou écrivez un portrait, avec sa source.")
        ],
        Phase.CONVENING: [(progress.has_invited, "Écrivez qui est invité, secteur par secteur.")],
        Phase.MEETING: [
            (
                progress.meeting_state in ("", MeetingState.ENTRY_DONE),
                "Fermez la rencontre et déclarez la saisie terminée.",
            )
        ],
        Phase.RESTITUTION: [
            (appraisal.adopted_on is not None, "Faites adopter le rapport, puis inscrivez-le."),
            (not progress.waiting_corrections, _answer_corrections(progress)),
        ],
        Phase.ACTION_PLAN: [
            (
                progress.has_action,
                "Choisissez de une à trois actions, chacune portée par quelqu’un.",
            )
        ],
        Phase.SHARING: [
            (
                progress.is_published or appraisal.announced_level == PublicationLevel.PRIVATE,
                "Publiez la démarche au registre, au niveau annoncé.",
            )
        ],
        Phase.FOLLOW_UP: [],
    }
    return [wish for is_done, wish in wishes[phase] if not is_done]


def _answer_corrections(progress: Progress) -> str:
    if progress.waiting_corrections == 1:
        return "Répondez à la correction qui attend."
    return f"Répondez aux {progress.waiting_corrections} corrections qui attendent."


def missing_to_publish(appraisal: Appraisal) -> list[str]:
    """What blocks a publication: the meeting behind, the adoption recorded (DESIGN.md §5)."""
    missing = []
    if appraisal.meeting_done_at is None:
        missing.append("Terminez d’abord l’étape « Tenir la rencontre ».")
    if appraisal.adopted_on is None:
        missing.append("Inscrivez qui a adopté le rapport, et quand.")
    return missing


def advance(*, appraisal: Appraisal, phase: str, user: User, comment: str = "") -> Appraisal:
    """End `phase`. Without what is « à faire si possible », `comment` is the sentence that passes.

    Already ended by the same person: nothing happens, so that a double click is harmless. Ended by
    somebody else meanwhile: refused, with her name. Ending follow-up closes the démarche: the
    comment holds the lessons.
    """
    with transaction.atomic():
        locked = _lock(appraisal)
        if locked.phase_done_at(phase) is not None:
            _refuse_if_another_ended(locked, phase, user, comment)
            return locked
        progress = progress_of(locked)
        missing = missing_to_advance(locked, phase, progress)
        if missing:
            raise DomainError("\n".join(missing))
        left = left_if_possible(locked, phase, progress)
        if phase == Phase.FOLLOW_UP:
            name = "close"
        else:
            name = f"pass_{phase}" if left else f"finish_{phase}"
        return _carry_out(locked, TRANSITIONS_BY_NAME[name], user, comment, left=left)


def _refuse_if_another_ended(appraisal: Appraisal, phase: str, user: User, comment: str) -> None:
    """Two people who end a step together: the second keeps her sentence, which is said back."""
    gestures = [row.name for row in TRANSITIONS if row.stamps == phase]
    ended = appraisal.transitions.filter(name__in=gestures).select_related("user").first()
    if ended is None or ended.user is None or ended.user == user:
        return
    said = f" Votre phrase n’a pas été gardée: « {comment.strip()} »." if comment.strip() else ""
    raise DomainError(f"{ended.user} a terminé cette étape avant vous: rien n’est changé.{said}")


def reopen_phase(*, appraisal: Appraisal, phase: str, user: User, comment: str) -> Appraisal:
    """Go back to `phase`: by the lead or a coordinator, with a sentence.

    Clears exactly the later stamps (`CLEARED_BY_REOPENING`), and the adoption when what was adopted
    may change. What is published stays as it is: it is a snapshot.
    """
    with transaction.atomic():
        locked = _lock(appraisal)
        if locked.phase_done_at(phase) is None:
            return locked
        return _carry_out(locked, TRANSITIONS_BY_NAME[f"reopen_{phase}"], user, comment)


def change_state(
    *,
    appraisal: Appraisal,
    name: str,
    user: User,
    comment: str = "",
    new_date: dt.date | None = None,
    lessons: str = "",
) -> Appraisal:
    """Postpone, put to sleep, resume, cancel or revive. Already in that state: nothing happens.

    A démarche that stops may leave lessons, which the report carries; left empty, those already
    written stay.
    Postponing and resuming take the new date of the meeting, when it is known; a démarche postponed
    may be postponed again, to another date.
    """
    with transaction.atomic():
        locked = _lock(appraisal)
        transition = TRANSITIONS_BY_NAME[name]
        is_same_date = name != "postpone" or locked.expected_on == new_date
        if locked.state == transition.to_state and is_same_date:
            return locked
        was = locked.state
        if name in STOPS and lessons.strip():
            locked.lessons = lessons.strip()
        changed = _carry_out(locked, transition, user, comment)
        follow_gesture(appraisal=changed, gesture=name, user=user, new_date=new_date, was=was)
        return changed


def allowed_transitions(appraisal: Appraisal, user: User) -> list[Transition]:
    """The gestures beside the ordinary way (states, going back) open to this person now."""
    powers = powers_of(appraisal, user)
    return [
        transition
        for transition in TRANSITIONS
        if transition.stamps is None
        and appraisal.state in transition.from_states
        and appraisal.phase in transition.from_phases
        and powers.intersection(transition.who)
        and _has_something_to_undo(appraisal, transition)
    ]


def _has_something_to_undo(appraisal: Appraisal, transition: Transition) -> bool:
    if not transition.name.startswith("reopen_"):
        return True
    return appraisal.phase_done_at(_reopened(transition)) is not None


def _reopened(transition: Transition) -> Phase:
    return Phase(transition.name.removeprefix("reopen_"))


def _missing_frame(appraisal: Appraisal) -> list[str]:
    missing = []
    if appraisal.place_id is None:
        missing.append("Choisissez la communauté.")
    if appraisal.expected_on is None:
        missing.append("Indiquez la date approximative de la rencontre.")
    if not appraisal.consent_text.strip():
        missing.append("Écrivez le texte de consentement que les gens liront.")
    return missing


def _lock(appraisal: Appraisal) -> Appraisal:
    return Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)


def _carry_out(
    appraisal: Appraisal,
    transition: Transition,
    user: User,
    comment: str,
    *,
    left: list[str] | None = None,
) -> Appraisal:
    """Check the row of the table, stamp, save, log. The caller holds the lock."""
    comment = comment.strip()
    _check(appraisal, transition, user)
    if transition.needs_comment and not comment:
        message = _ask_for_sentence(transition, left or [])
        raise DomainError(message, fields={"comment": message})
    before = (appraisal.phase, appraisal.state)
    if transition.stamps is not None:
        setattr(appraisal, f"{transition.stamps}_done_at", timezone.now())
    elif transition.name.startswith("reopen_"):
        _clear_later_stamps(appraisal, _reopened(transition), user)
    if transition.name == "close":
        appraisal.lessons = comment
    appraisal.phase = current_phase(appraisal)
    appraisal.state = transition.to_state
    appraisal.save()
    _keep_check_ins_in_step(appraisal, transition)
    TransitionLog.objects.create(
        appraisal=appraisal,
        name=transition.name,
        from_phase=before[0],
        to_phase=appraisal.phase,
        from_state=before[1],
        to_state=appraisal.state,
        comment=comment,
        user=user,
    )
    return appraisal


def _keep_check_ins_in_step(appraisal: Appraisal, transition: Transition) -> None:
    if transition.stamps == Phase.ACTION_PLAN:
        plan_check_ins(appraisal=appraisal)
    elif appraisal.action_plan_done_at is None:
        forget_check_ins(appraisal=appraisal)
    elif appraisal.state in ENDED_STATES:
        cancel_check_in_mails(appraisal=appraisal)


def _check(appraisal: Appraisal, transition: Transition, user: User) -> None:
    if not powers_of(appraisal, user).intersection(transition.who):
        raise DomainError("Ce geste revient à la personne responsable ou à la coordination.")
    if appraisal.state not in transition.from_states:
        raise DomainError(
            f"La démarche est {appraisal.get_state_display()}: reprenez-la d’abord, "
            "sous « État de la démarche »."
        )
    if appraisal.phase not in transition.from_phases:
        raise DomainError(
            f"La démarche en est à « {Phase(appraisal.phase).label} »: "
            "terminez d’abord cette étape."
        )


def _ask_for_sentence(transition: Transition, left: list[str]) -> str:
    if transition.name == "close":
        return "Écrivez ce que vous avez appris: une phrase suffit pour clore la démarche."
    if left:
        return f"{' '.join(left)} Ou dites en une phrase pourquoi vous passez cette étape."
    return "Dites en une phrase pourquoi."


def _clear_later_stamps(appraisal: Appraisal, phase: Phase, user: User) -> None:
    for later in CLEARED_BY_REOPENING[phase]:
        setattr(appraisal, f"{later}_done_at", None)
    if phase in PHASES_UNDER_ADOPTION and appraisal.adopted_on is not None:
        TransitionLog.objects.create(
            appraisal=appraisal,
            name="adoption_cleared",
            from_phase=appraisal.phase,
            to_phase=phase,
            from_state=appraisal.state,
            to_state=appraisal.state,
            comment=f"Adopté par {appraisal.adopted_by} le {appraisal.adopted_on:%Y-%m-%d}.",
            user=user,
        )
        appraisal.adopted_by, appraisal.adopted_on = "", None
        appraisal.adoption_evidence = None
