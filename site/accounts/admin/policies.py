"""Who opens Wagtail's screens about people: administrators, whatever a group was given."""

from __future__ import annotations

from wagtail.permission_policies.base import BasePermissionPolicy

from accounts.domain.roles import manages_people
from accounts.models import User


class AdministratorsOnly(BasePermissionPolicy):
    def user_has_permission(self, user: User, action: str) -> bool:
        return manages_people(user)

    def users_with_any_permission(self, actions):
        return User.objects.filter(is_active=True, is_superuser=True)


class GivenOrTaken(AdministratorsOnly):
    """A role is given or taken, never rewritten: the journal then says what happened."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action != "change" and super().user_has_permission(user, action)
