"""An instrument as plain values: what a file says, compared with what the database holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.validators import slug_re
from django.db.models import Model

from appreciation.enums import MAX_LEVELS
from appreciation.models import Instrument, InstrumentDimension, Item, Scale, ScaleLevel

MIN_LEVELS = 3


@dataclass(frozen=True)
class LevelSpec:
    label: str
    anchor: str = ""


@dataclass(frozen=True)
class ScaleSpec:
    code: str
    name: str = field(compare=False)
    levels: tuple[LevelSpec, ...]


@dataclass(frozen=True)
class ItemSpec:
    """`anchors`: one per level; an empty or missing one stands for that of the scale."""

    code: str
    text: str
    why: str = ""
    anchors: tuple[str, ...] = ()
    scale: ScaleSpec | None = None
    where: str = field(default="", compare=False)


@dataclass(frozen=True)
class DimensionSpec:
    dimension: str
    title: str = ""
    prompt: str = ""
    discussion_only: bool = False
    items: tuple[ItemSpec, ...] = ()
    where: str = field(default="", compare=False)


@dataclass(frozen=True)
class InstrumentSpec:
    """What makes two instruments the same. State and default are choices made afterwards."""

    code: str
    version: str
    name: str
    scale: ScaleSpec
    dimensions: tuple[DimensionSpec, ...]
    summary: str = ""
    notice: str = ""
    duration_minutes: int = 15
    source: str = ""
    licence: str = ""

    @property
    def items(self) -> Iterator[ItemSpec]:
        return (item for dimension in self.dimensions for item in dimension.items)

    @property
    def scales(self) -> dict[str, ScaleSpec]:
        """Every scale in use, by code."""
        return {
            scale.code: scale
            for scale in (self.scale, *(item.scale for item in self.items))
            if scale
        }


def spec_of(instrument: Instrument) -> InstrumentSpec:
    """What the database holds, in the words of a file."""
    dimensions = (
        InstrumentDimension.objects.filter(instrument=instrument)
        .select_related("dimension")
        .prefetch_related("items__scale__levels")
        .order_by("position", "pk")
    )
    return InstrumentSpec(
        code=instrument.code,
        version=instrument.version,
        name=instrument.name,
        scale=scale_spec_of(instrument.scale),
        dimensions=tuple(_dimension_spec(dimension) for dimension in dimensions),
        summary=instrument.summary,
        notice=instrument.notice,
        duration_minutes=instrument.duration_minutes,
        source=instrument.source,
        licence=instrument.licence,
    )


def scale_spec_of(scale: Scale) -> ScaleSpec:
    levels = sorted(scale.levels.all(), key=lambda level: level.position)
    return ScaleSpec(
        scale.code, scale.name, tuple(LevelSpec(level.label, level.anchor) for level in levels)
    )


def _dimension_spec(row: InstrumentDimension) -> DimensionSpec:
    items = sorted(row.items.all(), key=lambda item: (item.position, item.pk))
    return DimensionSpec(
        dimension=row.dimension.code,
        title=row.title,
        prompt=row.prompt,
        discussion_only=row.discussion_only,
        items=tuple(_item_spec(item) for item in items),
    )


def _item_spec(item: Item) -> ItemSpec:
    return ItemSpec(
        code=item.code,
        text=item.text,
        why=item.why,
        anchors=trimmed_anchors(item.anchors.splitlines()),
        scale=scale_spec_of(item.scale) if item.scale else None,
    )


def trimmed_anchors(lines: list[str]) -> tuple[str, ...]:
    """Anchors without the empty ones at the end, which say nothing."""
    anchors = [line.strip() for line in lines]
    while anchors and not anchors[-1]:
        anchors.pop()
    return tuple(anchors)


def problems_of(spec: InstrumentSpec) -> list[str]:
    """Why this instrument cannot serve, one French sentence each; empty when it can.

    Three to seven levels, an anchor for each level of each question, codes used once (they head
    the columns of the ratings import), one question at least per dimension unless it is only
    talked about, and no text longer than a phone can show.
    """
    problems = _header_problems(spec)
    for scale in spec.scales.values():
        problems += scale_problems(scale)
    for dimension in spec.dimensions:
        problems += _dimension_problems(dimension, spec.scale)
    problems += [
        f"Le code d’énoncé « {code} » sert {times} fois: donnez à chaque énoncé son code."
        for code, times in Counter(item.code for item in spec.items).items()
        if times > 1
    ]
    problems += [
        f"La dimension « {code} » revient {times} fois: réunissez ses énoncés."
        for code, times in Counter(d.dimension for d in spec.dimensions).items()
        if times > 1
    ]
    return problems


def scale_problems(scale: ScaleSpec) -> list[str]:
    """A scale has from three to seven named levels."""
    place = f"Échelle « {scale.code} »"
    problems = _code_problems(scale.code, f"{place}: le code")
    if not MIN_LEVELS <= len(scale.levels) <= MAX_LEVELS:
        problems.append(
            f"{place}: {len(scale.levels)} niveaux; il en faut de {MIN_LEVELS} à {MAX_LEVELS}."
        )
    for position, level in enumerate(scale.levels, start=1):
        problems += _length_problems(f"{place}, niveau {position}", level, ScaleLevel)
        if not level.label:
            problems.append(f"{place}, niveau {position}: donnez-lui un nom.")
    return problems + _length_problems(place, scale, Scale)


def _header_problems(spec: InstrumentSpec) -> list[str]:
    problems = _code_problems(spec.code, "Le code de l’instrument")
    problems += [
        f"Il manque {what} de l’instrument."
        for what, value in (("le nom", spec.name), ("la version", spec.version))
        if not value
    ]
    if not any(dimension.items and not dimension.discussion_only for dimension in spec.dimensions):
        problems.append("Il faut au moins une dimension avec un énoncé.")
    return problems + _length_problems("Instrument", spec, Instrument)


def _dimension_problems(dimension: DimensionSpec, default: ScaleSpec) -> list[str]:
    place = _place(dimension.where, f"dimension « {dimension.dimension} »")
    problems = _length_problems(place, dimension, InstrumentDimension)
    if not dimension.items and not dimension.discussion_only:
        problems.append(f"{place}: ajoutez un énoncé, ou cochez « discussion seulement ».")
    for item in dimension.items:
        place = _place(item.where, f"énoncé « {item.code} »")
        problems += _item_problems(item, item.scale or default, place)
    return problems


def _item_problems(item: ItemSpec, scale: ScaleSpec, place: str) -> list[str]:
    problems = _code_problems(item.code, f"{place}: le code")
    if not item.text:
        problems.append(f"{place}: il manque le texte.")
    if len(item.anchors) > len(scale.levels):
        problems.append(
            f"{place}: {len(item.anchors)} repères pour {len(scale.levels)} niveaux; gardez-en"
            " un par niveau."
        )
    own = item.anchors + ("",) * len(scale.levels)
    for position, (level, anchor) in enumerate(zip(scale.levels, own, strict=False), start=1):
        if not (anchor or level.anchor):
            problems.append(f"{place}: il manque le repère du niveau {position}.")
        if len(anchor) > _limit(ScaleLevel, "anchor"):
            problems.append(f"{place}: le repère du niveau {position} est trop long.")
    return problems + _length_problems(place, item, Item)


def _place(line: str, thing: str) -> str:
    """« Ligne 4, énoncé « q1 » », or « Énoncé « q1 » » for what has no line."""
    return f"{line}, {thing}" if line else f"{thing[0].upper()}{thing[1:]}"


def _code_problems(code: str, what: str) -> list[str]:
    if slug_re.match(code):
        return []
    return [f"{what} « {code} » doit être fait de lettres sans accent, de chiffres et de traits."]


def _length_problems(place: str, spec: object, model: type[Model]) -> list[str]:
    """Texts longer than their column, named as the admin names them."""
    return [
        f"{place}: « {field.verbose_name} » compte {len(value)} signes; gardez-en"
        f" {field.max_length}."
        for field in model._meta.fields
        if field.max_length and isinstance(value := getattr(spec, field.name, None), str)
        if len(value) > field.max_length
    ]


def _limit(model: type[Model], name: str) -> int:
    return getattr(model._meta.get_field(name), "max_length", None) or 0
