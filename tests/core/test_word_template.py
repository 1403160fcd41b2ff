"""Word templates: what is refused, in which words, and what a filled one holds."""

import io
import zipfile

import docx
import pytest
from docx.shared import Cm

from core.errors import DomainError
from core.svg_images import svg_to_png
from core.word_expressions import Field
from core.word_template import Picture, TemplateRefusedError, check_template, fill_template

pytestmark = pytest.mark.once

NBSP = "\N{NO-BREAK SPACE}"
FIELDS = (
    Field("lieu", "Où se tient la rencontre"),
    Field("echeance", "Jusqu’à quand"),
    Field("image", "Une image", is_picture=True),
    Field("buts", "Pourquoi", row="but"),
    Field(
        "forces",
        "Ce qui fait la force",
        (Field("texte", "En clair"), Field("preuves", "Ce qui le montre", row="preuve")),
        row="force",
    ),
)
FULL = {
    "lieu": "Salle des loisirs",
    "echeance": "juin",
    "image": "",
    "buts": ["se connaître"],
    "forces": [
        {"texte": "L’entraide", "preuves": ["la corvée"]},
        {"texte": "L’école", "preuves": []},
    ],
}
EMPTY = {"lieu": "", "echeance": "", "image": "", "buts": [], "forces": []}
TRIALS = (FULL, EMPTY)


def template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return saved(document)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled(content: bytes, banner: str = "", **changes):
    made = fill_template(content, FULL | changes, title="Essai", banner=banner)
    return docx.Document(io.BytesIO(made))


def lines(content: bytes, **changes) -> list[str]:
    return [paragraph.text for paragraph in filled(content, **changes).paragraphs]


def problems(*paragraphs: str) -> list[str]:
    with pytest.raises(TemplateRefusedError) as refused:
        check_template(template(*paragraphs), FIELDS, TRIALS)
    said = refused.value.problems
    return [each.replace(f"{NBSP}:", ":").replace(NBSP, " ") for each in said]


def accepted(*paragraphs: str, **options) -> bytes:
    content = template(*paragraphs, **options)
    check_template(content, FIELDS, TRIALS)
    return content


def test_a_field_a_condition_and_a_loop_are_filled_and_leave_no_hole():
    content = accepted(
        "Lieu: {{ lieu }}",
        "{% if echeance %}",
        "D’ici {{ echeance|majuscules }}",
        "{% else %}",
        "Sans date",
        "{% endif %}",
        "{% for force in forces %}",
        "{{ force.texte }} ({{ force.preuves|nombre }})",
        "{% endfor %}",
        "Fin{# pour qui écrit #}",
    )

    assert lines(content) == [
        "Lieu: Salle des loisirs",
        "D’ici JUIN",
        "L’entraide (1)",
        "L’école (0)",
        "Fin",
    ]
    assert lines(content, echeance="", forces=[]) == [
        "Lieu: Salle des loisirs",
        "Sans date",
        "Fin",
    ]


def test_a_condition_compares_texts_and_counts_rows():
    content = accepted(
        "{% if forces|nombre > 1 and lieu != 'ailleurs' %}A{% endif %}",
        "{% if not echeance or echeance == “juin” %}B{% elif lieu %}C{% endif %}",
    )

    assert lines(content) == ["A", "B"]
    assert lines(content, forces=[], echeance="mai") == ["", "C"]


def test_a_loop_within_its_paragraph_and_one_within_another_are_filled():
    content = accepted(
        "Buts: {% for but in buts %}{{ but }}; {% endfor %}",
        "{% for force in forces %}",
        "{{ force.texte }}: {% for preuve in force.preuves %}{{ preuve }}{% endfor %}",
        "{% endfor %}",
    )

    assert lines(content) == ["Buts: se connaître; ", "L’entraide: la corvée", "L’école: "]


def test_a_loop_in_rows_of_its_own_repeats_the_row_between():
    content = accepted(
        rows=(
            ("Force", "Lieu"),
            ("{% for force in forces %}", ""),
            ("{{ force.texte }}", "{{ lieu }}"),
            ("{% endfor %}", ""),
        )
    )

    rows = [[cell.text for cell in row.cells] for row in filled(content).tables[0].rows]
    assert rows == [
        ["Force", "Lieu"],
        ["L’entraide", "Salle des loisirs"],
        ["L’école", "Salle des loisirs"],
    ]
    assert len(filled(content, forces=[]).tables[0].rows) == 1


