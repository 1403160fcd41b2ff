"""`{% shipped_text tool %}`: the running order or the consent, written in one place."""

from __future__ import annotations

from django import template

from appreciation.domain.agenda import AgendaCode, agenda
from appreciation.domain.consent import consent_text
from appreciation.domain.questionnaire import QuestionnaireDimension, questionnaire_for
from appreciation.enums import ShippedText
from appreciation.models import Instrument, Tool

register = template.Library()
AGENDAS = {
    ShippedText.AGENDA_FULL: AgendaCode.FULL,
    ShippedText.AGENDA_SHORT: AgendaCode.SHORT,
}


@register.inclusion_tag("toolkit/_shipped_text.html")
def shipped_text(tool: Tool) -> dict[str, object]:
    code = AGENDAS.get(tool.shipped_text)
    is_consent = tool.shipped_text == ShippedText.CONSENT
    is_grid = tool.shipped_text == ShippedText.GRID
    return {
        "agenda": agenda(code) if code else None,
        "dimensions": _grid() if is_grid else (),
        "consent": consent_text() if is_consent else (),
    }


def _grid() -> tuple[QuestionnaireDimension, ...]:
    instrument = Instrument.objects.filter(is_default=True).select_related("scale").first()
    return questionnaire_for(instrument).rated_dimensions if instrument else ()
