"""Word templates: what is kept, which one serves, what an example and our own starter give."""

import io

import docx
import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from appreciation.domain.document_templates import (
    add_template,
    live_template,
    put_in_use,
    remove_template,
    take_out_of_use,
    try_template,
)
from appreciation.domain.template_fields import FIELDS
from appreciation.domain.template_specimens import nothing_known, specimen
from appreciation.enums import TemplateUse
from appreciation.interfaces.documents.template_starter import starter_template
from appreciation.models import DocumentTemplate
from core.errors import DomainError
from core.word_expressions import Field
from core.word_template import TemplateRefusedError, check_template
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def letter(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs or ("{{ objet }}", "{{ texte }}"):
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def sent(**changes) -> DocumentTemplate:
    values = {"title": "Papier à en-tête", "use": "letter", "content": letter(), "user": None}
    return add_template(**(values | changes))


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_each_file_is_the_next_version_of_its_document_and_serves_nobody_yet():
    user = UserFactory()
    first, other, second = sent(user=user), sent(use="report", content=letter("a")), sent()

    assert [(each.use, each.version) for each in (first, other, second)] == [
        ("letter", 1),
        ("report", 1),
        ("letter", 2),
    ]
    assert not DocumentTemplate.objects.filter(is_live=True).exists()
    assert first.added_by == user
    assert first.file.name.startswith("gabarits/")
    assert storages["private"].exists(first.file.name)


def test_a_wrong_field_is_said_and_nothing_is_kept():
    with pytest.raises(TemplateRefusedError) as refused:
        sent(content=letter("{{ communauté }}", "{{ forces }}"))

    said = [each.replace("\N{NO-BREAK SPACE}", " ") for each in refused.value.problems]
    assert [each.rpartition(" : ")[2].rpartition(": ")[2] for each in said] == [
        "le champ « communauté » n’existe pas; vouliez-vous dire « communaute »?",
        "le champ « forces » n’existe pas.",
    ]
    assert not DocumentTemplate.objects.exists()


def test_one_serves_at_a_time_and_a_previous_one_can_be_put_back():
    first, second = sent(), sent()
    put_in_use(template=first)
    put_in_use(template=second)
    assert live_template("letter") == second
    since = live_template("letter").live_since

    put_in_use(template=second)
    assert live_template("letter").live_since == since

    put_in_use(template=first)
    assert live_template("letter") == first
    assert live_template("report") is None

    take_out_of_use(template=first)
    assert live_template("letter") is None
    assert DocumentTemplate.objects.count() == 2


def test_the_database_holds_one_in_use_per_document():
    first, second = sent(), sent()
    put_in_use(template=first)

    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentTemplate.objects.filter(pk=second.pk).update(is_live=True)


def test_what_serves_is_not_removed_and_the_file_goes_with_the_rest(
    django_capture_on_commit_callbacks,
):
    template = sent()
    put_in_use(template=template)
    with pytest.raises(DomainError, match="est en service"):
        remove_template(template=template)
    assert storages["private"].exists(template.file.name)

    take_out_of_use(template=template)
    name = template.file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_template(template=template)

    assert not storages["private"].exists(name)
    assert not DocumentTemplate.objects.exists()


def test_a_template_whose_file_is_gone_is_not_put_in_use():
    template = sent()
    storages["private"].delete(template.file.name)

    with pytest.raises(DomainError, match="n’est plus là"):
        put_in_use(template=template)

    assert live_template("letter") is None


def test_a_template_that_names_a_field_of_before_is_not_put_in_use():
    template = sent()
    with storages["private"].open(template.file.name, "wb") as file:
        file.write(letter("{{ ancien_champ }}"))

    with pytest.raises(TemplateRefusedError, match="ancien_champ"):
        put_in_use(template=template)


def test_an_example_is_marked_on_each_page():
    made = try_template(sent(content=letter("{{ communaute }}", "{{ texte }}")))

    assert words_of(made).startswith("Village-Exemple\nTexte d’exemple pour")
    section = docx.Document(io.BytesIO(made)).sections[0]
    assert section.header.paragraphs[0].text == "SPÉCIMEN"


@pytest.mark.parametrize("use", TemplateUse)
def test_our_starter_names_every_field_and_passes_every_check(use):
    content = starter_template(use)
    check_template(content, FIELDS[use], (specimen(use), nothing_known(use)))

    document = docx.Document(io.BytesIO(content))
    written = words_of(content) + document.sections[0].footer.paragraphs[0].text
    spelled = [code for each in FIELDS[use] for code, _ in spelled_within(each)]
    assert [code for code in spelled if code.strip("{% }") not in written] == []


def spelled_within(field: Field) -> list[tuple[str, str]]:
    return [(field.spelled(), field.words), *field.spelled_rows()]


@pytest.mark.parametrize("use", TemplateUse)
def test_our_starter_filled_with_an_example_shows_no_brace_and_no_hole(use):
    made = try_template(sent(use=use, content=starter_template(use)))

    words = words_of(made)
    assert not set("{}%") & set(words)
    assert "Village-Exemple" in words
    assert "Un second paragraphe le suit, avec une esperluette & un signe < pour voir." in words


def test_names_are_typed_on_any_keyboard():
    names = [each.name for fields in FIELDS.values() for each in fields]
    names += [inner.name for fields in FIELDS.values() for each in fields for inner in each.fields]
    assert [name for name in names if not name.isascii() or not name.isidentifier()] == []
