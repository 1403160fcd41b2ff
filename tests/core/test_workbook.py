"""Workbooks read back with calamine."""

import datetime as dt
import io
from fractions import Fraction

import pytest
from python_calamine import CalamineWorkbook

from core.workbook import Column, Sheet, write_workbook

pytestmark = pytest.mark.once


def read(content: bytes, name: str = "Essai") -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def written(*rows) -> bytes:
    columns = [Column(f"colonne {number}") for number in range(len(rows[0]))]
    return write_workbook([Sheet("Essai", columns, rows, frozen=1)], title="Essai")


def test_each_value_keeps_its_kind():
    _, row = read(written(("mot", 3, Fraction(1, 4), dt.date(2026, 10, 22), True, None)))

    assert row == ["mot", 3.0, 0.25, dt.date(2026, 10, 22), "oui", ""]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1", "＝1"])
def test_no_text_is_a_formula(start):
    content = written((f"{start} et du texte",))

    assert read(content)[1] == [f"'{start} et du texte"]
    assert b"<f>" not in content


def test_hostile_text_opens_again():
    words = "\x00\x0b😀 مرحبا <b>&]]> " + "é" * 40_000

    ((_,), (cell,)) = read(written((words,)))

    assert cell.startswith("😀 مرحبا <b>&]]> é")
    assert (len(cell), cell[-1]) == (32_000, "…")
