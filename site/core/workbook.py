"""Workbooks that are read, sorted and printed: typed columns, frozen headings, no formula.

    content = write_workbook(
        [Sheet("Réponses", (Column("énoncé", 40), Column("niveau 1")), rows, frozen=1)],
        title="Rapport", author="Comité", banner="DÉMONSTRATION",
    )

Text is always text, and what a spreadsheet could run once saved as CSV gets an apostrophe.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlsxwriter

from core.csv_export import Value, neutralise
from core.plain_text import plain_text

LONGEST_CELL = 32_000
"""Excel holds 32 767 units of UTF-16: an emoji takes two."""
LONGEST_PROPERTY = 255
LINE_HEIGHT, MOST_LINES = 15, 27
"""A row is at most 409 points high."""


@dataclass(frozen=True)
class Column:
    """`width` in signs of the usual typeface."""

    heading: str
    width: int = 12


@dataclass(frozen=True)
class Sheet:
    """`frozen`: columns that stay in sight. Its name has at most 31 signs, none of []:*?/\\."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    frozen: int = 0


def write_workbook(
    sheets: Iterable[Sheet], *, title: str, author: str = "", banner: str = ""
) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        properties = {"title": plain_text(title), "author": plain_text(author)}
        book.set_properties({key: text[:LONGEST_PROPERTY] for key, text in properties.items()})
        looks = {
            "heading": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#eef4fb"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "whole": book.add_format({"num_format": "0", "valign": "top"}),
            "number": book.add_format({"num_format": "0.00", "valign": "top"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        }
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, looks, plain_text(banner))
    return buffer.getvalue()


def _write_sheet(written: Any, sheet: Sheet, looks: dict[str, Any], banner: str) -> None:
    for number, column in enumerate(sheet.columns):
        written.set_column(number, number, column.width)
        written.write_string(0, number, _cell_text(column.heading), looks["heading"])
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for number, value in enumerate(row):
            _write_cell(written, last, number, value, looks)
        written.set_row(last, LINE_HEIGHT * _lines(row, sheet.columns))
    written.freeze_panes(1, sheet.frozen)
    written.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
    written.set_landscape()
    written.set_paper(1)
    written.fit_to_pages(1, 0)
    written.repeat_rows(0)
    if banner:
        written.set_header(f"&C&B{banner.replace('&', '&&')}")
    written.set_footer("&L&A&R&P / &N")


def _lines(row: Sequence[Value], columns: Sequence[Column]) -> int:
    """Lines that the longest text of a row needs: not every program measures them itself."""
    texts = ((value, column) for value, column in zip(row, columns, strict=False))
    needed = (
        sum(-(-max(len(line), 1) // column.width) for line in value.split("\n"))
        for value, column in texts
        if isinstance(value, str)
    )
    return min(max(needed, default=1), MOST_LINES)


def _write_cell(written: Any, row: int, column: int, value: Value, looks: dict[str, Any]) -> None:
    """Each value by its own kind; nothing at all for None."""
    if value is None:
        return
    if isinstance(value, bool):
        written.write_string(row, column, "oui" if value else "non", looks["text"])
    elif isinstance(value, int):
        written.write_number(row, column, value, looks["whole"])
    elif isinstance(value, float | Decimal | Fraction):
        written.write_number(row, column, float(value), looks["number"])
    elif isinstance(value, dt.date):
        written.write_datetime(row, column, value, looks["date"])
    else:
        written.write_string(row, column, _cell_text(value), looks["text"])


def _cell_text(text: str) -> str:
    """The text, as long as a cell can hold."""
    whole = neutralise(plain_text(text))
    return whole if len(whole) <= LONGEST_CELL else f"{whole[: LONGEST_CELL - 1]}…"
