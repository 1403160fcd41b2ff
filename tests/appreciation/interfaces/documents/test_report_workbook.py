"""The report as a workbook, read back with calamine."""

import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook

from appreciation.domain import statistics
from appreciation.interfaces.documents.report_workbook import MEASURES, workbook_of
from core.disclosure import TOO_FEW, Suppressed
from tests.appreciation.interfaces.documents.told import file_of, told_counts, told_words
from tests.factories.full_report import full_report, item, meeting

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def sheets(django_db_setup, django_db_blocker) -> dict[str, list[list[object]]]:
    with django_db_blocker.unblock():
        return read(workbook_of(file_of(full_report())))


def read(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def lines(sheet: list[list[object]]) -> list[dict[str, object]]:
    headings, *rows = sheet
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def test_the_sheets_are_in_the_order_of_reading(sheets):
    assert list(sheets) == [
        "À lire",
        "Réponses",
        "Constats",
        "Actions",
        "Points",
        "Paroles",
        "Questions de sortie",
        "Portrait",
        "Chiffres et parole",
        "Avant et maintenant",
        "Actions d’avant",
        "Codes",
        "Sources",
    ]


def test_counts_and_words_are_those_of_the_report(sheets):
    report = full_report()
    by_name = {str(line["dimension"]): line for line in lines(sheets["Réponses"])}

    for name, levels, unknown in told_counts(report):
        line = by_name[name]
        assert tuple(line[f"niveau {i}"] for i in range(1, 5)) == levels
        assert line["ne sait pas"] == unknown
        assert line["ont répondu"] == sum(levels) + unknown
    for each in report.meetings[0].items:
        line = by_name[each.dimension]
        assert line["médiane en mots"] == each.median_words
        assert line["accord en mots"] == (TOO_FEW if each.is_hidden else each.agreement_words)


def test_measures_are_exact(sheets):
    line = next(each for each in lines(sheets["Réponses"]) if each["dimension"] == "École")
    levels = (1, 2, 6, 3)

    assert line["médiane"] == 3
    assert line["médiane interpolée"] == float(statistics.interpolated_median(levels))
    assert (line["premier quartile"], line["troisième quartile"]) == (2.75, 3.25)
    assert line["accord A"] == pytest.approx(float(statistics.agreement(levels)))
    assert line["dispersion de Leik"] == pytest.approx(float(statistics.leik(levels)))


def test_nothing_is_counted_where_answers_stay_in_the_room():
    hidden = item(
        "Eau", distribution=Suppressed(), is_hidden=True, median_words="", agreement_words=""
    )
    report = full_report(meetings=(meeting(items=(hidden,)),))

    (line,) = lines(read(workbook_of(file_of(report)))["Réponses"])

    counted = [f"niveau {i}" for i in range(1, 5)] + list(MEASURES)
    assert {line[heading] for heading in counted} == {""}
    assert line["accord en mots"] == TOO_FEW


def test_dates_are_dates_and_everything_told_is_there(sheets):
    assert lines(sheets["Actions"])[0]["d’ici le"] == dt.date(2027, 1, 15)
    assert lines(sheets["Réponses"])[0]["rencontre"] == dt.date(2026, 10, 22)
    cells = " ".join(str(cell) for rows in sheets.values() for row in rows for cell in row)
    told = [words.replace("\N{NO-BREAK SPACE}", " ") for words in told_words(full_report())]
    plain = cells.replace("\N{NO-BREAK SPACE}", " ")
    assert [words for words in told if words not in plain] == []


def test_every_column_of_answers_is_in_the_codebook(sheets):
    explained = {str(line["colonne"]) for line in lines(sheets["Codes"])}
    headings = {str(each) for each in sheets["Réponses"][0]}

    assert {each for each in headings if not each.startswith("niveau ")} <= explained | {
        "niveau convenu"
    }


def test_sources_and_the_demonstration_are_said(sheets):
    sources = " ".join(str(line["source"]) for line in lines(sheets["Sources"]))
    assert "Neuf dimensions, version 2" in sources
    assert "au moins 5 personnes" in sources
    assert ["DÉMONSTRATION", "Les données et les propos sont fictifs."] in sheets["À lire"]


def test_a_report_with_nothing_told_yet_is_still_a_workbook():
    report = full_report(
        meetings=(),
        findings=(),
        quotes=(),
        actions=(),
        room_words=(),
        portrait=None,
        comparison=None,
        statistics=(),
        lessons="",
    )

    assert list(read(workbook_of(file_of(report)))) == ["À lire", "Codes", "Sources"]


def test_what_is_counted_stands_beside_what_is_said(sheets):
    walked, bus, said = lines(sheets["Chiffres et parole"])

    assert walked == {
        "dimension": "Transport",
        "quoi": "À pied ou à vélo",
        "compté ou dit": "compté",
        "ici": "4,5 %, 2021, arrondi par la source",
        "à côté": "Mékinac\N{NO-BREAK SPACE}: 5,1 %; Mauricie\N{NO-BREAK SPACE}: 6,2 % (2016)",
    }
    assert bus["ici"] == "masqué par la source"
    assert (said["quoi"], said["compté ou dit"]) == ("Transport", "dit")
    assert (
        said["à côté"] == "À peine amorcé 5, en chemin 1, bien avancé 0, acquis 5, ne sait pas 1."
    )
