"""Raw counts by sector: for `domain/sector_cuts.py` and `core.disclosure` only."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Sum

from appreciation.models import HandCount, Meeting, RatingCount

RoundItem = tuple[int, int]
AnswersBySector = Mapping[str, Mapping[int, int]]

NO_SECTOR = ""


def answers_by_sector(meeting: Meeting) -> Mapping[RoundItem, AnswersBySector]:
    """`{(round, item): {sector name: {answer: people}}}`, hands left out. One query."""
    counts: dict[RoundItem, dict[str, dict[int, int]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(int))
    )
    rows = (
        RatingCount.objects.filter(meeting=meeting)
        .values_list("round_id", "item_id", "sector__name", "answer")
        .annotate(people=Sum("count"))
        .order_by("sector__position", "sector__name")
    )
    for round_id, item_id, sector, answer, people in rows:
        counts[round_id, item_id][sector or NO_SECTOR][answer] += people
    return counts


def hands_by_round_and_item(meeting: Meeting) -> Mapping[RoundItem, int]:
    """How many hands were counted, whatever they said. One query."""
    rows = HandCount.objects.filter(meeting=meeting).values_list("round_id", "item_id")
    return {
        (round_id, item_id): people
        for round_id, item_id, people in rows.annotate(people=Sum("count")).order_by()
    }
