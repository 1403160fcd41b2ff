"""Figures frozen on a day, with the fingerprint of what they were made from; what moved since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.synthesis.nouns import Cell, SynthesisRead
from appreciation.domain.synthesis.reading import LiveRead, read_live
from appreciation.domain.synthesis.rights import lock_synthesis
from appreciation.domain.synthesis.selection import lost_sources
from appreciation.domain.synthesis.snapshot import from_snapshot, to_snapshot
from appreciation.enums import PUBLICATION_ORDER, PublicationLevel, SourceShown
from appreciation.models import Appraisal, Publication, Synthesis, SynthesisEdition
from core.disclosure import DisclosedDistribution, Suppressed
from core.errors import DomainError
from core.typography import join_words

if TYPE_CHECKING:
    from accounts.models import User

NOTHING_TO_READ = "Retenez au moins une démarche avant de figer les figures."
CellKey = tuple[int, int, str]
"""Démarche, length of the scale, dimension."""


@dataclass(frozen=True)
class Changes:
    """What a reading of today would say otherwise. Names and words for who prepares the synthesis.

    `withdrawn`: no longer out · `replaced`: a new edition is out · `lowered`: at a level that tells
    less · `shown_otherwise`: its committee asked for something else since · `added`: chosen since ·
    `cells`: distributions that differ · `themes`: under which other findings stand.
    """

    withdrawn: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    shown_otherwise: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def lines(self) -> tuple[str, ...]:
        told = (
            ("N’est plus publiée", self.withdrawn),
            ("A une nouvelle édition", self.replaced),
            ("Publiée à un niveau plus discret", self.lowered),
            ("Présentée autrement depuis", self.shown_otherwise),
            ("Retenue depuis", self.added),
            ("Réponses qui ont changé", self.cells),
            ("Thèmes qui ont changé", self.themes),
        )
        return tuple(f"{title}: {join_words(names)}." for title, names in told if names)


@transaction.atomic
def freeze(*, synthesis: Synthesis, user: User) -> SynthesisEdition:
    """The next edition, from what is published at this moment. Nothing leaves the workshop yet.

    Refused without a démarche, or while a chosen one is no longer published: she decides first.
    Frozen again with nothing changed, it is the same edition.
    """
    locked = lock_synthesis(synthesis, user)
    chosen = locked.sources.exclude(shown=SourceShown.OPTED_OUT).values("appraisal")
    # No edition is published or withdrawn between two of our reads.
    list(Appraisal.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"))
    if lost := lost_sources(synthesis=locked):
        names = join_words([str(source.appraisal.place) for source in lost])
        raise DomainError(
            f"Ce qui est retenu n’est plus publié: {names}. Enlevez-le du choix, puis figez."
        )
    live = read_live(locked)
    if not live.read.sources:
        raise DomainError(NOTHING_TO_READ)
    snapshot, inputs = to_snapshot(live.read), _inputs(live)
    mark = fingerprint_of(snapshot=snapshot, inputs=inputs)
    last = locked.editions.first()
    if last is not None and last.fingerprint == mark and last.withdrawn_at is None:
        return last
    return SynthesisEdition.objects.create(
        synthesis=locked,
        number=(last.number if last else 0) + 1,
        snapshot=snapshot,
        inputs=inputs,
        fingerprint=mark,
        frozen_by=user,
    )


def fingerprint_of(*, snapshot: Mapping[str, Any], inputs: list[dict[str, Any]]) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no space, UTF-8. The day is not in it."""
    content = {"snapshot": snapshot, "inputs": inputs}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_intact(edition: SynthesisEdition) -> bool:
    """What is stored still has the fingerprint that it was frozen with."""
    return edition.fingerprint == fingerprint_of(snapshot=edition.snapshot, inputs=edition.inputs)


def frozen_read(edition: SynthesisEdition, *, outside_k: int | None = None) -> SynthesisRead:
    """The edition as the region reads it, with its day and its fingerprint."""
    k = discretion_rules().outside_k if outside_k is None else outside_k
    return replace(
        from_snapshot(edition.snapshot, outside_k=k),
        frozen_on=timezone.localdate(edition.frozen_at),
        fingerprint=edition.fingerprint,
    )


