"""The starting pages: created once, an editor's changes never written over."""

import io

from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Collection, Page, Site
from wagtail.rich_text import RichText

from appreciation.models import RegisterPage
from home.domain.starter_pages import ensure_site_pages
from home.models import HomePage, StandardPage
from tests.factories import UserFactory


def test_the_tree_is_created_and_twice_changes_nothing():
    first = ensure_site_pages()
    assert [page.slug for page in first] == [
        "accueil",
        "la-demarche",
        "trousse",
        "decider",
        "preparer-le-portrait",
        "mobiliser",
        "tenir-la-rencontre",
        "restituer",
        "choisir",
        "partager",
        "suivre",
        "communautes",
        "demarches",
        "pratiques",
        "syntheses",
        "videos",
        "rencontres",
        "accessibilite",
        "vie-privee",
    ]
    assert ensure_site_pages() == []
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert RegisterPage.objects.get().url_path == "/accueil/demarches/"


def test_an_editors_changes_stay():
    ensure_site_pages()
    page = StandardPage.objects.get(slug="vie-privee")
    page.title, page.body = "Vos données", [("text", RichText("<p>Notre texte.</p>"))]
    page.save()
    Page.objects.get(slug="la-demarche").unpublish()
    ensure_site_pages()
    page.refresh_from_db()
    assert page.title == "Vos données"
    assert [block.value.source for block in page.body] == ["<p>Notre texte.</p>"]
    assert Page.objects.get(slug="la-demarche").live is False


def test_what_holds_all_pages_and_files_is_named_in_french_unless_somebody_named_it(client):
    ensure_site_pages()
    root, files = Page.objects.get(depth=1), Collection.objects.get(depth=1)
    assert (root.title, root.draft_title) == ("Toutes les pages", "Toutes les pages")
    assert files.name == "Fichiers communs"
    client.force_login(UserFactory(is_superuser=True))
    text = client.get(reverse("wagtailadmin_explore", args=[root.pk])).text
    assert "Toutes les pages" in text
    assert "Root" not in text
    Page.objects.filter(depth=1).update(title="La Mauricie")
    files.name = "Tout"
    files.save()
    ensure_site_pages()
    assert Page.objects.get(depth=1).title == "La Mauricie"
    assert Collection.objects.get(depth=1).name == "Tout"


def test_a_deleted_page_comes_back_beside_the_others():
    ensure_site_pages()
    Page.objects.get(slug="accessibilite").delete()
    assert [page.slug for page in ensure_site_pages()] == ["accessibilite"]


def test_wagtails_welcome_page_gives_its_place():
    welcome = Page.objects.filter(slug="home").first()  # there when the tests run the migrations
    if welcome is None:
        root = Page.get_first_root_node()
        welcome = root.add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.update(root_page=welcome)
    ensure_site_pages()
    assert not Page.objects.filter(slug="home").exists()


def test_the_command_says_what_it_made_then_that_nothing_is_left():
    out = io.StringIO()
    call_command("create_site_pages", stdout=out)
    assert "Créée: Démarches" in out.getvalue()
    call_command("create_site_pages", stdout=out)
    assert "Rien à changer" in out.getvalue()
