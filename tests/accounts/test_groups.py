import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Workflow

from accounts.domain.groups import assign_role, ensure_groups, remove_unused_wagtail_groups
from accounts.models import RoleAssignment, User
from appreciation.models import Instrument
from reference.models import Place
from tests.factories import PlaceFactory, UserFactory


def rights_of(group_name: str) -> set[str]:
    ensure_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group_name))
    return User.objects.get(pk=user.pk).get_all_permissions()


def test_facilitators_have_no_right_in_the_admin():
    assert rights_of("Animation") == set()


def test_editors_write_places_but_neither_delete_nor_touch_instruments():
    rights = rights_of("Édition")
    assert {"wagtailadmin.access_admin", "reference.change_place", "reference.add_issue"} <= rights
    assert {"appreciation.view_instrument"} == {
        right for right in rights if right.endswith("_instrument")
    }
    assert {right for right in rights if ".delete_" in right} == {
        "reference.delete_portraititem",
        "wagtailredirects.delete_redirect",
        "wagtailsearchpromotions.delete_searchpromotion",
    }


def test_coordinators_have_what_editors_have_and_more():
    coordination = rights_of("Coordination")
    assert rights_of("Édition") < coordination
    assert {
        "appreciation.change_instrument",
        "appreciation.delete_scale",
        "cms.change_sitesettings",
    } <= coordination
    assert not [right for right in coordination if right.startswith(("auth.", "accounts."))]


def test_ensure_groups_twice_changes_nothing():
    ensure_groups()
    pages = GroupPagePermission.objects.count()
    files = GroupCollectionPermission.objects.count()
    ensure_groups()
    assert GroupPagePermission.objects.count() == pages
    assert GroupCollectionPermission.objects.count() == files
    assert Group.objects.filter(name__in=["Coordination", "Édition", "Animation"]).count() == 3


@pytest.mark.parametrize(
    ("role", "groups"),
    [("coordinator", ["Coordination"]), ("editor", ["Édition"]), ("moderator", ["Modération"])],
)
def test_a_role_brings_its_group(role, groups):
    user, place = UserFactory(), PlaceFactory(region=True)
    assign_role(user=user, role=role, place=place)
    assign_role(user=user, role=role, place=place)
    assert [group.name for group in user.groups.all()] == groups
    assert RoleAssignment.objects.filter(user=user).count() == 1


def test_load_reference_loads_all_that_is_shipped_and_is_harmless_twice(capsys):
    call_command("load_reference")
    assert "56 créés" in capsys.readouterr().out
    counts = (Place.objects.count(), Instrument.objects.count(), Group.objects.count())
    call_command("load_reference")
    assert "Rien à changer" in capsys.readouterr().out
    assert (Place.objects.count(), Instrument.objects.count(), Group.objects.count()) == counts


class TestWagtailsOwnGroups:
    """English names with rights on the whole site: an administrator would take them for ours."""

    def test_they_go_while_nobody_is_in_them(self):
        assert set(Group.objects.values_list("name", flat=True)) >= {"Editors", "Moderators"}
        assert remove_unused_wagtail_groups() == 2
        assert remove_unused_wagtail_groups() == 0
        assert not Group.objects.filter(name__in=("Editors", "Moderators")).exists()
        assert not Workflow.objects.filter(name="Moderators approval").exists()

    def test_one_that_serves_stays_with_what_it_opens(self):
        group = Group.objects.get(name="Editors")
        UserFactory().groups.add(group)
        rights = GroupPagePermission.objects.filter(group=group).count()
        assert remove_unused_wagtail_groups() == 1
        assert rights > 0
        assert GroupPagePermission.objects.filter(group=group).count() == rights

    def test_a_workflow_that_hangs_on_a_page_keeps_its_group(self):
        workflow = Workflow.objects.get(name="Moderators approval")
        workflow.workflow_pages.create(page=Page.objects.get(depth=1))
        assert remove_unused_wagtail_groups() == 1
        assert Group.objects.filter(name="Moderators").exists()
        assert Workflow.objects.filter(pk=workflow.pk).exists()
