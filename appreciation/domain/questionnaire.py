"""An instrument read once, in order, with the words that people see (two queries, however long)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from appreciation.models import Instrument, InstrumentDimension, Item, Scale


@dataclass(frozen=True)
class QuestionnaireLevel:
    position: int
    label: str
    anchor: str


@dataclass(frozen=True)
class QuestionnaireItem:
    id: int
    code: str
    text: str
    why: str
    levels: tuple[QuestionnaireLevel, ...]


@dataclass(frozen=True)
class QuestionnaireDimension:
    """`id` is that of the `InstrumentDimension`, `dimension_id` that of the crosswalk code."""

    id: int
    dimension_id: int
    code: str
    title: str
    prompt: str
    discussion_only: bool
    items: tuple[QuestionnaireItem, ...]


@dataclass(frozen=True)
class Questionnaire:
    dimensions: tuple[QuestionnaireDimension, ...]

    @cached_property
    def rated_dimensions(self) -> tuple[QuestionnaireDimension, ...]:
        """Dimensions that ask something: those « discussion seulement » have no round."""
        return tuple(d for d in self.dimensions if d.items and not d.discussion_only)

    @cached_property
    def items(self) -> tuple[QuestionnaireItem, ...]:
        return tuple(item for dimension in self.rated_dimensions for item in dimension.items)

    @cached_property
    def items_by_id(self) -> dict[int, QuestionnaireItem]:
        return {item.id: item for item in self.items}


def questionnaire_for(instrument: Instrument) -> Questionnaire:
    """The questions of `instrument`, dimensions and items in their order."""
    dimensions = (
        InstrumentDimension.objects.filter(instrument=instrument)
        .select_related("dimension")
        .prefetch_related("items__scale__levels")
        .order_by("position", "pk")
    )
    return _questionnaire(dimensions, instrument.scale)


def draft_questionnaire(instrument: Instrument) -> Questionnaire:
    """The questions as they stand in a form, saved or not: for the preview only (no ids yet)."""
    return _questionnaire(instrument.instrument_dimensions.all(), instrument.scale)


def _questionnaire(dimensions: Iterable[InstrumentDimension], scale: Scale) -> Questionnaire:
    default_levels = _levels(scale)
    return Questionnaire(
        tuple(
            QuestionnaireDimension(
                id=dimension.pk,
                dimension_id=dimension.dimension_id,
                code=dimension.dimension.code,
                title=dimension.title or dimension.dimension.name,
                prompt=dimension.prompt,
                discussion_only=dimension.discussion_only,
                items=tuple(
                    _item(item, default_levels)
                    for item in sorted(
                        dimension.items.all(), key=lambda item: (item.position, item.pk)
                    )
                ),
            )
            for dimension in dimensions
        )
    )


def _levels(scale: Scale) -> tuple[QuestionnaireLevel, ...]:
    return tuple(
        QuestionnaireLevel(level.position, level.label, level.anchor)
        for level in sorted(scale.levels.all(), key=lambda level: level.position)
    )


def _item(item: Item, default_levels: tuple[QuestionnaireLevel, ...]) -> QuestionnaireItem:
    levels = _levels(item.scale) if item.scale else default_levels
    own_anchors = item.anchors.splitlines()
    if own_anchors:
        levels = tuple(
            QuestionnaireLevel(level.position, level.label, anchor.strip() or level.anchor)
            for level, anchor in zip(
                levels, own_anchors + [""] * (len(levels) - len(own_anchors)), strict=False
            )
        )
    return QuestionnaireItem(item.pk, item.code, item.text, item.why, levels)
