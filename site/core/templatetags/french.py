"""What Django counts or cuts without regard for French. Known to every template (settings)."""

from django import template
from django.template import defaultfilters

from core.plain_text import shorten
from core.typography import of_name

register = template.Library()
PLURAL_FROM = 2

register.filter("of_name", of_name)
register.filter("shorten", shorten)


@register.filter(is_safe=False)
def pluralize(value: object, endings: str = "s") -> str:
    """French says « 0 personne », « 2 personnes »: the plural begins at two."""
    if isinstance(value, int | float) and abs(value) < PLURAL_FROM:
        value = 1
    return defaultfilters.pluralize(value, endings)
