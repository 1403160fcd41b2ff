"""Reading back the words of a PDF, page by page, through the fonts' own tables."""

from __future__ import annotations

import io
import re

import pikepdf

MAPPED = re.compile(r"<([0-9a-fA-F]{4,8})>\s*<([0-9a-fA-F]+)>")
GLYPH = 2
"""Bytes of a glyph in the fonts that WeasyPrint embeds."""


def page_texts(content: bytes) -> list[str]:
    """The words of each page, spaces and line ends made alike."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [_words(page) for page in pdf.pages]


def _words(page: pikepdf.Page) -> str:
    fonts = {str(name): _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    letters: dict[bytes, str] = {}
    runs: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) in ("TJ", "Tj"):
            runs.append(_read(operands[0], letters))
        elif str(operator) == "ET":
            runs.append(" ")
    return re.sub(r"[ \n\N{NO-BREAK SPACE}]+", " ", "".join(runs)).strip()


def _read(shown: pikepdf.Object, letters: dict[bytes, str]) -> str:
    strings = shown if isinstance(shown, pikepdf.Array) else [shown]
    glyphs = b"".join(bytes(each) for each in strings if isinstance(each, pikepdf.String))
    return "".join(
        letters.get(glyphs[start : start + GLYPH], "") for start in range(0, len(glyphs), GLYPH)
    )


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes().decode()
    return {
        bytes.fromhex(glyph): bytes.fromhex(text).decode("utf-16-be")
        for glyph, text in MAPPED.findall(table.split("endcodespacerange")[-1])
    }
