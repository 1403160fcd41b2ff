"""The administrator gives a role to somebody who already has an account, then takes it back."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import RoleAssignment
from tests.factories import PlaceFactory, UserFactory


@pytest.fixture
def administrator_page(new_context, sign_in) -> Page:
    context = new_context()
    sign_in(context, UserFactory(is_superuser=True, last_name="Gardienne"))
    return context.new_page()


def test_a_role_is_given_then_taken(administrator_page, new_context, sign_in):
    page = administrator_page
    PlaceFactory(territory=True, name="Territoire-Test")
    noe = UserFactory(email="noe@exemple.org", first_name="Noé", last_name="Neuf")
    page.goto("/admin/")
    page.get_by_role("button", name="Paramètres").click()
    page.get_by_role("link", name="Rôles").click()
    page.get_by_role("link", name="Donner un rôle").first.click()
    page.get_by_label("Personne").select_option(label="Noé Neuf (noe@exemple.org)")
    page.get_by_label("Rôle").select_option(label="coordination")
    page.get_by_label("Territoire ou région").select_option(
        label="Territoire-Test (territoire de développement social)"
    )
    page.get_by_role("button", name="Donner le rôle").click()
    expect(page.locator(".messages .success")).to_contain_text("Le rôle est donné.")

    context = new_context()
    sign_in(context, noe)
    theirs = context.new_page()
    theirs.goto("/comptes/invitations/")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Inviter une personne")

    page.get_by_role("link", name="Retirer, Noé Neuf").click()
    expect(page.get_by_text("Retirer ce rôle?")).to_be_visible()
    page.get_by_role("button", name="Oui").click()
    expect(page.locator(".messages .success")).to_contain_text("Le rôle est retiré.")
    page.goto(reverse("wagtailusers_users:edit", args=[noe.pk]) + "#tab-roles")
    expect(page.get_by_text("leurs droits suivent")).to_be_visible()
    assert not RoleAssignment.objects.exists()
