"""What everybody may read of a synthesis. Whoever is withheld changes nothing but a count.

Nothing hidden can be found by subtraction, because nothing hidden is in any total: the public
synthesis is worked out from the démarches that it shows, as if the others had been counted and
never read. An unnamed démarche is withheld too: its figures or its sentences could be matched with
its own entry of the register, where it has a name (see the record of this decision).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from appreciation.domain.synthesis.cells import most_used_first, usual_labels
from appreciation.domain.synthesis.coverage import coverage_of
from appreciation.domain.synthesis.names import nameless
from appreciation.domain.synthesis.nouns import (
    ExitRead,
    LeadOutcome,
    Matrix,
    Quote,
    Recurrence,
    Source,
    Story,
    SynthesisRead,
    ThemeMention,
    most_shared_first,
)
from appreciation.domain.synthesis.practices import practices_still_matched
from appreciation.domain.synthesis.texts import narratives_of

Part = TypeVar("Part", ThemeMention, LeadOutcome, ExitRead, Quote, Story)

PUBLIC = "public"
WITHHELD = "Ses résultats restent dans la région: elle est comptée, sans plus."
UNNAMED = "Elle a choisi de ne pas être nommée: elle est comptée, sans plus."


def for_public(read: SynthesisRead) -> SynthesisRead:
    """The same synthesis for everyone. Applied twice, it changes nothing."""
    if read.scope == PUBLIC:
        return read
    shown = [each for each in read.sources if not each.is_withheld]
    keys = {each.key: f"d{number}" for number, each in enumerate(shown, start=1)}
    named = [replace(each, key=keys[each.key]) for each in shown]
    sources = (*named, *_counted(read, first=len(shown) + 1))
    return _narrowed(replace(read, scope=PUBLIC), sources, keys)


def leave_out(
    read: SynthesisRead, gone: Collection[str], unsaid: Collection[tuple[str, str]] = ()
) -> SynthesisRead:
    """Without these démarches: not shown, not counted, in no total. Nor these words (key, text)."""
    if not gone and not unsaid:
        return read
    left = tuple(each for each in read.sources if each.key not in gone)
    return _narrowed(_silent(read, unsaid), left, {each.key: each.key for each in left})


def _silent(read: SynthesisRead, unsaid: Collection[tuple[str, str]]) -> SynthesisRead:
    """The words in quotation marks, under a theme and beside a story are one and the same."""

    def told(key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text for text in texts if (key, text) not in unsaid)

    return replace(
        read,
        quotes=tuple(each for each in read.quotes if (each.source, each.text) not in unsaid),
        recurrences=tuple(
            replace(
                theme,
                mentions=tuple(m for m in theme.mentions if (m.source, m.text) not in unsaid),
            )
            for theme in read.recurrences
        ),
        stories=tuple(
            replace(
                each,
                strengths=told(each.source, each.strengths),
                challenges=told(each.source, each.challenges),
                leads=told(each.source, each.leads),
            )
            for each in read.stories
        ),
    )


def _narrowed(
    read: SynthesisRead, sources: tuple[Source, ...], keys: Mapping[str, str]
) -> SynthesisRead:
    """All its parts from the démarches of `keys` alone (key → new key), as if read without others.

    A paragraph that somebody wrote stays hers; the others are worked out again.
    """
    recurrences = _recurrences(read.recurrences, keys)
    narrowed = replace(
        read,
        sources=sources,
        matrices=_matrices(read.matrices, keys),
        recurrences=recurrences,
        leads=_kept(read.leads, keys),
        coverage=coverage_of(sources, read.coverage.territories),
        practices=practices_still_matched(read.practices, recurrences),
        exits=_kept(read.exits, keys),
        quotes=_kept(read.quotes, keys),
        stories=_kept(read.stories, keys),
        narratives=(),
    )
    written = {each.key: each.text for each in read.narratives if each.is_edited}
    return replace(narrowed, narratives=narratives_of(narrowed, written))


def _counted(read: SynthesisRead, *, first: int) -> list[Source]:
    """The others, with nothing of their own. Those of the region come last."""
    withheld = sorted(each.is_regional for each in read.sources if each.is_withheld)
    return [
        Source(
            key=f"d{first + rank}",
            name=nameless(rank),
            is_anonymous=True,
            territory="",
            territory_code="",
            held_on=None,
            year=None,
            instrument="",
            instrument_version="",
            scale_length=None,
            people=None,
            media=(),
            level="",
            is_regional=is_regional,
            is_historical=False,
            slug="",
            reasons=(WITHHELD if is_regional else UNNAMED,),
        )
        for rank, is_regional in enumerate(withheld)
    ]


def _matrices(matrices: Sequence[Matrix], keys: Mapping[str, str]) -> tuple[Matrix, ...]:
    kept = [_matrix(each, keys) for each in matrices]
    return tuple(sorted((each for each in kept if each.sources), key=most_used_first))


def _matrix(matrix: Matrix, keys: Mapping[str, str]) -> Matrix:
    """Its columns that are shown, their own words, and the rows that they fill."""
    worded = [
        (keys[source], labels)
        for source, labels in zip(matrix.sources, matrix.own_labels, strict=True)
        if source in keys
    ]
    rows = [
        replace(
            row,
            cells=tuple(
                replace(cell, source=keys[cell.source]) for cell in row.cells if cell.source in keys
            ),
        )
        for row in matrix.rows
    ]
    own_labels = tuple(labels for _, labels in worded)
    return replace(
        matrix,
        labels=usual_labels(own_labels),
        is_worded_alike=len(set(own_labels)) <= 1,
        sources=tuple(source for source, _ in worded),
        own_labels=own_labels,
        rows=tuple(row for row in rows if not all(cell.is_empty for cell in row.cells)),
    )


def _recurrences(
    recurrences: Sequence[Recurrence], keys: Mapping[str, str]
) -> tuple[Recurrence, ...]:
    """A theme that only withheld démarches mention is not named: its name would tell."""
    kept = [replace(each, mentions=_kept(each.mentions, keys)) for each in recurrences]
    return tuple(sorted((each for each in kept if each.mentions), key=most_shared_first))


def _kept(parts: Sequence[Part], keys: Mapping[str, str]) -> tuple[Part, ...]:
    return tuple(replace(each, source=keys[each.source]) for each in parts if each.source in keys)
