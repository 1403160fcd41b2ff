"""Démarches as they are named in a synthesis, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from appreciation.domain.synthesis.nouns import Source, SynthesisRead
from core.shapes import shapes_for, short_name
from core.typography import NBSP, fr_date

Each = TypeVar("Each")

PER_PART = 24
"""Démarches of one page: more would make it heavy to load and to read."""
PER_BLOCK = 6
"""Columns of one table: it is read without turning, on a screen and on paper."""
REGISTER = "/demarches/"


@dataclass(frozen=True)
class Part:
    """The démarches that one page tells, out of all; the first is number 1."""

    number: int
    count: int
    first: int
    last: int
    total: int

    @property
    def is_whole(self) -> bool:
        return self.count == 1

    @property
    def words(self) -> str:
        return f"Démarches {self.first} à {self.last} de {self.total}"

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def following(self) -> int:
        return self.number + 1 if self.number < self.count else 0


@dataclass(frozen=True)
class NamedSource:
    """`url` is empty where the register shows nothing to everybody."""

    source: Source
    shape: int | None

    @property
    def key(self) -> str:
        return self.source.key

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def url(self) -> str:
        source = self.source
        is_read = source.slug and not source.is_anonymous and not source.is_regional
        return f"{REGISTER}{source.slug}/" if is_read else ""

    @property
    def territory(self) -> str:
        return short_name(self.source.territory)

    @property
    def when(self) -> str:
        if self.source.held_on:
            return fr_date(self.source.held_on)
        return str(self.source.year) if self.source.year else ""

    @property
    def instrument(self) -> str:
        source = self.source
        version = f", version {source.instrument_version}" if source.instrument_version else ""
        return f"{source.instrument}{version}"

    @property
    def people(self) -> str:
        return f"{self.source.people}{NBSP}personnes" if self.source.people else ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Territory, date, people, media, instrument, as far as each may be said."""
        told = (
            self.territory,
            self.when,
            self.people,
            ", ".join(self.source.media),
            self.instrument,
            "historique" if self.source.is_historical else "",
        )
        return tuple(filter(None, told))


def part_of(total: int, number: int) -> Part:
    """The asked part, or the nearest that is there."""
    count = max(1, -(-total // PER_PART))
    number = min(max(number, 1), count)
    first = (number - 1) * PER_PART
    return Part(number, count, min(first + 1, total), min(first + PER_PART, total), total)


def whole_of(total: int) -> Part:
    return Part(1, 1, min(1, total), total, total)


def named_sources(read: SynthesisRead) -> dict[str, NamedSource]:
    """By key. A territory has the same shape in all the figures of the synthesis."""
    shapes = territory_shapes(read)
    return {
        source.key: NamedSource(source, shapes.get(source.territory)) for source in read.sources
    }


def territory_shapes(read: SynthesisRead) -> dict[str, int]:
    """Every territory of the region, by name, then any other that a démarche says."""
    names = {each.name for each in read.coverage.territories}
    names |= {source.territory for source in read.sources if source.territory}
    ordered = sorted(names)
    return dict(zip(ordered, shapes_for(ordered), strict=True))


def groups_of(things: Sequence[Each], size: int) -> Iterator[Sequence[Each]]:
    """Of equal length as far as can be: 7 in groups of 6 are 4 and 3."""
    count = -(-len(things) // size)
    start = 0
    for left in range(count, 0, -1):
        length = -(-(len(things) - start) // left)
        yield things[start : start + length]
        start += length


def counted(number: int, one: str, many: str) -> str:
    """« 1 démarche », « 12 démarches »."""
    return f"{number}{NBSP}{one if number in (0, 1) else many}"
