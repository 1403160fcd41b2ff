"""Giving and taking a role: administrators only, and the admin's rights follow."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.domain.groups import assign_role
from accounts.domain.roles import ensure_one_administrator, give_role, take_role
from accounts.models import RoleAssignment, User
from core.errors import DomainError
from tests.admin_people import ROLES, queries_of, signed_in
from tests.factories import PlaceFactory, UserFactory

COORDINATOR, EDITOR = RoleAssignment.Role.COORDINATOR, RoleAssignment.Role.EDITOR


@pytest.fixture
def administrator():
    return UserFactory(is_superuser=True)


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def territory():
    return PlaceFactory(territory=True, name="Territoire-Test")


@pytest.fixture
def noe():
    return UserFactory(email="noe@exemple.org", first_name="Noé", last_name="Neuf")


def groups_of(user: User) -> list[str]:
    return sorted(group.name for group in user.groups.all())


def test_a_role_given_in_the_admin_opens_the_admin_and_the_place(as_administrator, noe, territory):
    data = {"user": noe.pk, "role": COORDINATOR, "place": territory.pk}
    page = as_administrator.post(reverse("roles:add"), data, follow=True).content.decode()
    assert "Noé Neuf: coordination, Territoire-Test. Le rôle est donné." in page
    noe = User.objects.get(pk=noe.pk)
    assert list(noe.coordinated_places()) == [territory]
    assert groups_of(noe) == [
        "Comité d’un territoire",
        f"Comité: Territoire-Test ({territory.pk})",
        "Coordination d’un territoire",
    ]
    assert noe.enters_admin
    assert not noe.is_superuser


def test_a_role_taken_closes_the_admin(as_administrator, noe, territory):
    role = assign_role(user=noe, role=EDITOR, place=territory)
    address = reverse("roles:delete", args=[role.pk])
    assert "Retirer ce rôle?" in as_administrator.get(address).content.decode()
    page = as_administrator.post(address, follow=True).content.decode()
    assert "Noé Neuf: édition, Territoire-Test. Le rôle est retiré." in page
    noe = User.objects.get(pk=noe.pk)
    assert (noe.role_assignments.count(), groups_of(noe), noe.enters_admin) == (0, [], False)


def test_a_role_held_elsewhere_keeps_its_rights(administrator, noe, territory):
    here = give_role(actor=administrator, user=noe, role=EDITOR, place=territory)
    elsewhere = PlaceFactory(territory=True)
    give_role(actor=administrator, user=noe, role=EDITOR, place=elsewhere)
    take_role(actor=administrator, assignment=here)
    assert [role.place for role in noe.role_assignments.all()] == [elsewhere]
    assert groups_of(noe) == [
        "Comité d’un territoire",
        f"Comité: {elsewhere.name} ({elsewhere.pk})",
    ]


def test_both_gestures_are_in_the_journal(as_administrator, administrator, noe, territory):
    data = {"user": noe.pk, "role": COORDINATOR, "place": territory.pk}
    as_administrator.post(reverse("roles:add"), data)
    as_administrator.post(reverse("roles:delete", args=[noe.role_assignments.get().pk]))
    label = "Noé Neuf: coordination, Territoire-Test"
    entries = ModelLogEntry.objects.order_by("timestamp", "pk")
    assert [(entry.action, entry.user, entry.label) for entry in entries] == [
        ("wagtail.create", administrator, label),
        ("wagtail.delete", administrator, label),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_give_and_take(client, noe, territory, role):
    held = assign_role(user=noe, role=EDITOR, place=territory)
    someone = signed_in(client, role)
    expected = 200 if role == "administrator" else 302
    assert someone.get(reverse("roles:index")).status_code == expected
    data = {"user": UserFactory().pk, "role": COORDINATOR, "place": territory.pk}
    someone.post(reverse("roles:add"), data)
    assert RoleAssignment.objects.filter(role=COORDINATOR).exists() == (role == "administrator")
    someone.post(reverse("roles:delete", args=[held.pk]))
    assert RoleAssignment.objects.filter(pk=held.pk).exists() == (role != "administrator")


def test_a_coordinator_does_not_raise_herself(client, territory):
    region = PlaceFactory(region=True)
    own = assign_role(user=UserFactory(), role=COORDINATOR, place=territory)
    client.force_login(own.user)
    data = {"user": own.user.pk, "role": COORDINATOR, "place": region.pk}
    client.post(reverse("roles:add"), data)
    with pytest.raises(DomainError, match="administre le site"):
        give_role(actor=own.user, user=own.user, role=COORDINATOR, place=region)
    assert [role.place for role in own.user.role_assignments.all()] == [territory]


def test_an_administrator_of_a_moment_ago_gives_nothing(administrator, noe, territory):
    User.objects.filter(pk=administrator.pk).update(is_superuser=False)
    with pytest.raises(DomainError, match="administre le site"):
        give_role(actor=administrator, user=noe, role=EDITOR, place=territory)
    assert noe.role_assignments.count() == 0


def test_a_role_is_never_rewritten(as_administrator, noe, territory):
    held = assign_role(user=noe, role=EDITOR, place=territory)
    data = {"user": noe.pk, "role": COORDINATOR, "place": territory.pk}
    as_administrator.post(reverse("roles:edit", args=[held.pk]), data)
    held.refresh_from_db()
    assert held.role == EDITOR


def test_refusals_are_told_on_the_form(as_administrator, noe, territory):
    assign_role(user=noe, role=EDITOR, place=territory)
    data = {"user": noe.pk, "role": EDITOR, "place": territory.pk}
    twice = as_administrator.post(reverse("roles:add"), data).content.decode()
    assert "Cette personne a déjà ce rôle pour ce lieu." in twice
    village = PlaceFactory()
    form = as_administrator.post(reverse("roles:add"), data | {"place": village.pk}).context["form"]
    assert list(form.errors) == ["place"]
    closed = UserFactory(is_active=False)
    form = as_administrator.post(reverse("roles:add"), data | {"user": closed.pk}).context["form"]
    assert list(form.errors) == ["user"]
    assert RoleAssignment.objects.count() == 1


@pytest.mark.parametrize(("closed", "village"), [(True, False), (False, True)])
def test_rules_hold_without_the_form(administrator, territory, closed, village):
    place = PlaceFactory() if village else territory
    with pytest.raises(DomainError):
        give_role(
            actor=administrator, user=UserFactory(is_active=not closed), role=EDITOR, place=place
        )
    assert RoleAssignment.objects.count() == 0


def test_the_form_tells_namesakes_and_homonymous_places_apart(as_administrator, noe):
    PlaceFactory(territory=True, name="Trois-Exemples")
    form = as_administrator.get(reverse("roles:add")).context["form"]
    people = [str(label) for _, label in form.fields["user"].choices]
    places = [str(label) for _, label in form.fields["place"].choices]
    assert "Noé Neuf (noe@exemple.org)" in people
    assert "Trois-Exemples (territoire de développement social)" in places


def test_queries_of_the_list_do_not_grow(as_administrator, territory):
    assign_role(user=UserFactory(), role=EDITOR, place=territory)
    assert queries_of(as_administrator, reverse("roles:index")) == 8
    for _ in range(3):
        assign_role(user=UserFactory(), role=EDITOR, place=PlaceFactory(territory=True))
    assert queries_of(as_administrator, reverse("roles:index")) == 8


def test_a_site_without_administrator_is_refused(administrator):
    ensure_one_administrator()
    User.objects.update(is_active=False)
    with pytest.raises(DomainError, match="dernière personne"):
        ensure_one_administrator()
