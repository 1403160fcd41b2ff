"""The outlines that we ship: of the territories, generalised, with their source."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from reference.domain.imports.mapping import load_mapping
from reference.enums import CodeScheme
from reference.models import PlaceCode

OUTLINES = Path(__file__).resolve().parents[2] / "seeds" / "mauricie_territories.geojson"
MAPPING = OUTLINES.parents[1] / "mappings" / "geo_mrc.toml"


@transaction.atomic
def load_outlines() -> int:
    """Give an outline to the territories that have none; one brought in by an import stays."""
    features = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    outlines = {
        feature["properties"]["territoire_code"]: feature["geometry"] for feature in features
    }
    bare = PlaceCode.objects.filter(
        scheme=CodeScheme.MRC, code__in=outlines, place__geometry__isnull=True
    )
    rows = list(bare.select_related("place"))
    source = load_mapping(MAPPING).source
    for row in rows:
        row.place.geometry, row.place.geometry_source = outlines[row.code], source
        row.place.save(update_fields=["geometry", "geometry_source"])
    return len(rows)
