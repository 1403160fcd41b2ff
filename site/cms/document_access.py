"""Who may read a private document. Apps above register their rules in `AppConfig.ready`.

A private document that belongs to something of theirs is a piece of it: a group's right over the
library of documents does not reach it (DESIGN.md §4: groups only carry Wagtail rights).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.db.models import QuerySet

    from cms.models import SiteDocument

Rule = Callable[["AbstractBaseUser", "SiteDocument"], bool]

Holder = Callable[[], "QuerySet"]

_rules: list[Rule] = []
_holders: list[Holder] = []


def register_rule(rule: Rule) -> Rule:
    """`rule(user, document)`: True when this signed-in person may read this private document."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


def register_holder(holder: Holder) -> Holder:
    """`holder()`: the keys of the documents that something holds, without NULL."""
    if holder not in _holders:
        _holders.append(holder)
    return holder


def held_privately() -> Q:
    """Of documents: the private ones that something holds."""
    held = Q(pk__in=[])
    for holder in _holders:
        held |= Q(pk__in=holder())
    return Q(is_private=True) & held


def may_read(user: AbstractBaseUser | AnonymousUser, document: SiteDocument) -> bool:
    """Public documents: everyone. Private ones: who sent it, who may change it, or by a rule."""
    if not document.is_private:
        return True
    if not user.is_authenticated:
        return False
    if document.uploaded_by_user_id == user.pk or document.is_editable_by_user(user):
        return True
    return any(rule(user, document) for rule in _rules)
