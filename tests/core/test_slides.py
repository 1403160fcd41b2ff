"""Slides read back with python-pptx."""

import io
import zipfile

import pptx
import pytest
from pptx.oxml.ns import qn

from core.plain_text import shorten
from core.slides import Series, SlideDeck
from core.svg_images import svg_to_png

pytestmark = pytest.mark.once

PNG = svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', 90)
SERIES = (Series("1 · En chemin", (2, 3), "CFE1F3", "14213A"), Series("?", (0, 1), "", "14213A"))


def opened(deck: SlideDeck):
    return pptx.Presentation(io.BytesIO(deck.to_bytes()))


def texts(slide) -> str:
    return "\n".join(each.text_frame.text for each in slide.shapes if each.has_text_frame)


@pytest.fixture
def deck():
    return SlideDeck(title="Essai", author="Comité", footer="AC-1", banner="DÉMONSTRATION")


def test_a_slide_has_a_title_of_its_own_and_notes(deck):
    deck.points("Nos forces", ["Un", ("Deux", "dit autrement")], notes="Parler lentement.")
    deck.points("Nos forces", ["Trois"], notes="")

    first, second = opened(deck).slides

    assert (first.shapes.title.text, second.shapes.title.text) == ("Nos forces", "Nos forces (2)")
    assert texts(first).splitlines() == ["Nos forces", "Un", "Deux", "dit autrement"]
    notes = first.notes_slide.notes_text_frame.text
    assert notes.startswith("Parler lentement.")
    assert "Deux dit autrement" in notes


def test_every_slide_is_wide_and_says_its_footer_and_banner(deck):
    presentation = opened(deck)

    assert presentation.slide_width / presentation.slide_height == pytest.approx(16 / 9, abs=0.01)
    edges = texts(presentation.slide_master)
    assert "AC-1" in edges
    assert "DÉMONSTRATION" in edges


def test_bars_are_a_native_chart_with_words(deck):
    deck.bars("Réponses", ["Entraide", "École"], SERIES, alt="Entraide 2, école 3", notes="")

    (slide,) = opened(deck).slides
    (frame,) = [each for each in slide.shapes if each.has_chart]

    plot = frame.chart.plots[0]
    assert list(plot.categories) == ["Entraide", "École"]
    assert [(each.name, each.values) for each in plot.series] == [
        ("1 · En chemin", (2.0, 3.0)),
        ("?", (0.0, 1.0)),
    ]
    assert frame._element.xpath(".//p:cNvPr")[0].get("descr") == "Entraide 2, école 3"


def test_a_picture_has_words_and_is_refused_without(deck):
    deck.picture("Photo", PNG, alt="Une affiche", notes="")

    (slide,) = opened(deck).slides
    (shape,) = [each for each in slide.shapes if each._element.tag == qn("p:pic")]
    assert shape._element.xpath(".//p:cNvPr")[0].get("descr") == "Une affiche"
    with pytest.raises(ValueError, match="texte de remplacement"):
        deck.picture("Photo", PNG, alt=" ", notes="")


def test_all_is_said_to_be_in_french(deck):
    deck.points("Nos forces", ["Un"], notes="Oui.")

    (slide,) = opened(deck).slides
    elements = (slide.element, slide.notes_slide.element)
    runs = [run for element in elements for run in element.iter(qn("a:r"))]
    assert {run.find(qn("a:rPr")).get("lang") for run in runs} == {"fr-CA"}


def test_what_is_too_long_is_cut_at_a_word_and_whole_in_the_notes(deck):
    long = "mot " * 500
    deck.statement("À retenir", long, notes="")

    (slide,) = opened(deck).slides
    assert texts(slide).endswith("mot…")
    assert slide.notes_slide.notes_text_frame.text.count("mot") == 500
    assert shorten("un deux trois", 9) == "un deux…"


@pytest.mark.parametrize(
    ("items", "points"),
    [
        (["Court"] * 4, 44),
        (["Une phrase de soixante signes, comme il y en a dans la grille."] * 5, 24),
        (["Une phrase de soixante signes, comme il y en a dans la grille."] * 20, 18),
    ],
)
def test_a_list_is_as_large_as_the_slide_allows(deck, items, points):
    deck.points("Nos règles", items, notes="")

    (slide,) = opened(deck).slides
    sizes = {
        run.font.size.pt
        for shape in slide.shapes
        if not shape.is_placeholder and shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.text in items
    }
    assert sizes == {points}


def test_hostile_text_passes_everywhere_and_no_label_is_a_formula():
    words = "=1+1\x00\x0b 😀 مرحبا <b>&]]> " + "é" * 10_000
    deck = SlideDeck(title=words, author=words, footer=words[:60], banner=words[:60])
    deck.opening(words, words, notes=words)
    deck.statement(words, words, notes=words)
    deck.points(words, [words, (words, words)], notes=words)
    deck.bars(
        words,
        [words, words],
        [Series(words, (1, 2), "CFE1F3", "14213A")],
        alt=words,
        notes=words,
        under=words,
    )
    deck.picture(words, PNG, alt=words, notes=words)
    content = deck.to_bytes()

    slides = pptx.Presentation(io.BytesIO(content)).slides
    assert len(slides) == 5
    assert all("é" * 10_000 in each.notes_slide.notes_text_frame.text for each in slides)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(".xlsx")]
        with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
            assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
