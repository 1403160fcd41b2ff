"""Words of a text as a search compares them: no accents, no capitals, no plural.

The same on every database, without an extension: what is searched is stored already folded, and
the question is folded the same way (LIBRARIES.md §7).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
WORD = re.compile(r"[a-z0-9]+")
LONGEST_WORD = 40
SHORTEST_PLURAL = 4


def fold(text: str) -> str:
    """« Trois-Rivières » → « trois-rivieres »."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()


def search_words(text: str) -> list[str]:
    """Folded words in order; elisions (l’, d’) left out, plurals made singular."""
    words = (word[:LONGEST_WORD] for word in WORD.findall(fold(text)))
    return [_singular(word) for word in words if len(word) > 1 or word.isdigit()]


def search_text(pieces: Iterable[str]) -> str:
    """What is stored: each word once, with a space on both sides, so that « mot » finds a start."""
    words = {word for piece in pieces for word in search_words(piece)}
    return f" {' '.join(sorted(words))} " if words else ""


def _singular(word: str) -> str:
    if len(word) < SHORTEST_PLURAL or word.isdigit():
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    return word.removesuffix("s").removesuffix("x") if word[-1] in "sx" else word
