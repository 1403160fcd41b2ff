"""What the démarches of an edition did since it was frozen, and what it must keep silent for it."""

from __future__ import annotations

from typing import NamedTuple

from appreciation.domain.synthesis.freezing import may_still_be_told
from appreciation.domain.synthesis.published import quotes_of
from appreciation.domain.synthesis.sources import read_editions
from appreciation.models import Publication, SynthesisEdition

Words = tuple[str, str]
"""Key of a démarche in the edition, and what somebody said there."""


class Moved(NamedTuple):
    """A démarche read in one edition of the register, that has another one in force."""

    key: str
    read: int
    current: int
    fingerprint: str


class Since(NamedTuple):
    """`gone`: keys of the démarches that may not be told any more."""

    gone: frozenset[str]
    moved: frozenset[Moved]


def since_frozen(edition: SynthesisEdition) -> Since:
    """Withdrawn, published at a level that tells less, or published again. One query."""
    inputs = {each["appraisal"]: each for each in edition.inputs}
    current = {
        appraisal: (level, pk, mark)
        for appraisal, level, pk, mark in Publication.objects.current()
        .filter(appraisal__in=inputs)
        .values_list("appraisal", "level", "pk", "fingerprint")
    }
    gone = {
        each["key"]
        for appraisal, each in inputs.items()
        if not may_still_be_told(
            each["level"], current[appraisal][0] if appraisal in current else None
        )
    }
    moved = {
        Moved(each["key"], each["publication"], *current[appraisal][1:])
        for appraisal, each in inputs.items()
        if each["key"] not in gone and current[appraisal][1] != each["publication"]
    }
    return Since(frozenset(gone), frozenset(moved))


def words_taken_back(moved: frozenset[Moved]) -> frozenset[Words]:
    """Words that could be quoted when they were read, and that the edition in force does not hold.

    Whoever takes a permission back is obeyed at once, without a new edition of the synthesis. One
    query, none where nothing moved.
    """
    if not moved:
        return frozenset()
    numbers = {number for each in moved for number in (each.read, each.current)}
    read = {
        source.publication.pk: {quote.text for quote in quotes_of([source])}
        for source in read_editions(Publication.objects.filter(pk__in=numbers), k=1)
    }
    return frozenset(
        (each.key, words)
        for each in moved
        for words in read.get(each.read, set()) - read.get(each.current, set())
    )
