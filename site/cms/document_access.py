"""Who may read a private document. Apps above register their rules in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from cms.models import SiteDocument

Rule = Callable[["AbstractBaseUser", "SiteDocument"], bool]

_rules: list[Rule] = []


def register_rule(rule: Rule) -> Rule:
    """`rule(user, document)`: True when this signed-in person may read this private document."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


def may_read(user: AbstractBaseUser | AnonymousUser, document: SiteDocument) -> bool:
    """Public documents: everyone. Private ones: who sent it, who may change it, or by a rule."""
    if not document.is_private:
        return True
    if not user.is_authenticated:
        return False
    if document.uploaded_by_user_id == user.pk or document.is_editable_by_user(user):
        return True
    return any(rule(user, document) for rule in _rules)
