"""What is printed for the hall, read back: pages, words, numbers, addresses, tags."""

import dataclasses
import io

import pikepdf
import pytest

from appreciation.interfaces.documents.contract import PDF
from appreciation.interfaces.documents.hall_facts import facts_of
from appreciation.interfaces.documents.hall_parts import HALL_PARTS
from appreciation.models import Appraisal, Item, Meeting, PortraitFigure
from cms.settings import SiteSettings
from core.errors import DomainError
from core.qr_code import qr_code
from tests.appreciation.interfaces.documents.conftest import BASE_URL, DOCUMENTS, make
from tests.factories import InstrumentFactory, MeetingFactory
from tests.factories.invitees import InviteeFactory
from tests.pdf_tags import tags
from tests.pdf_text import page_texts

PDFS = [each.code for each in HALL_PARTS if each.content_type == PDF]


@pytest.fixture(scope="module")
def printed(making):
    """Each PDF once: what is in it is read by several tests."""
    InviteeFactory(
        appraisal=making.appraisal,
        name="Ginette Fictive",
        answer="yes",
        answered_at="2026-10-01T10:00Z",
    )
    PortraitFigure.objects.create(
        appraisal=making.appraisal,
        position=1,
        label="Habitants",
        value="1 240",
        year=2021,
        source="Recensement",
    )
    return {code: make(making, code) for code in PDFS}


@pytest.mark.parametrize("code", PDFS)
def test_every_pdf_is_tagged_in_french_and_says_that_it_is_a_demonstration(printed, code):
    with pikepdf.open(io.BytesIO(printed[code])) as pdf:
        kinds = {str(each.S) for each in tags(pdf.Root.StructTreeRoot)}
        assert str(pdf.Root.Lang) == "fr-CA"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "Village-Exemple" in metadata["dc:title"]
    assert "/H1" in kinds
    assert all("DÉMONSTRATION" in text or text == "" for text in page_texts(printed[code]))


def test_a_sheet_of_paper_has_two_sides_and_its_number_on_both(printed, making):
    """Twelve people: two sheets more than people."""
    said = page_texts(printed["feuilles-pdf"])
    assert len(said) == 28
    for number in range(1, 15):
        assert f"Feuille n o {number} " in f"{said[2 * number - 2]} "
        assert f"Feuille n o {number} " in f"{said[2 * number - 1]} "
    whole = " ".join(said[:2])
    for words in (
        "La personne qui saisit votre feuille la verra.",
        "Le rapport ira au public, en résumé, sans le détail des réponses.",
        "1. Énoncé 1",
        "12. Énoncé 12",
        "Repère du niveau 4.",
        "Je ne sais pas",
        "Reviendriez-vous?",
        f"{BASE_URL}/r/{making.meeting.join_code}/rapport/",
    ):
        assert words in whole


def test_large_print_gives_a_page_to_each_dimension_and_follows_the_numbers(printed):
    said = page_texts(printed["feuilles-gros-caracteres-pdf"])
    assert len(said) == 2 * 14, "l’accueil, douze dimensions, la fin"
    assert "La personne qui saisit votre feuille la verra." in said[0]
    for rank in range(1, 13):
        assert f"{rank}. Énoncé {rank}" in said[rank]
        assert "Repère du niveau 4." in said[rank]
        assert "Je passe" in said[rank]
    assert "Reviendriez-vous?" in said[13]
    assert "Feuille n o 15" in said[0]
    assert "Feuille n o 16" in said[14]


