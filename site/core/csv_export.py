"""CSV for the spreadsheets of Québec: UTF-8 with a mark, semicolons, decimal commas, no formula.

A cell of text that a spreadsheet would run (it starts with = + - @, a tab or a line break, even
behind blanks or as full-width signs) gets an apostrophe before it (QUALITY.md §4 row 12). Numbers
keep their sign.
"""

import csv
import datetime
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from django.http import StreamingHttpResponse

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROL_STARTS = ("\t", "\r", "\n")
LINES_AT_ONCE = 500
BLANKS = re.compile(r"^[\s\u200b-\u200d\u2060\ufeff]+")
"""What some spreadsheets drop before reading a cell: spaces, no-break and zero-width signs."""
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")

Value = str | float | Decimal | Fraction | bool | datetime.date | None


class _Echo:
    """A file that gives back what is written: lets csv.writer feed a stream."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[Value]], *, decimal_comma: bool = True) -> Iterator[str]:
    """The file, line by line: rows are taken one at a time, so a stream stays a stream."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([cell_text(value, decimal_comma=decimal_comma) for value in row])


def csv_response(
    filename: str, rows: Iterable[Iterable[Value]], *, decimal_comma: bool = True
) -> StreamingHttpResponse:
    """A download. `filename` is plain ASCII ending in .csv; ValueError otherwise."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]+\.csv", filename):
        raise ValueError(f"Nom de fichier refusé: {filename!r}.")
    return StreamingHttpResponse(
        _blocks(csv_lines(rows, decimal_comma=decimal_comma)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def _blocks(lines: Iterator[str]) -> Iterator[bytes]:
    """The mark and the headings at once, then pieces large enough to be worth a sending each."""
    yield "".join(islice(lines, 2)).encode()
    while piece := "".join(islice(lines, LINES_AT_ONCE)):
        yield piece.encode()


def cell_text(value: Value, *, decimal_comma: bool = True) -> str:
    """One value as its cell: nothing for None, oui or non, ISO dates, harmless text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | Decimal | Fraction):
        return _number_text(value, decimal_comma=decimal_comma)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return neutralise(str(value))


def neutralise(text: str) -> str:
    """Text that no spreadsheet will run; a number written as text is left alone."""
    if NUMBER.fullmatch(text):
        return text
    starts = text.startswith(CONTROL_STARTS) or BLANKS.sub("", text).startswith(FORMULA_SIGNS)
    return f"'{text}" if starts else text


def restore(cell: str) -> str:
    """The text that `neutralise` made harmless: a file exported and read again is the same."""
    return cell[1:] if cell[:1] == "'" and neutralise(cell[1:]) == cell else cell


def _number_text(value: float | Decimal | Fraction, *, decimal_comma: bool) -> str:
    """Fractions are written with ten significant digits; nothing for nan and infinity."""
    digits = f"{float(value):.10g}" if isinstance(value, Fraction) else str(value)
    text = f"{Decimal(digits):f}"
    if not NUMBER.fullmatch(text):
        return ""
    return text.replace(".", ",") if decimal_comma else text
