"""What a report is made of. Frozen, without a database: a snapshot gives the same object back.

Everything here may leave the room: figures come from `core.disclosure` at the outside k.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from appreciation.domain.ranking import Ranking
from appreciation.enums import FindingKind
from core.disclosure import DisclosedDistribution, Suppressed
from core.typography import of_name
from pratiques.domain.suggestions import SuggestedPractice


@dataclass(frozen=True)
class ReportParagraph:
    """Plain text, empty lines between paragraphs. `is_edited`: the team wrote its own."""

    key: str
    title: str
    text: str
    is_edited: bool = False


@dataclass(frozen=True)
class ReportMedium:
    """How answers came in; `people` is None when a number of people would say too much."""

    label: str
    people: int | None


@dataclass(frozen=True)
class ReportAgreed:
    """The group's own statement. `level` is None when it agreed to disagree."""

    level: int | None
    label: str
    reason: str
    dissent: str


@dataclass(frozen=True)
class ReportItem:
    """One statement and what became of it. `distribution` is None where the level shows none."""

    dimension_code: str
    dimension: str
    code: str
    text: str
    is_alone: bool
    labels: tuple[str, ...]
    distribution: DisclosedDistribution | Suppressed | None
    median_words: str
    agreement_words: str
    does_not_know_words: str
    agreed: ReportAgreed | None
    is_hidden: bool

    @property
    def name(self) -> str:
        """The dimension when this is its only statement, else the statement."""
        return self.dimension if self.is_alone else self.text

    @property
    def agreed_level(self) -> int | None:
        return self.agreed.level if self.agreed else None


@dataclass(frozen=True)
class ReportExit:
    """One of the exit questions."""

    question: str
    labels: tuple[str, ...]
    distribution: DisclosedDistribution | Suppressed


@dataclass(frozen=True)
class ReportMeeting:
    """One evening, never summed with another. `items`: strengths first.

    `head_count` is None when it is unknown or under k.
    """

    held_on: dt.date | None
    venue: str
    head_count: int | None
    media: tuple[ReportMedium, ...]
    fill_mode: str
    instrument: str
    instrument_version: str
    instrument_notice: str
    instrument_source: str
    items: tuple[ReportItem, ...]
    exits: tuple[ReportExit, ...]
    dots: Ranking | None = None

    @property
    def has_distributions(self) -> bool:
        return any(item.distribution is not None for item in self.items)


@dataclass(frozen=True)
class ReportFinding:
    kind: str
    dimension: str
    text: str
    is_quote: bool


@dataclass(frozen=True)
class ReportQuote:
    """A word left by a participant, about `dimension`, picked by the team."""

    dimension: str
    text: str


@dataclass(frozen=True)
class ReportAction:
    title: str
    carrier: str
    first_step: str
    due_on: dt.date
    state: str


@dataclass(frozen=True)
class ReportPhoto:
    """A flip chart that the team lets out. `token` is its address; `alt` stays if it is removed."""

    token: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class ReportWords:
    """Short words that the room sent to `question`, shown by the facilitator under `title`."""

    question: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class ReportFigure:
    """A figure of the portrait, as its source gives it."""

    label: str
    value: str
    unit: str
    year: int
    source: str


