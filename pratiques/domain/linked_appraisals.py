"""Which pages of the register everyone may read. The app above, which knows, registers the rule.

A page of the register stays in the tree when its démarche is withdrawn or under embargo: being
live there says nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from wagtail.models import Page

PublicPages = Callable[[], QuerySet]

_rules: list[PublicPages] = []


def register_public_pages(rule: PublicPages) -> PublicPages:
    """`rule()`: the primary keys, as a query not run yet, of the pages that everyone may read."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


def readable_pages() -> QuerySet[Page]:
    """Pages of the register that may be named and linked to. Costs nothing until it is read."""
    pages = Page.objects.live()
    for rule in _rules:
        pages = pages.filter(pk__in=rule())
    return pages if _rules else pages.none()
