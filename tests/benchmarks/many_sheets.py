"""Many invented sheets, full and public, in a few statements: what `bench_public` reads."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import cycle

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from cms.bulk_pages import add_drafts, index_drafts
from cms.renditions import make_renditions
from cms.search.upkeep import add_texts
from pratiques.enums import CostBand, EffortBand, EvidenceStatus, MilieuKind, MilieuSize
from pratiques.models import (
    CataloguePage,
    PracticeMoment,
    PracticePage,
    PracticePartner,
    PracticePhoto,
    PracticeResult,
)
from pratiques.pages.practice import STORY
from reference.models import Dimension, Place
from tests.factories.pictures import site_image
from tests.factories.places import DimensionFactory, PlaceFactory
from tests.factories.practices import issue

WORDS = ["jardin", "vélo", "navette", "repas", "école", "logement"]
WORDS += ["forêt", "rivière", "bénévole", "marché", "atelier", "fête"]
SYLLABLES = ("ba", "cor", "di", "fou", "gra", "lin", "mo", "pré", "ro", "tan", "vi", "zé")
USUAL = [f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
"""As many words as a region's sheets have: with twelve, each would be found everywhere."""
SHARED = ("places", "issues", "dimensions")
ROWS = ("moments", "results", "partners", "photos")


@transaction.atomic
def fill(number: int) -> None:
    """Up to so many sheets, of every kind, spread over six territories and five issues."""
    made = PracticePage.objects.count()
    pages = [_sheet(at) for at in range(made, number)]
    if not pages:
        return
    add_drafts(CataloguePage.objects.get(), pages)
    _link(pages, "places", [_territory(at) for at in range(6)])
    _link(pages, "issues", [issue(), *(issue(f"enjeu-{at}", f"Enjeu {at}") for at in range(4))])
    _link(pages, "dimensions", [_dimension(at) for at in range(7)])
    _add_rows(pages)
    now = timezone.now()
    published = {"live": True, "has_unpublished_changes": False, "first_published_at": now}
    PracticePage.objects.filter(live=False).update(**published, last_published_at=now)
    index_drafts(pages, related=(*SHARED, *ROWS), tell=lambda _done: None)
    fresh = PracticePage.objects.filter(public_text=None).prefetch_related(*SHARED, *ROWS)
    add_texts(fresh)


def _sheet(at: int) -> PracticePage:
    story = {name: f"<p>{_words(at + step, 60)}.</p>" for step, name in enumerate(STORY)}
    return PracticePage(
        title=f"{WORDS[at % 12].capitalize()} et {WORDS[at * 7 % 11]} {at}",
        summary=_words(at, 40),
        status=EvidenceStatus.values[at % 4],
        cost_band=CostBand.values[at % 5],
        effort_band=EffortBand.values[at % 3],
        milieu_size=MilieuSize.values[at % 4],
        milieu_kind=MilieuKind.values[at % len(MilieuKind)],
        holder_name="Organisme inventé",
        contact_email="banc@exemple.org",
        contact_phone="819 555-0100",
        consent_given=True,
        verified_on=date(2026, 5, 12) - timedelta(days=at % 900),
        **story,
    )


def _words(start: int, number: int) -> str:
    """One of the twelve, then others: a word that is looked for stands here and there."""
    chance = random.Random(start)  # noqa: S311  the same sheets each time
    return " ".join([WORDS[start % 12], *chance.choices(USUAL, k=number - 1)])


def _link(pages: Sequence[PracticePage], name: str, shared: Sequence[Model]) -> None:
    """One each, in turn."""
    field = PracticePage._meta.get_field(name)
    through = field.remote_field.through
    rows = [
        through(**{"practicepage_id": page.pk, f"{field.m2m_reverse_field_name()}_id": one.pk})
        for page, one in zip(pages, cycle(shared), strict=False)
    ]
    through.objects.bulk_create(rows, batch_size=500)


def _add_rows(pages: Iterable[PracticePage]) -> None:
    image = site_image()
    make_renditions(image)
    moments, results, partners, photos = [], [], [], []
    for page in pages:
        for at in range(3):
            moments.append(PracticeMoment(practice=page, when=f"Mars 202{at}", text=_words(at, 12)))
            results.append(
                PracticeResult(
                    practice=page, text=_words(at, 12), proof_kind="figures", proof="Registre"
                )
            )
        partners.append(PracticePartner(practice=page, name="Municipalité", support="place"))
        photos.append(PracticePhoto(practice=page, image=image, alternative_text="Un quai"))
    for rows in (moments, results, partners, photos):
        type(rows[0]).objects.bulk_create(rows, batch_size=500)


def _territory(at: int) -> Place:
    found = Place.objects.filter(slug=f"banc-{at}").first()
    return found or PlaceFactory(territory=True, name=f"Territoire {at}", slug=f"banc-{at}")


def _dimension(at: int) -> Dimension:
    found = Dimension.objects.filter(name=f"Dimension {at}").first()
    return found or DimensionFactory(name=f"Dimension {at}")
