"""`{% phase_ring appraisal %}`: the eight phases as a turn of the ring, beside its words."""

from django import template

from appreciation.enums import Phase
from appreciation.models import Appraisal
from core.shapes import TURN

register = template.Library()


@register.inclusion_tag("components/phase_ring.html")
def phase_ring(appraisal: Appraisal) -> dict[str, object]:
    arcs = [(path, _mark(appraisal, phase)) for path, phase in zip(TURN, Phase, strict=True)]
    number = list(Phase).index(Phase(appraisal.phase)) + 1
    return {"arcs": arcs, "label": Phase(appraisal.phase).label, "number": number}


def _mark(appraisal: Appraisal, phase: Phase) -> str:
    if appraisal.phase_done_at(phase) is not None:
        return "on"
    return "cur" if phase == appraisal.phase else "off"
