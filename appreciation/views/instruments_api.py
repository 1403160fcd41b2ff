"""What is asked in a meeting, for programs: instruments that may be used, with their questions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from appreciation.models import Instrument
from appreciation.models.instruments import InstrumentDimension, Item, Scale
from cms.api import Problem

router = Router(tags=["Grilles"])
WITH_QUESTIONS = (
    "scale__levels",
    "instrument_dimensions__dimension",
    "instrument_dimensions__items__scale__levels",
)


class LevelOut(Schema):
    position: int
    label: str
    anchor: str


class ScaleOut(Schema):
    code: str
    name: str
    levels: list[LevelOut]


class ItemOut(Schema):
    code: str
    text: str
    why: str
    scale: ScaleOut | None = Field(description="Null: l’échelle de la grille.")
    anchors: list[str] = Field(description="Repères propres à l’énoncé, un par niveau.")


class AskedDimension(Schema):
    code: str
    title: str
    discussion_only: bool
    items: list[ItemOut]


class InstrumentOut(Schema):
    """One version: once used it does not change any more."""

    code: str
    version: str
    name: str
    summary: str
    notice: str
    source: str
    licence: str
    duration_minutes: int
    scale: ScaleOut
    dimensions: list[AskedDimension]


@router.get(
    "/",
    response={200: list[InstrumentOut], 429: Problem},
    operation_id="list_instruments",
    summary="Les grilles et leurs énoncés",
)
def instruments(request: HttpRequest) -> list[dict[str, Any]]:
    """Chaque version prête à servir: son échelle, ses dimensions et ses énoncés, dans l’ordre."""
    found = Instrument.objects.ready().select_related("scale").prefetch_related(*WITH_QUESTIONS)
    return [_instrument(each) for each in found]


def _instrument(instrument: Instrument) -> dict[str, Any]:
    said = ("code", "version", "name", "summary", "notice", "source", "licence")
    return {name: getattr(instrument, name) for name in said} | {
        "duration_minutes": instrument.duration_minutes,
        "scale": _scale(instrument.scale),
        "dimensions": [_dimension(each) for each in instrument.instrument_dimensions.all()],
    }


def _dimension(asked: InstrumentDimension) -> dict[str, Any]:
    return {
        "code": asked.dimension.code,
        "title": str(asked),
        "discussion_only": asked.discussion_only,
        "items": [_item(item) for item in asked.items.all()],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "text": item.text,
        "why": item.why,
        "scale": _scale(item.scale) if item.scale else None,
        "anchors": item.anchors.splitlines(),
    }


def _scale(scale: Scale) -> dict[str, Any]:
    levels = [
        {"position": each.position, "label": each.label, "anchor": each.anchor}
        for each in scale.levels.all()
    ]
    return {"code": scale.code, "name": scale.name, "levels": levels}
