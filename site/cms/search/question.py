"""What somebody asks: the words that count, and what was meant where a finger slipped."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from cms.search.models import ContentVersion, SearchWord
from core.search_words import singular, stem, written_words

LONGEST_QUESTION = 200
MOST_WORDS = 12
SHORTEST_CORRECTED = 4
LONG_WORD = 8
"""From so many letters on, two slips are forgiven; one below."""
SMALL_WORDS = frozenset(
    word
    for words in (
        "au aux avec ce ces cette comme comment dans de des du elle en est et eux il ils je la le",
        "les leur leurs lui ma mais me mes mon ne nos notre nous on ont ou par pas pour qu que",
        "quel quelle qui sa se ses son sont sur ta te tes ton tu un une vos votre vous",
    )
    for word in words.split()
)


@dataclass(frozen=True)
class Correction:
    typed: str
    understood: str


@dataclass(frozen=True)
class Meant:
    """A word that public pages bear."""

    written: str
    stem: str
    pages: int


@dataclass(frozen=True)
class Question:
    """`typed` is what to put back in the box; `stems` are what is looked for, all of them."""

    typed: str = ""
    understood: str = ""
    stems: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.typed

    @property
    def asks_nothing(self) -> bool:
        """Something was typed, but no word: « ?! » finds nothing rather than everything."""
        return bool(self.typed) and not self.stems


def cleaned(typed: str) -> str:
    return " ".join(unicodedata.normalize("NFC", typed.replace("\x00", " ")).split())[
        :LONGEST_QUESTION
    ]


def read_question(typed: str, *, exactly: bool = False, version: str = "") -> Question:
    """Read what was typed. No sign has a meaning of its own: quotes, `*`, `AND` are but signs.

    A word that no public page bears is read as the nearest one that some page does: one letter
    added, left out, changed or swapped with its neighbour; two from 8 letters on. `exactly`:
    every word as it was typed. `version`: of the content, where it was read already.
    """
    text = cleaned(typed)
    corrections: list[Correction] = []
    found = list(written_words(text))
    meant = [word for word in found if word[2] not in SMALL_WORDS] or found
    kept = list({folded: (start, end, folded) for start, end, folded in meant[::-1]}.values())
    kept = sorted(kept)[:MOST_WORDS]
    fixes = {} if exactly else _fixes([folded for _, _, folded in kept], version)
    understood = text
    for start, end, folded in reversed(kept):
        if folded in fixes:
            written = fixes[folded].written
            corrections.insert(0, Correction(text[start:end], written))
            understood = f"{understood[:start]}{written}{understood[end:]}"
    stems = [fixes[word].stem if word in fixes else stem(word) for _, _, word in kept]
    return Question(text, understood, tuple(dict.fromkeys(stems)), tuple(corrections))


def _fixes(words: list[str], version: str) -> dict[str, Meant]:
    """For each word that no page bears, the one that was meant, when there is one."""
    asked = {word: stem(word) for word in words}
    known = set(
        SearchWord.objects.filter(stem__in=set(asked.values())).values_list("stem", flat=True)
    )
    unknown = [
        word
        for word, its_stem in asked.items()
        if its_stem not in known and len(word) >= SHORTEST_CORRECTED and word.isalpha()
    ]
    if not unknown:
        return {}
    vocabulary = _vocabulary(version or ContentVersion.current())
    meant = {word: _nearest(word, vocabulary) for word in unknown}
    return {word: nearest for word, nearest in meant.items() if nearest}


def _nearest(word: str, vocabulary: dict[str, Meant]) -> Meant | None:
    """The fewest slips away; letters swapped before others; then the one that most pages bear."""
    near = process.extract(
        word,
        vocabulary.keys(),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=2 if len(word) >= LONG_WORD else 1,
        limit=None,
    )
    ranked = (
        (distance, sorted(form) != sorted(word), -vocabulary[form].pages, form)
        for form, distance, _ in near
    )
    best = min(ranked, default=None)
    return vocabulary[best[-1]] if best else None


@lru_cache(maxsize=1)
def _vocabulary(version: str) -> dict[str, Meant]:
    """Every word without digits, and its singular: the commonest of those that share a form."""
    forms: dict[str, Meant] = {}
    rows = SearchWord.objects.values_list("word", "written", "stem", "pages").order_by("word")
    for word, written, its_stem, pages in rows:
        if word.isalpha():
            for form in {word, singular(word)}:
                meant = Meant(written, its_stem, pages)
                if form not in forms or forms[form].pages < meant.pages:
                    forms[form] = meant
    return forms
