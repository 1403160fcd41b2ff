"""The running order: three hours exactly, sentences to say, hours that follow one another."""

import datetime as dt
import re
from pathlib import Path

import pytest

from appreciation.domain.agenda import AGENDAS, AgendaCode, agenda
from appreciation.domain.consent import consent_text
from appreciation.enums import PublicationLevel
from tests.factories import AppraisalFactory
from tests.test_house_rules import FORBIDDEN_WORDS

SHIPPED_TEXTS = sorted(AGENDAS.parent.rglob("*.toml"))


@pytest.mark.parametrize(("code", "minutes"), [(AgendaCode.FULL, 180), (AgendaCode.SHORT, 90)])
def test_the_evening_lasts_what_its_title_says_and_each_moment_can_be_led(code, minutes):
    evening = agenda(code)
    assert evening.minutes == minutes
    assert [item.title for item in evening.items if not (item.do and item.say)] == []
    assert all(item.keep_in_mind for item in evening.items)


def test_each_moment_begins_when_the_one_before_ends():
    starts = dt.datetime(2026, 10, 22, 18, 30, tzinfo=dt.UTC)
    times = [time.strftime("%H:%M") for time, _item in agenda().timed(starts)]
    assert times == ["18:30", "18:45", "19:05", "19:15", "19:40", "19:55", "20:55", "21:20"]


def test_typography_is_put_right_when_the_file_is_read():
    asked = agenda().items[5].keep_in_mind
    assert "«\N{NO-BREAK SPACE}qui a répondu ça?\N{NO-BREAK SPACE}»" in asked


@pytest.mark.parametrize("path", SHIPPED_TEXTS, ids=lambda path: path.name)
def test_shipped_texts_speak_like_the_house(path: Path):
    text = re.sub(r"^\s*#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert not FORBIDDEN_WORDS.search(text), FORBIDDEN_WORDS.search(text)
    assert "'" not in re.sub(r"=\s*'{3}|'{3}$", "", text, flags=re.MULTILINE)
    assert "Boisvert" not in text


def test_consent_says_how_far_the_report_goes_and_what_the_team_added():
    appraisal = AppraisalFactory(announced_level=PublicationLevel.REGION)
    appraisal.consent_text += " La municipalité prête la salle."
    read = consent_text(appraisal)
    assert "Le rapport ira aux équipes qui accompagnent les démarches de la région." in read
    assert "La municipalité prête la salle." in read
    assert any("la personne qui saisit votre feuille la verra" in line for line in read)


def test_consent_without_a_demarche_names_every_level():
    (line,) = [line for line in consent_text() if line.startswith("Le rapport ira")]
    assert line.count("; ou ") == 3
