"""What search engines read of a page: schema.org as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(data: dict[str, Any] | None) -> SafeString | str:
    """A block of data, which no browser runs and nothing in it can end. Empty parts stay out."""
    if not data:
        return ""
    told = {"@context": "https://schema.org"} | _told(data)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        told = {key: _told(each) for key, each in value.items()}
        return {key: each for key, each in told.items() if each not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_told(each) for each in value]
    return value
