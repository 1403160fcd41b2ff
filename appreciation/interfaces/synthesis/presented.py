"""What the page and the documents of a synthesis are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from appreciation.domain.synthesis.nouns import (
    LeadOutcome,
    Quote,
    Recurrence,
    Story,
    SynthesisRead,
    ThemeMention,
)
from appreciation.enums import FindingKind
from appreciation.interfaces.synthesis.figures import exit_figures, spreads_of
from appreciation.interfaces.synthesis.matrix import MatrixShown, show_matrices, source_of
from appreciation.interfaces.synthesis.sources import (
    NamedSource,
    Part,
    counted,
    named_sources,
    part_of,
    territory_shapes,
    whole_of,
)
from appreciation.interfaces.synthesis.tables import KIND_TITLES
from core.charts import DistributionBars, MedianSpread
from core.shapes import short_name
from core.typography import NBSP, fr_date, fr_percent, join_words

MOST_MENTIONS = 12
"""Of one theme on a page; the rest is in its table."""
CAUTION_TITLE = "À lire avec prudence"
CAUTION = (
    "Les communautés lues ici ne sont pas toute la région. Ce que disent les figures est ce que "
    "les personnes présentes ont vu, un jour donné. Elles servent à se parler, pas à classer."
)


@dataclass(frozen=True)
class Said:
    """Something that a démarche says, beside its name."""

    named: NamedSource
    what: ThemeMention | LeadOutcome | Quote | Story


@dataclass(frozen=True)
class Theme:
    recurrence: Recurrence
    mentions: tuple[Said, ...]
    left_out: int

    @property
    def count(self) -> int:
        return len(self.recurrence.sources)


@dataclass(frozen=True)
class CoverageLine:
    code: str
    name: str
    shape: int | None
    appraised: int
    communities: int

    @property
    def short_name(self) -> str:
        return short_name(self.name)


@dataclass(frozen=True)
class Presented:
    """`part`: the démarches that are told one by one; figures of the region are always whole."""

    read: SynthesisRead
    named: Mapping[str, NamedSource]
    part: Part

    @cached_property
    def kept(self) -> tuple[str, ...]:
        shown = self.read.sources[self.part.first - 1 : self.part.last] if self.part.total else ()
        return tuple(source.key for source in shown)

    @property
    def sources(self) -> tuple[NamedSource, ...]:
        return tuple(self.named[key] for key in self.kept)

    @property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """Those whose figures stand apart or are missing, and why; the same reason said once."""
        told: dict[str, list[str]] = {}
        for each in self.sources:
            if each.source.reasons:
                told.setdefault(" ".join(each.source.reasons), []).append(each.name)
        return tuple((join_words(names), reasons) for reasons, names in told.items())

    @cached_property
    def matrices(self) -> tuple[MatrixShown, ...]:
        return show_matrices(self.read, self.named, set(self.kept))

    @cached_property
    def spreads(self) -> tuple[MedianSpread, ...]:
        return spreads_of(self.read)

    @cached_property
    def exits(self) -> tuple[DistributionBars, ...]:
        return exit_figures(self.read, self.named, set(self.kept))

    @property
    def source_line(self) -> str:
        return source_of(self.read)

    @property
    def instruments(self) -> tuple[str, ...]:
        told = (each.instrument for each in self.named.values() if each.source.instrument)
        return tuple(dict.fromkeys(told))

    @cached_property
    def themes(self) -> tuple[tuple[str, str, tuple[Theme, ...]], ...]:
        """Kind, title and themes: strengths first."""
        groups = ((kind.value, title, self._themes(kind)) for kind, title in KIND_TITLES.items())
        return tuple(group for group in groups if group[2])

    def _themes(self, kind: FindingKind) -> tuple[Theme, ...]:
        most = None if self.part.is_whole else MOST_MENTIONS
        return tuple(
            Theme(
                each,
                tuple(Said(self.named[one.source], one) for one in each.mentions[:most]),
                max(0, len(each.mentions) - (most or len(each.mentions))),
            )
            for each in self.read.recurring(kind.value)
        )

    @cached_property
    def leads(self) -> tuple[Said, ...]:
        return tuple(self._said(self.read.leads))

    @cached_property
    def quotes(self) -> tuple[Said, ...]:
        return tuple(self._said(self.read.quotes))

    @cached_property
    def stories(self) -> tuple[Said, ...]:
        return tuple(self._said(self.read.stories))

    def _said(self, things: tuple[LeadOutcome | Quote | Story, ...]) -> list[Said]:
        kept = set(self.kept)
        return [Said(self.named[each.source], each) for each in things if each.source in kept]

    @property
    def coverage(self) -> tuple[CoverageLine, ...]:
        shapes = territory_shapes(self.read)
        return tuple(
            CoverageLine(each.code, each.name, shapes.get(each.name), *_counts(each))
            for each in self.read.coverage.territories
        )

    @property
    def coverage_sentence(self) -> str:
        read = self.read
        total = sum(each.communities for each in read.coverage.territories)
        appraised = sum(each.appraised for each in read.coverage.territories)
        told = counted(len(read.sources), "démarche lue", "démarches lues")
        old = sum(each.is_historical for each in read.sources)
        ending = f", dont {counted(old, 'historique', 'historiques')}" if old else ""
        if not total:
            return f"{told}{ending}."
        return f"{told}{ending}{NBSP}: {appraised} des {total} communautés de la région."

    @property
    def people_sentence(self) -> str:
        """Empty where no démarche may say how many were there."""
        coverage = self.read.coverage
        if not coverage.people:
            return ""
        where = counted(coverage.people_known_for, "démarche", "démarches")
        return (
            f"{counted(coverage.people, 'personne a', 'personnes ont')} pris part, dans {where} "
            "qui en disent le nombre."
        )

    @property
    def follow_up_sentence(self) -> str:
        due, answered = self.read.coverage.check_ins_due, self.read.coverage.check_ins_answered
        if not due:
            return "Aucun suivi n’était encore dû."
        share = fr_percent(answered / due)
        return (
            f"Suivi des démarches{NBSP}: {answered} des {counted(due, 'suivi dû', 'suivis dus')} "
            f"ont eu leur réponse ({share})."
        )

    @cached_property
    def texts(self) -> dict[str, str]:
        """What is written under each heading, by key; empty where the paragraph was emptied."""
        return {each.key: each.text.strip() for each in self.read.narratives}

    @property
    def participation(self) -> str:
        told = (self.coverage_sentence, self.people_sentence, self.follow_up_sentence)
        return self.texts.get("participation") or " ".join(filter(None, told))

    @property
    def caution(self) -> str:
        """Always there, whatever was written."""
        return self.texts.get("limits") or CAUTION

    @property
    def caution_title(self) -> str:
        return CAUTION_TITLE

    @property
    def edition_words(self) -> str:
        if self.read.frozen_on:
            return f"Figures figées le {fr_date(self.read.frozen_on)}"
        return "Version de travail: rien n’est figé"


def present_synthesis(read: SynthesisRead, *, part: int = 1, is_whole: bool = False) -> Presented:
    """A page tells a part of the démarches at a time; a file, all of them."""
    total = len(read.sources)
    shown = whole_of(total) if is_whole else part_of(total, part)
    return Presented(read=read, named=named_sources(read), part=shown)


def _counts(each) -> tuple[int, int]:
    return each.appraised, each.communities