def test_a_tag_that_word_cut_in_several_runs_is_one():
    document = docx.Document()
    paragraph = document.add_paragraph("Lieu: ")
    for piece in ("{", "{ li", "eu", f"{NBSP}}}", "}."):
        paragraph.add_run(piece).bold = piece == "eu"
    content = saved(document)
    check_template(content, FIELDS, TRIALS)

    assert lines(content) == ["Lieu: Salle des loisirs."]


def test_what_is_known_of_docxtpl_is_taken_too():
    content = accepted("{%p for force in forces %}", "{{force.texte}}", "{%p endfor %}")

    assert lines(content) == ["L’entraide", "L’école"]


def test_header_and_footer_are_filled_and_the_banner_stands_on_each_page():
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "{{ lieu }}"
    section.footer.paragraphs[0].text = "{{ echeance }}"
    second = document.add_section()
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "Suite"
    content = saved(document)
    check_template(content, FIELDS, TRIALS)

    first, second = filled(content, banner="SPÉCIMEN").sections
    assert [p.text for p in first.header.paragraphs] == ["SPÉCIMEN", "Salle des loisirs"]
    assert first.first_page_header.paragraphs[0].text == "SPÉCIMEN"
    assert [p.text for p in second.header.paragraphs] == ["SPÉCIMEN", "Suite"]
    assert [p.text for p in second.first_page_header.paragraphs].count("SPÉCIMEN") == 1
    assert first.footer.paragraphs[0].text == "juin"


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ("{{ lieux }}", "le champ « lieux » n’existe pas; vouliez-vous dire « lieu »?"),
        ("{{ échéance }}", "« échéance » n’existe pas; vouliez-vous dire « echeance »?"),
        ("{{ titre }}", "le champ « titre » n’existe pas."),
        ("{{ eche }}", "« eche » n’existe pas; vouliez-vous dire « echeance »?"),
        ("{{ texte }}", "écrivez {% for force in forces %}, puis {{ force.texte }}"),
        ("{{ forces }}", "« forces » est une liste: écrivez {% for force in forces %}"),
        ("{{ lieu.nom }}", "« lieu » est un texte: « .nom » n’y existe pas"),
        ("{{ lieu|tojson }}", "« |tojson » n’existe pas: majuscules, minuscules"),
        ("{{ lieu", "une accolade reste seule (« {{ »)"),
        ("{{ }}", "un champ est vide"),
        ("{{ lieu * 1000000000 }}", "sans espace ni calcul"),
        ("{{ range(9) }}", "sans espace ni calcul"),
        ("{{ ''.__class__ }}", "« .__class__ » ne suit pas un nom de champ"),
        ("{{ lieu.__class__.__mro__ }}", "« .__class__ » n’y existe pas"),
        ("{{ lieu['nom'] }}", "sans espace ni calcul"),
        ("{{ forces|majuscules }}", "« |majuscules » se met après un texte"),
        ("{{ lieu|nombre }}", "« |nombre » se met après une liste"),
        ("{{ lieu|majuscules(2) }}", "sans espace ni calcul"),
        ("{{ lieu == 'a' }}", "est une condition: écrivez {% if lieu == 'a' %}"),
        ("{{ forces and lieu }}", "est une condition"),
        ("{% if lieu > 3 %}{% endif %}", "on compare deux textes par =="),
        ("{% if lieu in buts %}{% endif %}", "on compare deux textes"),
        ("{% if 2.5 == 1 %}{% endif %}", "sans espace ni calcul"),
        ("{% set a = 1 %}", "n’est pas connu"),
        ("{% include 'a' %}", "n’est pas connu"),
        ("{% for but in buts %}", "« {% for but in buts %} » n’est jamais fermé"),
        ("{% for l in lieu %}{% endfor %}", "« lieu » n’est pas une liste: les listes sont buts"),
        ("{% for but in butts %}{{ but }}{% endfor %}", "vouliez-vous dire « buts »?"),
        ("{% for but buts %}{% endfor %}", "écrivez {% for nom in liste %}"),
        ("{% for a in buts %}{% for b in forces %}{% endfor %}{% endfor %}", "ne se répète pas"),
        ("{% endfor %}", "« {% endfor %} » ne ferme rien ici"),
        ("{% if lieu %}{% endfor %}{% endif %}", "fermez d’abord « {% if lieu %} »"),
        ("{% else %}", "n’a pas de {% if … %} avant lui"),
        ("{% for f in forces %}{{ f.text }}{% endfor %}", "vouliez-vous dire « f.texte »?"),
        ("{{ " + "(" * 9 + "lieu" + ")" * 9 + " }}" + "{{ lieux }}", "« lieux » n’existe pas"),
        ("{{ lieu " + "a" * 300 + " }}", "ce champ est trop long"),
        ("{% for loop in buts %}{% endfor %}", "ne se lit pas"),
    ],
)
def test_a_mistake_is_said_with_its_paragraph(paragraph, said):
    found = problems("Avant", paragraph)

    assert len(found) == 1, found
    assert found[0].startswith("paragraphe « ")
    assert said in found[0]


