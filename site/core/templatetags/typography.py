"""Filters for Québec typography. They take and give plain text: autoescaping still applies."""

import datetime
from decimal import Decimal
from fractions import Fraction

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString, mark_safe

from core import typography
from core.captions import fr_clock

register = template.Library()


@register.filter
@stringfilter
def fr_typo(text: str) -> str:
    return typography.fr_typo(text)


@register.filter
@stringfilter
def fr_label(text: str) -> str:
    return typography.fr_label(text)


@register.filter
def fr_typo_html(html: str) -> SafeString:
    """For a text with tags that is safe already: an editor's, as Wagtail expands it."""
    return mark_safe(typography.fr_typo_html(html))  # noqa: S308


@register.filter
def fr_number(value: float | Decimal | Fraction | None, decimals: int | None = None) -> str:
    """Empty for None: a missing number is the template's to explain."""
    return "" if value is None else typography.fr_number(value, decimals)


@register.filter
def fr_percent(share: float | Decimal | Fraction | None, decimals: int = 0) -> str:
    return "" if share is None else typography.fr_percent(share, decimals)


@register.filter
def fr_size(size: int | None) -> str:
    return "" if size is None else typography.fr_size(size)


@register.filter
def fr_date(date: datetime.date | None) -> str:
    return "" if date is None else typography.fr_date(date)


@register.filter
def fr_month(date: datetime.date | None) -> str:
    return "" if date is None else typography.fr_month(date)


@register.filter
def fr_time(time: datetime.datetime | None) -> str:
    return "" if time is None else typography.fr_time(time)


@register.filter
def fr_duration(seconds: int | None) -> str:
    return typography.fr_duration(seconds) if seconds else ""


@register.filter
def clock(seconds: int) -> str:
    return fr_clock(seconds)
