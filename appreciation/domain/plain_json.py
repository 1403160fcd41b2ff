"""Frozen nouns as plain JSON, for the snapshots that editions keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

Json = dict[str, Any]


def plain(noun: Any, *, without: Sequence[str] = ()) -> Json:
    """The fields of a dataclass; `without` those that the caller says in its own way."""
    return {
        field.name: as_json(getattr(noun, field.name))
        for field in fields(noun)
        if field.name not in without
    }


def as_json(value: Any) -> Any:
    """Tuples as lists, days as ISO, however deep."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def day_of(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
