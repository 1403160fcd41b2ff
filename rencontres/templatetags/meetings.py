"""Meetings to come, for screens of the rooms below."""

from __future__ import annotations

from django import template

from rencontres.domain.queries.announced import Announced, announced

register = template.Library()

MOST = 2


@register.simple_tag(takes_context=True)
def coming_meetings(context: template.Context) -> list[Announced]:
    return announced(context["request"])[:MOST]
