"""Paths drawn again and again: a shape for each territory (24 px grid), the turn of the phases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import cycle

from core.search_words import fold

SHAPES = {
    1: "M3.2 20.8V12A8.8 8.8 0 0 1 12 3.2H20.8V12A8.8 8.8 0 0 1 12 20.8Z",
    2: "M12 2.72L22.3 20.88H1.7Z",
    3: "M6.33 6.87H17.67A5.13 5.13 0 0 1 17.67 17.13H6.33A5.13 5.13 0 0 1 6.33 6.87Z",
    4: "M2.7 12A9.3 9.3 0 0 1 21.3 12A9.3 9.3 0 0 1 2.7 12Z",
    5: "M3.47 3.47H20.53V20.53H3.47Z",
    6: "M.96 17.5A11.04 11.04 0 0 1 23.04 17.5Z",
}
"""Leaf, triangle, pill, disc, square, half-disc."""

TURN = (
    "M21.4 4.6A15.5 15.5 0 0 1 30.0 8.1",
    "M31.9 10.0A15.5 15.5 0 0 1 35.4 18.6",
    "M35.4 21.4A15.5 15.5 0 0 1 31.9 30.0",
    "M30.0 31.9A15.5 15.5 0 0 1 21.4 35.4",
    "M18.6 35.4A15.5 15.5 0 0 1 10.0 31.9",
    "M8.1 30.0A15.5 15.5 0 0 1 4.6 21.4",
    "M4.6 18.6A15.5 15.5 0 0 1 8.1 10.0",
    "M10.0 8.1A15.5 15.5 0 0 1 18.6 4.6",
)
"""The eight phases as one turn of the ring, from the top, on a grid of 40."""

COUNTY = re.compile(r"^mrc (de la |de l['’]|des |de |du |d['’])", re.IGNORECASE)
ARTICLES = {"des ": "Les ", "du ": "Le ", "de la ": "La ", "de l’": "L’"}

KNOWN_NAMES = {
    "la tuque": 1,
    "mekinac": 2,
    "les chenaux": 3,
    "trois-rivieres": 4,
    "maskinonge": 5,
    "shawinigan": 6,
}
"""Mauricie's territories keep the shapes of the mark. Others take what is free, in order."""


def short_name(name: str) -> str:
    """« MRC des Chenaux » is « Les Chenaux » where there is little room; other names stay."""
    found = COUNTY.match(name)
    if not found:
        return name
    article = ARTICLES.get(found.group(1).lower().replace("'", "’"), "")
    rest = name[found.end() :]
    return f"{article}{rest}" if article else f"{rest[:1].upper()}{rest[1:]}"


def shapes_for(names: Sequence[str]) -> list[int]:
    """A shape number per territory name; after six they come round again.

    Give the names of all the territories of the site, in order: each has the same shape everywhere.
    """
    known = [KNOWN_NAMES.get(fold(short_name(name))) for name in names]
    taken = set(known)
    free = [number for number in SHAPES if number not in taken] or list(SHAPES)
    spare = cycle(free)
    return [next(spare) if number is None else number for number in known]


def known_shape(name: str) -> int | None:
    """The shape of a territory that keeps its own whatever the others are, for a page of one."""
    return KNOWN_NAMES.get(fold(short_name(name)))
