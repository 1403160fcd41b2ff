"""Many invented entries in a few statements, over 107 outlined territories: what `bench_register`
reads."""

from __future__ import annotations

import math
import random
from itertools import cycle

from django.db import transaction

from appreciation.domain.editions import snapshot_of
from appreciation.enums import Phase, PublicationLevel
from appreciation.models import Appraisal, AppraisalPage, Instrument, Publication, RegisterPage
from cms.bulk_pages import add_drafts
from cms.models import ContentVersion
from core.search_words import search_text
from reference.enums import PlaceKind
from reference.models import Dimension, Place
from tests.benchmarks.many_sheets import WORDS
from tests.factories.appraisals import InstrumentFactory
from tests.factories.places import DimensionFactory, PlaceFactory
from tests.factories.practices import issue
from tests.factories.register import make_entry

TERRITORIES = 107
CORNERS = 120
"""Of an outline: about what a county keeps once it is simplified for a region."""


@transaction.atomic
def fill(number: int) -> None:
    """Up to so many entries, spread over all that can be chosen."""
    territories = [_territory(at) for at in range(TERRITORIES)]
    instrument = Instrument.objects.filter(code="banc").first() or InstrumentFactory(code="banc")
    made = Publication.objects.count()
    places = [
        Place(
            kind=PlaceKind.MUNICIPALITY,
            name=f"Village-Banc {at}",
            slug=f"village-banc-{at}",
            parent=territories[at % TERRITORIES],
        )
        for at in range(made, number)
    ]
    places = Place.objects.bulk_create(places, batch_size=500)
    appraisals = Appraisal.objects.bulk_create(
        [
            Appraisal(
                reference=f"BANC-{made + at}",
                place=place,
                instrument=instrument,
                announced_level=PublicationLevel.FULL,
            )
            for at, place in enumerate(places)
        ],
        batch_size=500,
    )
    pages = [
        AppraisalPage(title=one.place.name, slug=one.place.slug, appraisal=one)
        for one in appraisals
    ]
    add_drafts(RegisterPage.objects.get(), pages)
    AppraisalPage.objects.filter(live=False).update(live=True)
    editions = [_edition(at, one) for at, one in enumerate(appraisals, made)]
    editions = Publication.objects.bulk_create(editions, batch_size=500)
    _link(editions, "issues", [issue(f"enjeu-{at}", f"Enjeu {at}") for at in range(5)])
    _link(editions, "dimensions", [_dimension(at) for at in range(12)])
    ContentVersion.renew()


def _edition(at: int, appraisal: Appraisal) -> Publication:
    place, year = appraisal.place, 2005 + at % 20
    words = " ".join(random.Random(at).choices(WORDS, k=30))  # noqa: S311  the same each time
    entry = make_entry(
        place,
        title=f"{place.name}, {year}",
        year=year,
        phase=Phase.values[4 + at % 4],
        summary=words,
        instrument=f"Grille {at % 4}",
        instrument_code=f"grille-banc-{at % 4}",
    )
    return Publication(
        appraisal=appraisal,
        slug=place.slug,
        level=(PublicationLevel.SUMMARY, PublicationLevel.FULL)[at % 2],
        entry=vars(entry) | {"phase": str(entry.phase)},
        snapshot=snapshot_of({"findings": []}),
        fingerprint="0" * 64,
        title=entry.title,
        place=place,
        territory=place.parent,
        year=year,
        phase=entry.phase,
        instrument_code=entry.instrument_code,
        search_text=search_text([place.name, words]),
    )


def _link(editions: list[Publication], name: str, shared: list) -> None:
    """One each, in turn."""
    field = Publication._meta.get_field(name)
    through = field.remote_field.through
    key = f"{field.m2m_reverse_field_name()}_id"
    through.objects.bulk_create(
        [
            through(**{"publication_id": edition.pk, key: one.pk})
            for edition, one in zip(editions, cycle(shared), strict=False)
        ],
        batch_size=500,
    )


def _territory(at: int) -> Place:
    found = Place.objects.filter(slug=f"territoire-banc-{at}").first()
    return found or PlaceFactory(
        territory=True,
        name=f"MRC du Banc {at}",
        slug=f"territoire-banc-{at}",
        geometry=_outline(at),
        geometry_source="Contours inventés",
    )


def _outline(at: int) -> dict[str, object]:
    """A round and uneven piece of a grid of eleven by ten."""
    chance = random.Random(at)  # noqa: S311  the same each time
    west, south = -79 + at % 11, 45 + at // 11
    ring = []
    for corner in range(CORNERS):
        turn, reach = 2 * math.pi * corner / CORNERS, chance.uniform(0.42, 0.5)
        ring.append([west + reach * math.cos(turn), south + reach * math.sin(turn)])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _dimension(at: int) -> Dimension:
    found = Dimension.objects.filter(name=f"Dimension-Banc {at}").first()
    return found or DimensionFactory(name=f"Dimension-Banc {at}")
