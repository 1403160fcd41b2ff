"""Tools, the six questions and the ZIP, as a visitor meets them."""

import io
import re
import zipfile

import pytest
from django.core.files.base import ContentFile

from appreciation.domain.shipped_instruments import load_shipped_instruments
from appreciation.interfaces.documents.catalogue import BY_CODE
from appreciation.models import Tool, ToolFormat, ToolkitPage
from cms.models import SiteDocument
from tests.factories import AppraisalFactory
from tests.factories.starter_site import ensure_site_pages
from tests.factories.tools import ToolFactory

TOOLS = "/trousse/outils/"
FIT = "/trousse/est-ce-pour-nous/"
ZIP = "/trousse/tout-emporter/"
BEST = "qui=plusieurs&but=ensemble&personnes=quinze&temps=mois&suite=quelqu-un&avant=peu"


@pytest.fixture(autouse=True)
def pages():
    ensure_site_pages()


def html(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def give_file(tool: Tool, *, is_private: bool = False, name: str = "grille.txt") -> SiteDocument:
    document = SiteDocument(title="Grille à plier", is_private=is_private, file_size=8)
    document.file.save(name, ContentFile(b"douze li"), save=False)
    document.save()
    ToolFormat.objects.create(tool=tool, document=document)
    return document


def test_a_step_offers_its_tools_with_their_files(client):
    document = give_file(ToolFactory(title="Grille pliée"))
    page = html(client, "/trousse/tenir-la-rencontre/")
    assert "Grille pliée" in page
    assert f'href="{document.url}"' in page
    assert "Le déroulement de trois heures" in page
    assert "Dix minutes au conseil" not in page


def test_a_private_file_is_offered_to_nobody(client):
    tool = ToolFactory()
    document = give_file(tool, is_private=True)
    assert document.url not in html(client, f"{TOOLS}{tool.slug}/")
    assert document.filename not in str(archive(client).namelist())


def test_a_tool_says_what_it_is(client):
    tool = ToolFactory(title="Grille", version="2", phases=["portrait", "meeting"])
    appraisal = AppraisalFactory()
    appraisal.tool_uses.create(tool=tool, title="Grille", version="2")
    page = html(client, f"{TOOLS}{tool.slug}/")
    for words in ("CC BY 4.0", "Le Consortium", "1 démarche", "Version de travail"):
        assert words in page
    for slug in ("preparer-le-portrait", "tenir-la-rencontre"):
        assert f'<a href="/trousse/{slug}/">' in page


def test_an_outdated_tool_says_so_and_points_to_the_newest(client):
    first = ToolFactory(title="Grille", version="1")
    second = ToolFactory(title="Grille", version="2", replaces=first)
    third = ToolFactory(title="Grille neuve", version="3", replaces=second)
    page = html(client, f"{TOOLS}{first.slug}/")
    assert "Cette version est dépassée." in page
    assert f'<a href="{TOOLS}{third.slug}/">Grille neuve, version 3</a>' in page
    assert "noindex" in page
    assert "dépassée" not in html(client, f"{TOOLS}{third.slug}/")
    assert f"{TOOLS}{second.slug}/" in html(client, f"{TOOLS}{third.slug}/")  # « Remplace »


def test_a_tool_that_is_not_published_is_not_there(client):
    tool = ToolFactory(live=False)
    assert client.get(f"{TOOLS}{tool.slug}/").status_code == 404
    assert client.get(f"{TOOLS}inconnu/").status_code == 404


def test_the_shipped_agenda_consent_and_grid_are_read_whole(client):
    load_shipped_instruments()
    agenda = html(client, f"{TOOLS}deroulement-de-trois-heures/")
    assert "En tout, 180 minutes." in agenda
    assert "Qu’est-ce que je dis" in agenda
    consent = html(client, f"{TOOLS}texte-de-consentement/")
    assert "la personne qui saisit votre feuille la verra" in consent
    grid = html(client, f"{TOOLS}grille-courte/")
    assert grid.count('<ol class="levels-list') == 12


def test_every_shipped_tool_names_documents_that_are_made():
    named = set(ToolFormat.objects.values_list("made", flat=True))
    assert len(named) > 10
    assert named - set(BY_CODE) == set()


def test_a_tool_says_which_documents_the_software_fills_in(client):
    page = html(client, f"{TOOLS}texte-de-consentement/")
    assert "<b>Texte de consentement</b> (PDF, Word)" in page
    ToolFormat.objects.update(made="disparu-pdf")
    assert "Le logiciel le remplit" not in html(client, f"{TOOLS}texte-de-consentement/")


def test_the_sitemap_names_tools_and_questions(client):
    named = client.get("/sitemap.xml").content.decode()
    for address in (TOOLS, FIT, f"{TOOLS}grille-courte/"):
        assert f"http://testserver{address}</loc>" in named


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        (BEST, "Oui : le chemin complet vous va"),
        (BEST.replace("temps=mois", "temps=jours"), "Oui, par le chemin court"),
        (BEST.replace("suite=quelqu-un", "suite=personne"), "Pas tout de suite"),
    ],
)
def test_six_answers_lead_somewhere_and_end_on_the_interest_form(client, answers, heading):
    page = html(client, f"{FIT}?{answers}&voir=1")
    assert heading in page
    assert 'href="/communaute-interessee/"' in page
    assert not client.cookies


