"""The files of a synthesis, read back: one set of figures, and nothing that stays inside."""

import io
from dataclasses import replace

import docx
import openpyxl
import pikepdf
import pptx
import pytest
from docx.oxml.ns import qn as word_qn
from pptx.enum.shapes import MSO_SHAPE_TYPE

from appreciation.domain import statistics
from appreciation.domain.synthesis.leads import LEAD
from appreciation.domain.synthesis.nouns import LeadOutcome
from appreciation.domain.synthesis.public import for_public
from appreciation.interfaces.documents.report_source import Identity
from appreciation.interfaces.documents.synthesis_making import MAKERS
from appreciation.interfaces.documents.synthesis_slides import synthesis_slides
from appreciation.interfaces.documents.synthesis_source import REGION_COPY, SynthesisFile
from appreciation.interfaces.synthesis import present_synthesis, tables_of
from appreciation.interfaces.synthesis.plain_sheet import plain_sheet
from core.disclosure import DisclosedDistribution
from tests.factories.syntheses import a_large_synthesis, a_synthesis
from tests.pdf_tags import squeezed, tags, text_of

pytestmark = pytest.mark.once

IDENTITY = Identity("Consortium", "Ensemble", "Une conseillère, 819 555-0100")
ADDRESS = "https://exemple.org/syntheses/mauricie-2026/"


def told(percent: int, words: str) -> None:
    assert 0 < percent < 100


def public_file(read=None) -> SynthesisFile:
    return SynthesisFile(for_public(read or a_synthesis()), IDENTITY, ADDRESS)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return {kind: make(public_file(), told) for kind, make in MAKERS.items()}


@pytest.fixture(scope="module")
def pdf(made):
    with pikepdf.open(io.BytesIO(made["pdf"])) as document:
        yield document


@pytest.fixture(scope="module")
def word(made):
    return docx.Document(io.BytesIO(made["docx"]))


@pytest.fixture(scope="module")
def deck(made):
    return pptx.Presentation(io.BytesIO(made["pptx"]))


@pytest.fixture(scope="module")
def book(made):
    return openpyxl.load_workbook(io.BytesIO(made["xlsx"]))


@pytest.fixture(scope="module")
def written(pdf, word, deck):
    """Every word of each format, blanks left out."""
    slides = [part for each in deck.slides for part in (each.element, each.notes_slide.element)]
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
    return {
        "pdf": text_of(pdf),
        "docx": squeezed("".join(t.text or "" for t in word.element.iter(word_qn("w:t")))),
        "pptx": squeezed("".join(t.text or "" for part in slides for t in part.iter(drawn))),
    }


FORMATS = ("pdf", "docx", "pptx")


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_tells_the_whole_synthesis(written, kind):
    read = public_file().read
    words = [read.title, read.headline, "Se déplacer sans auto", "Covoiturage du jeudi"]
    words += ["Taxibus du jeudi", "Sans auto, on reste chez soi.", "12 trajets", ADDRESS]
    words += ["Tout a commencé par une corvée.", "Ces communautés ne sont pas la région."]
    for said in words:
        assert squeezed(said) in written[kind], said


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_has_the_same_cells(written, kind):
    """Whole, dimension by dimension: what is hidden is said, never shown."""
    for matrix in present_synthesis(public_file().read, is_whole=True).matrices:
        for block in matrix.blocks:
            for _, cells in block.rows:
                for cell in cells:
                    shown = cell.lines if kind == "pdf" else (cell.words,)
                    for line in shown:
                        assert squeezed(line.replace("\u00ad", "")) in written[kind].replace(
                            "\u00ad", ""
                        ).replace("‐", ""), line


@pytest.mark.parametrize("kind", [*FORMATS, "feuille"])
def test_what_stays_in_the_region_is_in_no_public_file(made, written, kind):
    if kind == "feuille":
        with pikepdf.open(io.BytesIO(made[kind])) as document:
            text = text_of(document)
    else:
        text = written[kind]
    assert squeezed("Village-Exemple 6") not in text
    assert squeezed("personne n’est laissé seul") not in text


def test_the_pdf_is_tagged_in_french_with_a_table_per_figure(pdf):
    root = pdf.Root
    assert str(root.Lang) == "fr-CA"
    assert b"pdfuaid:part" in root.Metadata.read_bytes()
    elements = tags(root.StructTreeRoot)
    kinds = [str(element.S) for element in elements]
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L"} <= set(kinds)
    figures = [element for element in elements if str(element.S) == "/Figure"]
    spoken = [str(element.get("/Alt", "")) for element in figures]
    assert all(spoken)
    assert public_file().map_words in spoken


def test_word_has_styles_captions_and_alternative_texts(word):
    styles = {paragraph.style.name for paragraph in word.paragraphs}
    assert {"Title", "Headline", "Heading 1", "Heading 2", "Caption", "Source", "Quote"} <= styles
    pictures = list(word.element.iter(word_qn("wp:docPr")))
    spoken = {each.get("descr") for each in pictures}
    shown = present_synthesis(public_file().read, is_whole=True)
    assert {line.spoken for spread in shown.spreads for line in spread.lines} <= spoken
    assert public_file().map_words in spoken


