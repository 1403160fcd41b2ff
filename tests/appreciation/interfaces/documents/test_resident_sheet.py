"""The residents' page, its image, its words and the bulletin's text."""

import io
from dataclasses import replace

import docx
import pikepdf
import pytest
from PIL import Image

from appreciation.domain.publications import publish
from appreciation.domain.report import ReportFinding
from appreciation.enums import PublicationLevel
from appreciation.interfaces.documents.bulletin import MOST_WORDS, bulletin_of, count_words
from appreciation.interfaces.documents.catalogue import BY_CODE
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.making import build_document, evenings_of
from appreciation.interfaces.documents.resident_image import image_of, svg_of, words_of
from appreciation.interfaces.documents.resident_sheet import (
    pdf_of,
    resident_sheet,
    sheet_of,
    word_of,
)
from core.errors import DomainError
from tests.appreciation.interfaces.documents.told import file_of
from tests.factories import MembershipFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.full_report import full_report
from tests.pdf_tags import squeezed, text_of

ADDRESS = "https://exemple.org/demarches/village-exemple-2026/"
TOLD = (
    "On s’entraide quand ça compte",
    "Sans auto, on reste chez soi",
    "Une navette le jeudi, d’ici le 15 janvier 2027",
    "Le 22 octobre 2026, 12 personnes d’ici",
    "Adopté par le comité local",
    "AC-2026-7",
    ADDRESS,
)
OUTSIDE = (
    "feuille-residents-pdf",
    "feuille-residents-word",
    "image-residents",
    "image-residents-texte",
    "bulletin-municipal",
)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def long_report():
    findings = tuple(
        ReportFinding(kind, "", "Mot après mot " * 700, is_quote=False)
        for kind in ("strength", "challenge", "action_lead")
        for _ in range(9)
    )
    return full_report(
        findings=findings,
        actions=full_report().actions * 9,
        headline="Une phrase longue " * 600,
        place="Saint-Très-Long " * 40,
        adopted_by="le comité " * 200,
    )


def test_the_page_tells_the_essential_on_one_sheet():
    with pikepdf.open(io.BytesIO(pdf_of(sheet_of(file_of(full_report()), address=ADDRESS)))) as pdf:
        drawn = text_of(pdf)
        assert len(pdf.pages) == 1
        assert str(pdf.Root.Lang) == "fr-CA"
    assert [words for words in TOLD if squeezed(words) not in drawn] == []
    assert "DÉMONSTRATION" in drawn


def test_the_page_stays_one_whatever_was_written():
    with pikepdf.open(io.BytesIO(pdf_of(sheet_of(file_of(long_report()), address=ADDRESS)))) as pdf:
        assert len(pdf.pages) == 1
        assert squeezed(ADDRESS) in text_of(pdf)


def test_word_tells_the_same():
    content = word_of(sheet_of(file_of(full_report()), address=ADDRESS))
    document = docx.Document(io.BytesIO(content))
    written = plain("\n".join(each.text for each in document.paragraphs))
    assert [words for words in TOLD if words not in written] == []


def test_the_image_says_what_its_words_say():
    sheet = sheet_of(file_of(full_report()), address=ADDRESS)
    with Image.open(io.BytesIO(image_of(sheet))) as image:
        assert (image.format, image.width) == ("PNG", 1080)
        assert image.height >= 1350
        assert len(image.convert("L").getcolors()) > 50
    words = plain(words_of(sheet))
    assert [each for each in TOLD if each not in words] == []
    drawn = squeezed(svg_of(sheet).replace(">", "> "))
    for line in words.splitlines():
        for word in line.removeprefix("- ").removesuffix(" :").split():
            assert word in drawn, word


@pytest.mark.parametrize("report", [full_report(), long_report()], ids=["short", "long"])
def test_the_bulletin_has_120_words_at_most_its_source_and_where_to_read_more(report):
    text = plain(bulletin_of(sheet_of(file_of(report), address=ADDRESS)))
    assert count_words(text) <= MOST_WORDS
    assert f"Lire le rapport : {ADDRESS}" in text
    assert "Source : rapport de la démarche AC-2026-7" in text
    assert text.startswith("DÉMONSTRATION")


def test_a_sentence_of_the_bulletin_ends_once():
    sheet = replace(sheet_of(file_of(full_report())), challenges=("Sans auto, on ne va pas loin!",))
    assert "Nos défis : sans auto, on ne va pas loin! " in plain(bulletin_of(sheet))


def test_without_a_public_page_it_says_whom_to_ask():
    text = plain(bulletin_of(sheet_of(file_of(full_report()))))
    assert "demandez-le : Ève Essai, 819 555-0100." in text


def making_of(appraisal) -> Making:
    evenings = evenings_of(appraisal)
    return Making(appraisal, evenings[0] if evenings else None, "https://exemple.org")


def test_it_is_made_at_the_announced_level(lead):
    """At « sommaire », the quotes stay inside; the words of a finding are no quote."""
    appraisal = adopted_appraisal(lead=lead, level=PublicationLevel.SUMMARY, quotes_announced=True)
    appraisal.findings.update(quotable=True)
    sheet = resident_sheet(making_of(appraisal))
    assert sheet.strengths == ("On s’entraide quand ça compte",)
    assert "Mot précieux" not in words_of(sheet)


def test_once_published_it_gives_the_address_of_the_register(lead):
    appraisal = adopted_appraisal(lead=lead)
    assert "demandez-le" in resident_sheet(making_of(appraisal)).read_more
    edition = publish(appraisal=appraisal, level=PublicationLevel.FULL, user=lead)
    address = f"https://exemple.org/demarches/{edition.slug}/"
    assert resident_sheet(making_of(appraisal)).read_more.endswith(address)


def test_nothing_for_everyone_before_adoption_or_beyond_what_was_announced(lead):
    appraisal = adopted_appraisal(lead=lead)
    making = making_of(appraisal)
    assert {BY_CODE[code].refusal(making) for code in OUTSIDE} == {""}

    appraisal.announced_level = PublicationLevel.REGION
    for code in OUTSIDE:
        with pytest.raises(DomainError, match="rien n’en est montré au public"):
            build_document(BY_CODE[code], making_of(appraisal))
    appraisal.announced_level, appraisal.adopted_on = PublicationLevel.FULL, None
    for code in OUTSIDE:
        with pytest.raises(DomainError, match="Inscrivez qui a adopté le rapport"):
            build_document(BY_CODE[code], making_of(appraisal))


def test_nothing_is_made_before_the_meeting(appraisal):
    appraisal.announced_level = PublicationLevel.FULL
    made = ("rapport-pdf", "rapport-word", "rapport-classeur", "restitution-diapositives", *OUTSIDE)
    for code in made:
        with pytest.raises(DomainError, match="n’a pas encore eu lieu"):
            build_document(BY_CODE[code], making_of(appraisal))


def test_the_team_s_copy_says_when_it_tells_more_than_announced(lead):
    appraisal = adopted_appraisal(lead=lead, level=PublicationLevel.SUMMARY)
    MembershipFactory(appraisal=appraisal)
    content = build_document(BY_CODE["rapport-word"], making_of(appraisal))
    written = plain("\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs))
    assert "Le niveau annoncé aux participants est « sommaire public »" in written