def what_changed(*, edition: SynthesisEdition) -> Changes:
    """The same reading done again today, beside the frozen one. Reads only."""
    synthesis = edition.synthesis
    inputs = {each["appraisal"]: each for each in edition.inputs}
    names = dict(Appraisal.objects.filter(pk__in=inputs).values_list("pk", "place__name"))
    shown = dict(synthesis.sources.values_list("appraisal", "shown"))
    published = Publication.objects.out().filter(appraisal__in=inputs)
    out = {each.appraisal_id: each for each in published.light()}
    live = read_live(synthesis)
    now = {source.appraisal.pk: key for key, source in live.keyed.items()}
    both = {pk: inputs[pk]["key"] for pk in inputs if pk in now}
    frozen = frozen_read(edition)
    before_cells = _cells(frozen, {key: pk for pk, key in both.items()})
    now_cells = _cells(live.read, {now[pk]: pk for pk in both})
    return Changes(
        withdrawn=_named(names, [pk for pk in inputs if pk not in out]),
        replaced=_named(
            names,
            [pk for pk in out if out[pk].fingerprint != inputs[pk]["fingerprint"]],
        ),
        lowered=_named(
            names,
            [pk for pk in out if not may_still_be_told(inputs[pk]["level"], out[pk].level)],
        ),
        shown_otherwise=_named(
            names, [pk for pk in inputs if shown.get(pk) != inputs[pk]["shown"]]
        ),
        added=tuple(
            source.name for source in live.keyed.values() if source.appraisal.pk not in inputs
        ),
        cells=_changed_cells(before_cells, now_cells, names),
        themes=_changed_themes(frozen, live.read),
    )


def may_still_be_told(level: str, now: str | None) -> bool:
    """Whether what was read at `level` may be shown while the edition in force is at `now`."""
    return now is not None and PUBLICATION_ORDER.index(PublicationLevel(now)) >= (
        PUBLICATION_ORDER.index(PublicationLevel(level))
    )


def _inputs(live: LiveRead) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "appraisal": source.appraisal.pk,
            "reference": source.appraisal.reference,
            "publication": source.publication.pk,
            "number": source.publication.number,
            "fingerprint": source.publication.fingerprint,
            "level": source.publication.level,
            "shown": source.shown,
        }
        for key, source in live.keyed.items()
    ]


def _named(names: Mapping[int, str], appraisals: list[int]) -> tuple[str, ...]:
    return tuple(names.get(pk, "une démarche effacée") for pk in appraisals)


def _cells(read: SynthesisRead, appraisals: Mapping[str, int]) -> dict[CellKey, tuple[str, object]]:
    """Name of the dimension and what its cell says, for the démarches of `appraisals`."""
    return {
        (appraisals[cell.source], matrix.scale_length, row.code): (row.name, _said(cell))
        for matrix in read.matrices
        for row in matrix.rows
        for cell in row.cells
        if cell.source in appraisals and not cell.is_empty
    }


def _said(cell: Cell) -> object:
    shown = cell.distribution
    return (
        (shown.levels, shown.does_not_know) if isinstance(shown, DisclosedDistribution) else None,
        isinstance(shown, Suppressed),
        cell.agreement_words if shown is None else "",
        cell.agreed_level,
        cell.agreed_label,
    )


def _changed_cells(
    before: Mapping[CellKey, tuple[str, object]],
    now: Mapping[CellKey, tuple[str, object]],
    names: Mapping[int, str],
) -> tuple[str, ...]:
    changed = [key for key in {**before, **now} if before.get(key) != now.get(key)]
    return tuple(f"{names[key[0]]}, {(now.get(key) or before[key])[0]}" for key in changed)


def _changed_themes(before: SynthesisRead, now: SynthesisRead) -> tuple[str, ...]:
    """By name: those that came, went, or hold other findings."""
    held, holds = (
        {
            (each.kind, each.label): sorted(m.text for m in each.mentions)
            for each in read.recurrences
        }
        for read in (before, now)
    )
    return tuple(key[1] for key in {**held, **holds} if held.get(key) != holds.get(key))
