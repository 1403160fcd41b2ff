"""`{% kept_part "footer" %}…{% endkept_part %}`: made once per mark, the same for everyone."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token

from cms.kept import kept
from cms.kept_site import site_of

register = template.Library()


class KeptPart(Node):
    def __init__(self, nodelist: NodeList, key: list[FilterExpression]) -> None:
        self.nodelist, self.key = nodelist, key

    def render(self, context: template.Context) -> str:
        key = tuple(part.resolve(context) for part in self.key)
        request = context.get("request")
        site = site_of(request) if request is not None else None
        return kept(request, ("part", site, *key), lambda: self.nodelist.render(context))


@register.tag
def kept_part(parser: Parser, token: Token) -> KeptPart:
    """A name, then all that it depends on besides what is public: nothing of a person."""
    key = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(["endkept_part"])
    parser.delete_first_token()
    return KeptPart(nodelist, key)
