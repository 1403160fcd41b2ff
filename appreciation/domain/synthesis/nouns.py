"""What a synthesis is made of. Frozen, without a database: a snapshot gives the same object back.

Everything here may leave: figures come from published editions, through `core.disclosure` at the
outside k. There is no regional mean and no order of communities anywhere (DOMAIN.md §7.4).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from appreciation.enums import FindingKind
from core.disclosure import DisclosedDistribution, Suppressed
from core.search_words import fold


@dataclass(frozen=True)
class Source:
    """A démarche that was read. `key` names it inside the synthesis (« d1 »).

    An anonymous one is called « Communauté A », and has neither territory, date, address nor
    head count. `is_regional`: its results stay in the region, so no public file shows its cells.
    `reasons`: why its figures stand apart or are missing, in words; empty when nothing is to say.
    `community` is the address of its place: two démarches of one community are one community.
    """

    key: str
    name: str
    is_anonymous: bool
    territory: str
    territory_code: str
    held_on: dt.date | None
    year: int | None
    instrument: str
    instrument_version: str
    scale_length: int | None
    people: int | None
    media: tuple[str, ...]
    level: str
    is_regional: bool
    is_historical: bool
    slug: str
    reasons: tuple[str, ...] = ()
    community: str = ""
    check_ins_due: int = 0
    check_ins_answered: int = 0

    @property
    def is_withheld(self) -> bool:
        """Outside the region it is counted, and nothing else is said of it."""
        return self.is_anonymous or self.is_regional


@dataclass(frozen=True)
class Cell:
    """One dimension in one démarche, final round of its last evening.

    `distribution`: None where its level shows none or nobody was asked; `Suppressed` under k.
    `median` (1..K, lower of the two middle ones kept apart by `Fraction`) and the words are derived
    from it when it is there. `does_not_know_share`: part of the respondents, from 0 to 1.
    `floor`: the smallest n of its statements, which k is compared with. Never shown.
    """

    source: str
    distribution: DisclosedDistribution | Suppressed | None
    median: Fraction | None
    median_words: str
    agreement: Fraction | None
    agreement_words: str
    does_not_know_share: Fraction | None
    agreed_level: int | None
    agreed_label: str
    floor: int | None = None

    @property
    def is_hidden(self) -> bool:
        return isinstance(self.distribution, Suppressed)

    @property
    def is_empty(self) -> bool:
        return self.distribution is None and not self.agreement_words and self.agreed_level is None


@dataclass(frozen=True)
class MatrixRow:
    """A dimension across démarches: one cell per source of the matrix, in its order."""

    code: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Démarches whose scales have one length; others stand in another matrix.

    `labels` are the words of the levels that most of them use (`is_worded_alike` tells whether all
    do; `own_labels` are those of each). `sources` are keys, by territory then name: never by
    result.
    """

    scale_length: int
    labels: tuple[str, ...]
    is_worded_alike: bool
    sources: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    own_labels: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class ThemeMention:
    source: str
    dimension: str
    text: str
    is_quote: bool


@dataclass(frozen=True)
class Recurrence:
    """A theme of the codebook and the démarches where a person put a finding under it."""

    kind: str
    label: str
    definition: str
    issue: str
    mentions: tuple[ThemeMention, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.source for mention in self.mentions))


def most_shared_first(theme: Recurrence) -> tuple[int, int, str]:
    """An order of themes, never of communities: strengths first, then what more of them say."""
    kinds = list(FindingKind.values)
    return (kinds.index(theme.kind), -len(theme.sources), fold(theme.label))


@dataclass(frozen=True)
class LeadOutcome:
    """A lead or an action, and what became of it as its démarche says publicly."""

    source: str
    title: str
    carrier: str
    state: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class TerritoryCoverage:
    """`communities`: how many could be appraised; `appraised`: how many are in this synthesis."""

    code: str
    name: str
    communities: int
    appraised: int


@dataclass(frozen=True)
class Coverage:
    """Who took part. `people` adds only head counts that each may leave; `people_known_for` says
    for how many démarches. Follow-up: check-ins answered out of those that were due.
    """

    territories: tuple[TerritoryCoverage, ...]
    people: int
    people_known_for: int
    media: tuple[tuple[str, int], ...]
    check_ins_due: int
    check_ins_answered: int


@dataclass(frozen=True)
class MatchedPractice:
    """A sheet of the catalogue beside what recurs. `why`: in words; `slug` is its address.

    `dimensions` and `issues`: what the sheet says of itself, that the match rests on.
    """

    title: str
    slug: str
    why: str
    themes: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExitRead:
    """One exit question in one démarche: the evaluation of the démarches themselves."""

    source: str
    question: str
    labels: tuple[str, ...]
    distribution: DisclosedDistribution | Suppressed


@dataclass(frozen=True)
class Quote:
    source: str
    dimension: str
    text: str


@dataclass(frozen=True)
class Story:
    """One démarche told for the sharing of experience: plain paragraphs, facts beside them."""

    source: str
    text: str
    strengths: tuple[str, ...]
    challenges: tuple[str, ...]
    leads: tuple[str, ...]
    lessons: str = ""


@dataclass(frozen=True)
class Narrative:
    """Plain text between the figures, empty lines between paragraphs."""

    key: str
    title: str
    text: str
    is_edited: bool = False


@dataclass(frozen=True)
class SynthesisRead:
    """The whole synthesis. Page, PDF, Word, slides, workbook and plain sheet are made of it alone.

    `frozen_on` and `fingerprint` are empty in a draft. `scope` is `public` or `region`.
    """

    reference: str
    title: str
    headline: str
    region: str
    year: int
    is_demo: bool
    scope: str
    outside_k: int
    frozen_on: dt.date | None
    fingerprint: str
    sources: tuple[Source, ...]
    matrices: tuple[Matrix, ...]
    recurrences: tuple[Recurrence, ...]
    leads: tuple[LeadOutcome, ...]
    coverage: Coverage
    practices: tuple[MatchedPractice, ...]
    exits: tuple[ExitRead, ...]
    quotes: tuple[Quote, ...]
    stories: tuple[Story, ...]
    narratives: tuple[Narrative, ...]

    def source(self, key: str) -> Source:
        """Raises KeyError for a key that the synthesis does not have."""
        for source in self.sources:
            if source.key == key:
                return source
        raise KeyError(key)

    def narrative(self, key: str) -> Narrative | None:
        return next((each for each in self.narratives if each.key == key), None)

    def recurring(self, kind: str) -> tuple[Recurrence, ...]:
        return tuple(each for each in self.recurrences if each.kind == kind)
