"""Wagtail's screens about accounts are no way round the rules about roles."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.domain.groups import assign_role, ensure_groups
from accounts.models import RoleAssignment, User
from tests.factories import PlaceFactory, UserFactory

PEOPLE, GROUPS = "wagtailusers_users", "wagtailusers_groups"


def bulk(action: str, *people: User) -> str:
    address = reverse("wagtail_bulk_action", args=["accounts", "user", action])
    return address + "?" + "&".join(f"id={person.pk}" for person in people)


def sheet(person: User, **changes) -> dict:
    """What the browser sends for the account form, with these changes."""
    data = {
        "username": person.username,
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
    }
    ticked = {"is_active": person.is_active, "is_superuser": person.is_superuser} | changes
    return data | {name: value for name, value in ticked.items() if value}


@pytest.fixture
def administrator():
    return UserFactory(is_superuser=True)


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def overtrusted(client):
    """Somebody whose group was given every right on accounts and groups."""
    user = UserFactory()
    group = Group.objects.create(name="Trop de droits")
    names = [f"{verb}_{noun}" for verb in ("add", "change", "delete") for noun in ("user", "group")]
    ensure_groups()
    group.permissions.set(Permission.objects.filter(codename__in=[*names, "access_admin"]))
    user.groups.add(group)
    client.force_login(user)
    return user


def test_the_right_to_change_accounts_does_not_make_an_administrator(overtrusted, client):
    address = reverse(f"{PEOPLE}:edit", args=[overtrusted.pk])
    client.post(address, sheet(overtrusted, is_superuser=True))
    new = sheet(UserFactory.build(username="double", email="double@exemple.org"), is_superuser=True)
    client.post(reverse(f"{PEOPLE}:add"), new)
    coordination = Group.objects.get(name="Coordination")
    client.post(bulk("assign_role", overtrusted), {"role": coordination.pk})
    group = overtrusted.groups.get()
    client.post(reverse(f"{GROUPS}:edit", args=[group.pk]), {"name": "Renommé", "permissions": []})
    overtrusted.refresh_from_db()
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(username="double").exists()
    assert [one.name for one in overtrusted.groups.all()] == ["Trop de droits"]


def test_the_right_to_change_accounts_closes_and_deletes_nobody(overtrusted, client, administrator):
    client.post(bulk("set_active_state", administrator), {"mark_as_active": "False"})
    client.post(bulk("delete", administrator))
    client.post(reverse(f"{PEOPLE}:delete", args=[administrator.pk]))
    address = reverse(f"{PEOPLE}:edit", args=[administrator.pk])
    client.post(address, sheet(administrator, email="vole@exemple.org"))
    stored = User.objects.get(pk=administrator.pk)
    assert (stored.is_active, stored.email) == (True, administrator.email)


def test_the_last_administrator_stays(as_administrator, administrator):
    address = reverse(f"{PEOPLE}:edit", args=[administrator.pk])
    as_administrator.post(address, sheet(administrator, is_superuser=False, is_active=False))
    as_administrator.post(bulk("set_active_state", administrator), {"mark_as_active": "False"})
    as_administrator.post(bulk("delete", administrator))
    as_administrator.post(reverse(f"{PEOPLE}:delete", args=[administrator.pk]))
    stored = User.objects.get(pk=administrator.pk)
    assert (stored.is_active, stored.is_superuser) == (True, True)


def test_an_administrator_makes_another_and_takes_it_back(as_administrator):
    other = UserFactory()
    address = reverse(f"{PEOPLE}:edit", args=[other.pk])
    as_administrator.post(address, sheet(other, is_superuser=True))
    other.refresh_from_db()
    assert other.is_superuser
    as_administrator.post(address, sheet(other, is_superuser=False))
    other.refresh_from_db()
    assert not other.is_superuser


def test_the_account_form_neither_shows_nor_loses_the_groups_of_roles(as_administrator):
    person = UserFactory()
    assign_role(user=person, role=RoleAssignment.Role.EDITOR, place=PlaceFactory(region=True))
    other = Group.objects.create(name="Relecture")
    address = reverse(f"{PEOPLE}:edit", args=[person.pk])
    form = as_administrator.get(address).context["form"]
    offered = {group.name for group in form.fields["groups"].queryset}
    assert offered & {"Relecture", "Édition", "Coordination", "Animation"} == {"Relecture"}
    coordination = Group.objects.get(name="Coordination")
    refused = as_administrator.post(address, sheet(person) | {"groups": [coordination.pk]})
    assert list(refused.context["form"].errors) == ["groups"]
    as_administrator.post(address, sheet(person) | {"groups": [other.pk]})
    assert sorted(group.name for group in person.groups.all()) == ["Relecture", "Édition"]
    as_administrator.post(address, sheet(person))
    assert [group.name for group in person.groups.all()] == ["Édition"]


def test_a_new_account_made_here_keeps_its_groups(as_administrator):
    group = Group.objects.create(name="Relecture")
    new = sheet(UserFactory.build(username="nouvelle", email="nouvelle@exemple.org"))
    as_administrator.post(reverse(f"{PEOPLE}:add"), new | {"groups": [group.pk]})
    assert [one.name for one in User.objects.get(username="nouvelle").groups.all()] == ["Relecture"]


def test_giving_a_role_to_many_leads_to_the_screen_of_roles(as_administrator):
    person = UserFactory()
    ensure_groups()
    answer = as_administrator.get(bulk("assign_role", person))
    assert (answer.status_code, answer.url) == (302, reverse("roles:add"))
    group = Group.objects.get(name="Coordination")
    as_administrator.post(bulk("assign_role", person), {"role": group.pk})
    assert person.groups.count() == 0