def test_sixty_long_questions_are_all_on_paper(making):
    instrument = InstrumentFactory(with_items=60)
    long_words = " ".join(["Nous savons où nous allons et pourquoi"] * 7)[:280]
    items = Item.objects.filter(instrument_dimension__instrument=instrument)
    for item in items:
        item.text = f"{item.text} {long_words}"
        item.anchors = "\n".join(
            f"Repère {level} {long_words[:220]} fin{level}" for level in (1, 2, 3, 4)
        )
    Item.objects.bulk_update(items, ("text", "anchors"))
    meeting = MeetingFactory(appraisal=making.appraisal, instrument=instrument)
    asked = dataclasses.replace(making, meeting=meeting, options={"feuilles": "1-2"})
    said = page_texts(make(asked, "feuilles-pdf"))
    second = next(place for place, text in enumerate(said) if "Feuille n o 2" in text)
    assert second % 2 == 0, "chaque exemplaire commence sur un recto"
    for copy in (" ".join(said[:second]), " ".join(said[second:])):
        for rank in range(1, 61):
            assert copy.count(f"{rank}. Énoncé {rank} ") == 1
        for level in (1, 2, 3, 4):
            assert copy.count(f"fin{level}") == 60
    assert all("Feuille n o 2" in text for text in said[second:])
    assert f"31 / {len(said) - second} " in said[-1]


@pytest.mark.parametrize(
    ("code", "pages"), [("affiche-salle-pdf", 1), ("affiche-salle-grande-pdf", 1)]
)
def test_the_poster_of_the_hall_says_the_code_and_draws_its_address(printed, making, code, pages):
    said = page_texts(printed[code])
    assert len(said) == pages
    assert making.meeting.spaced_join_code in said[0]
    assert "demarches.exemple.org/r" in said[0]
    with pikepdf.open(io.BytesIO(printed[code])) as pdf:
        figures = [str(each.Alt) for each in tags(pdf.Root.StructTreeRoot) if each.S == "/Figure"]
        assert figures == ["Code QR pour se joindre à la rencontre"]
        box = [float(side) for side in pdf.pages[0].MediaBox]
    assert box[2:] == ([612, 792] if code == "affiche-salle-pdf" else [792, 1224])
    drawn = facts_of(making).join_url
    assert drawn == f"{BASE_URL}/r/{making.meeting.join_code}/"
    assert qr_code(drawn).text == drawn


@pytest.mark.parametrize("code", ["affiche-invitation-pdf", "affiche-invitation-grande-pdf"])
def test_the_invitation_says_when_where_and_who(printed, making, code):
    (said,) = page_texts(printed[code])
    for words in (
        "Toute la population est invitée",
        "22 octobre 2026, 18 h 45",
        "Salle des loisirs",
        "Comité Exemple",
        "Repas ou collation : de la soupe",
        "Rose Exemple, 819 555-0142",
    ):
        assert words in said
    assert f"{BASE_URL}/rencontre/{making.meeting.reference}/" in said.replace(" ", "")


def test_the_invitation_waits_for_the_public_page(making):
    closed = MeetingFactory(appraisal=making.appraisal)
    refusal = DOCUMENTS["affiche-invitation-pdf"].refusal(
        dataclasses.replace(making, meeting=closed)
    )
    assert "La page publique n’est pas ouverte" in refusal


def test_the_agenda_counts_the_clock_from_the_hour_of_the_meeting(printed):
    whole = " ".join(page_texts(printed["deroulement-pdf"]))
    assert "18 h 45 Accueil et règles 15" in whole
    assert "19 h Lire le portrait 20" in whole
    assert "21 h 45 Fin 180" in whole
    assert "Qu’est-ce que je dis" in whole
    short = " ".join(page_texts(printed["deroulement-court-pdf"]))
    assert "20 h 15 Fin 90" in short


def test_the_portrait_gives_each_figure_its_year_and_source(printed, making):
    (said,) = page_texts(printed["portrait-pdf"])
    assert "Habitants 1 240 2021 Recensement" in said
    PortraitFigure.objects.filter(appraisal=making.appraisal).delete()
    assert DOCUMENTS["portrait-pdf"].refusal(making).startswith("Le portrait est vide")


def test_the_consent_is_the_one_of_the_demarche(printed):
    (said,) = page_texts(printed["consentement-pdf"])
    assert "Le rapport ira au public, en résumé, sans le détail des réponses." in said
    assert "Avez-vous des questions? Sinon, on commence." in said


