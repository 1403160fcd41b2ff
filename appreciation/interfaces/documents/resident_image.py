"""The residents' sheet as an image to share, with the words that stand in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.resident_sheet import ResidentSheet, resident_sheet
from core.charts.standalone import INK
from core.plain_text import shorten
from core.svg_images import svg_to_png
from core.svg_text import wrap_text
from core.typography import NBSP

WIDTH, SHORTEST, MARGIN = 1080, 1350, 72
INDENT = 36
LONGEST_LINE = 100
BLUE, SOFT = "#12305e", "#465068"


@dataclass(frozen=True)
class Line:
    x: int
    y: int
    size: int
    weight: int
    fill: str
    text: str
    is_bullet: bool = False


@dataclass(frozen=True)
class Style:
    """How one text is set; `after` is the room below it."""

    size: int
    weight: int
    fill: str
    after: int
    indent: int = 0


TITLE = Style(62, 700, BLUE, 18)
WHEN = Style(30, 400, SOFT, 34)
HEADLINE = Style(38, 700, INK, 30)
HEADING = Style(40, 700, BLUE, 10)
POINT = Style(33, 400, INK, 10, INDENT)
SMALL = Style(27, 400, SOFT, 8)


def resident_image(making: Making) -> bytes:
    return image_of(resident_sheet(making))


def resident_image_words(making: Making) -> bytes:
    return f"{words_of(resident_sheet(making))}\n".encode()


def image_of(sheet: ResidentSheet) -> bytes:
    return svg_to_png(svg_of(sheet), WIDTH)


def svg_of(sheet: ResidentSheet) -> str:
    lines, bottom = _lay_out(sheet)
    return render_to_string(
        "documents/resident_image.svg",
        {
            "width": WIDTH,
            "height": max(SHORTEST, bottom + MARGIN),
            "lines": lines,
            "banner": sheet.banner,
            "blue": BLUE,
        },
    )


def words_of(sheet: ResidentSheet) -> str:
    """The alternative text: all that the image says, in the same order."""
    parts = [sheet.banner, sheet.title, sheet.when, sheet.headline]
    for title, lines in sheet.blocks:
        parts += [f"{title}{NBSP}:", *(f"- {line}" for line in _shown(lines))]
    return "\n".join(filter(None, (*parts, *_ending(sheet))))


def _shown(lines: tuple[str, ...]) -> list[str]:
    return [shorten(line, LONGEST_LINE) for line in lines]


def _ending(sheet: ResidentSheet) -> tuple[str, ...]:
    return sheet.read_more, f"{sheet.adopted}.", f"{sheet.source}. {sheet.organisation}"


def _texts(sheet: ResidentSheet) -> Iterator[tuple[str, Style]]:
    yield sheet.title, TITLE
    yield sheet.when, WHEN
    yield sheet.headline, HEADLINE
    for title, lines in sheet.blocks:
        yield title, HEADING
        for line in _shown(lines):
            yield line, POINT
    for line in _ending(sheet):
        yield line, SMALL


def _lay_out(sheet: ResidentSheet) -> tuple[list[Line], int]:
    """Every line at its place, and where the last one ends."""
    lines: list[Line] = []
    y = MARGIN + 40
    for text, style in _texts(sheet):
        width = WIDTH - 2 * MARGIN - style.indent
        if style is HEADING or (style is SMALL and lines[-1].size != SMALL.size):
            y += 26
        for number, part in enumerate(
            wrap_text(text, size=style.size, width=width, weight=style.weight)
        ):
            y += round(style.size * 1.28)
            is_bullet = style is POINT and number == 0
            x = MARGIN + style.indent
            lines.append(Line(x, y, style.size, style.weight, style.fill, part, is_bullet))
        y += style.after
    return lines, y
