"""The life of an instrument: written, copied, and frozen once it has served."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from appreciation.domain.instrument_spec import (
    InstrumentSpec,
    ScaleSpec,
    problems_of,
    scale_problems,
    scale_spec_of,
    spec_of,
)
from appreciation.enums import InstrumentState
from appreciation.models import Instrument, InstrumentDimension, Item, Scale, ScaleLevel
from core.errors import DomainError
from reference.models import Dimension


def ensure_editable(instrument: Instrument) -> None:
    """Refuse to change an instrument that has served: its answers must keep their meaning.

    The database is asked again, since a meeting may have opened while a form was on screen; inside
    a transaction the row stays locked until the change is written.
    """
    rows = Instrument.objects.filter(pk=instrument.pk, frozen_at__isnull=False)
    if connection.in_atomic_block:
        rows = rows.select_for_update()
    if rows.exists():
        raise DomainError(
            f"« {instrument} » a déjà servi à une rencontre: il ne change plus, pour que les"
            " réponses gardent leur sens. Copiez-le pour en faire une nouvelle version."
        )


def ensure_scale_editable(scale: Scale) -> None:
    """A scale is frozen with the first instrument that used it."""
    used = Instrument.objects.filter(frozen_at__isnull=False).filter(
        Q(scale=scale) | Q(instrument_dimensions__items__scale=scale)
    )
    if used.exists():
        raise DomainError(
            f"L’échelle « {scale} » a déjà servi à une rencontre: elle ne change plus. Créez-en"
            " une autre."
        )


@transaction.atomic
def freeze_instrument(instrument: Instrument) -> None:
    """Freeze for good, when its first meeting opens or its first rating is imported.

    A frozen instrument stays as it is; one that cannot serve is refused.
    """
    if problems := problems_of(spec_of(instrument)):
        raise DomainError(f"« {instrument} » ne peut pas encore servir. " + " ".join(problems))
    now = timezone.now()
    Instrument.every.filter(pk=instrument.pk, frozen_at__isnull=True).update(frozen_at=now)
    instrument.refresh_from_db(fields=["frozen_at"])


@transaction.atomic
def copy_instrument(instrument: Instrument, version: str) -> Instrument:
    """A new version, in preparation and free to change, with the same questions and scales."""
    version = version.strip()
    longest = Instrument._meta.get_field("version").max_length or 0
    if not version or len(version) > longest:
        raise DomainError(
            f"Donnez un nom à la nouvelle version, de 1 à {longest} signes.",
            fields={"version": "Par exemple « 2 »."},
        )
    if Instrument.objects.filter(code=instrument.code, version=version).exists():
        raise DomainError(
            f"La version {version} existe déjà: choisissez-en une autre.",
            fields={"version": "Cette version existe déjà."},
        )
    copy = Instrument.objects.create(
        code=instrument.code,
        version=version,
        name=instrument.name,
        summary=instrument.summary,
        notice=instrument.notice,
        scale_id=instrument.scale_id,
        duration_minutes=instrument.duration_minutes,
        source=instrument.source,
        licence=instrument.licence,
    )
    originals = InstrumentDimension.objects.filter(instrument=instrument).prefetch_related("items")
    for original in originals:
        dimension = InstrumentDimension.objects.create(
            instrument=copy,
            dimension_id=original.dimension_id,
            position=original.position,
            title=original.title,
            discussion_only=original.discussion_only,
            prompt=original.prompt,
        )
        items = [_copied_item(item, dimension) for item in original.items.all()]
        Item.objects.bulk_create(items)
    return copy


def next_version(instrument: Instrument) -> str:
    """The version proposed for a copy: one more than the highest number in use."""
    versions = Instrument.objects.filter(code=instrument.code).values_list("version", flat=True)
    return str(max((int(version) for version in versions if version.isdecimal()), default=0) + 1)


@transaction.atomic
def save_instrument(
    spec: InstrumentSpec, *, state: InstrumentState = InstrumentState.DRAFT
) -> tuple[Instrument, bool]:
    """Write what a file says; return the instrument and whether anything changed.

    The same content again changes nothing. A frozen version refuses any other content. `state`
    counts at creation only: whether an instrument is ready is decided in the admin afterwards.
    """
    if problems := problems_of(spec):
        raise DomainError(" ".join(problems))
    instrument = Instrument.objects.filter(code=spec.code, version=spec.version).first()
    if instrument and spec_of(instrument) == spec:
        return instrument, False
    if instrument:
        ensure_editable(instrument)
    scales = {code: _save_scale(scale) for code, scale in spec.scales.items()}
    instrument = instrument or Instrument(code=spec.code, version=spec.version, state=state)
    for name in ("name", "summary", "notice", "duration_minutes", "source", "licence"):
        setattr(instrument, name, getattr(spec, name))
    instrument.scale = scales[spec.scale.code]
    instrument.save()
    _save_dimensions(instrument, spec, scales)
    return instrument, True


def _save_scale(spec: ScaleSpec) -> Scale:
    """An existing scale is never changed by a file: others may use it."""
    scale = Scale.objects.filter(code=spec.code).first()
    if scale:
        labels = list(scale.levels.order_by("position").values_list("label", "anchor"))
        if labels != [(level.label, level.anchor) for level in spec.levels]:
            raise DomainError(
                f"L’échelle « {spec.code} » existe déjà avec d’autres niveaux: donnez un autre"
                " code à la vôtre."
            )
        return scale
    scale = Scale.objects.create(code=spec.code, name=spec.name)
    ScaleLevel.objects.bulk_create(
        ScaleLevel(scale=scale, position=position, label=level.label, anchor=level.anchor)
        for position, level in enumerate(spec.levels, start=1)
    )
    return scale


def _save_dimensions(
    instrument: Instrument, spec: InstrumentSpec, scales: dict[str, Scale]
) -> None:
    known = {dimension.code: dimension for dimension in Dimension.objects.all()}
    if unknown := [d.dimension for d in spec.dimensions if d.dimension not in known]:
        raise DomainError(
            f"Dimension inconnue: {', '.join(unknown)}. Codes connus: {', '.join(sorted(known))}."
        )
    InstrumentDimension.objects.filter(instrument=instrument).delete()
    for position, dimension in enumerate(spec.dimensions, start=1):
        row = InstrumentDimension.objects.create(
            instrument=instrument,
            dimension=known[dimension.dimension],
            position=position,
            title=dimension.title,
            prompt=dimension.prompt,
            discussion_only=dimension.discussion_only,
        )
        Item.objects.bulk_create(
            Item(
                instrument_dimension=row,
                code=item.code,
                position=rank,
                text=item.text,
                why=item.why,
                anchors="\n".join(item.anchors),
                scale=scales[item.scale.code] if item.scale else None,
            )
            for rank, item in enumerate(dimension.items, start=1)
        )


def _copied_item(item: Item, dimension: InstrumentDimension) -> Item:
    return Item(
        instrument_dimension=dimension,
        code=item.code,
        position=item.position,
        text=item.text,
        why=item.why,
        scale_id=item.scale_id,
        anchors=item.anchors,
    )


def ensure_ready(instrument: Instrument) -> None:
    """An instrument « prêt à servir » is complete; one in preparation may still miss anything."""
    if instrument.state != InstrumentState.READY:
        return
    if problems := problems_of(spec_of(instrument)):
        raise DomainError(
            "Il n’est pas encore prêt à servir. " + " ".join(problems) + " Corrigez, ou laissez-le"
            " « en préparation »."
        )


def ensure_scale_sound(scale: Scale) -> None:
    """From three to seven levels, numbered from 1 without a gap."""
    levels = list(scale.levels.order_by("position"))
    problems = scale_problems(scale_spec_of(scale))
    if [level.position for level in levels] != list(range(1, len(levels) + 1)):
        problems.append("Numérotez les niveaux 1, 2, 3… sans saut.")
    if problems:
        raise DomainError(" ".join(problems))
