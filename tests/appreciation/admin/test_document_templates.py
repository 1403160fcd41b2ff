"""Word templates in the admin: who may, what is said of a wrong file, and the buttons."""

import io

import docx
import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from appreciation.admin.document_templates import SEVERAL
from appreciation.domain.document_templates import add_template, put_in_use
from appreciation.interfaces.documents.template_starter import starter_template
from appreciation.models import DocumentTemplate
from core.word_guard import LARGEST_FILE
from tests.admin_people import ROLES, queries_of, signed_in
from tests.core.test_word_guard import bomb, vba

pytestmark = pytest.mark.django_db

WRITERS = {"coordinator", "administrator"}
NBSP = "\N{NO-BREAK SPACE}"


def url(view, *args):
    return reverse(f"wagtailsnippets_appreciation_documenttemplate:{view}", args=args)


def letter(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs or ("{{ objet }}",):
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def sent(**changes) -> DocumentTemplate:
    values = {"title": "Papier à en-tête", "use": "letter", "content": letter(), "user": None}
    return add_template(**(values | changes))


def form(content: bytes, name: str = "lettre.docx", **changes) -> dict:
    file = SimpleUploadedFile(name, content)
    return {"title": "Nos lettres", "use": "letter", "remark": "Logo", "file": file} | changes


def told(response) -> str:
    return response.content.decode().replace(NBSP, " ")


@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(client, role):
    template = sent()
    signed_in(client, role)
    for address in (
        url("list"),
        url("add"),
        url("inspect", template.pk),
        url("edit", template.pk),
        url("delete", template.pk),
        url("try", template.pk),
        url("file", template.pk),
        url("starter", "letter"),
    ):
        status = client.get(address).status_code
        assert (status == 200) == (role in WRITERS), (address, status)
    client.post(url("use", template.pk))
    assert DocumentTemplate.objects.filter(is_live=True).exists() == (role in WRITERS)
    client.post(url("put_away", template.pk))
    assert not DocumentTemplate.objects.filter(is_live=True).exists()
    client.post(url("add"), form(letter()))
    assert DocumentTemplate.objects.count() == (2 if role in WRITERS else 1)
    client.post(url("delete", template.pk))
    assert DocumentTemplate.objects.filter(pk=template.pk).exists() == (role not in WRITERS)


def test_a_good_file_is_kept_then_tried_then_put_in_use(client):
    signed_in(client, "coordinator")

    response = client.post(url("add"), form(letter("{{ texte }}"), name="n’importe quoi"))
    template = DocumentTemplate.objects.get()
    assert response.url == url("inspect", template.pk)
    assert (template.title, template.use, template.version, template.remark) == (
        "Nos lettres",
        "letter",
        1,
        "Logo",
    )
    assert template.added_by.pk == int(client.session["_auth_user_id"])
    assert "Ce gabarit ne sert pas encore" in told(client.get(response.url))

    trial = client.get(url("try", template.pk))
    assert trial["Content-Disposition"] == (
        'attachment; filename="nos-lettres-version-1-specimen.docx"'
    )
    made = docx.Document(io.BytesIO(trial.content))
    assert made.sections[0].header.paragraphs[0].text == "SPÉCIMEN"

    response = client.post(url("use", template.pk), follow=True)
    assert "sert maintenant pour les lettres d’invitation" in told(response)
    assert "Ce gabarit est en service depuis le" in told(response)
    response = client.post(url("put_away", template.pk), follow=True)
    assert "la mise en page de la maison sert de nouveau" in told(response)


def test_each_mistake_is_said_by_the_file_and_the_typed_form_stays(client):
    signed_in(client, "coordinator")
    before = stored_files()
    content = letter("Lieu: {{ lieux }}", "{% for c in commodites %}", "{{ c.nome }}")

    response = client.post(url("add"), form(content))

    assert response.context["form"].errors["file"] == [SEVERAL]
    errors = response.context["form"].problems
    page = response.content.decode()
    assert [each for each in errors if f"<li>{escape(each)}</li>" not in page] == []
    assert [each.replace(f"{NBSP}:", ":").replace(NBSP, " ") for each in errors] == [
        "paragraphe « Lieu: {{ lieux }} »: le champ « lieux » n’existe pas; vouliez-vous dire "
        "« lieu »?",
        "paragraphe « {{ c.nome }} »: le champ « c.nome » n’existe pas; vouliez-vous dire "
        "« c.nom »?",
        "paragraphe « {% for c in commodites %} »: « {% for c in commodites %} » n’est jamais "
        "fermé: ajoutez {% endfor %} plus bas.",
    ]
    assert response.context["form"]["title"].value() == "Nos lettres"
    assert response.context["form"]["remark"].value() == "Logo"
    assert not DocumentTemplate.objects.exists()
    assert stored_files() == before


def stored_files() -> set[str]:
    private = storages["private"]
    return set(private.listdir("gabarits")[1]) if private.exists("gabarits") else set()


def test_a_full_disk_is_said_and_nothing_is_kept(client, full_disk):
    signed_in(client, "coordinator")

    response = client.post(url("add"), form(letter()))

    assert "le disque est plein ou ne répond pas" in told(response)
    assert response.context["form"]["title"].value() == "Nos lettres"
    assert not DocumentTemplate.objects.exists()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"%PDF-1.7", "Ce n’est pas un document Word .docx"),
        (lambda: b"PK\x03\x04" + b"\0" * LARGEST_FILE, "Ce fichier est trop lourd: 5 Mo au plus"),
        (lambda: b"", "vide"),
        (vba, "Ce fichier contient des macros"),
        (bomb, "dépasse 20 Mo"),
        (lambda: letter("{{ lieux }}"), "le champ « lieux » n’existe pas"),
    ],
)
def test_what_is_no_word_document_is_refused_whatever_its_name(client, make, said):
    signed_in(client, "coordinator")

    response = client.post(url("add"), form(make()))

    assert said in response.context["form"].errors["file"][0].replace(NBSP, " ")
    assert not DocumentTemplate.objects.exists()


