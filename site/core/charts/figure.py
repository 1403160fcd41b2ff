"""What every chart has: an identity, words, a source, and its numbers as a table."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from core.charts.scale import LevelScale
from core.disclosure import TOO_FEW, DisclosedDistribution, Suppressed

Cell = str | int
Outward = DisclosedDistribution | Suppressed

HIDDEN = "masqué"
IDENTIFIER = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart. The first cell of a row is its heading."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Chart(ABC):
    """A figure. `sentence` says what the reader should see in it; `source`, where it comes from.

    `identifier` (lower-case ASCII, unique in the page) prefixes the ids of the drawing.
    Raises ValueError when one of them is missing.
    """

    template_name: ClassVar[str]

    identifier: str
    title: str
    sentence: str
    source: str

    def __post_init__(self) -> None:
        if not IDENTIFIER.fullmatch(self.identifier):
            raise ValueError(f"Identifiant de graphique refusé: {self.identifier!r}.")
        for name in ("title", "sentence", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"Un graphique ne va pas sans « {name} ».")

    @abstractmethod
    def table(self) -> Table:
        """The same numbers, complete, for people and machines who do not look at drawings."""

    def csv_rows(self) -> Iterator[tuple[Cell, ...]]:
        """Headers, rows, then the source: a file travels without its page."""
        table = self.table()
        yield table.headers
        yield from table.rows
        yield ("Source", self.source)


def svg_number(value: float) -> str:
    """A coordinate as SVG reads it: a decimal point whatever the language, two decimals at most."""
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def check_outward(distribution: object, scale_length: int | None = None) -> None:
    """TypeError for anything `core.disclosure` has not cleared; ValueError for another scale."""
    if not isinstance(distribution, Outward):
        raise TypeError(
            "Un graphique ne reçoit que des réponses autorisées à sortir par core.disclosure."
        )
    if scale_length is None or isinstance(distribution, Suppressed):
        return
    if len(distribution.levels) != scale_length:
        raise ValueError("La répartition et l’échelle n’ont pas le même nombre de niveaux.")


def count_cells(distribution: Outward, scale: LevelScale) -> tuple[Cell, ...]:
    """Counts per level and « ne sait pas », or as many « masqué »."""
    if isinstance(distribution, Suppressed):
        return (HIDDEN,) * (len(scale) + 1)
    return (*distribution.levels, distribution.does_not_know)


def spoken(label: str, distribution: Outward, scale: LevelScale, agreed: str = "") -> str:
    """The whole row in one sentence, for whoever hears it."""
    if isinstance(distribution, Suppressed):
        words = TOO_FEW[:1].upper() + TOO_FEW[1:]
    else:
        words = scale.in_words(distribution.levels, distribution.does_not_know)
    ending = f" Niveau convenu\N{NO-BREAK SPACE}: {agreed}." if agreed else ""
    return f"{label}. {words}.{ending}"
