"""The editor's form of a sheet: help beside each field, limits, an example to start from."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment, User
from core.typography import fr_typo
from pratiques.domain.completeness import EXAMPLE, WORDS_AT_MOST, left_to_publish
from pratiques.domain.sheet_address import address_of
from pratiques.domain.starter_sheet import start_from_example
from pratiques.models import PracticeMoment, PracticePage, PracticeResult
from pratiques.pages.practice_help import HELP, ROWS_HELP, TO_PUBLISH
from tests.admin_forms import as_typed
from tests.factories import PlaceFactory, UserFactory
from tests.factories.practices import catalogue, practice

NOT_TOLD = {"slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"}
NOT_TOLD |= {"comment_notifications"}


@pytest.fixture(scope="module", name="editor")
def _editor(kept_for_the_module) -> User:
    catalogue()
    user = UserFactory()
    assign_role(user=user, role=RoleAssignment.Role.EDITOR, place=PlaceFactory(region=True))
    return user


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_each_field_says_what_to_write_and_when_it_is_asked(as_editor):
    sheet = practice()
    answer = as_editor.get(reverse("wagtailadmin_pages:edit", args=[sheet.pk]))
    form = answer.context["form"]
    assert set(form.fields) - NOT_TOLD <= HELP.keys()
    assert set(form.formsets) - {"comments"} == ROWS_HELP.keys()
    text = re.sub(r"&#x27;|&#39;", "'", answer.text)
    for words in (*HELP.values(), *ROWS_HELP.values()):
        assert fr_typo(words) in text, words
    assert text.count(TO_PUBLISH) == 9, "eight things, of which one is a courriel or a téléphone"
    limits = re.findall(r'data-words-at-most="(\d+)"', text)
    assert sorted(map(int, limits)) == sorted([*WORDS_AT_MOST.values(), 250])
    assert "word-count.js" in text


def test_results_are_counted_together(as_editor):
    sheet = practice()
    sheet.results = [
        PracticeResult(text="mot " * 130, proof_kind="figures", proof="Le registre") for _ in "ab"
    ]
    sheet.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    typed = as_typed(as_editor.get(address).context["form"])
    refused = as_editor.post(address, typed | {"action-publish": "1"})
    said = "Résultats: 260 mots en tout, gardez-en au plus 250."
    assert said in str(refused.context["form"].non_field_errors())
    assert as_editor.post(address, typed).status_code == 302, "a draft is kept"
    assert said in left_to_publish(sheet)


def test_a_sheet_starts_from_an_example_or_from_nothing(as_editor):
    add = reverse("wagtailadmin_pages:add", args=["pratiques", "practicepage", catalogue().pk])
    offer = as_editor.get(add).text
    assert f"{add}?vide=oui" in offer
    start = reverse("pratiques_start_sheet", args=[catalogue().pk])
    answer = as_editor.post(start)
    sheet = PracticePage.objects.latest("pk")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    assert (sheet.live, sheet.title.startswith(EXAMPLE), sheet.moments.count()) == (False, True, 1)
    assert (
        as_editor.post(reverse("pratiques_start_sheet", args=[catalogue().pk])).status_code == 302
    )


def test_an_example_is_never_read_by_everyone(editor):
    sheet = start_from_example(catalogue=catalogue(), user=editor)
    assert "Remplacez le texte d’exemple par le vôtre." in left_to_publish(sheet)
    sheet.live = True
    with pytest.raises(ValidationError) as refused:
        sheet.full_clean()
    assert {"title", "summary", "approach", "sequel"} <= refused.value.message_dict.keys()


def test_an_example_that_is_submitted_says_what_to_replace(as_editor, editor):
    sheet = start_from_example(catalogue=catalogue(), user=editor)
    address = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    typed = as_typed(as_editor.get(address).context["form"])
    refused = as_editor.post(address, typed | {"action-submit": "1"})
    assert refused.status_code == 200
    said = refused.context["form"].errors
    assert said["title"] == said["sequel"] == ["Remplacez le texte d’exemple par le vôtre."]
    assert as_editor.post(address, typed).status_code == 302, "a draft is kept"


def test_the_address_of_an_example_follows_its_title_until_it_is_public(as_editor, editor):
    kept = catalogue()
    practice(slug="latelier-de-velos")
    sheet = start_from_example(catalogue=kept, user=editor)
    edit = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    typed = as_typed(as_editor.get(edit).context["form"])
    as_editor.post(edit, typed | {"slug": sheet.slug})
    first = sheet.slug
    assert PracticePage.objects.get(pk=sheet.pk).slug == first, "not told yet"
    for title in ("L’atelier de vélos", "L’atelier des sœurs"):
        assert as_editor.post(edit, typed | {"title": title}).status_code == 302
    assert PracticePage.objects.get(pk=sheet.pk).slug == "latelier-des-soeurs"
    as_editor.post(edit, typed | {"title": "L’atelier de vélos"})
    assert PracticePage.objects.get(pk=sheet.pk).slug == "latelier-de-velos-1"
    PracticePage.objects.filter(pk=sheet.pk).update(slug=first, live=True)
    live = PracticePage.objects.get(pk=sheet.pk)
    assert address_of(live, title="Autre", typed=first) == first


def test_rows_of_the_example_are_replaced_too(as_editor):
    sheet = practice()
    sheet.moments = [PracticeMoment(when="Mars", text=f"{EXAMPLE} L’épicerie ferme.")]
    sheet.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    typed = as_typed(as_editor.get(address).context["form"])
    said = "Remplacez ou retirez les exemples: moments, résultats et partenaires."
    refused = as_editor.post(address, typed | {"action-submit": "1"})
    assert said in refused.context["form"].non_field_errors()
    assert said in left_to_publish(sheet)
    mine = typed | {"action-submit": "1", "moments-0-text": "L’école ferme."}
    assert as_editor.post(address, mine).status_code == 302


def test_only_who_may_add_starts_one(client, stranger):
    address = reverse("pratiques_start_sheet", args=[catalogue().pk])
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(address).status_code == 302
    moderator = UserFactory()
    role = RoleAssignment.Role.MODERATOR
    assign_role(user=moderator, role=role, place=PlaceFactory(territory=True))
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(address).status_code in (302, 403)
    assert client.get(address).status_code in (302, 405)
    assert not PracticePage.objects.filter(title__startswith=EXAMPLE).exists()
