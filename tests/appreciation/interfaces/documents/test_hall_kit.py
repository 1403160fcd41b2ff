"""« La trousse de salle »: one ZIP in order, one print job on rectos, what is missing said."""

import dataclasses
import io
import zipfile

import pikepdf
import pytest

from appreciation.interfaces.documents.before_meeting import HALL_DOCUMENTS
from appreciation.interfaces.documents.hall_parts import HALL_PARTS
from appreciation.models import PortraitFigure
from core.errors import DomainError
from tests.appreciation.interfaces.documents.conftest import DOCUMENTS, make
from tests.factories import MeetingFactory
from tests.pdf_tags import tags
from tests.pdf_text import page_texts

CHOSEN = {"feuilles": "1-4", "gros-caracteres": "5", "deroulement": "short"}


@pytest.fixture(scope="module")
def asked(making):
    PortraitFigure.objects.create(
        appraisal=making.appraisal,
        position=1,
        label="Habitants",
        value="1 240",
        year=2021,
        source="Recensement",
    )
    told: list[tuple[int, str]] = []
    tell = lambda percent, words: told.append((percent, words))  # noqa: E731
    return dataclasses.replace(making, options=CHOSEN, tell=tell), told


@pytest.fixture(scope="module")
def kit(asked):
    with zipfile.ZipFile(io.BytesIO(make(asked[0], "trousse-zip"))) as opened:
        yield {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def job(asked):
    content = make(asked[0], "trousse-pdf")
    return content, page_texts(content)


def test_the_zip_holds_every_paper_in_the_order_of_the_evening(kit):
    names = sorted(kit)
    assert names[0] == "00-LISEZ-MOI.txt"
    assert [name for name in names if name.endswith(".pdf")] == [
        "01-deroulement-court.pdf",
        "02-consentement.pdf",
        "04-portrait.pdf",
        "05-affiche-salle-grande.pdf",
        "05-affiche-salle.pdf",
        "06-presence.pdf",
        "07-feuilles.pdf",
        "08-feuilles-gros-caracteres.pdf",
        "09-tables.pdf",
        "10-mains-levees.pdf",
        "13-affiche-invitation-grande.pdf",
        "13-affiche-invitation.pdf",
    ]
    assert {
        "01-deroulement-court.docx",
        "03-diapositives.pptx",
        "11-saisie.xlsx",
        "12-dates.ics",
    } <= set(names)
    assert "14-lettre-municipalite.docx" in names
    assert "presence-noms" not in " ".join(names), "jamais un nom dans un fichier gardé"
    assert len(page_texts(kit["07-feuilles.pdf"])) == 8


def test_the_read_me_says_what_to_print_and_how_many(kit):
    said = kit["00-LISEZ-MOI.txt"].decode().replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "DÉMONSTRATION",
        "Trousse de salle, Village-Exemple",
        "Quand : 22 octobre 2026, 18 h 45. Où : Salle des loisirs.",
        "Prévue pour 12 personnes.",
        "07-feuilles  Feuilles de réponse numérotées : déjà le bon nombre : feuilles 1 à 4.",
        "08-feuilles-gros-caracteres  Feuilles en gros caractères : déjà le bon nombre",
        "04-portrait  Portrait pour la salle : 12 exemplaires : un par personne.",
        "SANS RÉSEAU",
        "Une question? Rose Exemple, 819 555-0142",
    ):
        assert words in said
    assert "CE QUI MANQUE" not in said


def test_the_print_job_has_the_right_number_of_everything_each_on_a_recto(job, making):
    said = job[1]
    assert "Prévue pour 12 personnes" in said[0]
    assert "Feuilles de réponse feuilles 1 à 4" in said[0]
    starts = {
        "Le déroulement court": 1,
        "À lire à voix haute": 1,
        "Portrait de Village-Exemple": 12,
        "Répondez avec votre téléphone": 2,
        "Qui est là?": 1,
        "Compte des mains levées Quand": 1,
        "Table 1 ": 1,
        "Table 2 ": 1,
    }
    for words, copies in starts.items():
        rectos = [place for place, text in enumerate(said) if words in text and place > 0]
        assert len(rectos) == copies, words
        if not words.startswith("Table 2"):
            assert all(place % 2 == 0 for place in rectos), words
    for number in range(1, 5):
        places = [
            place for place, text in enumerate(said) if f"Feuille n o {number} " in f"{text} "
        ]
        assert len(places) == 2
        assert places[0] % 2 == 0
    assert sum("Feuille n o 5" in text for text in said) == 14


def test_the_print_job_is_one_tagged_document(job):
    with pikepdf.open(io.BytesIO(job[0])) as pdf:
        assert len(pdf.pages) == len(job[1])
        kinds = [str(each.S) for each in tags(pdf.Root.StructTreeRoot)]
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Trousse de salle – Village-Exemple"
    assert kinds.count("/H1") > 20


def test_each_says_how_far_it_is(asked, kit, job):
    told = asked[1]
    percents = [percent for percent, _ in told]
    assert percents.count(0) == 2
    assert max(percents) == 100
    assert (0, "Déroulement d’une heure et demie") in told


def test_what_cannot_be_made_yet_is_said_and_the_rest_is_there(making):
    alone = dataclasses.replace(making, meeting=None, options=CHOSEN)
    with zipfile.ZipFile(io.BytesIO(make(alone, "trousse-zip"))) as opened:
        said = opened.read("00-LISEZ-MOI.txt").decode().replace("\N{NO-BREAK SPACE}", " ")
        names = opened.namelist()
    assert "- Affiche de la salle : Inscrivez d’abord la rencontre" in said
    assert "05-affiche-salle.pdf" not in names
    assert "07-feuilles.pdf" in names
    assert "Quand : ____" in said


def test_without_a_number_one_sheet_is_made_to_photocopy(making):
    meeting = MeetingFactory(appraisal=making.appraisal)
    blank = dataclasses.replace(
        making, meeting=meeting, options=CHOSEN | {"feuilles": "", "gros-caracteres": ""}
    )
    said = page_texts(make(blank, "trousse-pdf"))
    assert sum("7. Énoncé 7" in text for text in said) == 3, "une feuille, une grande, les mains"


@pytest.mark.parametrize("code", ["trousse-pdf", "trousse-zip"])
def test_the_options_are_checked(code, making):
    by_name = {option.name: option for option in DOCUMENTS[code].options}
    assert by_name["deroulement"].clean("short") == "short"
    with pytest.raises(DomainError, match="de la liste"):
        by_name["deroulement"].clean("autre")
    assert by_name["feuilles"].default(making) == "1-14"
    assert by_name["gros-caracteres"].default(making) == "15-16"


def test_the_kit_leaves_nothing_out_but_names_and_what_belongs_to_the_team(kit):
    """A paper added to the catalogue belongs in the kit, or is named here."""
    left_out = {"presence-noms-pdf", "calendrier-equipe-ics", "deroulement-pdf", "deroulement-docx"}
    expected = {each.code for each in HALL_PARTS} - left_out
    assert len(kit) - 1 == len(expected)
    assert len(HALL_DOCUMENTS) == len(HALL_PARTS) + 2
