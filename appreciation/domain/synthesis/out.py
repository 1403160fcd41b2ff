"""Reading the syntheses that are out: only frozen editions, through the rules of today."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.synthesis.freezing import frozen_read
from appreciation.domain.synthesis.nouns import SynthesisRead
from appreciation.domain.synthesis.public import for_public, leave_out
from appreciation.domain.synthesis.publishing import read_for_region
from appreciation.domain.synthesis.since import Moved, Words, since_frozen, words_taken_back
from appreciation.models import SynthesisEdition

PUBLIC, REGION = "public", "region"
KEPT_READS = 8


class Standing(NamedTuple):
    """All that the reading of an edition depends on: k may be raised, démarches taken back, words
    too where one has a new edition.
    """

    pk: int
    fingerprint: str
    frozen_at: dt.datetime
    outside_k: int
    gone: frozenset[str]
    moved: frozenset[Moved]


def edition_out(synthesis_id: int) -> SynthesisEdition | None:
    """What everybody reads of a synthesis; None once it was withdrawn."""
    return (
        SynthesisEdition.objects.out()
        .filter(synthesis=synthesis_id)
        .light()
        .select_related("document", "synthesis__region")
        .first()
    )


def editions_listed() -> list[SynthesisEdition]:
    """One per synthesis that is out, the latest year first; without their figures."""
    editions = SynthesisEdition.objects.out().filter(synthesis__page__isnull=False).light()
    return list(
        editions.select_related("synthesis__page", "synthesis__region").order_by(
            "-synthesis__year", "-published_at"
        )
    )


def read_edition(
    edition: SynthesisEdition, *, scope: str = PUBLIC, outside_k: int | None = None
) -> SynthesisRead:
    """What an edition says today to everybody, or to the coordination of the region."""
    if scope == REGION:
        return read_for_region(edition=edition, outside_k=outside_k)
    return read_public(standing_of(edition, outside_k=outside_k))


def standing_of(edition: SynthesisEdition, *, outside_k: int | None = None) -> Standing:
    """How an edition stands today. One query where k is known."""
    k = discretion_rules().outside_k if outside_k is None else outside_k
    since = since_frozen(edition)
    return Standing(edition.pk, edition.fingerprint, edition.frozen_at, k, since.gone, since.moved)


@lru_cache(maxsize=KEPT_READS)
def unsaid_of(standing: Standing) -> frozenset[Words]:
    """Words of the edition that may not be quoted any more. Kept as the reading is."""
    return words_taken_back(standing.moved)


@lru_cache(maxsize=KEPT_READS)
def read_public(standing: Standing) -> SynthesisRead:
    """Kept by the process: an edition never changes, and nobody can change what it gives."""
    edition = SynthesisEdition.objects.get(pk=standing.pk)
    read = frozen_read(edition, outside_k=standing.outside_k)
    return for_public(leave_out(read, standing.gone, unsaid_of(standing)))


def texts_of_synthesis(synthesis_id: int) -> list[str]:
    """What the search finds: the words of the edition that everyone may read."""
    edition = edition_out(synthesis_id)
    if edition is None:
        return []
    read = read_edition(edition)
    texts = [read.headline, *(each.text for each in read.narratives)]
    texts += [each.label for each in read.recurrences]
    texts += [mention.text for each in read.recurrences for mention in each.mentions]
    texts += [each.title for each in read.leads]
    texts += [*(each.text for each in read.quotes), *(each.text for each in read.stories)]
    return list(dict.fromkeys(text for text in texts if text.strip()))