def test_the_sign_in_sheet_is_blank_unless_names_are_asked_for(printed):
    blank = " ".join(page_texts(printed["presence-pdf"]))
    named = " ".join(page_texts(printed["presence-noms-pdf"]))
    assert "Pas de photo" in blank
    assert "Cette feuille reste à part des réponses" in blank
    assert "Ginette Fictive" not in blank
    assert "Ginette Fictive" in named
    assert DOCUMENTS["presence-noms-pdf"].for_editors
    assert not DOCUMENTS["presence-noms-pdf"].is_long, "un fichier avec des noms n’est jamais gardé"


def test_each_table_has_a_page_with_room_for_its_findings(printed):
    said = page_texts(printed["tables-pdf"])
    assert [text[:7] for text in (words.removeprefix("DÉMONSTRATION ") for words in said)]
    assert len(said) == 2, "six personnes par table"
    for number, text in enumerate(said, start=1):
        assert f"Table {number}" in text
        assert "Ce qui va bien" in text
        assert "Qui n’est pas encore là?" in text


def test_the_hand_tally_has_every_level_and_those_who_do_not_know(printed):
    (said,) = page_texts(printed["mains-levees-pdf"])
    for words in (
        "1. Énoncé 1",
        "12. Énoncé 12",
        "À peine amorcé",
        "Acquis",
        "Ne sait pas",
        "Passe",
    ):
        assert words in said


def test_nothing_is_refused_for_a_missing_date_or_place(making):
    blank = MeetingFactory(appraisal=making.appraisal, starts_at=None, venue="")
    undated = dataclasses.replace(making, meeting=blank, options={"feuilles": "1-1"})
    for code in ("deroulement-pdf", "presence-pdf", "feuilles-pdf", "mains-levees-pdf"):
        assert make(undated, code).startswith(b"%PDF")
    assert "+ 0 h 15 Lire le portrait" in page_texts(make(undated, "deroulement-pdf"))[0]
    without = dataclasses.replace(making, meeting=None, options={"feuilles": "1-1"})
    assert "1. Énoncé 1" in page_texts(make(without, "feuilles-pdf"))[0]
    assert "son code vient avec elle" in DOCUMENTS["affiche-salle-pdf"].refusal(without)


def test_without_instrument_the_sheets_say_what_to_do(making):
    historical = Appraisal(place=making.appraisal.place, is_historical=True)
    said = DOCUMENTS["feuilles-pdf"].refusal(
        dataclasses.replace(making, appraisal=historical, meeting=None)
    )
    assert said == "Choisissez d’abord l’instrument de la démarche, à l’étape « Décider »."


def test_a_rehearsal_says_so_on_each_page(making):
    appraisal = Appraisal.objects.get(pk=making.appraisal.pk)
    appraisal.is_rehearsal, appraisal.is_demo = True, False
    rehearsed = dataclasses.replace(
        making,
        appraisal=appraisal,
        meeting=Meeting.objects.get(pk=making.meeting.pk),
        options={"feuilles": "7"},
    )
    rehearsed.meeting.appraisal = appraisal
    said = page_texts(make(rehearsed, "feuilles-pdf"))
    assert all("RÉPÉTITION" in text for text in said)
    assert "C’est une répétition : tout sera effacé, il n’y aura pas de rapport." in said[0]
    assert "/rapport/" not in " ".join(said)


def test_whose_paper_it_is_comes_from_the_settings(making):
    SiteSettings.objects.update_or_create(
        site_id=1,
        defaults={"organisation_name": "Regroupement Exemple", "organisation_place": "de l’Estrie"},
    )
    assert "Regroupement Exemple de l’Estrie" in page_texts(make(making, "consentement-pdf"))[0]


@pytest.mark.parametrize("typed", ["abc", "5-2", "0-3", "1-500"])
def test_numbers_that_are_no_range_are_refused(typed):
    (option,) = DOCUMENTS["feuilles-pdf"].options
    with pytest.raises(DomainError, match="par exemple 1-15"):
        option.clean(typed)
    assert option.clean(" 3-4 ") == "3-4"
