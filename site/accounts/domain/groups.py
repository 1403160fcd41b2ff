"""Groups only carry rights in the admin; what a person may see is decided elsewhere (DESIGN.md §4).

Least privilege: facilitators work in the space and never enter the admin.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.admin.models import Admin
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import RoleAssignment, User
from reference.models import Place

COORDINATION = "Coordination"
EDITION = "Édition"
MODERATION = "Modération"
FACILITATION = "Animation"

REFERENCE = ("place", "placecode", "placepart", "placepopulation", "placechange")
VOCABULARIES = ("dimension", "issue", "sector")
INSTRUMENTS = ("scale", "scalelevel", "instrument", "instrumentdimension", "item")


def _rights(app: str, models: tuple[str, ...], *actions: str) -> set[str]:
    return {f"{app}.{action}_{model}" for model in models for action in actions}


ADMIN = {"wagtailadmin.access_admin"}
EDITOR_RIGHTS = (
    ADMIN
    | _rights("reference", REFERENCE + VOCABULARIES, "view", "add", "change")
    | _rights("appreciation", INSTRUMENTS, "view")
    | _rights("appreciation", ("frequentquestion",), "view", "add", "change")
    | _rights("appreciation", ("tool",), "view", "add", "change", "publish")
    | _rights("home", ("organisation",), "view", "add", "change")
    | _rights("wagtailsearchpromotions", ("searchpromotion",), "add", "change", "delete")
    | _rights("wagtailredirects", ("redirect",), "add", "change", "delete")
)
RIGHTS: dict[str, set[str]] = {
    FACILITATION: set(),
    MODERATION: ADMIN,
    EDITION: EDITOR_RIGHTS,
    COORDINATION: EDITOR_RIGHTS
    | _rights("reference", REFERENCE + VOCABULARIES, "delete")
    | _rights("appreciation", INSTRUMENTS, "add", "change", "delete")
    | _rights("appreciation", ("frequentquestion", "tool"), "delete")
    | _rights("home", ("organisation",), "delete")
    | _rights("appreciation", ("documenttemplate",), "view", "add", "change", "delete")
    | {
        "appreciation.view_appraisal",
        "cms.change_sitesettings",
        "pratiques.change_reviewsettings",
    },
}
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
FILE_RIGHTS = (
    *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
    *("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
    *("wagtailmedia.add_media", "wagtailmedia.change_media"),
)
WRITERS = (EDITION, COORDINATION)
ROLE_GROUPS = {
    RoleAssignment.Role.COORDINATOR: COORDINATION,
    RoleAssignment.Role.EDITOR: EDITION,
    RoleAssignment.Role.MODERATOR: MODERATION,
}


@transaction.atomic
def ensure_groups() -> dict[str, Group]:
    """Create the groups of the house and give each the rights it lacks; add nothing to anyone else.

    Rights that an administrator added to a group are left alone.
    """
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in RIGHTS}
    for name, labels in RIGHTS.items():
        groups[name].permissions.add(*(_permission(label) for label in sorted(labels)))
    root = Page.objects.filter(depth=1).first()
    collection = Collection.get_first_root_node()
    for name in WRITERS:
        for codename in PAGE_RIGHTS:
            GroupPagePermission.objects.get_or_create(
                group=groups[name], page=root, permission=_permission(f"wagtailcore.{codename}")
            )
        for label in FILE_RIGHTS:
            GroupCollectionPermission.objects.get_or_create(
                group=groups[name], collection=collection, permission=_permission(label)
            )
    return groups


@transaction.atomic
def assign_role(*, user: User, role: str, place: Place) -> RoleAssignment:
    """Give a role for a place, and the rights in the admin that go with it."""
    assignment, _ = RoleAssignment.objects.get_or_create(user=user, role=role, place=place)
    group = ROLE_GROUPS.get(RoleAssignment.Role(role))
    if group:
        user.groups.add(ensure_groups()[group])
    return assignment


def _permission(label: str) -> Permission:
    app, codename = label.split(".")
    if label in ADMIN:  # made by a data migration of Wagtail's, which emptied tables lose
        admin = ContentType.objects.get_for_model(Admin)
        defaults = {"name": "Can access Wagtail admin"}
        return Permission.objects.get_or_create(
            content_type=admin, codename=codename, defaults=defaults
        )[0]
    return Permission.objects.get(content_type__app_label=app, codename=codename)
