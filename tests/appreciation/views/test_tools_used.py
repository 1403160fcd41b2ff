"""« Outils » in the space: what a démarche says that it uses, and the links to the toolkit."""

import io
import zipfile

import pytest

from appreciation.domain.tools import use_tool
from appreciation.interfaces.appraisal_archive import write_archive
from appreciation.models import Tool, ToolFormat, ToolkitStepPage
from tests.factories.starter_site import ensure_site_pages
from tests.factories.tools import ToolFactory


@pytest.fixture
def address(appraisal) -> str:
    return f"/espace/demarches/{appraisal.reference}/outils/"


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_team_says_which_tool_it_uses_and_takes_it_back(as_lead, appraisal, address):
    tool = ToolFactory(title="Grille pliée", version="3")
    page = text(as_lead.post(address, {"outil": tool.pk}, follow=True))
    assert "C’est inscrit : Grille pliée, version 3." in page
    assert "<b>Grille pliée</b>, version 3" in page
    as_lead.post(address, {"outil": tool.pk})
    use = appraisal.tool_uses.get()
    page = text(as_lead.post(f"{address}{use.pk}/retirer/", follow=True))
    assert "Rien d’inscrit encore." in page


@pytest.mark.parametrize("asked", ["", "0", "grille"])
def test_a_tool_that_is_gone_is_said_kindly(as_lead, appraisal, address, asked):
    page = text(as_lead.post(address, {"outil": asked}, follow=True))
    assert "n’est plus dans la trousse" in page
    assert not appraisal.tool_uses.exists()


def test_a_newer_version_is_told_beside_what_was_used(as_lead, appraisal, lead, address):
    old = ToolFactory(title="Grille", version="1")
    use_tool(appraisal=appraisal, tool=old, user=lead)
    assert "une autre version existe" not in text(as_lead.get(address))
    ToolFactory(title="Grille neuve", version="2", replaces=old)
    page = text(as_lead.get(address))
    assert "une autre version existe : Grille neuve, version 2" in page


def test_an_observer_reads_and_has_no_button(client, appraisal, address):
    from tests.factories import MembershipFactory

    ToolFactory(title="Grille pliée")
    client.force_login(MembershipFactory(appraisal=appraisal, role="observer").user)
    page = text(client.get(address))
    assert "Grille pliée" in page
    assert "Nous l’employons" not in page


def test_the_full_copy_keeps_the_versions_that_were_used(appraisal, lead):
    use_tool(appraisal=appraisal, tool=ToolFactory(title="Grille pliée", version="3"), user=lead)
    file = io.BytesIO()
    write_archive(appraisal, file)
    with zipfile.ZipFile(file) as archive:
        rows = archive.read("tableaux/tooluse.csv").decode("utf-8-sig").splitlines()
    assert "Grille pliée" in rows[1]
    assert "3" in rows[1].replace(";", ",").split(",")


def test_asking_for_a_long_document_says_that_its_tool_was_used(as_lead, appraisal):
    from appreciation.interfaces.documents.catalogue import DOCUMENT_TYPES
    from appreciation.interfaces.documents.contract import Making

    making = Making(appraisal, None, "http://testserver")
    long_ones = [one for one in DOCUMENT_TYPES if one.is_long and not one.refusal(making)]
    for one in long_ones[:1]:
        ToolFormat.objects.create(tool=ToolFactory(), made=one.code)
        as_lead.post(f"/espace/demarches/{appraisal.reference}/documents/{one.code}/")
        assert appraisal.tool_uses.count() == 1


def test_a_step_leads_to_its_page_of_the_toolkit_once_it_is_published(as_lead, appraisal):
    step = f"/espace/demarches/{appraisal.reference}/etapes/decider/"
    assert "Comment faire" not in text(as_lead.get(step))
    ensure_site_pages()
    page = text(as_lead.get(step))
    assert '<a href="/trousse/decider/">Comment faire : Décider</a>' in page
    ToolkitStepPage.objects.get(phase="framing").unpublish()
    assert "Comment faire" not in text(as_lead.get(step))
    assert Tool.objects.filter(live=True).exists()
