"""Words of a text as a search compares them: no accents, no capitals, no plural.

The same on every database, without an extension: what is searched is stored already folded, and
the question is folded the same way (LIBRARIES.md §7).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

import snowballstemmer

LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
WORD = re.compile(r"[a-z0-9]+")
LONGEST_WORD = 40
SHORTEST_PLURAL = 4
WRITTEN_WORD = re.compile(r"[^\W_]+")
IRREGULAR = {"travaux": "travail", "baux": "bail", "vitraux": "vitrail", "yeux": "oeil"}
LONGEST_NOUN_IN_EE = 5
STEMMERS = threading.local()


def fold(text: str) -> str:
    """« Trois-Rivières » → « trois-rivieres »."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()


def search_words(text: str) -> list[str]:
    """Folded words in order; elisions (l’, d’) left out, plurals made singular."""
    words = (word[:LONGEST_WORD] for word in WORD.findall(fold(text)))
    return [singular(word) for word in words if len(word) > 1 or word.isdigit()]


def search_text(pieces: Iterable[str]) -> str:
    """What is stored: each word once, with a space on both sides, so that « mot » finds a start."""
    words = {word for piece in pieces for word in search_words(piece)}
    return f" {' '.join(sorted(words))} " if words else ""


def singular(word: str) -> str:
    """Of a folded word, well enough for both sides to meet: « repas » gives « repa » on both."""
    if len(word) < SHORTEST_PLURAL or word.isdigit():
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    return word.removesuffix("s").removesuffix("x") if word[-1] in "sx" else word


def written_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word that can be searched stands in `text`: start, end, and its folded form.

    `text` must be composed (NFC). Single letters are left out, elisions with them.
    """
    for found in WRITTEN_WORD.finditer(text):
        if folded := folded_word(found.group()):
            yield found.start(), found.end(), folded


@lru_cache(maxsize=50_000)
def folded_word(written: str) -> str:
    """One word as it is searched; nothing where it cannot be."""
    folded = fold(written)[:LONGEST_WORD]
    is_searched = WORD.fullmatch(folded) and (len(folded) > 1 or folded.isdigit())
    return folded if is_searched else ""


def places_of(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Where the words that have one of these stems stand, in a text of a few lines."""
    return [(start, end) for start, end, folded in written_words(text) if stem(folded) in wanted]


@lru_cache(maxsize=50_000)
def stem(folded: str) -> str:
    """The French stem of a folded word: « évaluations » and « evaluer » give « evalu ».

    The stemmer knows endings by their accents, which are gone: plurals and « -ées » are helped.
    """
    word = singular(IRREGULAR.get(folded, folded))
    if len(word) > LONGEST_NOUN_IN_EE and word.endswith("ee"):
        word = word[:-1]
    if not hasattr(STEMMERS, "french"):  # a stemmer holds the word it works on: one per thread
        STEMMERS.french = snowballstemmer.stemmer("french")
    return fold(STEMMERS.french.stemWord(word))


def stems(text: str) -> list[str]:
    """Stems of the words of a text, in order."""
    composed = unicodedata.normalize("NFC", text)
    return [stem(folded) for _, _, folded in written_words(composed)]
