"""The words of the room in their groups: as the team sorts them, as the wall shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appreciation.enums import RoomWordState
from appreciation.models import RoomHeading, RoomQuestion, RoomWord

ELSEWHERE = "Autres mots"


@dataclass(frozen=True)
class WordGroup:
    """`heading` is None for words without a title."""

    heading: RoomHeading | None
    words: tuple[RoomWord, ...]

    @property
    def title(self) -> str:
        return self.heading.title if self.heading else ELSEWHERE

    @property
    def count(self) -> int:
        return len(self.words)


def sorted_groups(question: RoomQuestion) -> list[WordGroup]:
    """Every word, hidden ones last in their group, in the order of letters: that of arrival could
    tell who. Empty headings are kept: she has just named them. Two queries."""
    words = sorted(question.words.all(), key=lambda word: word.state == RoomWordState.HIDDEN)
    return _grouped(question, words)


def shown_groups(question: RoomQuestion) -> list[WordGroup]:
    """What the wall, the paper and the report may show. Two queries."""
    shown = question.words.filter(state=RoomWordState.SHOWN)
    return [group for group in _grouped(question, shown) if group.words]


def _grouped(question: RoomQuestion, words: Iterable[RoomWord]) -> list[WordGroup]:
    words = list(words)
    headings: list[RoomHeading | None] = [*question.headings.all(), None]
    return [
        WordGroup(
            heading,
            tuple(word for word in words if word.heading_id == (heading.pk if heading else None)),
        )
        for heading in headings
    ]