def test_a_missing_answer_is_said_by_its_question_and_nothing_is_lost(client):
    page = html(client, f"{FIT}?{BEST.replace('&temps=mois', '')}&voir=1")
    assert "Choisissez une réponse à la question 4." in page
    assert '<a href="#id_temps">' in page
    assert 'id="id_temps"' in page
    assert page.count("checked") == 5
    assert "Oui :" not in page


def test_an_invented_answer_is_refused_kindly(client):
    page = html(client, f"{FIT}?{BEST.replace('mois', '%3Cb%3E')}&voir=1")
    assert "Choisissez une réponse à la question 4." in page


def archive(client) -> zipfile.ZipFile:
    response = client.get(ZIP)
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_zip_opens_without_the_site(client):
    document = give_file(ToolFactory(title="Grille pliée", slug="grille-pliee"))
    with archive(client) as found:
        names = set(found.namelist())
        assert found.testzip() is None
        (file,) = [name for name in names if name.startswith(f"fichiers/{document.pk}-")]
        assert found.read(file) == b"douze li"
        texts = {name: found.read(name).decode() for name in names if name.endswith(".html")}
    assert {"index.html", "4-tenir-la-rencontre.html", "styles/toolkit.css"} <= names
    assert {"fonts/atkinson-hyperlegible-next.woff2", "outil-grille-pliee.html"} <= names
    lost = {
        (name, link)
        for name, text in texts.items()
        for link in re.findall(r'(?:href|src)="([^"]+)"', text)
        if not link.startswith(("#", "http://testserver/")) and link.partition("#")[0] not in names
    }
    assert lost == set()
    assert f'href="{file}"' in texts["outil-grille-pliee.html"]
    assert 'href="4-tenir-la-rencontre.html"' in texts["index.html"]


def test_the_zip_does_not_fail_over_a_lost_file(client):
    document = give_file(ToolFactory())
    document.file.storage.delete(document.file.name)
    with archive(client) as found:
        assert not [name for name in found.namelist() if name.startswith("fichiers/")]


def test_the_zip_is_sent_once_while_nothing_changes(client):
    first = client.get(ZIP)
    assert b"".join(first)[:2] == b"PK"
    again = client.get(ZIP, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    ToolFactory()
    changed = client.get(ZIP, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert b"".join(changed)[:2] == b"PK"


def test_without_a_live_toolkit_its_addresses_are_gone_and_steps_stand_alone(client):
    ToolkitPage.objects.get().unpublish()
    assert client.get(TOOLS).status_code == 404
    assert client.get(FIT).status_code == 404
    assert "/trousse/outils/" not in html(client, "/trousse/suivre/")


QUERIES = {
    "/trousse/": 9,
    "/trousse/tenir-la-rencontre/": 16,
    TOOLS: 10,
    f"{TOOLS}sac-de-la-soiree/": 13,
    FIT: 9,
    ZIP: 60,
}


@pytest.mark.parametrize("tools", [1, 3])
@pytest.mark.parametrize("address", QUERIES)
def test_pages_take_as_many_queries_with_many_tools(
    client, address, tools, django_assert_num_queries
):
    for _ in range(tools):
        give_file(ToolFactory())
    b"".join(client.get(address))
    with django_assert_num_queries(QUERIES[address]):
        b"".join(client.get(address))