@dataclass(frozen=True)
class ReportPortrait:
    """What was told of the community before it appraised. `facts`: kind in words, then words."""

    figures: tuple[ReportFigure, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class StatisticMark:
    """A statistic of the place (`kind` « here »), its territory or its region, in words.

    `value` is a decimal number in text, empty where it may not be drawn beside the others: another
    period, a count that follows the size of the place, a figure that the source hides.
    """

    kind: str
    place: str
    words: str
    value: str = ""


@dataclass(frozen=True)
class ReportStatistic:
    """What is counted. `marks`: here first, then what is known beside it."""

    name: str
    when: str
    caution: str
    marks: tuple[StatisticMark, ...]
    source: str

    @property
    def here(self) -> StatisticMark:
        return self.marks[0]

    @property
    def is_drawn(self) -> bool:
        return bool(self.here.value) and any(mark.value for mark in self.marks[1:])


@dataclass(frozen=True)
class DimensionStatistics:
    """The statistics that stand beside what people said of one dimension."""

    dimension_code: str
    dimension: str
    statistics: tuple[ReportStatistic, ...]


@dataclass(frozen=True)
class Side:
    """One item at one of the two times. `floor`: the smallest n of its dimension, never shown."""

    distribution: DisclosedDistribution | None
    floor: int | None
    median_words: str
    agreement_words: str
    agreed_level: int | None
    agreed_label: str

    @property
    def has_answers(self) -> bool:
        """Whether answers leave: counted, or in words at the level that counts nothing."""
        return self.distribution is not None or bool(self.agreement_words)

    def without_answers(self) -> Side:
        return replace(self, distribution=None, floor=None, median_words="", agreement_words="")


@dataclass(frozen=True)
class ComparedItem:
    """The same item at two times, on scales of one length; `labels` are those of now."""

    name: str
    labels: tuple[str, ...]
    before: Side
    now: Side


@dataclass(frozen=True)
class LeftOut:
    """An item that is not compared, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class ReportOutcome:
    """What came of a démarche, as its team shows it; `label` says what it is."""

    on: dt.date
    label: str
    words: str


@dataclass(frozen=True)
class Comparison:
    """« Avant / maintenant ». `actions`: what was decided the first time, and where it stands.

    `outcomes`: what happened from one evening to the other, as the register told it.
    """

    before_reference: str
    before_on: dt.date | None
    now_on: dt.date | None
    before_instrument: str
    now_instrument: str
    items: tuple[ComparedItem, ...]
    left_out: tuple[LeftOut, ...]
    actions: tuple[ReportAction, ...]
    outcomes: tuple[ReportOutcome, ...] = ()


@dataclass(frozen=True)
class Report:
    """`level` is the publication level it was trimmed to; `outside_k`, the k it was made with.

    `practices` are today's sheets of the catalogue, beside the report: no snapshot keeps them.
    """

    level: str
    reference: str
    place: str
    territory: str
    requested_by: str
    purposes: tuple[str, ...]
    is_demo: bool
    adopted_by: str
    adopted_on: dt.date | None
    headline: str
    outside_k: int
    meetings: tuple[ReportMeeting, ...]
    paragraphs: tuple[ReportParagraph, ...]
    findings: tuple[ReportFinding, ...]
    quotes: tuple[ReportQuote, ...]
    actions: tuple[ReportAction, ...]
    photos: tuple[ReportPhoto, ...] = ()
    room_words: tuple[ReportWords, ...] = ()
    portrait: ReportPortrait | None = None
    comparison: Comparison | None = None
    lessons: str = ""
    statistics: tuple[DimensionStatistics, ...] = ()
    practices: tuple[SuggestedPractice, ...] = ()

    @property
    def title(self) -> str:
        return f"Rapport de la démarche d’appréciation {of_name(self.place)}"

    @property
    def held_on(self) -> dt.date | None:
        """The day of the last evening."""
        return max((m.held_on for m in self.meetings if m.held_on), default=None)

    @property
    def strengths(self) -> tuple[ReportFinding, ...]:
        return self._findings(FindingKind.STRENGTH)

    @property
    def challenges(self) -> tuple[ReportFinding, ...]:
        return self._findings(FindingKind.CHALLENGE)

    @property
    def leads(self) -> tuple[ReportFinding, ...]:
        return self._findings(FindingKind.ACTION_LEAD)

    def paragraph(self, key: str) -> ReportParagraph | None:
        return next((paragraph for paragraph in self.paragraphs if paragraph.key == key), None)

    def _findings(self, kind: FindingKind) -> tuple[ReportFinding, ...]:
        return tuple(finding for finding in self.findings if finding.kind == kind)
