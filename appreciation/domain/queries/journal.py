"""The journal of a démarche: its gestures and those of its meetings, the latest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from appreciation.domain.transitions import TRANSITIONS_BY_NAME
from appreciation.models import Appraisal, MeetingLog

OTHER_GESTURES = {
    "member_added": "Ajout à l’équipe",
    "role_changed": "Changement de rôle",
    "member_removed": "Retrait de l’équipe",
    "handed_over": "Démarche remise à la coordination",
    "lead_changed": "Changement de personne responsable",
    "date_moved": "Date de la rencontre changée",
    "adoption_cleared": "Adoption retirée",
    "adoption_recorded": "Rapport adopté",
    "done_again": "Appréciation refaite",
    "restitution_opened": "Restitution ouverte aux participants",
    "restitution_closed": "Restitution fermée avant la date",
    "published": "Démarche publiée",
    "withdrawn": "Publication retirée",
    "check_in_answered": "Réponse à un suivi",
}


@dataclass(frozen=True)
class JournalEntry:
    at: dt.datetime
    who: str
    gesture: str
    detail: str
    meeting_reference: str = ""


def gesture_label(name: str) -> str:
    """The French words of a gesture; its own name when nobody gave it words."""
    transition = TRANSITIONS_BY_NAME.get(name)
    return transition.label if transition else OTHER_GESTURES.get(name, name)


def journal_of(appraisal: Appraisal) -> list[JournalEntry]:
    """Everything, in two queries."""
    gestures = [
        JournalEntry(
            at=row.at,
            who=str(row.user or "système"),
            gesture=gesture_label(row.name),
            detail=row.comment,
        )
        for row in appraisal.transitions.select_related("user")
    ]
    evenings = [
        JournalEntry(
            at=row.at,
            who=row.by_label or str(row.user or "système"),
            gesture=row.action,
            detail=row.detail,
            meeting_reference=row.meeting.reference,
        )
        for row in MeetingLog.objects.filter(meeting__appraisal=appraisal).select_related(
            "user", "meeting"
        )
    ]
    return sorted(gestures + evenings, key=lambda entry: entry.at, reverse=True)
