"""Native tables on slides: real cells, a marked header row, letters that the hall can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Pt

from core.plain_text import shorten
from core.slide_look import BLUE, INK, PLANE

LONGEST_CELL = 90
LARGE, SMALL = 16, 12
"""Points; the small ones where there are many columns."""
MANY_COLUMNS = 5
FIRST_SHARE = 0.24
"""Of the width, for the column that names the rows."""
LINE = Pt(30)


def fill_table(
    slide: Any,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    left: int,
    top: int,
    width: int,
) -> Any:
    """The frame of the table. Every row has as many cells as there are headers."""
    frame = slide.shapes.add_table(
        len(rows) + 1, len(headers), left, top, width, LINE * (len(rows) + 1)
    )
    table = frame.table
    table.first_row, table.horz_banding = True, False
    first = int(width * FIRST_SHARE) if len(headers) > 1 else width
    for number, column in enumerate(table.columns):
        others = (width - first) // max(1, len(headers) - 1)
        column.width = Emu(first if number == 0 else others)
    size = SMALL if len(headers) > MANY_COLUMNS else LARGE
    for row, values in enumerate((headers, *rows)):
        for number, value in enumerate(values):
            _fill(table.cell(row, number), value, size=size, is_head=row == 0 or number == 0)
    return frame


def _fill(cell: Any, value: str, *, size: int, is_head: bool) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Pt(5)
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(PLANE if is_head else "FFFFFF")
    paragraph = cell.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = shorten(value, LONGEST_CELL)
    run.font.size, run.font.bold = Pt(size), is_head
    run.font.color.rgb = RGBColor.from_string(BLUE if is_head else INK)
