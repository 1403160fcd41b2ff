"""Lines of text for a drawing: SVG breaks no line by itself."""

from __future__ import annotations

import re
from functools import lru_cache

from PIL import ImageFont

from core.plain_text import plain_text
from core.svg_images import FONT_FILES

BOLD_FROM = 600
MEASURED_AT = 100
"""Letters are measured once at this size: widths grow with it."""


def wrap_text(text: str, *, size: float, width: float, weight: int = 400) -> list[str]:
    """`text` in lines no wider than `width`; a word that is wider alone is broken."""
    lines: list[str] = []
    line = ""
    for word in re.split(r"[ \t\n]+", plain_text(text).strip()):
        for piece in _pieces(word, size=size, width=width, weight=weight):
            longer = f"{line} {piece}" if line else piece
            if line and text_width(longer, size=size, weight=weight) > width:
                lines.append(line)
                longer = piece
            line = longer
    return [*lines, line] if line else lines


def text_width(text: str, *, size: float, weight: int = 400) -> float:
    return float(_face(weight >= BOLD_FROM).getlength(text)) * size / MEASURED_AT


def _pieces(word: str, *, size: float, width: float, weight: int) -> list[str]:
    if text_width(word, size=size, weight=weight) <= width:
        return [word]
    fits = max(1, int(width / size))  # no letter of ours is wider than its size
    return [word[start : start + fits] for start in range(0, len(word), fits)]


@lru_cache(maxsize=2)
def _face(is_bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FILES[int(is_bold)], MEASURED_AT)
