"""`{% phase_ring appraisal %}`: the eight phases as a turn of the ring, beside its words."""

from django import template

from appreciation.enums import Phase
from appreciation.models import Appraisal

register = template.Library()

ARCS = (
    "M21.4 4.6A15.5 15.5 0 0 1 30.0 8.1",
    "M31.9 10.0A15.5 15.5 0 0 1 35.4 18.6",
    "M35.4 21.4A15.5 15.5 0 0 1 31.9 30.0",
    "M30.0 31.9A15.5 15.5 0 0 1 21.4 35.4",
    "M18.6 35.4A15.5 15.5 0 0 1 10.0 31.9",
    "M8.1 30.0A15.5 15.5 0 0 1 4.6 21.4",
    "M4.6 18.6A15.5 15.5 0 0 1 8.1 10.0",
    "M10.0 8.1A15.5 15.5 0 0 1 18.6 4.6",
)


@register.inclusion_tag("components/phase_ring.html")
def phase_ring(appraisal: Appraisal) -> dict[str, object]:
    arcs = [(path, _mark(appraisal, phase)) for path, phase in zip(ARCS, Phase, strict=True)]
    number = list(Phase).index(Phase(appraisal.phase)) + 1
    return {"arcs": arcs, "label": Phase(appraisal.phase).label, "number": number}


def _mark(appraisal: Appraisal, phase: Phase) -> str:
    if appraisal.phase_done_at(phase) is not None:
        return "on"
    return "cur" if phase == appraisal.phase else "off"
