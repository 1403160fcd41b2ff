"""One stylesheet in the place of several."""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.html import format_html

from core.joined_styles import SHEET, joined

register = template.Library()


class JoinedStyles(template.Node):
    """A node of its own: Django's `simple_block_tag` hides the blocks inside from `block.super`."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        names = tuple(dict.fromkeys(SHEET.findall(self.nodelist.render(context))))
        return format_html('<link rel="stylesheet" href="{}">', joined(names).address)


@register.tag
def joined_styles(parser: Parser, token: Token) -> JoinedStyles:
    """Put one link for all the sheets named inside, in their order, each once."""
    nodelist = parser.parse(("endjoined_styles",))
    parser.delete_first_token()
    return JoinedStyles(nodelist)
