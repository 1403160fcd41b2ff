"""What a meeting found, as far as an audience may see it (DESIGN.md §5, Disclosure).

* the room: revealed rounds, from 3 respondents;
* the team, once entry is finished: every closed round, from 3 respondents; before that, the room's;
* outside: the final round only, from 5 respondents.

A dimension is shown whole or not at all: its n is the smallest n of its items. Agreed ratings are
the group's own statements and stand beside hidden answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from appreciation.domain.queries.answer_counts import (
    RoundItem,
    answers_by_round_and_item,
    to_answer_counts,
)
from appreciation.domain.questionnaire import (
    QuestionnaireDimension,
    QuestionnaireItem,
    questionnaire_for,
)
from appreciation.domain.statistics import agreement, median
from appreciation.domain.wording import (
    DEFAULT_THRESHOLDS,
    OPPOSED,
    SHARED,
    AgreementThresholds,
    does_not_know_in_words,
    median_in_words,
    words_of_agreement,
)
from appreciation.enums import FINISHED_ROUND_STATES, MeetingState, RoundState
from appreciation.models import AgreedRating, Meeting, Round
from core.disclosure import (
    OUTSIDE_K,
    ROOM_K,
    DisclosedDistribution,
    Suppressed,
    disclose_dimension,
)

DISCUSSED = (SHARED, OPPOSED)
LOW_GROUP = 8
"""Under this number of answers, agreement moves with one voice (DOMAIN.md §7.4)."""


class Audience(Enum):
    ROOM = "room"
    TEAM = "team"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class RoundResult:
    """One vote on one item. `median` is in levels, `agreement` from -1 to 1; None when hidden."""

    round_id: int
    number: int
    distribution: DisclosedDistribution | Suppressed
    median: Fraction | None
    median_words: str
    agreement: Fraction | None
    agreement_words: str
    does_not_know_words: str

    @property
    def is_suppressed(self) -> bool:
        return isinstance(self.distribution, Suppressed)


@dataclass(frozen=True)
class AgreedLevel:
    level: int | None
    label: str
    reason: str
    dissent: str


@dataclass(frozen=True)
class ItemResult:
    item: QuestionnaireItem
    rounds: tuple[RoundResult, ...]
    agreed: AgreedLevel | None

    @property
    def final(self) -> RoundResult | None:
        """The last vote that this audience may see."""
        return self.rounds[-1] if self.rounds else None

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(level.label for level in self.item.levels)


@dataclass(frozen=True)
class DimensionResult:
    """`pooled`: the last vote on all its items together (answers, not people); None when the items
    do not share one scale length, or nobody answered.
    """

    dimension: QuestionnaireDimension
    items: tuple[ItemResult, ...]
    pooled: RoundResult | None = None

    @property
    def is_suppressed(self) -> bool:
        return any(item.final.is_suppressed for item in self.items if item.final)

    @property
    def has_answers(self) -> bool:
        return any(item.rounds for item in self.items)

    def name_of(self, item: ItemResult) -> str:
        """The dimension's name when this is its only item, else the statement."""
        return self.dimension.title if len(self.items) == 1 else item.item.text

    @property
    def lowest_agreement(self) -> Fraction | None:
        """The agreement of its most discussed item: the order of the debate."""
        known = [item.final.agreement for item in self.items if item.final]
        return min((value for value in known if value is not None), default=None)


@dataclass(frozen=True)
class MeetingResults:
    meeting: Meeting
    audience: Audience
    dimensions: tuple[DimensionResult, ...]

    @property
    def items(self) -> tuple[ItemResult, ...]:
        return tuple(item for dimension in self.dimensions for item in dimension.items)

    @property
    def has_answers(self) -> bool:
        return any(item.rounds for item in self.items)

    @property
    def has_hidden_cells(self) -> bool:
        return any(item.final.is_suppressed for item in self.items if item.final)

    @property
    def by_strength(self) -> tuple[ItemResult, ...]:
        """Strengths first: agreed level or median, relative to the scale, then agreement.

        Where views are shared or opposed and no level was agreed, there is no strength to name:
        these come after, then what is hidden or unanswered.
        """
        return tuple(sorted(self.items, key=_strength, reverse=True))

    @property
    def dimensions_by_strength(self) -> tuple[DimensionResult, ...]:
        """The same order for dimensions, read from all their items together."""
        return tuple(sorted(self.dimensions, key=_dimension_strength, reverse=True))

    @property
    def has_agreed_levels(self) -> bool:
        return any(item.agreed for item in self.items)


def meeting_results(
    meeting: Meeting,
    *,
    audience: Audience,
    outside_k: int = OUTSIDE_K,
    thresholds: AgreementThresholds = DEFAULT_THRESHOLDS,
) -> MeetingResults:
    """Results of `meeting` for `audience`, dimensions in the order of the instrument.

    `outside_k` may be raised by a region; ValueError under 3. A constant number of queries.
    """
    rounds = _visible_rounds(meeting, audience)
    reader = _Reader(
        answers=answers_by_round_and_item(meeting),
        agreed={rating.item_id: rating for rating in AgreedRating.objects.filter(meeting=meeting)},
        k=outside_k if audience is Audience.OUTSIDE else ROOM_K,
        thresholds=thresholds,
        final_only=audience is Audience.OUTSIDE,
    )
    dimensions = questionnaire_for(meeting.instrument).dimensions
    return MeetingResults(
        meeting=meeting,
        audience=audience,
        dimensions=tuple(
            reader.dimension(dimension, rounds.get(dimension.id, ())) for dimension in dimensions
        ),
    )


