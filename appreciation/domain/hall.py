"""What the wall says, moment by moment. No name ever; no distribution before it is revealed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet, Subquery, Sum

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.dots import poll_of, ranking_of
from appreciation.domain.frozen_questionnaire import questionnaire_in_memory
from appreciation.domain.live import Received, received_in, received_overall, rounds_with_received
from appreciation.domain.queries.answer_counts import to_answer_counts
from appreciation.domain.queries.room_words import WordGroup, shown_groups
from appreciation.domain.questionnaire import QuestionnaireDimension, QuestionnaireItem
from appreciation.domain.ranking import Ranking
from appreciation.domain.statistics import agreement
from appreciation.domain.wall import (
    DIMENSION,
    DOTS,
    RANKING,
    WORDS,
    subject_without_dimension,
    wall_subject,
)
from appreciation.domain.wording import words_of_agreement
from appreciation.enums import ExitQuestion, RoundState
from appreciation.models import AgreedRating, HandCount, Meeting, RatingCount, Round
from core.charts import LevelScale, ProjectionColumns
from core.disclosure import ROOM_K, DisclosedDistribution, Suppressed, disclose_dimension
from core.typography import fr_typo

RULES_SECONDS = 30
FEW_WORDS = 9
STATEMENT_SIZES = ((60, "short"), (120, "medium"), (200, "long"))
CLOSING_QUESTION = "Qu’est-ce que ces réponses nous disent?"
LONGEST_PROMPT = 75
SENTENCES = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True)
class HallState:
    """`mode` names the part of `templates/hall/` that is shown."""

    meeting: Meeting
    mode: str
    received: Received
    rank: int = 0
    total: int = 0
    dimension: QuestionnaireDimension | None = None
    item: QuestionnaireItem | None = None
    round: Round | None = None
    chart: ProjectionColumns | None = None
    words: str = ""
    agreed_label: str = ""
    ranking: Ranking | None = None
    prompt: str = ""
    groups: tuple[WordGroup, ...] = ()

    @property
    def statement(self) -> str:
        """The one sentence that everybody reads."""
        if self.item is not None:
            return self.item.text
        return self.dimension.title if self.dimension else ""

    @property
    def statement_size(self) -> str:
        """A css word: a long statement is written smaller, so that it stays on the wall."""
        length = len(self.statement)
        return next((size for limit, size in STATEMENT_SIZES if length <= limit), "longest")

    @property
    def item_rank(self) -> int:
        items = self.dimension.items if self.dimension else ()
        return items.index(self.item) + 1 if self.item in items else 0

    @property
    def has_few_words(self) -> bool:
        """They may be written big: the wall holds them all."""
        return sum(group.count for group in self.groups) <= FEW_WORDS

    @property
    def exit_questions(self) -> list[str]:
        return [question.label for question in ExitQuestion]


def hall_state(meeting: Meeting) -> HallState:
    """What to write on the wall now.

    Two queries for a frozen instrument while people vote, three once revealed (the region's own
    words for agreement are read again every half minute).
    """
    subject = wall_subject(meeting)
    if subject in (DOTS, RANKING):
        return _dots(meeting, subject)
    if subject == WORDS:
        return _words(meeting)
    dimensions = questionnaire_in_memory(meeting.instrument).dimensions
    shown = next((d for d in dimensions if d.id == meeting.current_dimension_id), None)
    if subject != DIMENSION or shown is None:
        return HallState(meeting, subject_without_dimension(meeting), received_overall(meeting))
    item = _item(meeting, shown)
    rounds = list(_rounds(meeting, shown, item))
    last: Any = rounds[-1] if rounds else None  # a Round with its annotation `agreed_level`
    mode = _mode(last)
    state = HallState(
        meeting,
        mode,
        received_in(meeting, rounds),
        rank=dimensions.index(shown) + 1,
        total=len(dimensions),
        dimension=shown,
        item=item,
        round=last,
        prompt=_short(shown.prompt) if mode in ("talk", "revealed") else "",
    )
    if mode == "revealed" and item is not None:
        return _revealed(state, last, shown, item)
    return state


def _words(meeting: Meeting) -> HallState:
    """The question to the room and what the facilitator shows of the answers."""
    question = meeting.wall_question
    return HallState(
        meeting,
        WORDS,
        received_overall(meeting),
        prompt=question.text if question else "",
        groups=tuple(shown_groups(question)) if question else (),
    )


def _dots(meeting: Meeting, subject: str) -> HallState:
    ranking = ranking_of(poll_of(meeting)) if subject == RANKING else None
    return HallState(meeting, subject, received_overall(meeting), ranking=ranking)


def _mode(last: Round | None) -> str:
    if last is None:
        return "talk"
    return {
        RoundState.WAITING: "waiting",
        RoundState.OPEN: "vote",
        RoundState.PAUSED: "paused",
        RoundState.CLOSED: "closed",
        RoundState.REVEALED: "revealed",
    }[RoundState(last.state)]


def _item(meeting: Meeting, dimension: QuestionnaireDimension) -> QuestionnaireItem | None:
    """The statement chosen at the console, or else the first one."""
    chosen = [item for item in dimension.items if item.id == meeting.current_item_id]
    return next(iter((*chosen, *dimension.items)), None)


def _rounds(
    meeting: Meeting, dimension: QuestionnaireDimension, item: QuestionnaireItem | None
) -> QuerySet[Round]:
    """The votes on a dimension, and the level agreed on the statement shown."""
    agreed = AgreedRating.objects.filter(meeting=meeting, item=item.id if item else None)
    return rounds_with_received(meeting.rounds.filter(instrument_dimension=dimension.id)).annotate(
        agreed_level=Subquery(agreed.values("level")[:1])
    )


def _revealed(
    state: HallState, round_: Any, dimension: QuestionnaireDimension, item: QuestionnaireItem
) -> HallState:
    """The distribution as the room may see it: three respondents at least, or nothing."""
    answers, agreed_level = _answers(round_), round_.agreed_level
    counts = {
        str(asked.id): to_answer_counts(answers.get(asked.id, {}), levels=len(asked.levels))
        for asked in dimension.items
    }
    disclosed = disclose_dimension(counts, k=ROOM_K)
    outward: DisclosedDistribution | Suppressed = (
        disclosed if isinstance(disclosed, Suppressed) else dict(disclosed.items)[str(item.id)]
    )
    words = ""
    if isinstance(outward, DisclosedDistribution) and outward.answers:
        key = "hall-discretion-rules"
        rules = cache.get_or_set(key, discretion_rules, RULES_SECONDS) or discretion_rules()
        words = words_of_agreement(agreement(outward.levels), rules.thresholds)
    labels = tuple(level.label for level in item.levels)
    return replace(
        state,
        chart=ProjectionColumns(
            identifier="salle",
            title=item.text,
            sentence=words or str(outward),
            source="Réponses de la salle",
            scale=LevelScale(labels),
            distribution=outward,
            agreed_level=agreed_level,
        ),
        words=words[:1].upper() + words[1:],
        agreed_label=labels[agreed_level - 1] if agreed_level else "",
        prompt=_short(dimension.prompt) or CLOSING_QUESTION,
    )


def _short(prompt: str) -> str:
    """The first sentences of a prompt that fit on the wall; the console shows all of it."""
    kept = ""
    for sentence in SENTENCES.split(prompt.strip()):
        if kept and len(kept) + len(sentence) >= LONGEST_PROMPT:
            break
        kept = f"{kept} {sentence}".strip()
    return fr_typo(kept)


def _answers(round_: Round) -> dict[int, dict[int, int]]:
    """`{item: {answer: people}}` of a round, seats and hands together. One query."""
    seated = RatingCount.objects.filter(round=round_).order_by().values_list("item_id", "answer")
    raised = HandCount.objects.filter(round=round_).order_by().values_list("item_id", "answer")
    answers: dict[int, dict[int, int]] = {}
    for item_id, answer, people in seated.annotate(people=Sum("count")).union(
        raised.annotate(people=Sum("count")), all=True
    ):
        of_item = answers.setdefault(item_id, {})
        of_item[answer] = of_item.get(answer, 0) + people
    return answers