def test_slides_have_native_charts_and_tables_with_notes_and_words(deck):
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    charts = [shape for shape in shapes if shape.has_chart]
    tables = [shape for shape in shapes if shape.has_table]
    (drawn_map,) = [shape for shape in shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert drawn_map._element.xpath(".//p:cNvPr")[0].get("descr") == public_file().map_words
    assert charts
    assert tables
    for shape in (*charts, *tables):
        assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(set(titles)) == len(titles)
    assert all(each.notes_slide.notes_text_frame.text.strip() for each in deck.slides)


def test_sentences_of_a_story_stand_one_after_the_other_on_a_slide():
    read = a_synthesis()
    story = replace(read.stories[0], strengths=("On s'aide.", "La fête tient "))
    made = synthesis_slides(public_file(replace(read, stories=(story,))), told)
    slides = pptx.Presentation(io.BytesIO(made)).slides
    texts = [s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame]
    assert [text for text in texts if "On s’aide. La fête tient." in text]


def test_the_charts_of_the_deck_count_the_medians_of_the_matrix(deck):
    chart = next(
        shape.chart
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart and "se situent, de 1 à 4" in slide.shapes.title.text
    )
    plot = chart.plots[0]
    counted = {
        category: {s.name: int(s.values[place]) for s in plot.series if s.values[place]}
        for place, category in enumerate(plot.categories)
    }
    assert counted == {
        "Appartenance et identité": {"3 · Bien avancé": 1, "4 · Acquis": 2},
        "Entraide et liens sociaux": {"entre 2 et 3": 1, "3 · Bien avancé": 2, "4 · Acquis": 1},
        "Services de proximité": {"2 · En chemin": 2, "entre 2 et 3": 1},
    }


def test_the_workbook_counts_and_measures_what_may_leave(book):
    sheet = book["Niveaux de 1 à 4"]
    headings, *rows = sheet.iter_rows(values_only=True)
    read = public_file().read
    (four, _) = read.matrices
    cells = [cell for row in four.rows for cell in row.cells]
    assert len(rows) == len(cells)
    for values, cell in zip(rows, cells, strict=True):
        told_row = dict(zip(headings, values, strict=True))
        assert told_row["démarche"] == read.source(cell.source).name
        if not isinstance(cell.distribution, DisclosedDistribution):
            assert told_row["médiane en mots"] == "trop peu de réponses"
            assert told_row["niveau 1"] is told_row["accord A"] is told_row["ont répondu"] is None
            continue
        levels = cell.distribution.levels
        assert tuple(told_row[f"niveau {n}"] for n in range(1, 5)) == levels
        assert told_row["accord A"] == pytest.approx(float(statistics.agreement(levels)))
        quartiles = statistics.quartiles(levels)
        assert (told_row["premier quartile"], told_row["troisième quartile"]) == quartiles


def test_the_workbook_has_its_codebook_and_sources_and_no_formula(book):
    assert {"À lire", "Démarches", "Participation", "Codes", "Sources"} <= set(book.sheetnames)
    assert "accord A" in {row[1] for row in book["Codes"].iter_rows(values_only=True)}
    for sheet in book:
        for row in sheet.iter_rows():
            for each in row:
                assert each.data_type != "f", each.value


def test_the_csv_tables_have_the_rows_of_the_workbook(book):
    tables = tables_of(public_file().read)
    assert len(tables["demarches"].rows) == book["Démarches"].max_row - 1 == 12
    assert [row[0] for row in tables["pistes"].rows] == ["Village-Exemple 1", "Village-Exemple 4"]


def test_the_region_copy_says_so_on_its_cover_and_on_each_page():
    file = SynthesisFile(a_synthesis(), IDENTITY)
    words = docx.Document(io.BytesIO(MAKERS["docx"](file, told)))
    texts = [paragraph.text for paragraph in words.paragraphs]
    assert REGION_COPY in texts
    assert "réservé à la région" in words.sections[0].footer.paragraphs[0].text
    assert any("Village-Exemple 6" in cell.text for t in words.tables for cell in t.rows[0].cells)


def test_the_plain_sheet_holds_on_one_page_whatever_was_written():
    long = a_synthesis(headline="Mot " * 200, title="Titre " * 60)
    for read in (a_synthesis(), long):
        content = MAKERS["feuille"](public_file(read), told)
        with pikepdf.open(io.BytesIO(content)) as document:
            assert len(document.pages) == 1


def test_what_is_only_wished_for_is_not_told_as_done():
    read = a_synthesis()
    named = read.leads[0].source
    leads = [
        LeadOutcome(named, title, "", state, ())
        for title, state in (
            ("Une idée.", LEAD),
            ("Plus tard", "à faire"),
            ("Non", "abandonné"),
            ("Le pain.", "fait"),
        )
    ]
    shown = public_file(replace(read, leads=tuple(leads))).shown
    sheet = plain_sheet(shown, organisation="Consortium", adviser="")
    done = dict(sheet.blocks)["Ce qui a été fait"]
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in done] == [
        f"Le pain, {shown.named[named].name} : fait"
    ]


def test_hostile_texts_run_nowhere():
    hostile = a_synthesis(title="=1+1", headline="<script>alert(1)</script>\x0b")
    for kind, make in MAKERS.items():
        assert make(public_file(hostile), told), kind


def test_a_synthesis_of_nothing_can_still_be_read():
    bare = a_synthesis(
        sources=(), matrices=(), recurrences=(), leads=(), practices=(), exits=(), quotes=(),
        stories=(), narratives=(), headline="",
    )  # fmt: skip
    for kind, make in MAKERS.items():
        assert make(SynthesisFile(bare, IDENTITY), told), kind


def test_forty_columns_are_split_into_tables_that_fit():
    shown = present_synthesis(a_large_synthesis(sources=40, dimensions=3), is_whole=True)
    (matrix,) = shown.matrices
    assert [len(block.columns) for block in matrix.blocks] == [6, 6, 6, 6, 6, 5, 5]
