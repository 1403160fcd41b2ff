"""The one literal table of the life of a démarche: name, from, to, who, and the sentence or not.

Portrait and convening run in parallel; sharing is possible from restitution on (DESIGN.md §5).
"""

from __future__ import annotations

from dataclasses import dataclass

from appreciation.domain.team import Power
from appreciation.enums import AppraisalState, Phase

P, S = Phase, AppraisalState

PREPARATION = (Phase.PORTRAIT, Phase.CONVENING)
AFTER_PORTRAIT = (P.CONVENING, P.MEETING)
AFTER_CONVENING = (P.PORTRAIT, P.MEETING)
AFTER_THE_MEETING = (Phase.RESTITUTION, Phase.ACTION_PLAN, Phase.SHARING, Phase.FOLLOW_UP)
ALL_PHASES = tuple(Phase)

TEAM = (Power.LEAD, Power.CO_FACILITATOR, Power.COORDINATOR)
STEERING = (Power.LEAD, Power.COORDINATOR)

ACTIVE = (AppraisalState.ACTIVE,)
UNDER_WAY = (AppraisalState.ACTIVE, AppraisalState.POSTPONED)
ASLEEP = (AppraisalState.POSTPONED, AppraisalState.DORMANT)
RUNNING = (*ACTIVE, *ASLEEP)
CLOSED = (AppraisalState.CLOSED,)


@dataclass(frozen=True)
class Transition:
    """One gesture. `to` lists where it may lead: the first phase that is not done."""

    name: str
    label: str
    from_phases: tuple[Phase, ...]
    to: tuple[Phase, ...]
    from_states: tuple[AppraisalState, ...]
    to_state: AppraisalState
    who: tuple[Power, ...]
    needs_comment: bool
    stamps: Phase | None = None


LABELS = {"finish": "Étape terminée", "pass": "Étape passée", "reopen": "Étape rouverte"}
SAID, MUTE = True, False
"""Whether the gesture asks for one sentence."""


def _step(verb, phase, froms, to, who, needs_comment) -> Transition:
    """A gesture on one phase of a running démarche."""
    return Transition(
        name=f"{verb}_{phase}",
        label=f"{LABELS[verb]}: {phase.label}",
        from_phases=froms,
        to=to,
        from_states=ACTIVE,
        to_state=AppraisalState.ACTIVE,
        who=who,
        needs_comment=needs_comment,
        stamps=None if verb == "reopen" else phase,
    )


def _state(name, label, froms, to_state, who, needs_comment) -> Transition:
    """A gesture that changes the state and leaves the phase where it is."""
    return Transition(name, label, ALL_PHASES, ALL_PHASES, froms, to_state, who, needs_comment)


# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    #     gesture   phase          from                    to                     who       comment
    _step("finish", P.FRAMING,     (P.FRAMING,),           PREPARATION,           TEAM,     MUTE),
    _step("pass",   P.FRAMING,     (P.FRAMING,),           PREPARATION,           TEAM,     SAID),
    _step("finish", P.PORTRAIT,    PREPARATION,            AFTER_PORTRAIT,        TEAM,     MUTE),
    _step("pass",   P.PORTRAIT,    PREPARATION,            AFTER_PORTRAIT,        TEAM,     SAID),
    _step("finish", P.CONVENING,   PREPARATION,            AFTER_CONVENING,       TEAM,     MUTE),
    _step("pass",   P.CONVENING,   PREPARATION,            AFTER_CONVENING,       TEAM,     SAID),
    _step("finish", P.MEETING,     (P.MEETING,),           AFTER_THE_MEETING,     TEAM,     MUTE),
    _step("pass",   P.MEETING,     (P.MEETING,),           AFTER_THE_MEETING,     TEAM,     SAID),
    _step("finish", P.RESTITUTION, (P.RESTITUTION,),       AFTER_THE_MEETING[1:], TEAM,     MUTE),
    _step("pass",   P.RESTITUTION, (P.RESTITUTION,),       AFTER_THE_MEETING[1:], TEAM,     SAID),
    _step("finish", P.ACTION_PLAN, (P.ACTION_PLAN,),       AFTER_THE_MEETING[2:], TEAM,     MUTE),
    _step("pass",   P.ACTION_PLAN, (P.ACTION_PLAN,),       AFTER_THE_MEETING[2:], TEAM,     SAID),
    _step("finish", P.SHARING,     AFTER_THE_MEETING[:3],  AFTER_THE_MEETING,     TEAM,     MUTE),
    _step("pass",   P.SHARING,     AFTER_THE_MEETING[:3],  AFTER_THE_MEETING,     TEAM,     SAID),
    Transition("close", "Démarche close", (P.FOLLOW_UP,), (P.FOLLOW_UP,), ACTIVE, S.CLOSED,
               TEAM, SAID, stamps=P.FOLLOW_UP),

    _step("reopen", P.FRAMING,     ALL_PHASES,             (P.FRAMING,),          STEERING, SAID),
    _step("reopen", P.PORTRAIT,    ALL_PHASES[1:],         (P.PORTRAIT,),         STEERING, SAID),
    _step("reopen", P.CONVENING,   ALL_PHASES[1:],         PREPARATION,           STEERING, SAID),
    _step("reopen", P.MEETING,     AFTER_THE_MEETING,      (P.MEETING,),          STEERING, SAID),
    _step("reopen", P.RESTITUTION, AFTER_THE_MEETING,      (P.RESTITUTION,),      STEERING, SAID),
    _step("reopen", P.ACTION_PLAN, AFTER_THE_MEETING[1:],  (P.ACTION_PLAN,),      STEERING, SAID),
    _step("reopen", P.SHARING,     AFTER_THE_MEETING,      AFTER_THE_MEETING[:3], STEERING, SAID),
    Transition("reopen_follow_up", "Démarche rouverte", (P.FOLLOW_UP,), (P.FOLLOW_UP,), CLOSED,
               S.ACTIVE, STEERING, SAID),

    _state("postpone",     "Démarche reportée", UNDER_WAY,      S.POSTPONED, TEAM,     SAID),
    _state("put_to_sleep", "Mise en veilleuse", UNDER_WAY,      S.DORMANT,   TEAM,     SAID),
    _state("resume",       "Démarche reprise",  ASLEEP,         S.ACTIVE,    TEAM,     MUTE),
    _state("cancel",       "Démarche annulée",  RUNNING,        S.CANCELLED, STEERING, SAID),
    _state("revive",       "Annulation retirée", (S.CANCELLED,), S.ACTIVE,    STEERING, SAID),
)
# fmt: on

TRANSITIONS_BY_NAME = {transition.name: transition for transition in TRANSITIONS}

STOPS = ("put_to_sleep", "cancel")
"""Gestures after which nothing goes on: they ask for lessons, as closing does."""

CLEARED_BY_REOPENING: dict[Phase, tuple[Phase, ...]] = {
    Phase.FRAMING: ALL_PHASES,
    Phase.PORTRAIT: (Phase.PORTRAIT, Phase.MEETING, *AFTER_THE_MEETING),
    Phase.CONVENING: (Phase.CONVENING, Phase.MEETING, *AFTER_THE_MEETING),
    Phase.MEETING: (Phase.MEETING, *AFTER_THE_MEETING),
    Phase.RESTITUTION: AFTER_THE_MEETING,
    Phase.ACTION_PLAN: (Phase.ACTION_PLAN, Phase.SHARING, Phase.FOLLOW_UP),
    Phase.SHARING: (Phase.SHARING, Phase.FOLLOW_UP),
    Phase.FOLLOW_UP: (Phase.FOLLOW_UP,),
}
"""Exactly the stamps that a reopened phase takes away: its own and the later ones."""

PHASES_UNDER_ADOPTION = ALL_PHASES[: ALL_PHASES.index(Phase.RESTITUTION) + 1]
"""Reopening one of these changes what was adopted: the adoption falls."""