def test_afterwards_title_and_remark_change_and_the_file_does_not(client):
    template = sent()
    signed_in(client, "coordinator")
    before = template.file.name

    client.post(url("edit", template.pk), form(letter("{{ texte }}"), use="report", title="Autre"))

    template.refresh_from_db()
    assert (template.title, template.remark) == ("Autre", "Logo")
    assert (template.use, template.file.name, template.version) == ("letter", before, 1)


def test_what_serves_is_not_deleted_alone_or_in_bulk(client):
    template = sent()
    put_in_use(template=template)
    signed_in(client, "administrator")

    response = client.post(url("delete", template.pk), follow=True)
    assert "Retirez-le du service avant de l’effacer" in told(response)
    bulk = reverse("wagtail_bulk_action", args=("appreciation", "documenttemplate", "delete"))
    response = client.post(f"{bulk}?id={template.pk}", follow=True)

    assert "Un gabarit s’efface seul" in told(response)
    assert DocumentTemplate.objects.filter(pk=template.pk, is_live=True).exists()


def test_a_file_that_is_gone_is_said_on_the_screen(client):
    template = sent()
    storages["private"].delete(template.file.name)
    signed_in(client, "coordinator")

    for response in (
        client.get(url("try", template.pk), follow=True),
        client.get(url("file", template.pk), follow=True),
        client.post(url("use", template.pk), follow=True),
    ):
        assert response.redirect_chain[-1][0] == url("inspect", template.pk)
        assert "Le fichier de ce gabarit n’est plus là" in told(response)


def test_the_file_and_our_starter_are_downloaded_as_they_are(client):
    content = letter("{{ objet }}, le {{ date_rencontre }}")
    template = sent(content=content)
    signed_in(client, "coordinator")

    assert client.get(url("file", template.pk)).content == content
    ours = client.get(url("starter", "report"))
    assert ours["Content-Disposition"] == 'attachment; filename="gabarit-de-depart-report.docx"'
    text = "".join(each.text for each in docx.Document(io.BytesIO(ours.content)).paragraphs)
    wanted = docx.Document(io.BytesIO(starter_template("report")))
    assert text == "".join(each.text for each in wanted.paragraphs)
    assert client.get(url("starter", "facture")).status_code == 404


def test_the_form_lists_every_field_with_its_meaning(client):
    signed_in(client, "coordinator")

    page = told(client.get(url("add")))

    for words in (
        "<code>{{ personnes_presentes }}</code>",
        "<code>{% for force in forces %}</code>",
        "<code>{{ force.texte }}</code>",
        "<code>{% for enonce in rencontre.enonces %}</code>",
        "Heure de la rencontre",
    ):
        assert words in page


def test_the_list_takes_as_many_queries_for_one_as_for_three(client):
    signed_in(client, "administrator")
    sent()
    one = queries_of(client, url("list"))
    sent()
    sent(use="report", content=letter("{{ titre }}"))
    assert queries_of(client, url("list")) == one
