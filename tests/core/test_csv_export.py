import csv
import datetime as dt
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.csv_export import NUMBER, cell_text, csv_lines, csv_response, restore

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+33 6", "'+33 6"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("-12,5", "-12,5"),
        ("+3", "+3"),
        ("Bien = mieux", "Bien = mieux"),
        ("", ""),
    ],
)
def test_no_spreadsheet_runs_a_text(value, cell):
    assert cell_text(value) == cell


@pytest.mark.parametrize(
    "value", [" =1+1", "\N{NO-BREAK SPACE}=1+1", "\N{ZERO WIDTH NO-BREAK SPACE}=1", "＝1+1"]
)
def test_a_formula_behind_a_blank_or_a_full_width_sign_is_harmless_too(value):
    assert cell_text(value) == f"'{value}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "oui"),
        (False, "non"),
        (-3, "-3"),
        (1234567, "1234567"),
        (0.5, "0,5"),
        (-0.25, "-0,25"),
        (1e-7, "0,0000001"),
        (1e22, "10000000000000000000000"),
        (float("nan"), ""),
        (float("inf"), ""),
        (Decimal("12.50"), "12,50"),
        (Fraction(1, 3), "0,3333333333"),
        (Fraction(19, 6), "3,166666667"),
        (Fraction(3), "3"),
        (Fraction(1, 10**9), "0,000000001"),
        (dt.date(2026, 10, 22), "2026-10-22"),
    ],
)
def test_values_as_quebec_spreadsheets_read_them(value, cell):
    assert cell_text(value) == cell


def test_decimal_point_for_machines():
    assert cell_text(Fraction(1, 2), decimal_comma=False) == "0.5"


def test_file_starts_with_a_mark_and_uses_semicolons():
    assert "".join(csv_lines([("a", 'b "c"'), (1, "d;e")])) == (
        '\N{ZERO WIDTH NO-BREAK SPACE}a;"b ""c"""\r\n1;"d;e"\r\n'
    )


def test_rows_are_taken_one_at_a_time():
    taken = []

    def rows():
        for number in range(3):
            taken.append(number)
            yield (number,)

    lines = csv_lines(rows())
    next(lines)
    assert taken == []
    next(lines)
    assert taken == [0]


def test_response_is_a_download():
    response = csv_response("resultats-R-1.csv", [("é",)])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="resultats-R-1.csv"'
    assert b"".join(response.streaming_content) == b"\xef\xbb\xbf\xc3\xa9\r\n"


@pytest.mark.parametrize("name", ["x.html", "é.csv", 'a".csv', "../a.csv", "a\nb.csv"])
def test_a_strange_file_name_is_refused(name):
    with pytest.raises(ValueError, match="fichier"):
        csv_response(name, [])


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_comes_back_and_none_begins_a_formula(texts):
    content = "".join(csv_lines([texts])).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    (row,) = csv.reader(io.StringIO(content, newline=""), delimiter=";")
    for text, cell in zip(texts, row, strict=True):
        assert cell == text or restore(cell) == text
        assert not cell.startswith(DANGEROUS) or NUMBER.fullmatch(cell)
