"""What Wagtail's screens about people must not forget."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import VERSION, hooks, permissions

from accounts.admin.people import GiveRoleBulkAction
from accounts.admin.roles import GivenOrTaken, RoleViewSet
from accounts.domain.addresses import forget_other_addresses
from accounts.domain.roles import ensure_administrator
from accounts.models import RoleAssignment, User
from core.errors import DomainError

if VERSION >= (8,):  # before, Wagtail asks the viewset alone
    permissions.register_permission_policy(RoleAssignment, GivenOrTaken(RoleAssignment))

hooks.register("register_bulk_action", GiveRoleBulkAction, order=10)  # after Wagtail's own


@hooks.register("register_admin_viewset")
def register_roles() -> RoleViewSet:
    return RoleViewSet()


@hooks.register("after_edit_user")
def keep_one_address(request: HttpRequest, user: User) -> None:
    forget_other_addresses(user)


@hooks.register("before_bulk_action")
def leave_people_to_administrators(
    request: HttpRequest, action_type: str, objects: list, action_class: object
) -> None:
    """Wagtail asks for the right to change accounts; here that right is the administrators'."""
    if any(isinstance(one, User) for one in objects):
        try:
            ensure_administrator(request.user)
        except DomainError as error:
            raise PermissionDenied from error
