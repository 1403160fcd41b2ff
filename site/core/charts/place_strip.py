"""One figure of a place on a line, beside those of its territory and region. Never a ranking."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from core.charts.figure import Cell, Chart, Table, svg_number

LEFT, RIGHT = 24.0, 376.0
"""Of a drawing 400 wide: on a phone it is about as large as drawn."""
KINDS = ("here", "territory", "region")
MARGIN = Decimal("0.25")
"""Of the spread, left free on each side."""


@dataclass(frozen=True, kw_only=True)
class StripMark:
    """`kind` is one of KINDS; `words` is the value as read aloud (« 18,4 % »)."""

    label: str
    kind: str
    value: Decimal
    words: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Genre de repère inconnu: {self.kind!r}.")


@dataclass(frozen=True)
class DrawnMark:
    label: str
    kind: str
    words: str
    x: str


@dataclass(frozen=True, kw_only=True)
class PlaceStrip(Chart):
    template_name: ClassVar[str] = "charts/place_strip.html"

    marks: tuple[StripMark, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.marks[1:] or self.marks[0].kind != "here":
            raise ValueError("Une bande compare un lieu à son territoire ou à sa région.")

    @cached_property
    def drawn(self) -> tuple[DrawnMark, ...]:
        values = [mark.value for mark in self.marks]
        spread = (max(values) - min(values)) or Decimal(1)
        low, width = min(values) - spread * MARGIN, spread * (1 + 2 * MARGIN)
        return tuple(self._draw(mark, float((mark.value - low) / width)) for mark in self.marks)

    def _draw(self, mark: StripMark, share: float) -> DrawnMark:
        x = svg_number(LEFT + share * (RIGHT - LEFT))
        return DrawnMark(mark.label, mark.kind, mark.words, x)

    @property
    def spoken(self) -> str:
        return "; ".join(f"{mark.label}\N{NO-BREAK SPACE}: {mark.words}" for mark in self.marks)

    def table(self) -> Table:
        rows: tuple[tuple[Cell, ...], ...] = tuple((mark.label, mark.words) for mark in self.marks)
        return Table(("Lieu", "Valeur"), rows)
