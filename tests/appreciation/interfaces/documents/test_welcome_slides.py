"""The slides of the hall, read back: order, words, notes, alternative texts."""

import dataclasses
import io

import pptx
import pytest

from appreciation.models import PortraitFigure
from tests.appreciation.interfaces.documents.conftest import make


def read(making):
    return pptx.Presentation(io.BytesIO(make(making, "diapositives-pptx")))


@pytest.fixture(scope="module")
def deck(making):
    for position in range(1, 5):
        PortraitFigure.objects.create(
            appraisal=making.appraisal,
            position=position,
            label=f"Chiffre {position}",
            value="1 240",
            unit="personnes",
            year=2021,
            source="Recensement",
        )
    return read(making)


def words_of(slide) -> str:
    said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    return said.replace("\N{NO-BREAK SPACE}", " ")


def test_the_slides_follow_the_evening(deck):
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[:5] == [
        "Bienvenue à Village-Exemple",
        "Notre rencontre",
        "Notre rencontre, ensuite",
        "Nos règles",
        "Qui verra quoi?",
    ]
    assert titles[5:7] == ["Notre portrait en chiffres", "Notre portrait en chiffres (2)"]
    assert titles[7] == "Comment répondre"
    assert titles[-1] == "La suite"
    assert len(titles) == 9 + 12 + 1
    assert len(set(titles)) == len(titles)
    assert round(deck.slide_width / deck.slide_height, 3) == round(16 / 9, 3)


def test_they_say_the_hours_who_sees_what_and_each_question(deck):
    said = [words_of(slide) for slide in deck.slides]
    assert "18 h 45 – Accueil et règles" in said[1]
    assert "Le rapport ira au public, en résumé, sans le détail des réponses." in said[4]
    assert "La personne qui saisit votre feuille la verra." in said[4]
    assert "Chiffre 1 : 1 240 personnes" in said[5]
    assert "2021, Recensement" in said[5]
    assert "Énoncé 1" in said[9]
    assert "4 – Repère du niveau 4." in said[9]
    assert "Énoncé 12" in said[20]


def test_every_slide_has_something_to_say_and_the_code_its_words(deck, making):
    assert all(slide.has_notes_slide for slide in deck.slides)
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert "Bonsoir et merci d’être là." in notes[0]
    assert "Avez-vous des questions? Sinon, on commence." in notes[4]
    (picture,) = [shape for shape in deck.slides[8].shapes if shape.shape_type == 13]
    described = picture._element.xpath(".//p:cNvPr")[0].get("descr")
    assert described == f"Code QR qui mène à {making.base_url}/r/{making.meeting.join_code}/"
    assert making.meeting.spaced_join_code in deck.slides[8].shapes.title.text


def test_without_a_meeting_there_is_no_code(making):
    titles = [
        slide.shapes.title.text for slide in read(dataclasses.replace(making, meeting=None)).slides
    ]
    assert "Comment répondre" in titles
    assert not any("/r" in title for title in titles)
