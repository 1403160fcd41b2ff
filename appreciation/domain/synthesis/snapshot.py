"""A synthesis as plain JSON and back. Distributions go through `core.disclosure` both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from fractions import Fraction
from typing import Any

from appreciation.domain.plain_json import Json, as_json, day_of, plain
from appreciation.domain.statistics import agreement, median
from appreciation.domain.synthesis.coverage import coverage_of
from appreciation.domain.synthesis.nouns import (
    Cell,
    ExitRead,
    LeadOutcome,
    MatchedPractice,
    Matrix,
    MatrixRow,
    Narrative,
    Quote,
    Recurrence,
    Source,
    Story,
    SynthesisRead,
    TerritoryCoverage,
    ThemeMention,
)
from appreciation.domain.synthesis.texts import narratives_of
from core import disclosure
from core.disclosure import Suppressed

SCHEMA = 1
DERIVED = ("distribution", "median", "agreement", "does_not_know_share")
"""What a cell works out again from its distribution: no fraction is stored."""
PLAIN = ("reference", "title", "headline", "region", "year", "is_demo", "scope", "outside_k")


def to_snapshot(read: SynthesisRead) -> Json:
    """All that the synthesis says, and nothing else. Its date and fingerprint are the edition's."""
    return {
        "schema": SCHEMA,
        **{name: getattr(read, name) for name in PLAIN},
        "sources": [plain(each) for each in read.sources],
        "matrices": [_matrix_to_json(each) for each in read.matrices],
        "recurrences": [as_json(asdict(each)) for each in read.recurrences],
        "leads": [plain(each) for each in read.leads],
        "territories": [plain(each) for each in read.coverage.territories],
        "practices": [plain(each) for each in read.practices],
        "exits": [
            plain(each) | {"distribution": disclosure.to_snapshot(each.distribution)}
            for each in read.exits
        ],
        "quotes": [plain(each) for each in read.quotes],
        "stories": [plain(each) for each in read.stories],
        "narratives": [plain(each) for each in read.narratives],
    }


def from_snapshot(data: Mapping[str, Any], *, outside_k: int | None = None) -> SynthesisRead:
    """The synthesis that was frozen. A region that raised its k hides old figures too.

    Totals are added again from what is left. Raises ValueError for an unknown schema.
    """
    if data.get("schema") != SCHEMA:
        raise ValueError(f"Format de synthèse inconnu: {data.get('schema')!r}.")
    k = max(data["outside_k"], outside_k or 0)
    sources = tuple(_source(each, k) for each in data["sources"])
    territories = [TerritoryCoverage(**each) for each in data["territories"]]
    read = SynthesisRead(
        **{name: data[name] for name in PLAIN} | {"outside_k": k},
        frozen_on=None,
        fingerprint="",
        sources=sources,
        matrices=tuple(_matrix(each, k) for each in data["matrices"]),
        recurrences=tuple(
            Recurrence(**each | {"mentions": tuple(ThemeMention(**m) for m in each["mentions"])})
            for each in data["recurrences"]
        ),
        leads=tuple(
            LeadOutcome(**each | {"outcomes": tuple(each["outcomes"])}) for each in data["leads"]
        ),
        coverage=coverage_of(sources, territories),
        practices=tuple(MatchedPractice(**_tuples(each)) for each in data["practices"]),
        exits=tuple(_exit(each, k) for each in data["exits"]),
        quotes=tuple(Quote(**each) for each in data["quotes"]),
        stories=tuple(Story(**_tuples(each)) for each in data["stories"]),
        narratives=tuple(Narrative(**each) for each in data["narratives"]),
    )
    if k == data["outside_k"]:
        return read
    written = {each.key: each.text for each in read.narratives if each.is_edited}
    return replace(read, narratives=narratives_of(read, written))


def _source(stored: Json, k: int) -> Source:
    people, held_on = stored["people"], stored["held_on"]
    return Source(
        **_tuples(stored)
        | {
            "people": people if people is not None and people >= k else None,
            "held_on": day_of(held_on),
        }
    )


def _exit(stored: Json, k: int) -> ExitRead:
    return ExitRead(
        source=stored["source"],
        question=stored["question"],
        labels=tuple(stored["labels"]),
        distribution=disclosure.from_snapshot(stored["distribution"], k=k),
    )


def _matrix_to_json(matrix: Matrix) -> Json:
    rows = [
        {"code": row.code, "name": row.name, "cells": [_cell_to_json(each) for each in row.cells]}
        for row in matrix.rows
    ]
    return plain(matrix, without=("rows",)) | {"rows": rows}


def _cell_to_json(cell: Cell) -> Json:
    shown = cell.distribution
    return plain(cell, without=DERIVED) | {
        "distribution": None if shown is None else disclosure.to_snapshot(shown)
    }


def _matrix(stored: Json, k: int) -> Matrix:
    return Matrix(
        **stored
        | {
            "labels": tuple(stored["labels"]),
            "sources": tuple(stored["sources"]),
            "own_labels": tuple(tuple(each) for each in stored["own_labels"]),
            "rows": tuple(
                MatrixRow(row["code"], row["name"], tuple(_cell(each, k) for each in row["cells"]))
                for row in stored["rows"]
            ),
        }
    )


def _cell(stored: Json, k: int) -> Cell:
    """`floor` and not the pooled answers is what k is compared with: one person answers several
    statements of a dimension.
    """
    kept = stored | {"median": None, "agreement": None, "does_not_know_share": None}
    if stored["distribution"] is None:
        return Cell(**kept)
    shown = disclosure.from_snapshot(stored["distribution"], k=k)
    if isinstance(shown, Suppressed) or stored["floor"] is None or stored["floor"] < k:
        hidden = {"median_words": "", "agreement_words": "", "floor": None}
        return Cell(**kept | hidden | {"distribution": Suppressed()})
    return Cell(
        **kept
        | {
            "distribution": shown,
            "median": median(shown.levels),
            "agreement": agreement(shown.levels),
            "does_not_know_share": Fraction(shown.does_not_know, shown.respondents),
        }
    )


def _tuples(stored: Json) -> Json:
    return {key: tuple(each) if isinstance(each, list) else each for key, each in stored.items()}
