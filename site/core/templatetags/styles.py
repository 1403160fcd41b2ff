"""One stylesheet in the place of several."""

from django import template
from django.utils.html import format_html

from core.joined_styles import SHEET, joined

register = template.Library()


@register.simple_block_tag
def joined_styles(content: str) -> str:
    """Put one link for all the sheets named inside, in their order, each once."""
    names = tuple(dict.fromkeys(SHEET.findall(content)))
    return format_html('<link rel="stylesheet" href="{}">', joined(names).address)