def test_every_mistake_is_said_once_in_order():
    found = problems("{{ lieux }} et {{ butts }}", "{% for a in forcs %}{{ a.texte }}{% endfor %}")

    assert [("lieux" in each, "butts" in each, "forcs" in each) for each in found] == [
        (True, True, False),
        (True, True, False),
        (False, False, True),
    ]
    assert "le champ « butts » n’existe pas" in found[1]


def test_a_thousand_fields_are_too_many():
    assert problems("{{ lieux }}" * 1_001) == ["Ce gabarit a trop de champs: 1000 au plus."]


def test_braces_that_nothing_closes_are_read_once():
    found = problems(*("{{{%{#" * 200,) * 40)

    assert len(found) == 26
    assert "une accolade reste seule" in found[0]


def test_many_mistakes_are_not_all_said():
    assert problems(*("{{ lieux }}",) * 40)[25:] == ["Et 15 autres, à voir ensuite."]


def test_a_loop_that_opens_in_a_cell_and_closes_after_the_table_is_refused():
    document = docx.Document(io.BytesIO(template(rows=(("A {% for but in buts %}", "B"),))))
    document.add_paragraph("C {% endfor %}")

    with pytest.raises(DomainError, match="ne donne pas un document Word valable"):
        check_template(saved(document), FIELDS, TRIALS)


HOSTILE = (
    "{{ lieu }} {% for x in y %} {# r #} {_{ \ue000 lieu \ue001 <b>&amp;]]> =1+1 '\" \x00\x0b"
    " 😀 مرحبا " + "é" * 10_000
)


def test_a_hostile_text_comes_out_as_it_was_typed():
    content = accepted("{{ lieu }}")

    typed = HOSTILE.replace("\x00\x0b", "")
    assert lines(content, lieu=HOSTILE) == [typed]


def test_line_ends_and_paragraphs_of_a_text_are_kept():
    content = template("Voici: {{ lieu }}, fin")

    assert lines(content, lieu="a\r\nb\n\nc") == ["Voici: a\nb", "c, fin"]


def test_a_picture_takes_the_place_of_its_field_with_its_words():
    png = svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', 90)
    content = accepted("{% if image %}", "{{ image }}", "{% endif %}")

    document = filled(content, image=Picture(png, "Barres de réponses", 5))

    shape = document.inline_shapes[0]
    assert shape._inline.docPr.get("descr") == "Barres de réponses"
    assert shape.width == Cm(5)
    assert [p.text for p in document.paragraphs] == [""]


def test_a_template_that_grows_without_end_is_stopped():
    content = template(*("{% for but in buts %}{{ but }}{% endfor %}",) * 30)

    with pytest.raises(DomainError, match="trop long"):
        fill_template(content, FULL | {"buts": ["é" * 10_000] * 100}, title="Essai")


def test_braces_outside_of_texts_are_no_fields():
    document = docx.Document()
    document.add_paragraph("{{ lieu }}")
    document.core_properties.title = "{{ lieu }}"
    png = svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', 90)
    shape = document.add_picture(io.BytesIO(png))
    shape._inline.docPr.set("descr", "{{ 7*7 }}{% if %}")
    content = saved(document)
    check_template(content, FIELDS, TRIALS)

    made = filled(content)
    assert made.inline_shapes[0]._inline.docPr.get("descr") == "{{ 7*7 }}{% if %}"
    assert made.core_properties.title == "Essai"


def test_comments_of_the_template_do_not_go_out():
    document = docx.Document()
    run = document.add_paragraph("{{ lieu }}").runs[0]
    document.add_comment(run, text="À revoir avec Josée", author="Josée")
    content = saved(document)
    check_template(content, FIELDS, TRIALS)

    made = fill_template(content, FULL, title="Essai")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not [name for name in archive.namelist() if "Josée".encode() in archive.read(name)]
