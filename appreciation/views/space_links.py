"""Links from a step to the screens where its work is done. One literal table.

Add a row when your screen exists: `StepLink(phase, "words", "space:name", of_meeting=True)`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from appreciation.enums import MeetingKind, MeetingState, Phase
from appreciation.models import Appraisal, Meeting

ANY_STATE = tuple(MeetingState)
ONCE_OPENED = (MeetingState.OPEN, MeetingState.CLOSED, MeetingState.ENTRY_DONE)


@dataclass(frozen=True)
class StepLink:
    """A link of a phase; `states` narrows a meeting's link to the states where it serves.

    `more` fills what the address asks after the reference.
    """

    phase: Phase
    words: str
    name: str
    of_meeting: bool = False
    states: tuple[MeetingState, ...] = ANY_STATE
    more: tuple[str, ...] = ()


KIND_OF_PHASE: dict[str, MeetingKind] = {
    Phase.MEETING: MeetingKind.APPRAISAL,
    Phase.RESTITUTION: MeetingKind.RESTITUTION,
    Phase.ACTION_PLAN: MeetingKind.CHOICE,
    Phase.FOLLOW_UP: MeetingKind.FOLLOW_UP,
}
"""Beside a step stand the meetings of its kind."""

STEP_LINKS = (
    StepLink(Phase.CONVENING, "Ouvrir la liste des personnes invitées", "space:invitees"),
    StepLink(Phase.CONVENING, "Fixer le rendez-vous", "space:invitation_plan"),
    StepLink(Phase.CONVENING, "Écrire aux gens", "space:messages"),
    StepLink(Phase.MEETING, "Compter à la porte", "space:door", of_meeting=True),
    StepLink(Phase.MEETING, "Ouvrir la console", "space:console", of_meeting=True),
    StepLink(Phase.MEETING, "Imprimer le formulaire", "space:paper_form", of_meeting=True),
    StepLink(
        Phase.MEETING,
        "Saisir les feuilles",
        "space:entry_grid",
        of_meeting=True,
        states=ONCE_OPENED,
    ),
    StepLink(
        Phase.MEETING,
        "Compter les mains levées",
        "space:hands",
        of_meeting=True,
        states=ONCE_OPENED,
    ),
    StepLink(
        Phase.MEETING,
        "Délibérer et inscrire les constats",
        "space:deliberation",
        of_meeting=True,
        states=ONCE_OPENED,
    ),
    StepLink(
        Phase.MEETING, "Voir les résultats", "space:results", of_meeting=True, states=ONCE_OPENED
    ),
    StepLink(Phase.MEETING, "Fiche de la rencontre", "space:meeting_page", of_meeting=True),
    StepLink(Phase.RESTITUTION, "Fiche de la rencontre", "space:meeting_page", of_meeting=True),
    StepLink(Phase.ACTION_PLAN, "Fiche de la rencontre", "space:meeting_page", of_meeting=True),
    StepLink(Phase.FOLLOW_UP, "Fiche de la rencontre", "space:meeting_page", of_meeting=True),
    StepLink(Phase.RESTITUTION, "Ouvrir le rapport", "space:report"),
    StepLink(Phase.RESTITUTION, "Voir ce qui sera visible", "space:privacy_preview"),
    StepLink(Phase.RESTITUTION, "Donner le rapport à lire aux gens", "space:restitution"),
    StepLink(Phase.RESTITUTION, "Répondre aux corrections reçues", "space:corrections"),
    StepLink(Phase.RESTITUTION, "Inscrire l’adoption", "space:adoption"),
    StepLink(
        Phase.RESTITUTION,
        "Prévoir la soirée publique",
        "space:gathering_new",
        more=("restitution",),
    ),
    StepLink(Phase.ACTION_PLAN, "Prévoir une autre soirée", "space:gathering_new", more=("choix",)),
    StepLink(
        Phase.FOLLOW_UP, "Prévoir une rencontre de suivi", "space:gathering_new", more=("suivi",)
    ),
    StepLink(Phase.FOLLOW_UP, "Refaire une appréciation", "space:repeat"),
    StepLink(Phase.SHARING, "Inscrire l’adoption", "space:adoption"),
    StepLink(Phase.SHARING, "Préparer la publication", "space:publication"),
    StepLink(Phase.FOLLOW_UP, "Voir les suivis", "space:follow_up"),
    StepLink(Phase.FOLLOW_UP, "Emporter la démarche", "space:export"),
    StepLink(Phase.FOLLOW_UP, "Écrire le bilan de l’animation", "space:review"),
)


@dataclass(frozen=True)
class LinkGroup:
    """Links under one heading: a meeting, or the démarche itself (`meeting` is None)."""

    meeting: Meeting | None
    links: list[tuple[str, str]]


def step_links(appraisal: Appraisal, phase: str) -> list[LinkGroup]:
    rows = [row for row in STEP_LINKS if row.phase == phase]
    groups = []
    if any(row.of_meeting for row in rows):
        for meeting in appraisal.meetings.filter(kind=KIND_OF_PHASE[phase]):
            links = _existing(
                (row for row in rows if row.of_meeting and meeting.state in row.states),
                meeting.reference,
            )
            groups.append(LinkGroup(meeting, links))
    links = _existing((row for row in rows if not row.of_meeting), appraisal.reference)
    return [*groups, LinkGroup(None, links)] if links else groups


def _existing(rows, reference: str) -> list[tuple[str, str]]:
    found = []
    for row in rows:
        try:
            found.append((row.words, reverse(row.name, args=[reference, *row.more])))
        except NoReverseMatch:
            continue
    return found
