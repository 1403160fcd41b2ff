"""Rights of a territory's committee in the admin: its own page, and nothing else of the site."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from accounts.domain.groups import committee_group
from home.models import TerritoryPage
from reference.models import Place

RIGHTS = ("change_page", "publish_page")


def give_its_page(group: Group, place: Place) -> None:
    """What a committee may do with the page of its territory, once there is one."""
    page = TerritoryPage.objects.filter(place=place).first()
    if page is None:
        return
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=RIGHTS
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def open_pages_to_committees() -> None:
    """A group for each territory that has a page, with the rights on it."""
    for page in TerritoryPage.objects.select_related("place"):
        committee_group(page.place)
