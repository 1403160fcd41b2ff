"""The slides of the restitution, read back with python-pptx."""

import io

import pptx
import pytest
from pptx.oxml.ns import qn

from appreciation.interfaces.documents.report_slides import BARS_ON_SLIDE, slides_of
from appreciation.interfaces.documents.report_source import Photo
from core.disclosure import TOO_FEW
from core.svg_images import svg_to_png
from core.typography import fr_typo
from tests.appreciation.interfaces.documents.told import file_of, told_counts
from tests.factories.full_report import full_report, item, meeting
from tests.pdf_tags import squeezed

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def deck(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return read(file_of(full_report(), copy_words="Copie de l’équipe."))


def read(file):
    return pptx.Presentation(io.BytesIO(slides_of(file)))


def charts_of(deck) -> list:
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def all_text(deck) -> str:
    """Slides and notes."""
    slides = (part for each in deck.slides for part in (each.element, each.notes_slide.element))
    return "".join(text.text or "" for part in slides for text in part.iter(qn("a:t")))


def test_strengths_come_first_and_every_title_is_unique(deck):
    titles = [slide.shapes.title.text for slide in deck.slides]

    assert len(set(titles)) == len(titles)
    assert titles[1:3] == ["À retenir", "Nos forces"]
    assert (
        titles.index("Nos forces") < titles.index("Nos défis") < titles.index("Des pistes d’action")
    )


def test_every_slide_has_notes(deck):
    assert all(each.notes_slide.notes_text_frame.text.strip() for each in deck.slides)


def test_charts_are_native_and_hold_the_counts_of_the_report(deck):
    counted = {
        category: tuple(int(series.values[place]) for series in shape.chart.plots[0].series)
        for shape in charts_of(deck)
        for place, category in enumerate(shape.chart.plots[0].categories)
    }

    for name, levels, unknown in told_counts(full_report()):
        assert counted[name] == (*levels, unknown)
    exits = full_report().meetings[0].exits[0]
    assert counted[exits.question] == exits.distribution.levels
    assert counted["Entraide (avant)"] == (3, 5, 3, 1, 0)


def test_every_chart_says_its_numbers_in_words(deck):
    for shape in charts_of(deck):
        words = shape._element.xpath(".//p:cNvPr")[0].get("descr")
        assert all(category in words for category in shape.chart.plots[0].categories)


def test_it_tells_what_people_said_and_decided(deck):
    written, report = squeezed(all_text(deck)), full_report()
    (evening,) = report.meetings
    told = [
        report.headline,
        *(fr_typo(each.text) for each in (*report.findings, *report.quotes)),
        *(word for each in report.actions for word in (each.title, each.first_step, each.carrier)),
        *(word for each in report.room_words for word in each.words),
        *(line.text for line in evening.dots.lines),
        *(each.agreed.label for each in evening.items if each.agreed),
        *(fr_typo(each.agreed.dissent) for each in evening.items if each.agreed),
        *(each.median_words for each in evening.items),
        "Copie de l’équipe.",
    ]

    assert [words for words in told if squeezed(words) not in written] == []
    assert squeezed(f"{TOO_FEW.capitalize()} : Eau") in written


def test_many_statements_are_shared_between_slides():
    report = full_report(meetings=(meeting(items=tuple(item(f"Énoncé {n}") for n in range(24))),))

    charts = [
        each
        for each in charts_of(read(file_of(report)))
        if "(avant)" not in str(list(each.chart.plots[0].categories))
    ]

    sizes = [len(each.chart.plots[0].categories) for each in charts]
    assert max(sizes) == BARS_ON_SLIDE
    assert sum(sizes) == 24 + 1


def test_a_photo_has_its_words():
    png = svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', 90)
    file = file_of(full_report())
    file.__dict__["photos"] = (Photo("Une affiche", png), Photo("Perdue", b""))

    pictures = [
        shape._element.xpath(".//p:cNvPr")[0].get("descr")
        for slide in read(file).slides
        for shape in slide.shapes
        if shape._element.tag == qn("p:pic")
    ]

    assert pictures == ["Une affiche"]


def test_a_report_with_nothing_told_yet_still_opens():
    report = full_report(
        meetings=(),
        findings=(),
        quotes=(),
        actions=(),
        room_words=(),
        portrait=None,
        comparison=None,
        lessons="",
        paragraphs=full_report().paragraphs,
    )

    titles = [slide.shapes.title.text for slide in read(file_of(report)).slides]

    assert titles[1] == "À retenir"
    assert titles[-1] == "Ce rapport est à vous"
