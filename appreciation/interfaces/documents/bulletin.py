"""A short text for the municipal bulletin: 120 words at most, its source, where to read more."""

from __future__ import annotations

from collections.abc import Iterator

from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.resident_sheet import ResidentSheet, resident_sheet
from core.typography import NBSP, fr_typo, of_name

MOST_WORDS = 120
LONGEST = 16
"""Words of one quoted text."""


def bulletin_text(making: Making) -> bytes:
    return f"{bulletin_of(resident_sheet(making))}\n".encode()


def bulletin_of(sheet: ResidentSheet) -> str:
    """What must be said, then as many sentences as there is room for, strengths first."""
    ending = [f"{sheet.read_more.rstrip('.')}.", f"{sheet.source}. {sheet.adopted}."]
    body = [sheet.when or f"Des personnes {of_name(sheet.place)} se sont réunies."]
    fixed = [sheet.banner, sheet.title, *body, *ending]
    room = MOST_WORDS - sum(count_words(text) for text in fixed)
    for sentence in _sentences(sheet):
        if count_words(sentence) <= room:
            body.append(sentence)
            room -= count_words(sentence)
    paragraphs = (sheet.banner, sheet.title, " ".join(body), *ending)
    return "\n\n".join(filter(None, paragraphs))


def count_words(text: str) -> int:
    """Words between blanks: signs alone (« : ») are counted too, so never fewer than a reader."""
    return len(text.split())


def _sentences(sheet: ResidentSheet) -> Iterator[str]:
    for title, lines in sheet.blocks:
        for number, line in enumerate(lines):
            text = _cut(line)
            stop = "" if text.endswith(("…", "!", "?")) else "."
            yield f"{title}{NBSP}: {_lower(text)}{stop}" if number == 0 else f"{text}{stop}"


def _cut(text: str) -> str:
    words = text.split()
    cut = fr_typo(" ".join(words[:LONGEST]).rstrip(" .,;:…"))
    is_whole = len(words) <= LONGEST and not text.endswith("…")
    return cut if is_whole else f"{cut}…"


def _lower(text: str) -> str:
    """« Nos forces: on s’entraide »; a word in capitals stays."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"