def _visible_rounds(meeting: Meeting, audience: Audience) -> dict[int, list[Round]]:
    """Rounds this audience may see, by dimension, first round first."""
    is_over = meeting.state == MeetingState.ENTRY_DONE
    states = (
        FINISHED_ROUND_STATES
        if is_over and audience is not Audience.ROOM
        else (RoundState.REVEALED,)
    )
    visible: dict[int, list[Round]] = {}
    for round_ in meeting.rounds.filter(state__in=states).order_by("number"):
        visible.setdefault(round_.instrument_dimension_id, []).append(round_)
    return visible


@dataclass(frozen=True)
class _Reader:
    answers: Mapping[RoundItem, Mapping[int, int]]
    agreed: Mapping[int, AgreedRating]
    k: int
    thresholds: AgreementThresholds
    final_only: bool

    def dimension(
        self, dimension: QuestionnaireDimension, rounds: list[Round] | tuple[()]
    ) -> DimensionResult:
        answered = [round_ for round_ in rounds if self._has_answers(round_, dimension)]
        if self.final_only:
            answered = answered[-1:]
        by_item: dict[int, list[RoundResult]] = {item.id: [] for item in dimension.items}
        pooled = None
        for round_ in answered:
            results, pooled = self._round(round_, dimension)
            for item_id, result in results.items():
                by_item[item_id].append(result)
        return DimensionResult(
            dimension=dimension,
            items=tuple(
                ItemResult(item=item, rounds=tuple(by_item[item.id]), agreed=self._agreed(item))
                for item in dimension.items
            ),
            pooled=pooled,
        )

    def _has_answers(self, round_: Round, dimension: QuestionnaireDimension) -> bool:
        return any(self.answers.get((round_.pk, item.id)) for item in dimension.items)

    def _round(
        self, round_: Round, dimension: QuestionnaireDimension
    ) -> tuple[dict[int, RoundResult], RoundResult | None]:
        """Results by item, and all items pooled."""
        counts = {
            str(item.id): to_answer_counts(
                self.answers.get((round_.pk, item.id), {}), levels=len(item.levels)
            )
            for item in dimension.items
        }
        disclosed = disclose_dimension(counts, k=self.k)
        if isinstance(disclosed, Suppressed):
            hidden = _hidden(round_, disclosed)
            return {item.id: hidden for item in dimension.items}, hidden
        distributions = dict(disclosed.items)
        results = {
            item.id: self._result(round_, item, distributions[str(item.id)])
            for item in dimension.items
        }
        if disclosed.pooled is None:
            return results, None
        return results, self._result(round_, dimension.items[0], disclosed.pooled)

    def _result(
        self, round_: Round, item: QuestionnaireItem, distribution: DisclosedDistribution
    ) -> RoundResult:
        agreed = agreement(distribution.levels)
        return RoundResult(
            round_id=round_.pk,
            number=round_.number,
            distribution=distribution,
            median=median(distribution.levels),
            median_words=median_in_words(
                distribution.levels, [level.label for level in item.levels]
            ),
            agreement=agreed,
            agreement_words=words_of_agreement(agreed, self.thresholds),
            does_not_know_words=does_not_know_in_words(
                distribution.does_not_know, distribution.respondents
            ),
        )

    def _agreed(self, item: QuestionnaireItem) -> AgreedLevel | None:
        rating = self.agreed.get(item.id)
        if rating is None:
            return None
        label = item.levels[rating.level - 1].label if rating.level else ""
        return AgreedLevel(rating.level, label, rating.reason, rating.dissent)


def _hidden(round_: Round, suppressed: Suppressed) -> RoundResult:
    return RoundResult(round_.pk, round_.number, suppressed, None, str(suppressed), None, "", "")


Strength = tuple[int, Fraction, Fraction]
NO_STRENGTH: Strength = (0, Fraction(0), Fraction(0))


def _strength(result: ItemResult) -> Strength:
    """Named or not, how far along from 0 to 1, then how agreed."""
    final = result.final
    level = result.agreed.level if result.agreed else None
    place = Fraction(level) if level else (final.median if final else None)
    if place is None:
        return NO_STRENGTH
    is_named = bool(level) or (final is not None and final.agreement_words not in DISCUSSED)
    shared = final.agreement if final and final.agreement is not None else Fraction(-1)
    return 1 + is_named, place / len(result.item.levels), shared


def _dimension_strength(result: DimensionResult) -> Strength:
    if len(result.items) == 1:
        return _strength(result.items[0])
    pooled = result.pooled
    if pooled is None or pooled.median is None:
        return NO_STRENGTH
    shared = Fraction(-1) if pooled.agreement is None else pooled.agreement
    is_named = pooled.agreement_words not in DISCUSSED
    return 1 + is_named, pooled.median / len(result.items[0].item.levels), shared
