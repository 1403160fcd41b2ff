"""Words that a page explains where it first uses them: on hover, on focus, by a tap.

Where the definitions are kept is an upper room's affair: it registers how to read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape

from core.search_words import fold

TAG = re.compile(r"(<[^>]+>)")
NAME = re.compile(r"<(/?)\s*([a-z0-9]+)", re.IGNORECASE)
LEFT_ALONE = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "code"})
"""A link leads elsewhere already, and a title is short."""
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Term:
    """`forms`: every way to write it, the plural included. `address`: where it is told in full."""

    key: str
    forms: tuple[str, ...]
    definition: str
    address: str


Reader = Callable[[], Iterable[Term]]
_readers: list[Reader] = []


def register_terms(reader: Reader) -> None:
    _readers.append(reader)


class Glossary:
    """For one page being made: each term is explained once, where it comes first."""

    def __init__(self, terms: Iterable[Term] | None = None) -> None:
        self._given = terms
        self._told: set[str] = set()

    @cached_property
    def _terms(self) -> dict[str, Term]:
        """Read at the first text only: a page without texts asks nothing."""
        terms = self._given
        if terms is None:
            terms = (term for reader in _readers for term in reader())
        return {_same(form): term for term in terms for form in term.forms}

    @cached_property
    def _any_form(self) -> re.Pattern[str] | None:
        """The longest first: « action intersectorielle » before « action »."""
        forms = sorted(self._terms, key=len, reverse=True)
        spaced = (re.escape(form).replace(r"\ ", r"(?:\s|&nbsp;)+") for form in forms)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(spaced)})(?![\w-])", re.I) if forms else None

    def mark(self, html: str, *, but: str = "") -> str:
        """The text, with the terms it is the first to use explained. `but`: the term it defines."""
        if self._any_form is None:
            return html
        depth, pieces = 0, []
        for piece in TAG.split(html):
            if piece.startswith("<"):
                depth += _step(piece)
            elif piece and not depth:
                piece = self._any_form.sub(lambda found: self._told_once(found[0], but), piece)  # noqa: PLW2901
            pieces.append(piece)
        return "".join(pieces)

    def _told_once(self, words: str, but: str) -> str:
        term = self._terms.get(_same(unescape(words)))
        if term is None or term.key in self._told or term.key == but:
            return words
        self._told.add(term.key)
        name, told = f"terme-{escape(term.key)}", escape(term.definition)
        return (
            f'<span class="term"><a href="{escape(term.address)}" aria-describedby="{name}">'
            f'{words}</a><span class="term-tip" role="tooltip" id="{name}">{told}</span></span>'
        )


def _same(words: str) -> str:
    return " ".join(words.replace("’", "'").lower().replace(NBSP, " ").split())


def _step(tag: str) -> int:
    """Into a part left alone, out of one, or neither."""
    found = NAME.match(tag)
    if not found or found[2].lower() not in LEFT_ALONE or tag.endswith("/>"):
        return 0
    return -1 if found[1] else 1


def key_of(term: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(term)).strip("-")
