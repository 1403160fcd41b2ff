"""Tools in the admin: who may, what is refused and how, what a preview shows, what stays."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from appreciation.domain.tools import ADDRESS_STAYS, CIRCLE
from appreciation.models import Tool
from cms.models import SiteDocument
from tests.admin_people import ROLES, signed_in
from tests.factories import AppraisalFactory
from tests.factories.starter_site import ensure_site_pages
from tests.factories.tools import ToolFactory

PUBLISH = {"action-publish": "1"}
WRITERS = {"editor", "coordinator", "administrator"}


def url(view: str, *args) -> str:
    return reverse(f"wagtailsnippets_appreciation_tool:{view}", args=args)


def tool_form(formats=(), **changes) -> dict:
    data = {
        "title": "Grille pliée",
        "slug": "grille-pliee",
        "kind": "grid",
        "variant": "standard",
        "description": "Pour répondre debout.",
        "content": rich_text("<p>Plier en deux.</p>"),
        "shipped_text": "",
        "formats": inline_formset(list(formats)),
        "version": "1",
        "dated_on": "2026-11-28",
        "replaces": "",
        "variant_of": "",
        "owner": "Le Consortium",
        "licence": "CC BY 4.0",
        "position": 0,
    }
    phases = changes.pop("phases", ["meeting", "convening"])
    return nested_form_data(data | changes) | {"phases": phases}


@pytest.mark.parametrize("typed", ["pliée", '"pliée', "consentement"])
def test_a_tool_is_found_by_what_it_says(admin_client, typed):
    ToolFactory(title="Grille pliée", description="Le consentement, à voix haute.")
    ToolFactory(title="Affiche")
    found = admin_client.get(url("list"), {"q": typed}).context["object_list"]
    expected = [] if typed == "consentement" else ["Grille pliée"]
    assert [tool.title for tool in found] == expected


def errors_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("role", ROLES)
def test_who_writes_tools(client, role):
    tool = ToolFactory()
    signed_in(client, role)
    allowed = role in WRITERS
    for address in (url("list"), url("add"), url("edit", tool.pk)):
        assert (client.get(address).status_code == 200) == allowed
    may_delete = role in {"coordinator", "administrator"}
    assert (client.get(url("delete", tool.pk)).status_code == 200) == may_delete


def test_an_editor_writes_and_publishes_a_tool(client):
    signed_in(client, "editor")
    response = client.post(url("add"), tool_form(**PUBLISH))
    assert response.status_code == 302
    tool = Tool.objects.get()
    assert (tool.live, tool.phases) == (True, ["meeting", "convening"])
    assert tool.revisions.count() == 1


def test_a_draft_is_not_shown_and_its_history_is_kept(client):
    ensure_site_pages()
    signed_in(client, "editor")
    client.post(url("add"), tool_form())
    tool = Tool.objects.get(slug="grille-pliee")
    assert client.get("/trousse/outils/grille-pliee/").status_code == 404
    client.post(url("edit", tool.pk), tool_form(title="Grille", **PUBLISH))
    client.post(url("edit", tool.pk), tool_form(title="Autre titre"))
    assert "Grille</h1>" in client.get("/trousse/outils/grille-pliee/").content.decode()
    assert tool.revisions.count() == 3
    assert client.get(url("history", tool.pk)).status_code == 200


def test_no_phase_is_said_in_french(client):
    signed_in(client, "editor")
    page = errors_of(client.post(url("add"), tool_form(phases=[], **PUBLISH)))
    assert "Cochez au moins une étape." in page
    assert not Tool.objects.exists()


def test_a_circle_is_refused_beside_its_field(client):
    signed_in(client, "editor")
    first = ToolFactory(slug="grille-pliee")
    second = ToolFactory(replaces=first)
    page = errors_of(client.post(url("edit", first.pk), tool_form(replaces=second.pk)))
    assert CIRCLE in page
    first.refresh_from_db()
    assert first.replaces is None


def test_replacing_oneself_or_what_is_replaced_already_is_refused(client):
    signed_in(client, "editor")
    first = ToolFactory(slug="grille-pliee")
    page = errors_of(client.post(url("edit", first.pk), tool_form(replaces=first.pk)))
    assert CIRCLE in page
    ToolFactory(title="Deux", replaces=first)
    page = errors_of(client.post(url("add"), tool_form(slug="autre", replaces=first.pk)))
    assert "« Deux, version 1 » remplace déjà cet outil." in page


def test_a_published_address_is_kept(client):
    signed_in(client, "editor")
    tool = ToolFactory(slug="grille")
    assert ADDRESS_STAYS in errors_of(client.post(url("edit", tool.pk), tool_form()))


def document(*, is_private: bool) -> SiteDocument:
    made = SiteDocument(title="Grille", is_private=is_private)
    made.file.save("grille.txt", ContentFile(b"douze"), save=False)
    made.save()
    return made


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"document": "private", "made": ""}, "Ce document est privé"),
        ({"document": "public", "made": "rapport-nombres"}, "pas les deux"),
        ({"document": "", "made": ""}, "pas les deux"),
        ({"document": "", "made": "invente"}, "invente"),
    ],
)
def test_a_format_is_a_public_file_or_a_known_document(client, row, words):
    signed_in(client, "editor")
    if row["document"]:
        row = row | {"document": document(is_private=row["document"] == "private").pk}
    page = errors_of(client.post(url("add"), tool_form([{"label": "Grille", **row}], **PUBLISH)))
    assert words in page
    assert not Tool.objects.exists()


def test_a_public_file_is_kept_with_the_tool(client):
    signed_in(client, "editor")
    given = document(is_private=False)
    row = {"label": "", "document": given.pk, "made": ""}
    client.post(url("add"), tool_form([row], **PUBLISH))
    assert [one.document for one in Tool.objects.get().formats.all()] == [given]


def test_the_preview_shows_the_tool_as_it_will_be(client):
    signed_in(client, "editor")
    tool = ToolFactory(shipped_text="agenda_short")
    address = url("preview_on_edit", tool.pk)
    sent = client.post(address, tool_form(slug=tool.slug, shipped_text="agenda_short"))
    assert sent.json()["is_valid"]
    page = client.get(address).content.decode()
    assert "Plier en deux." in page
    assert "Le déroulement court" in page


def test_a_tool_that_was_used_is_not_deleted(client):
    signed_in(client, "coordinator")
    tool = ToolFactory(title="Grille")
    AppraisalFactory().tool_uses.create(tool=tool, title="Grille", version="1")
    response = client.post(url("delete", tool.pk), follow=True)
    assert "sert encore (1 outil employé)" in response.content.decode()
    assert Tool.objects.filter(pk=tool.pk).exists()


def test_another_tool_is_chosen_in_french(client):
    signed_in(client, "editor")
    ToolFactory(title="Grille pliée")
    chooser = reverse("wagtailsnippetchoosers_appreciation_tool:choose")
    page = client.get(chooser)
    assert page.status_code == 200
    assert "Grille pliée" in page.json()["html"]
