"""The spreadsheet without network: its formulas computed and compared, then the file imported."""

import dataclasses
import itertools
import random
from fractions import Fraction

import pytest
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.deliberation import discussion_order
from appreciation.domain.imports.ratings import column_codes, import_sheets, read_file
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.results import Audience, meeting_results
from appreciation.domain.statistics import agreement, median
from appreciation.domain.wording import words_of_agreement
from appreciation.enums import RoundState
from appreciation.interfaces.documents.entry_workbook import entry_workbook
from appreciation.models import InstrumentDimension, Item, RatingCount, Seat
from core.errors import DomainError
from tests.factories import InstrumentFactory, MeetingFactory, ScaleFactory
from tests.formulas import Workbook, fill, letters_of

COUNT, ORDER = "Comptes", "Pour discuter"
QUESTIONS = 12
PEOPLE = 14


@pytest.fixture(scope="module")
def blank(making):
    return entry_workbook(making)


def column(rank: int) -> str:
    """Where the answers to a question are typed."""
    return letters_of(rank + 2)


def filled(blank: bytes, answers: dict[tuple[int, int], int | str]) -> bytes:
    """`answers` by sheet and question."""
    return fill(
        blank,
        {f"{column(rank)}{sheet + 1}": answer for (sheet, rank), answer in answers.items()},
    )


def an_evening() -> dict[tuple[int, int], int | str]:
    """Fourteen sheets; some do not know, some pass, some leave a blank."""
    chance = random.Random(12)  # noqa: S311
    answers: dict[tuple[int, int], int | str] = {}
    for sheet, rank in itertools.product(range(1, PEOPLE + 1), range(1, QUESTIONS + 1)):
        wanted = chance.choice([1, 2, 2, 3, 3, 3, 4, "NSP", "REFUS", None, rank % 4 + 1])
        if wanted is not None:
            answers[sheet, rank] = wanted
    return answers


def counts_of(answers: dict, rank: int, levels: int = 4) -> list[int]:
    said = [answer for (_, asked), answer in answers.items() if asked == rank]
    return [said.count(level) for level in range(1, levels + 1)]


def test_the_counts_the_agreement_and_the_median_are_those_of_the_house(blank):
    answers = an_evening()
    book = Workbook(filled(blank, answers))
    for rank in range(1, QUESTIONS + 1):
        row, counts = rank + 3, counts_of(answers, rank)
        read = [book.value(COUNT, f"{letter}{row}") for letter in "DEFGHIJKLM"]
        said = [answer for (_, asked), answer in answers.items() if asked == rank]
        exact = agreement(counts)
        assert read[:4] == counts
        assert read[4:6] == [said.count("NSP"), said.count("REFUS")]
        assert read[6:8] == [sum(counts), 0]
        assert read[8] == median(counts)
        assert abs(read[9] - exact) <= Fraction(1, 2 * 10**10)
        assert book.value(COUNT, f"N{row}") == words_of_agreement(exact)


def test_the_order_is_that_of_the_deliberation(blank, making, lead):
    """Through the import: the same file gives the same order on the site."""
    content = filled(blank, an_evening())
    meeting = MeetingFactory(
        appraisal=making.appraisal, instrument=making.meeting.instrument, open=True
    )
    _import(meeting, content)
    meeting.rounds.update(state=RoundState.REVEALED, closed_at=timezone.now())
    book = Workbook(content)
    results = meeting_results(meeting, audience=Audience.TEAM)
    expected = [each.items[0].item.text for each in discussion_order(results)]
    assert [book.value(ORDER, f"B{rank + 3}") for rank in range(1, QUESTIONS + 1)] == expected
    assert [book.value(COUNT, f"O{rank + 3}") for rank in range(1, QUESTIONS + 1)] != list(
        range(1, 13)
    )


def _import(meeting, content: bytes):
    read = read_file(content, questionnaire=questionnaire_for(meeting.instrument))
    return import_sheets(
        meeting=meeting, actor=Actor(user=None), read=read, provenance="essai.xlsx"
    )


def test_the_file_sent_to_the_site_gives_the_same_counts(blank, making):
    answers = an_evening()
    meeting = MeetingFactory(
        appraisal=making.appraisal, instrument=making.meeting.instrument, open=True
    )
    outcome = _import(meeting, filled(blank, answers))
    assert outcome.entered == tuple(range(1, PEOPLE + 1))
    for rank, item in enumerate(questionnaire_for(meeting.instrument).items, start=1):
        stored = dict(
            RatingCount.objects.filter(meeting=meeting, item=item.id).values_list("answer", "count")
        )
        said = [answer for (_, asked), answer in answers.items() if asked == rank]
        expected = {level: said.count(level) for level in (1, 2, 3, 4)}
        expected |= {-1: said.count("NSP"), -2: said.count("REFUS")}
        assert stored == {answer: people for answer, people in expected.items() if people}


