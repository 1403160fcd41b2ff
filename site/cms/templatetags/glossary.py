"""`{% rich text %}`: an editor's text, with the words of the glossary explained once per page."""

from __future__ import annotations

from django import template
from wagtail.rich_text import RichText

register = template.Library()


@register.simple_tag(takes_context=True)
def rich(context: template.Context, text: RichText | str) -> RichText:
    """In place of the filter `richtext`. On a page without a glossary, the same as it."""
    source = text.source if isinstance(text, RichText) else text or ""
    glossary = context.get("glossary")
    return RichText(glossary.mark(source) if glossary is not None else source)
