"""The ordered levels of a chart: their words, and the class that colours each of them."""

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST, MOST = 2, 7


@dataclass(frozen=True)
class LegendEntry:
    css_class: str
    label: str


@dataclass(frozen=True)
class LevelScale:
    """Labels from the lowest level to the highest, and the words of « ne sait pas ».

    `unknown_label` is empty where nobody may say that: no legend, no column.

    Raises ValueError for fewer than 2 or more than 7 levels: `charts.css` has no more tints.
    """

    labels: tuple[str, ...]
    unknown_label: str = "Ne sait pas"

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", tuple(self.labels))
        if not FEWEST <= len(self.labels) <= MOST:
            raise ValueError(f"Une échelle illustrée a de {FEWEST} à {MOST} niveaux.")

    def __len__(self) -> int:
        return len(self.labels)

    def css_class(self, level: int) -> str:
        """`lvl-2-of-5`: a level's tint depends on its place in the scale, not on its number."""
        return f"lvl-{level}-of-{len(self)}"

    def label_of(self, level: int | None) -> str:
        """The words of a level counted from 1; empty for None. ValueError outside the scale."""
        if level is None:
            return ""
        if not 1 <= level <= len(self):
            raise ValueError(f"Le niveau {level} n’est pas dans l’échelle de 1 à {len(self)}.")
        return self.labels[level - 1]

    @property
    def legend(self) -> tuple[LegendEntry, ...]:
        return tuple(
            LegendEntry(self.css_class(level), f"{level} · {label}")
            for level, label in enumerate(self.labels, 1)
        )

    def in_words(self, levels: Iterable[int], does_not_know: int) -> str:
        """« À peine amorcé 0, en chemin 2, ne sait pas 1 »: what a screen reader says of a bar."""
        unknown = ((self.unknown_label, does_not_know),) if self.unknown_label else ()
        named = (*zip(self.labels, levels, strict=True), *unknown)
        words = ", ".join(f"{label[:1].lower()}{label[1:]} {count}" for label, count in named)
        return words[:1].upper() + words[1:]