def test_sheets_numbered_beforehand_and_left_blank_are_nobody(blank, making):
    """Sheet 9 is already typed on the site: a blank line of the file says nothing about it."""
    meeting = MeetingFactory(
        appraisal=making.appraisal, instrument=making.meeting.instrument, open=True
    )
    _import(meeting, filled(blank, {(9, 1): 2}))
    outcome = _import(meeting, filled(blank, {(3, 1): 4}))
    assert (outcome.entered, outcome.conflicts) == ((3,), ())
    assert set(Seat.objects.filter(meeting=meeting).values_list("sheet_number", flat=True)) == {
        3,
        9,
    }


def test_the_blank_file_says_that_there_is_nothing_in_it(blank, making):
    with pytest.raises(DomainError, match="Aucune réponse à importer: 16 lignes"):
        read_file(blank, questionnaire=questionnaire_for(making.meeting.instrument))


def test_what_cannot_be_read_is_counted_apart(blank):
    book = Workbook(
        filled(blank, {(1, 1): 3, (2, 1): "trois", (3, 1): 9, (4, 1): "nsp", (5, 1): "3"})
    )
    assert book.value(COUNT, "F4") == 2, "3, et « 3 » gardé comme un texte"
    assert book.value(COUNT, "H4") == 1
    assert book.value(COUNT, "K4") == 2


def test_an_empty_hall_has_no_order(blank):
    book = Workbook(blank)
    assert book.value(COUNT, "M4") == ""
    assert book.value(COUNT, "O4") == ""
    assert book.value(COUNT, "N4") == "aucune réponse"
    assert book.value(ORDER, "B4") == ""


def test_few_answers_are_not_to_be_shown(blank):
    book = Workbook(filled(blank, {(1, 2): 3, (2, 2): 1}))
    assert book.value(COUNT, "N5") == "moins de 3: ne pas montrer"


def test_equals_keep_the_order_of_the_sheet(blank):
    answers = {(sheet, rank): 2 for sheet in (1, 2, 3) for rank in (5, 7)}
    answers |= {(1, 6): 1, (2, 6): 4, (3, 6): 1}
    book = Workbook(filled(blank, answers))
    assert [book.value(COUNT, f"O{rank + 3}") for rank in (5, 6, 7)] == [2, 1, 3]
    assert book.value(ORDER, "B4") == "Énoncé 6"


@pytest.mark.parametrize("levels", [3, 5, 6, 7])
def test_a_scale_of_any_length_is_computed_exactly(making, levels):
    """Before it is rounded, each A is the very fraction of the house: no layer is missed."""
    chance = random.Random(levels)  # noqa: S311
    instrument = InstrumentFactory(
        scale=ScaleFactory(levels=[f"Niveau {level}" for level in range(1, levels + 1)]),
        with_items=6,
    )
    meeting = MeetingFactory(appraisal=making.appraisal, instrument=instrument)
    blank = entry_workbook(dataclasses.replace(making, meeting=meeting))
    answers = {
        (sheet, rank): chance.choice([1, levels, chance.randint(1, levels)])
        for sheet in range(1, 15)
        for rank in range(1, 7)
    }
    book = Workbook(filled(blank, answers))
    for rank in range(1, 7):
        counts = counts_of(answers, rank, levels)
        first = 2 + (rank - 1) * levels
        weights = [book.value("Calcul", f"H{row}") for row in range(first, first + levels)]
        assert sum(weights) / sum(counts) == agreement(counts)


def test_an_item_on_its_own_scale_has_its_own_levels(making):
    instrument = InstrumentFactory(with_items=2)
    part = InstrumentDimension.objects.filter(instrument=instrument).first()
    Item.objects.filter(instrument_dimension=part).update(
        scale=ScaleFactory(levels=("Non", "Un peu", "Oui"))
    )
    meeting = MeetingFactory(appraisal=making.appraisal, instrument=instrument)
    blank = entry_workbook(dataclasses.replace(making, meeting=meeting))
    answers = {(1, 1): 1, (2, 1): 3, (3, 1): 3, (1, 2): 4, (2, 2): 1, (3, 2): 4}
    book = Workbook(filled(blank, answers))
    assert [book.value(COUNT, f"{letter}4") for letter in "DEF"] == [1, 0, 2]
    assert book.value(COUNT, "G4") is None
    assert abs(book.value(COUNT, "M4") - agreement([1, 0, 2])) < Fraction(1, 10**9)
    assert abs(book.value(COUNT, "M5") - agreement([1, 0, 0, 2])) < Fraction(1, 10**9)


def test_the_first_sheet_is_the_one_that_the_import_reads(blank, making):
    book = Workbook(blank)
    codes = list(column_codes(questionnaire_for(making.meeting.instrument)))
    assert book.names == [
        "Feuilles",
        "Comptes",
        "Pour discuter",
        "Mode d’emploi",
        "Codes",
        "Calcul",
    ]
    headings = [book.value("Feuilles", f"{letters_of(place)}1") for place in range(1, 15)]
    assert headings == ["feuille", "secteur", *codes]
    assert [book.value("Feuilles", f"A{row}") for row in (2, 17)] == [1, 16], (
        "les feuilles imprimées"
    )
    assert "DÉMONSTRATION" in book.value(COUNT, "A1")
