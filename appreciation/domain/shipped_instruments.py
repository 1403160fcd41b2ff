"""The instruments that come with the software (DOMAIN.md §8)."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from appreciation.domain.imports.instrument_files import instrument_from_toml
from appreciation.domain.instruments import save_instrument
from appreciation.models import Instrument
from reference.domain.vocabularies import load_vocabularies

SHIPPED = Path(__file__).resolve().parents[1] / "instruments"
DEFAULT_CODE = "douze-dimensions-courte"


@transaction.atomic
def load_shipped_instruments() -> int:
    """Create the shipped instruments that are missing; return how many.

    One that exists is left alone, even reworded in the admin. The short house grid is proposed by
    default when no other instrument is.
    """
    load_vocabularies()
    created = 0
    for path in sorted(SHIPPED.glob("*.toml")):
        spec, state = instrument_from_toml(path.read_text(encoding="utf-8"))
        if not Instrument.objects.filter(code=spec.code, version=spec.version).exists():
            save_instrument(spec, state=state)
            created += 1
    if not Instrument.objects.filter(is_default=True).exists():
        Instrument.objects.filter(
            pk__in=Instrument.objects.filter(code=DEFAULT_CODE).order_by("pk").values("pk")[:1]
        ).update(is_default=True)
    return created
