"""Demonstration accounts, one per role. They all end in exemple.org and share one password."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment, User
from consortium.demo.content import DemoContent, DemoPerson
from reference.enums import CodeScheme
from reference.models import Place, PlaceCode

GROUP_OF_ROLE = {
    RoleAssignment.Role.COORDINATOR: "Coordination",
    RoleAssignment.Role.EDITOR: "Édition",
}


def create_people(content: DemoContent, region: Place) -> dict[str, User]:
    """`{key: user}`, each with a confirmed address and the roles that the file gives."""
    return {person.key: _create(person, content.password, region) for person in content.people}


def _create(person: DemoPerson, password: str, region: Place) -> User:
    user, _ = User.objects.get_or_create(
        email=person.email,
        defaults={
            "username": person.email,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "is_superuser": person.superuser,
            "is_staff": person.superuser,
        },
    )
    user.set_password(password)
    user.save()
    EmailAddress.objects.get_or_create(
        user=user, email=person.email, defaults={"verified": True, "primary": True}
    )
    for role, place in (
        (RoleAssignment.Role.COORDINATOR, person.coordinates),
        (RoleAssignment.Role.EDITOR, person.edits),
    ):
        if place:
            RoleAssignment.objects.get_or_create(user=user, role=role, place=region)
            user.groups.add(Group.objects.get(name=GROUP_OF_ROLE[role]))
    if person.moderates:
        code = PlaceCode.objects.get(scheme=CodeScheme.MRC, code=person.moderates)
        assign_role(user=user, role=RoleAssignment.Role.MODERATOR, place=code.place)
    return user
