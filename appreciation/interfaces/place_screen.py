"""The portrait of a place, ready to be shown: themes, charts, what is said beside, its CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import slugify

from core.charts import EditionPoint, Editions, PlaceStrip, StripMark
from core.typography import fr_typo, join_words, with_article
from reference.domain.portrait import PlacePortrait, PortraitLine, Shown
from reference.enums import PlaceKind
from reference.models import IndicatorSource

SMALL_PLACE = 1_000
"""People: below, a handful of them changes a percentage, and the page says so."""
SHEET_LINES = 18
"""As many as one side of paper holds, two lines each."""
MONTHS_A_YEAR = 12
CSV_HEADINGS = (
    *("lieu", "indicateur", "code_indicateur", "periode", "valeur", "unite", "statut", "source"),
    *("licence", "calcule"),
)


@dataclass(frozen=True)
class ShownLine:
    line: PortraitLine
    strip: PlaceStrip | None
    editions: Editions | None

    @property
    def anchor(self) -> str:
        return f"i-{slugify(self.line.indicator.code)}"


@dataclass(frozen=True)
class Theme:
    name: str
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True)
class PlaceScreen:
    portrait: PlacePortrait
    themes: tuple[Theme, ...]
    is_small: bool

    @property
    def sheet_lines(self) -> tuple[PortraitLine, ...]:
        return self.portrait.lines[:SHEET_LINES]

    @property
    def lines_left_out(self) -> int:
        return max(len(self.portrait.lines) - SHEET_LINES, 0)

    @property
    def sources(self) -> list[str]:
        return [source_words(source) for source in self.portrait.sources]


def place_screen(portrait: PlacePortrait) -> PlaceScreen:
    """Lines in the editor's order, gathered by theme as the themes come."""
    themes: dict[str, list[ShownLine]] = {}
    for line in portrait.lines:
        if line.is_missing and not any(each.shown for each in line.beside):
            continue
        themes.setdefault(line.indicator.theme or "Autres chiffres", []).append(_shown(line))
    population = portrait.place.population
    return PlaceScreen(
        portrait=portrait,
        themes=tuple(Theme(name, tuple(lines)) for name, lines in themes.items()),
        is_small=population is not None
        and population < SMALL_PLACE
        and portrait.place.kind not in (PlaceKind.REGION, PlaceKind.TERRITORY),
    )


def source_words(source: IndicatorSource) -> str:
    return f"{source.publisher}, {source.name} ({source.licence})"


def place_rows(portrait: PlacePortrait) -> Iterator[tuple[str, ...]]:
    """Every edition of the place, then the figures beside it, under headings."""
    yield CSV_HEADINGS
    for line in portrait.lines:
        beside = [each.shown for each in line.beside if each.shown]
        for shown in (*line.series, *beside):
            yield _row(line, shown)


def _row(line: PortraitLine, shown: Shown) -> tuple[str, ...]:
    indicator = line.indicator
    value = "" if shown.value is None else f"{shown.value.normalize():f}".replace(".", ",")
    return (
        *(shown.place.name, indicator.name, indicator.code, shown.period, value, indicator.unit),
        shown.caution or ("publié" if shown.value is not None else shown.words),
        *(source_words(shown.source), shown.source.licence, "oui" if shown.is_computed else "non"),
    )


def _shown(line: PortraitLine) -> ShownLine:
    return ShownLine(line, _strip(line), _editions(line))


def _strip(line: PortraitLine) -> PlaceStrip | None:
    """Rates of the same period only; a count follows the size of the place."""
    here = line.here
    compared = [
        (each.place, each.shown)
        for each in line.beside
        if each.is_same_period and each.shown and each.shown.value is not None
    ]
    if here is None or here.value is None or not compared or not line.indicator.is_compared:
        return None
    marks = [StripMark(label=here.place.name, kind="here", value=here.value, words=here.words)]
    for place, shown in compared:
        kind = "region" if place.kind == PlaceKind.REGION else "territory"
        value = shown.value or Decimal(0)
        marks.append(StripMark(label=place.name, kind=kind, value=value, words=shown.words))
    others = [f"{mark.words} pour {with_article(mark.label)}" for mark in marks[1:]]
    return PlaceStrip(
        identifier=f"{slugify(line.indicator.code)}-bande",
        title=f"{line.indicator.name}, {here.when}",
        sentence=fr_typo(f"{here.words} ici; {join_words(others)}."),
        source=_sources(here, *[shown for _place, shown in compared]),
        marks=tuple(marks),
        unit=line.indicator.unit,
    )


def _editions(line: PortraitLine) -> Editions | None:
    """From two editions on, when they are moments and not already changes."""
    points = [one for one in line.series if "/" not in one.period]
    shown = [one for one in points if one.value is not None]
    if not shown[1:]:
        return None
    first, last = shown[0], shown[-1]
    return Editions(
        identifier=f"{slugify(line.indicator.code)}-editions",
        title=f"{line.indicator.name}, de {first.when} à {last.when}",
        sentence=fr_typo(_editions_sentence(first, last, line)),
        source=_sources(*shown),
        points=tuple(
            EditionPoint(
                label=one.when,
                moment=_moment(one.period),
                value=one.value,
                words=one.words,
                is_break=one.period in line.breaks,
            )
            for one in points
        ),
        value_heading=line.indicator.name,
    )


def _editions_sentence(first: Shown, last: Shown, line: PortraitLine) -> str:
    if any(first.period < period <= last.period for period in line.breaks):
        return "Les limites ont changé entre ces dates: la comparaison est impossible."
    return f"{first.words} en {first.when}, {last.words} en {last.when}."


def _moment(period: str) -> Decimal:
    year, _, month = period.partition("-")
    return Decimal(year) + Decimal(int(month or 1) - 1) / MONTHS_A_YEAR


def _sources(*shown: Shown) -> str:
    """Whoever published them, each once; and whether we added up."""
    told = list(dict.fromkeys(source_words(one.source) for one in shown))
    added = [one.place.name for one in shown if one.is_computed]
    if added:
        names = join_words(list(dict.fromkeys(added)))
        told.append(f"{names}: calculé à partir des municipalités")
    return fr_typo("; ".join(told))
