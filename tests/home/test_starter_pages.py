"""The starting pages: created once, an editor's changes never written over."""

import io

from django.core.management import call_command
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from appreciation.models import RegisterPage
from home.domain.starter_pages import ensure_site_pages
from home.models import HomePage, StandardPage


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
