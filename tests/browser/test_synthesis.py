"""The coordinator's road: from twelve démarches, four of them historical, to the public page."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from playwright.sync_api import Page, expect
from pptx import Presentation

from appreciation.interfaces.documents.making import run_exports
from appreciation.models import Publication, Synthesis
from tests.browser.axe import check_accessible
from tests.browser.sizes import NARROW
from tests.factories.places import PlaceFactory
from tests.factories.register import publish_historical
from tests.factories.synthesis_sources import (
    asked,
    coordinator_of,
    make_region,
    make_synthesis,
    publish_in,
    territory_of,
    told,
)
from tests.pdf_text import page_texts

pytestmark = pytest.mark.django_db(transaction=True)

NBSP = "\N{NO-BREAK SPACE}"
CHALLENGES = (
    "Se rendre à l’épicerie sans auto",
    "Pas d’autobus vers l’épicerie le soir",
    "Trouver un logement où vieillir",
)


@pytest.fixture
def region():
    """Eight démarches in two territories, each with its answers, and four from before the site."""
    region = make_region("Mékinac", "Maskinongé")
    for number in range(8):
        territory = territory_of(region, ("Mékinac", "Maskinongé")[number % 2])
        publish_in(
            territory,
            f"Village-{number + 1}",
            (
                asked("entraide", (0, 1, 4, 7 + number)),
                asked("transport", (5 + number, 3, 1, 0), unknown=number),
            ),
            findings=(told("challenge", CHALLENGES[number % 3], "Transport"),),
        )
    for number in range(4):
        place = PlaceFactory(name=f"Ancien-{number + 1}", parent=territory_of(region, "Mékinac"))
        publish_historical(place=place, year=2015 + number)
    return region


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose_all(page: Page) -> None:
    """Every démarche under its name, but for one that wants none."""
    for box in page.get_by_role("combobox").all():
        box.select_option("sous son nom")
    page.get_by_label("Village-8, 2026").select_option("sans son nom")
    press(page, "Enregistrer le choix")
    expect(page.get_by_text("12 démarches retenues")).to_be_visible()


def classify(page: Page) -> None:
    page.get_by_role("link", name="Classer ce qui revient").first.click()
    group = page.locator("form", has_text=CHALLENGES[0]).first
    group.get_by_label("Nom du nouveau thème").fill("Se déplacer sans auto")
    group.get_by_role("button").click()
    expect(page.get_by_text(f"Classé sous «{NBSP}Se déplacer sans auto{NBSP}».")).to_be_visible()


def write(page: Page) -> None:
    page.get_by_role("link", name="Revenir aux étapes").click()
    page.get_by_role("link", name="Écrire entre les figures").first.click()
    page.get_by_role("link", name="En bref").click()
    page.get_by_label("Texte").fill("Huit villages et quatre anciens parlent.")
    press(page, "Enregistrer le paragraphe")
    page.get_by_role("link", name="Village-1", exact=True).click()
    page.get_by_label("Son histoire").fill("On est partis d’une cuisine.")
    press(page, "Enregistrer l’histoire")
    page.get_by_role("link", name="Revenir aux étapes").click()


def freeze_and_publish(page: Page) -> None:
    page.get_by_role("link", name="Figer les figures").first.click()
    press(page, "Figer une édition")
    expect(page.get_by_role("heading", name="Édition 1")).to_be_visible()
    page.get_by_role("link", name="Lire cette page avant").click()
    expect(page.get_by_text("telle que la lirait tout le monde")).to_be_visible()
    expect(page.get_by_text("Village-8")).to_have_count(0)
    check_accessible(page)
    page.go_back()
    page.get_by_label("J’ai relu la page publique").check()
    press(page, "Publier l’édition 1")
    expect(page.get_by_text("La synthèse est publiée.")).to_be_visible()


def take_files(reader: Page) -> None:
    """What the worker makes once it is out: the report, the text, the deck, and what they say."""
    run_exports(timezone.now())
    reader.reload()
    found = {}
    for name in ("Rapport", "Texte à modifier", "Diaporama"):
        with reader.expect_download() as download:
            reader.get_by_role("link", name=name).click()
        found[name] = download.value.path().read_bytes()
    paragraphs = Document(BytesIO(found["Texte à modifier"])).paragraphs
    assert "Huit villages et quatre anciens parlent." in [each.text for each in paragraphs]
    assert "Se déplacer sans auto" in " ".join(page_texts(found["Rapport"]))
    slides = Presentation(BytesIO(found["Diaporama"])).slides
    assert len(slides) > 5
    assert all("Village-8" not in words for words in map(words_of_slide, slides))


def words_of_slide(slide) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_from_twelve_communities_to_the_public_page(new_context, sign_in, region, private_files):
    context = new_context()
    sign_in(context, coordinator_of(region))
    page = context.new_page()
    page.goto("/espace/coordination/")
    page.get_by_role("link", name="Synthèses régionales").click()
    page.get_by_label("Titre").fill("Ce que douze communautés disent d’elles-mêmes")
    press(page, "Commencer la synthèse")
    expect(page.get_by_role("combobox")).to_have_count(12)
    choose_all(page)
    classify(page)
    write(page)
    freeze_and_publish(page)

    reader = new_context(viewport=NARROW).new_page()
    reader.goto(Synthesis.objects.get().page.url)
    expect(reader.get_by_text("Huit villages et quatre anciens parlent.")).to_be_visible()
    expect(reader.get_by_text("Se déplacer sans auto").first).to_be_visible()
    expect(reader.get_by_text("Village-8")).to_have_count(0)
    check_accessible(reader)

    take_files(reader)

    page.get_by_label("Pourquoi").fill("Une erreur de classement.")
    press(page, "Retirer la synthèse")
    reader.context.watched.expected_statuses.add(410)
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Cette synthèse n’est plus publiée")


SCREENS = ("synthesis_choice", "synthesis_themes", "synthesis_words", "synthesis_editions")


def test_every_screen_of_the_workshop_is_accessible(new_context, sign_in, region):
    user = coordinator_of(region)
    synthesis = make_synthesis(region, user, *Publication.objects.all())
    context = new_context(viewport=NARROW)
    sign_in(context, user)
    page = context.new_page()
    page.goto(reverse("space:syntheses"))
    check_accessible(page)
    for name in ("synthesis", *SCREENS):
        page.goto(reverse(f"space:{name}", args=[synthesis.reference]))
        check_accessible(page)
