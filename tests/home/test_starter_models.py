"""An editor starts a page from a model: a draft with its blocks in place."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from home.domain.starter_models import starter_models
from home.models import StandardPage
from tests.factories import PlaceFactory, UserFactory
from tests.factories.starter_site import ensure_site_pages


@pytest.fixture
def parent() -> Page:
    ensure_site_pages()
    return Page.objects.get(slug="accueil")


@pytest.fixture
def editor(client):
    user = UserFactory()
    assign_role(user=user, role=RoleAssignment.Role.EDITOR, place=PlaceFactory(region=True))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def start(client, parent, key):
    return client.post(
        reverse("home_start_from_model", args=[parent.pk]), {"modele": key}, follow=True
    )


def test_adding_a_page_offers_models_and_an_empty_page(editor, parent):
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", parent.pk])
    text = editor.get(address).text
    for model in starter_models():
        assert f'value="{model.key}"' in text
    assert f"{address}?vide=oui" in text
    assert 'name="title"' in editor.get(f"{address}?vide=oui").text


@pytest.mark.parametrize("key", [model.key for model in starter_models()])
def test_each_model_makes_a_draft_whose_blocks_can_be_written_in(editor, parent, client, key):
    answer = start(editor, parent, key)
    page = StandardPage.objects.latest("pk")
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.body[0].block_type) == (False, "text")
    [model] = [one for one in starter_models() if one.key == key]
    assert [block.block_type for block in page.body] == [one["type"] for one in model.blocks]
    assert client.get(f"/{page.slug}/").status_code == 404


def test_twice_the_same_model_makes_two_pages(editor, parent):
    start(editor, parent, "projet")
    start(editor, parent, "projet")
    slugs = StandardPage.objects.filter(title="Présenter un projet").values_list("slug", flat=True)
    assert sorted(slugs) == ["presenter-un-projet", "presenter-un-projet-2"]


def test_an_unknown_model_is_refused_in_words(editor, parent):
    before = StandardPage.objects.count()
    assert "Ce modèle n’existe plus" in start(editor, parent, "autre").text
    assert StandardPage.objects.count() == before


def test_who_may_not_add_a_page_starts_none(client, parent, stranger):
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    before = StandardPage.objects.count()
    start(client, parent, "projet")
    assert StandardPage.objects.count() == before


def test_a_get_starts_nothing(editor, parent):
    address = reverse("home_start_from_model", args=[parent.pk])
    assert editor.get(address).status_code == 405
