"""Letters, running order, consent and table sheets in Word, the messages as text, the dates."""

import dataclasses
import datetime as dt
import io
from zoneinfo import ZoneInfo

import docx
import pytest
import time_machine
from icalendar import Calendar

from appreciation.domain.messages import save_message
from appreciation.models import Appraisal, Meeting
from tests.appreciation.interfaces.documents.conftest import make
from tests.factories import MeetingFactory, MembershipFactory

LETTERS = {
    "lettre-municipalite": "Nous souhaitons la présence d’une personne élue",
    "lettre-groupes": "Une personne par groupe suffit.",
    "invitation-population": "Vous n’avez rien à préparer",
    "aide-memoire-telephone": "Avant de raccrocher",
    "rappel": "On vous attend.",
    "merci": "Merci d’avoir pris part",
}
HERE = ZoneInfo("America/Toronto")


def read(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def words_of(content: bytes) -> str:
    return "\n".join(each.text for each in read(content).paragraphs)


@pytest.mark.parametrize(("code", "sentence"), LETTERS.items())
def test_each_letter_is_filled_in_in_word_and_as_text(making, code, sentence):
    content = make(making, f"{code}-docx")
    word, text = words_of(content), make(making, f"{code}-txt").decode()
    for said in (word, text):
        assert sentence in said
        assert "{lien}" not in said
    if code != "merci":
        for said in (word, text):
            assert "22 octobre 2026, 18 h 45" in said.replace("\N{NO-BREAK SPACE}", " ")
            assert "Salle des loisirs" in said
    document = read(content)
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "DÉMONSTRATION"
    assert section.footer.paragraphs[0].text.startswith("Village-Exemple")
    assert document.core_properties.language == "fr-CA"
    assert text.startswith("DÉMONSTRATION\n\n")


def test_a_posted_letter_is_dated_and_keeps_its_list(making):
    with time_machine.travel(dt.datetime(2026, 9, 28, 10, tzinfo=HERE)):
        document = read(make(making, "lettre-municipalite-docx"))
    assert (
        document.paragraphs[0].text
        == "Village-Exemple, le 28\N{NO-BREAK SPACE}septembre\N{NO-BREAK SPACE}2026"
    )
    assert document.paragraphs[1].style.name == "Heading 1"
    bullets = [each.text for each in document.paragraphs if each.style.name == "List Bullet"]
    assert bullets == ["repas ou collation\N{NO-BREAK SPACE}: de la soupe"]


def test_the_words_of_the_team_go_in_until_the_day_moves(making, lead):
    appraisal = making.appraisal
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    save_message(
        appraisal=appraisal, user=lead, kind="groups", version=0, subject="Bonjour", body="À nous!"
    )
    assert "À nous!" in make(making, "lettre-groupes-txt").decode()
    moved = making.meeting.starts_at + dt.timedelta(days=7)
    Meeting.objects.filter(pk=making.meeting.pk).update(starts_at=moved)
    text = make(making, "lettre-groupes-txt").decode()
    assert "À nous!" not in text
    assert "29 octobre 2026" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_letter_without_a_meeting_is_written_all_the_same(making):
    appraisal = Appraisal.objects.get(pk=making.appraisal.pk)
    appraisal.meetings.all().delete()
    alone = dataclasses.replace(making, appraisal=appraisal, meeting=None)
    assert "la date sera confirmée" in make(alone, "lettre-groupes-txt").decode()


def test_the_running_order_in_word_has_the_hours_and_what_to_say(making):
    document = read(make(making, "deroulement-docx"))
    rows = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows]
    assert rows[0] == ("Heure", "Moment", "Minutes")
    plain = [tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in row) for row in rows]
    assert plain[1] == ("18 h 45", "Accueil et règles", "15")
    assert plain[-1] == ("21 h 45", "Fin", "180")
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 2"]
    assert headings.count("Qu’est-ce que je dis") == 8


def test_the_consent_in_word_is_the_one_read_aloud(making):
    said = words_of(make(making, "consentement-docx"))
    assert "Le rapport ira au public, en résumé, sans le détail des réponses." in said
    assert "Une question? Rose Exemple, 819 555-0142" in said


def test_table_sheets_in_word_have_one_heading_per_table(making):
    document = read(make(making, "tables-docx"))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == ["Table 1, Village-Exemple", "Table 2, Village-Exemple"]
    assert len(document.tables) == 2 * 4


def events(content: bytes) -> dict[str, tuple]:
    calendar = Calendar.from_ical(content)
    return {
        str(event["SUMMARY"]).replace("\N{NO-BREAK SPACE}", " "): (
            event["DTSTART"].dt,
            str(event["STATUS"]),
        )
        for event in calendar.walk("VEVENT")
    }


def test_the_dates_hold_the_evening_and_what_follows_without_a_name(making):
    content = make(making, "dates-ics")
    found = events(content)
    place = "Village-Exemple"
    start, state = found[f"DÉMONSTRATION – Rencontre d’appréciation, {place}"]
    assert (start.isoformat(), state) == ("2026-10-22T18:45:00-04:00", "CONFIRMED")
    for title, day in (
        ("Soirée publique : le rapport (date à confirmer)", dt.date(2026, 11, 12)),
        ("Soirée de choix (date à confirmer)", dt.date(2026, 12, 6)),
        ("Suivi, trois mois après", dt.date(2027, 1, 21)),
        ("Suivi, deux ans après", dt.date(2028, 10, 21)),
    ):
        assert found[f"DÉMONSTRATION – {title}, {place}"] == (day, "CONFIRMED")
    assert b"Confi" not in content
    assert b"Rose" not in content


def test_an_evening_that_is_planned_takes_the_place_of_its_approximate_date(making):
    MeetingFactory(
        appraisal=making.appraisal,
        kind="restitution",
        starts_at=dt.datetime(2026, 11, 17, 19, tzinfo=HERE),
    )
    found = events(make(making, "dates-ics"))
    approximate = "DÉMONSTRATION – Soirée publique : le rapport (date à confirmer), Village-Exemple"
    assert found[approximate][1] == "CANCELLED"
    start, state = found["DÉMONSTRATION – Restitution, Village-Exemple"]
    assert (start.isoformat(), state) == ("2026-11-17T19:00:00-05:00", "CONFIRMED")
