from django import template

from appreciation.domain.questionnaire import Questionnaire, draft_questionnaire
from appreciation.models import Instrument

register = template.Library()


@register.simple_tag
def draft_question(instrument: Instrument, rank: str) -> dict:
    """The question of that rank, as the form stands, with how many there are."""
    questionnaire: Questionnaire = draft_questionnaire(instrument)
    pairs = [
        (dimension, item)
        for dimension in questionnaire.rated_dimensions
        for item in dimension.items
    ]
    number = min(max(int(rank), 1), len(pairs)) if rank.isdecimal() and pairs else 1
    dimension, item = pairs[number - 1] if pairs else (None, None)
    return {
        "number": number,
        "total": len(pairs),
        "dimension": dimension,
        "item": item,
        "behind": range(1, number),
    }
