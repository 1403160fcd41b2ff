"""Word documents, read back with python-docx."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from core.svg_images import svg_to_png
from core.word import WordDocument

pytestmark = pytest.mark.once

HOSTILE = "😀 مرحبا \x00\x0b\x1b\x07<b>&amp;]]> =1+1 " + "é" * 10_000
KEPT = "😀 مرحبا <b>&amp;]]> =1+1 " + "é" * 10_000
PNG = svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', 90)


def opened(word: WordDocument):
    return docx.Document(io.BytesIO(word.to_bytes()))


def texts(document, style: str) -> list[str]:
    return [each.text for each in document.paragraphs if each.style.name == style]


def test_titles_headings_lists_and_paragraphs_have_real_styles():
    word = WordDocument(title="Essai")
    word.title("Rapport", "Le 22 octobre")
    word.heading("En bref")
    word.paragraph("Un.\n\nDeux\nlignes.", strong="D’abord.")
    word.heading("Détail", 2)
    word.bullets(["Une force", ("Élise:", "une autre")])
    word.quote("On s’entraide", "Entraide")

    document = opened(word)

    assert texts(document, "Title") == ["Rapport"]
    assert texts(document, "Subtitle") == ["Le 22 octobre"]
    assert texts(document, "Heading 1") == ["En bref"]
    assert texts(document, "Heading 2") == ["Détail"]
    assert texts(document, "Normal") == ["D’abord. Un.", "Deux\nlignes."]
    assert texts(document, "List Bullet") == ["Une force", "Élise: une autre"]
    assert texts(document, "Quote") == ["«\N{NO-BREAK SPACE}On s’entraide\N{NO-BREAK SPACE}»"]


def test_the_language_the_title_and_the_paper_are_said():
    document = opened(WordDocument(title="Essai", author="Comité", subject="AC-1"))

    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-CA"}
    assert document.core_properties.title == "Essai"
    assert document.core_properties.author == "Comité"
    assert document.core_properties.language == "fr-CA"
    assert (document.sections[0].page_width.cm, document.sections[0].page_height.cm) == (
        pytest.approx(21.59, abs=0.01),
        pytest.approx(27.94, abs=0.01),
    )


def test_every_page_says_its_banner_its_footer_and_its_number():
    document = opened(WordDocument(title="Essai", footer="AC-2026-1", banner="DÉMONSTRATION"))

    section = document.sections[0]
    assert section.header.paragraphs[0].text == "DÉMONSTRATION"
    assert section.footer.paragraphs[0].text.startswith("AC-2026-1\tPage ")
    fields = [each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_table_has_a_caption_a_repeated_header_and_every_cell():
    word = WordDocument(title="Essai")
    word.table(("Énoncé", "Réponses"), [("Entraide", 12), ("École", None)], caption="Réponses")

    document = opened(word)
    table = document.tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Énoncé", "Réponses"],
        ["Entraide", "12"],
        ["École", ""],
    ]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Réponses"
    caption = document.paragraphs[0]
    assert caption.style.name == "Caption"
    assert caption._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "SEQ Tableau \\* ARABIC"


@pytest.mark.parametrize(
    ("rows", "source", "kept"),
    [
        (2, "Compte de la salle", [True, True, True]),
        (2, "", [True, True, False]),
        (9, "Compte de la salle", [False] * 9 + [True]),
    ],
)
def test_a_short_table_stays_on_one_page_and_the_end_of_a_long_one_with_its_source(
    rows, source, kept
):
    word = WordDocument(title="Essai")
    word.table(("Énoncé", "Réponses"), [("Entraide", 12)] * rows, source=source)

    (table,) = opened(word).tables
    held = [bool(row.cells[0].paragraphs[0]._p.xpath("./w:pPr/w:keepNext")) for row in table.rows]
    assert held == kept


def test_a_picture_has_words_in_its_place_and_is_refused_without():
    word = WordDocument(title="Essai")
    word.picture(PNG, alt="Trois barres", width_cm=10, caption="Les réponses")

    document = opened(word)

    described = [each.get("descr") for each in document.element.iter(qn("wp:docPr"))]
    assert described == ["Trois barres"]
    with pytest.raises(ValueError, match="texte de remplacement"):
        word.picture(PNG, alt=" \x00")


def test_each_numbered_list_starts_at_one():
    word = WordDocument(title="Essai")
    word.numbers(["un", "deux"])
    word.numbers(["un encore"])

    document = opened(word)

    lists = [each._p.pPr.numPr.numId.val for each in document.paragraphs]
    assert lists[0] == lists[1] != lists[2]


def test_a_heading_too_deep_is_refused():
    with pytest.raises(ValueError, match="de niveau 1 à 3"):
        WordDocument(title="Essai").heading("Non", 4)


def test_hostile_text_passes_everywhere_and_the_file_opens_again():
    word = WordDocument(title=HOSTILE, author=HOSTILE, footer=HOSTILE[:60], banner=HOSTILE[:60])
    word.title(HOSTILE, HOSTILE)
    word.heading(HOSTILE)
    word.paragraph(HOSTILE, strong=HOSTILE)
    word.bullets([HOSTILE, (HOSTILE, HOSTILE)])
    word.numbers([HOSTILE])
    word.quote(HOSTILE, HOSTILE)
    word.table((HOSTILE,), [(HOSTILE,)], caption=HOSTILE)
    word.picture(PNG, alt=HOSTILE, caption=HOSTILE)

    document = opened(word)

    assert texts(document, "Title") == [KEPT]
    assert texts(document, "Normal")[0] == f"{KEPT} {KEPT}"
    assert document.tables[0].rows[1].cells[0].text == KEPT
    assert [each.get("descr") for each in document.element.iter(qn("wp:docPr"))] == [KEPT]
    with zipfile.ZipFile(io.BytesIO(word.to_bytes())) as archive:
        assert archive.testzip() is None
