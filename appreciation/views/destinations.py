"""Where the next thing is done: from the rule's destination to the address of a screen."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from appreciation.domain.queries.progress import Progress
from appreciation.domain.steps import Destination, NextThing
from appreciation.models import Appraisal
from appreciation.views.stepper import step_url

OF_THE_MEETING = {
    Destination.CONSOLE: "space:console",
    Destination.ENTRY: "space:entry_grid",
    Destination.DELIBERATION: "space:deliberation",
}
OF_THE_APPRAISAL = {
    Destination.RESTITUTION: "space:restitution",
    Destination.CORRECTIONS: "space:corrections",
    Destination.ADOPTION: "space:adoption",
    Destination.PUBLICATION: "space:publication",
    Destination.STATE: "space:state",
    Destination.RESUME: "space:state",
}
TICKED = {Destination.RESUME: "?geste=resume"}
"""The gesture already chosen on the screen that opens."""


def destination_url(appraisal: Appraisal, thing: NextThing, progress: Progress) -> str:
    name, reference = _target(appraisal, thing.destination, progress)
    if name and reference:
        try:
            return reverse(name, args=[reference]) + TICKED.get(thing.destination, "")
        except NoReverseMatch:
            return step_url(appraisal, thing.phase)
    return step_url(appraisal, thing.phase)


def _target(appraisal: Appraisal, destination: Destination, progress: Progress) -> tuple[str, str]:
    if destination in OF_THE_MEETING:
        return OF_THE_MEETING[destination], progress.meeting_reference
    return OF_THE_APPRAISAL.get(destination, ""), appraisal.reference
