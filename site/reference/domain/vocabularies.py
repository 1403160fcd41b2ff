"""Shipped dimensions, sectors and issues."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from reference.models import Dimension, Issue, Sector
from reference.models.vocabularies import Vocabulary

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
SHIPPED: tuple[tuple[str, type[Vocabulary]], ...] = (
    ("dimensions.toml", Dimension),
    ("sectors.toml", Sector),
    ("issues.toml", Issue),
)


@transaction.atomic
def load_vocabularies() -> int:
    """Create the shipped entries that are missing; return how many.

    An entry that exists is left alone: coordinators rename, reorder and retire them in the admin.
    """
    return sum(_load(SEEDS / name, model) for name, model in SHIPPED)


def _load(path: Path, model: type[Vocabulary]) -> int:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["entries"]
    known = set(model._default_manager.values_list("code", flat=True))
    missing = [
        model(position=position, **entry)
        for position, entry in enumerate(entries, start=1)
        if entry["code"] not in known
    ]
    model._default_manager.bulk_create(missing)
    return len(missing)
