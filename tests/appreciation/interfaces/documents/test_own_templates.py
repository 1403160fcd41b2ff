"""Documents laid out by the Consortium's template: what it is filled with, and when it serves."""

import io

import docx
import pytest
from django.core.files.storage import storages
from docx.oxml.ns import qn

from appreciation.domain.document_templates import add_template, put_in_use, take_out_of_use
from appreciation.domain.template_fields import FIELDS
from appreciation.enums import TemplateUse
from appreciation.interfaces.documents.catalogue import BY_CODE
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.letters import LETTERS, letter_filling
from appreciation.interfaces.documents.making import build_document
from appreciation.interfaces.documents.template_report import filling_of
from appreciation.interfaces.documents.template_starter import starter_template
from core.charts import LevelScale
from core.disclosure import TOO_FEW
from core.word_template import fill_template
from tests.appreciation.interfaces.documents.told import file_of, told_counts, told_words
from tests.factories import AppraisalFactory, MeetingFactory
from tests.factories.full_report import LABELS, full_report, hostile
from tests.pdf_tags import squeezed

HOSTILE = "{{ titre }} {% for a in b %} <b>&amp;]]> =1+1 😀 مرحبا \x00\x0b" + "é" * 10_000


def letter_template(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def in_use(use: str, content: bytes):
    template = add_template(title="Le nôtre", use=use, content=content, user=None)
    put_in_use(template=template)
    return template


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def made_from(report, **values):
    filling = filling_of(file_of(report, **values))
    return opened(
        fill_template(
            starter_template("report"), filling.values, title=filling.title, banner=filling.banner
        )
    )


def all_text(document) -> str:
    section = document.sections[0]
    parts = (document.element.body, section.header._element, section.footer._element)
    return "".join(each.text or "" for part in parts for each in part.iter(qn("w:t")))


def names(fields) -> dict:
    return {each.name: names(each.fields) for each in fields}


def names_of(value) -> dict:
    if isinstance(value, list):
        value = value[0] if value else {}
    return {name: names_of(each) for name, each in value.items()} if isinstance(value, dict) else {}


@pytest.mark.once
def test_the_report_fills_every_field_and_no_other():
    assert names_of(dict(filling_of(file_of(full_report())).values)) | {"photos": {}} == names(
        FIELDS[TemplateUse.REPORT]
    ) | {"photos": {}}


@pytest.mark.once
def test_our_starter_tells_what_the_screen_tells():
    report = full_report(comparison=None)
    document = made_from(report)

    written = squeezed(all_text(document))
    told = [squeezed(each) for each in told_words(report)]
    titles = {squeezed(each.title) for each in report.paragraphs}
    assert [words for words in told if words not in written and words not in titles] == []
    assert squeezed(TOO_FEW) in written
    assert not set("{}") & set(written)


@pytest.mark.once
def test_each_bar_says_its_numbers():
    described = [
        each.get("descr") for each in made_from(full_report()).element.iter(qn("wp:docPr"))
    ]
    scale = LevelScale(LABELS)

    bars = [each for each in told_counts(full_report()) if any(each[0] in d for d in described)]
    assert len(described) == len(bars) > 1
    for name, levels, unknown in bars:
        sentence = f"{name}. {scale.in_words(levels, unknown)}."
        assert any(each.startswith(sentence) for each in described), sentence


@pytest.mark.once
def test_a_team_copy_says_so_on_each_page_whatever_the_template():
    header = made_from(full_report(), copy_words="Ne la transmettez pas.").sections[0].header

    assert header.paragraphs[0].text == "DÉMONSTRATION · COPIE DE L’ÉQUIPE"


@pytest.mark.once
def test_hostile_texts_of_a_report_come_out_as_texts():
    written = all_text(made_from(hostile(full_report(), HOSTILE)))

    assert "{{ titre }} {% for a in b %} <b>&amp;]]> =1+1 😀 مرحبا " in written
    assert "\x00" not in written


@pytest.mark.django_db
def test_a_letter_is_laid_out_by_the_template_in_use_and_by_the_house_otherwise():
    appraisal = AppraisalFactory(contact_name="Ève Essai")
    MeetingFactory(appraisal=appraisal, venue="Salle des loisirs")
    making = Making(appraisal, None, "https://exemple.invalid")
    document = BY_CODE["lettre-municipalite-docx"]
    ours = "À la main: {{ communaute }}, {{ lieu }}, {{ contact }}"
    house = opened(build_document(document, making))
    assert not [each for each in house.paragraphs if each.text.startswith("À la main")]

    template = in_use("letter", letter_template(ours))
    made = opened(build_document(document, making))
    assert [each.text for each in made.paragraphs] == [
        f"À la main: {appraisal.place.name}, Salle des loisirs, Ève Essai"
    ]

    take_out_of_use(template=template)
    again = opened(build_document(document, making))
    assert [e.text for e in again.paragraphs] == [e.text for e in house.paragraphs]


@pytest.mark.django_db
def test_a_letter_fills_every_field_and_says_the_demonstration_on_each_page():
    appraisal = AppraisalFactory(is_demo=True)
    appraisal.practicals.create(kind="childcare", detail="au sous-sol")
    MeetingFactory(appraisal=appraisal, capacity=40)
    making = Making(appraisal, None, "https://exemple.invalid")

    filling = letter_filling(making, LETTERS[0])

    assert names_of(dict(filling.values)) == names(FIELDS[TemplateUse.LETTER])
    assert filling.values["places"] == 40
    assert filling.values["commodites"] == [
        {"nom": appraisal.practicals.get().get_kind_display(), "detail": "au sous-sol"}
    ]
    in_use("letter", letter_template("{{ objet }}"))
    made = opened(build_document(BY_CODE["lettre-groupes-docx"], making))
    assert made.sections[0].header.paragraphs[0].text == "DÉMONSTRATION"


@pytest.mark.django_db
def test_a_template_that_no_longer_fills_gives_way_to_the_house(caplog):
    appraisal = AppraisalFactory()
    making = Making(appraisal, None, "https://exemple.invalid")
    document = BY_CODE["invitation-population-docx"]
    house = [each.text for each in opened(build_document(document, making)).paragraphs]
    template = in_use("letter", letter_template("{{ objet }}"))
    storages["private"].delete(template.file.name)

    made = opened(build_document(document, making))

    assert [each.text for each in made.paragraphs] == house
    assert f"Gabarit {template.pk}: ne se remplit plus" in caplog.text


@pytest.mark.django_db
def test_the_report_is_laid_out_by_its_own_template_and_a_message_by_none():
    appraisal = AppraisalFactory()
    MeetingFactory(appraisal=appraisal, open=True)
    making = Making(appraisal, appraisal.meetings.get(), "https://exemple.invalid")
    in_use("report", letter_template("À nous: {{ reference }}"))
    in_use("letter", letter_template("Lettre: {{ objet }}"))

    report = opened(build_document(BY_CODE["rapport-word"], making))
    assert [each.text for each in report.paragraphs] == [f"À nous: {appraisal.reference}"]
    reminder = opened(build_document(BY_CODE["rappel-docx"], making))
    assert not [each for each in reminder.paragraphs if each.text.startswith("Lettre")]
