"""One stacked row per item or dimension: everybody's answers, « ne sait pas » set apart."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import ClassVar

from core.charts.figure import (
    HIDDEN,
    Chart,
    Outward,
    Table,
    check_outward,
    count_cells,
    spoken,
    svg_number,
)
from core.charts.scale import LevelScale
from core.disclosure import TOO_FEW, DisclosedDistribution, Suppressed
from core.typography import fr_percent

GAP = 1.5
"""Per cent of the width between the scale and « ne sait pas »."""
DIGIT_WIDTH = 3.6
"""Per cent of the width that one digit needs on the narrowest phone (320 px)."""


@dataclass(frozen=True, kw_only=True)
class BarRow:
    """One row. `headline` is said first and strong (« Bien avancé »), `detail` after it.

    `agreed_level` is the group's own statement: it may stand beside suppressed answers.
    """

    label: str
    distribution: Outward
    headline: str = ""
    detail: str = ""
    agreed_level: int | None = None

    def __post_init__(self) -> None:
        check_outward(self.distribution)


@dataclass(frozen=True)
class Segment:
    """A drawn part of a bar; `x`, `width` and `middle` are percentages of the drawing."""

    css_class: str
    x: str
    width: str
    middle: str
    count: int
    is_labelled: bool


@dataclass(frozen=True)
class Bar:
    label: str
    headline: str
    detail: str
    agreed: str
    spoken: str
    segments: tuple[Segment, ...]
    scale_width: str
    unknown: Segment | None
    marker_x: str
    is_suppressed: bool


@dataclass(frozen=True, kw_only=True)
class DistributionBars(Chart):
    template_name: ClassVar[str] = "charts/distribution_bars.html"

    scale: LevelScale
    rows: tuple[BarRow, ...]
    row_heading: str = "Dimension"

    def __post_init__(self) -> None:
        super().__post_init__()
        for row in self.rows:
            check_outward(row.distribution, len(self.scale))
            self.scale.label_of(row.agreed_level)
            self._check_unknown(row.distribution)

    def _check_unknown(self, distribution: Outward) -> None:
        has_unknown = isinstance(distribution, DisclosedDistribution) and distribution.does_not_know
        if has_unknown and not self.scale.unknown_label:
            raise ValueError("Des réponses « ne sait pas » n’ont pas de colonne.")

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(self._bar(row) for row in self.rows)

    @property
    def has_agreed_levels(self) -> bool:
        return any(row.agreed_level for row in self.rows)

    def table(self) -> Table:
        agreed_header = ("Niveau convenu",) if self.has_agreed_levels else ()
        headers = (
            self.row_heading,
            *self.scale.labels,
            *self._unknown_headers,
            *agreed_header,
            "En mots",
        )
        return Table(headers, tuple(self._table_row(row) for row in self.rows))

    def _table_row(self, row: BarRow) -> tuple[str | int, ...]:
        agreed = (self.scale.label_of(row.agreed_level) or "aucun",)
        words = ", ".join(filter(None, (row.headline, row.detail)))
        return (
            row.label,
            *self._cells(row.distribution),
            *(agreed if self.has_agreed_levels else ()),
            TOO_FEW if isinstance(row.distribution, Suppressed) else words,
        )

    @property
    def _unknown_headers(self) -> tuple[str, ...]:
        unknown = self.scale.unknown_label
        return (unknown, f"{unknown} (part)") if unknown else ()

    def _cells(self, distribution: Outward) -> tuple[str | int, ...]:
        """Counts per level, then « ne sait pas » as a count and as a share of the respondents."""
        counts = count_cells(distribution, self.scale)
        if not self.scale.unknown_label:
            return counts[:-1]
        if isinstance(distribution, Suppressed):
            return (*counts, HIDDEN)
        people = distribution.respondents
        share = Fraction(distribution.does_not_know, people) if people else Fraction(0)
        return (*counts, fr_percent(share))

    def _bar(self, row: BarRow) -> Bar:
        agreed = self.scale.label_of(row.agreed_level)
        distribution = row.distribution
        hidden = isinstance(distribution, Suppressed)
        segments, unknown, scale_width = (
            ((), None, 0.0) if isinstance(distribution, Suppressed) else self._cut(distribution)
        )
        marked = row.agreed_level and segments
        return Bar(
            label=row.label,
            headline="" if hidden else row.headline,
            detail="" if hidden else row.detail,
            agreed=agreed,
            spoken=spoken(row.label, distribution, self.scale, agreed),
            segments=tuple(segment for segment in segments if segment.count),
            scale_width=svg_number(scale_width),
            unknown=unknown,
            marker_x=segments[row.agreed_level - 1].middle if marked and row.agreed_level else "",
            is_suppressed=hidden,
        )

    def _cut(
        self, distribution: DisclosedDistribution
    ) -> tuple[tuple[Segment, ...], Segment | None, float]:
        """Segments of the scale, that of « ne sait pas », and the width of the scale (per cent)."""
        people = distribution.respondents
        apart = bool(distribution.answers and distribution.does_not_know)
        per_person = (100 - GAP * apart) / people if people else 0.0
        ends = accumulate(distribution.levels)
        segments = tuple(
            _segment(self.scale.css_class(level), (end - count) * per_person, count, per_person)
            for level, (count, end) in enumerate(zip(distribution.levels, ends, strict=True), 1)
        )
        scale_width = distribution.answers * per_person
        unknown = None
        if distribution.does_not_know:
            start = scale_width + GAP * apart
            unknown = _segment("lvl-unknown", start, distribution.does_not_know, per_person)
        return segments, unknown, scale_width


def _segment(css_class: str, x: float, count: int, per_person: float) -> Segment:
    width = count * per_person
    return Segment(
        css_class=css_class,
        x=svg_number(x),
        width=svg_number(width),
        middle=svg_number(x + width / 2),
        count=count,
        is_labelled=width >= DIGIT_WIDTH * len(str(count)),
    )
