"""Entries of the admin's menu for some people only."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies.pages import PagePermissionPolicy


class PublishersMenuItem(MenuItem):
    """For whoever publishes pages somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return PagePermissionPolicy().user_has_permission(request.user, "publish")
