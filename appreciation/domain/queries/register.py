"""Reading the register: what is out, for whom, filtered and searched (DESIGN.md §5, §6)."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from appreciation.enums import PUBLIC_LEVELS, Phase
from appreciation.models import Publication
from appreciation.models.publications import PublicationQuerySet
from core.search_words import fold, search_words
from reference.enums import CodeScheme
from reference.models import Place, PlaceCode
from reference.models.places import PlaceQuerySet

if TYPE_CHECKING:
    from accounts.models import User

PAGE_SIZE = 20
MAX_QUESTION = 200
MAX_WORDS = 8


@dataclass(frozen=True)
class RegisterFilters:
    """What the visitor asks. Nonsense is left out, never refused: old links keep working."""

    text: str = ""
    territory: str = ""
    issue: str = ""
    year: int | None = None
    phase: str = ""
    instrument: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> RegisterFilters:
        year = query.get("annee", "").strip()
        phase = query.get("phase", "").strip()
        return cls(
            text=query.get("q", "").replace("\x00", "").strip()[:MAX_QUESTION],
            territory=_code(query.get("territoire", "")),
            issue=_code(query.get("enjeu", "")),
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,  # noqa: PLR2004  a year has four digits
            phase=phase if phase in Phase.values else "",
            instrument=_code(query.get("instrument", "")),
        )

    @property
    def is_empty(self) -> bool:
        return self == RegisterFilters()

    def as_query(self) -> dict[str, str]:
        """The addresses' parameters that give these filters back."""
        pairs = {
            "q": self.text,
            "territoire": self.territory,
            "enjeu": self.issue,
            "annee": str(self.year or ""),
            "phase": self.phase,
            "instrument": self.instrument,
        }
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True)
class Facets:
    """What can be chosen, as (value, words): only what gives something."""

    communities: int = 0
    territories: tuple[tuple[str, str], ...] = ()
    issues: tuple[tuple[str, str], ...] = ()
    years: tuple[tuple[str, str], ...] = ()
    phases: tuple[tuple[str, str], ...] = ()
    instruments: tuple[tuple[str, str], ...] = ()


class Absence(enum.Enum):
    """Why an address of the register shows nothing."""

    NEVER = "never"
    GONE = "gone"


def filtered(filters: RegisterFilters) -> PublicationQuerySet:
    """Published entries that answer, latest year first, then by title."""
    entries = Publication.objects.listed()
    for word in search_words(filters.text)[:MAX_WORDS]:
        entries = entries.filter(search_text__contains=f" {word}")
    if filters.territory:
        entries = entries.filter(territory__in=_territories(filters.territory))
    if filters.issue:
        entries = entries.filter(issues__code=filters.issue)
    if filters.year:
        entries = entries.filter(year=filters.year)
    if filters.phase:
        entries = entries.filter(phase=filters.phase)
    if filters.instrument:
        entries = entries.filter(instrument_code=filters.instrument)
    return entries.light().order_by("-year", "title", "pk")


def facets() -> Facets:
    """Five lists in one query, whatever the number of entries."""
    rows = list(
        Publication.objects.listed()
        .order_by()
        .annotate(territory_code=territory_code("territory"))
        .values(
            "place",
            "year",
            "phase",
            "instrument_code",
            "entry__instrument",
            "territory_code",
            "territory__slug",
            "territory__name",
            "issues__code",
            "issues__name",
            "issues__position",
        )
    )
    issues = {
        (row["issues__position"], row["issues__name"], row["issues__code"])
        for row in rows
        if row["issues__code"]
    }
    territories = {
        (row["territory_code"] or row["territory__slug"], row["territory__name"]) for row in rows
    }
    instruments = {(row["instrument_code"], row["entry__instrument"]) for row in rows}
    phases = {row["phase"] for row in rows}
    return Facets(
        communities=len({row["place"] for row in rows}),
        territories=_by_name(territories),
        issues=tuple((code, name) for _, name, code in sorted(issues)),
        years=tuple((str(year), str(year)) for year in sorted({r["year"] for r in rows})[::-1]),
        phases=tuple(choice for choice in Phase.choices if choice[0] in phases),
        instruments=_by_name(instruments),
    )


def edition_at(slug: str, user: User | None) -> Publication | Absence:
    """The edition that this person may read at an address of the register, or why there is none.

    Region level: people with a role in the region only; for others nothing is there, unless the
    address was public before. An address once public and withdrawn, or whose page was deleted, is
    gone for good (410).
    """
    editions = list(
        Publication.objects.filter(slug=slug)
        .defer("search_text")
        .select_related("appraisal__place", "territory", "document", "appraisal__page")
        .order_by("-number")
    )
    if not editions:
        return Absence.NEVER

    @cache
    def is_insider() -> bool:
        return reads_region_level(user, editions[0].place_id)

    def reads(edition: Publication) -> bool:
        """Who reads a public level is not even asked: shared caches may keep it."""
        return edition.level in PUBLIC_LEVELS or is_insider()

    has_page = hasattr(editions[0].appraisal, "page")
    for edition in editions:
        if has_page and _is_out(edition) and reads(edition):
            return edition
    was_read = any(_was_out(edition) and reads(edition) for edition in editions)
    return Absence.GONE if was_read else Absence.NEVER


def reads_region_level(user: User | None, place_id: int) -> bool:
    """People who sign in and have a role or a démarche in the region of the place."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    region = _root_of(place_id)
    same_region = Place.objects.within(region).values("pk")
    return (
        user.role_assignments.filter(place__in=same_region).exists()
        or user.memberships.filter(appraisal__place__in=same_region).exists()
    )


def latest(number: int) -> list[Publication]:
    """The latest news of the register, for the home page. Historical entries are no news."""
    return list(
        Publication.objects.listed()
        .filter(is_historical=False)
        .light()
        .select_related("territory")
        .order_by("-published_at", "-pk")[:number]
    )


def territories_with_counts() -> tuple[list[tuple[str, str, int]], int]:
    """Name, code and published démarches of every territory; then the total, which also counts
    those that lie outside any territory."""
    counts: dict[int | None, int] = {}
    for pk in Publication.objects.listed().order_by().values_list("territory", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    territories = Place.objects.territories().annotate(code=territory_code("pk"))
    rows = [
        (place.name, place.code or place.slug, counts.get(place.pk, 0)) for place in territories
    ]
    return rows, sum(counts.values())


def territory_names() -> list[str]:
    """All of them, in the order in which shapes are given."""
    return sorted(Place.objects.territories().order_by().values_list("name", flat=True))


def _root_of(place_id: int) -> Place:
    place = Place.objects.select_related("parent__parent__parent").get(pk=place_id)
    while place.parent is not None:
        place = place.parent
    return place


def _is_out(edition: Publication) -> bool:
    is_current = edition.withdrawn_at is None and edition.superseded_at is None
    return is_current and (edition.embargo_until is None or edition.embargo_until <= timezone.now())


def _was_out(edition: Publication) -> bool:
    """It was readable at some moment before it was withdrawn or replaced."""
    ended = edition.withdrawn_at or edition.superseded_at or timezone.now()
    return edition.embargo_until is None or edition.embargo_until <= ended


def territory_code(territory: str) -> Subquery:
    """How addresses name a territory: its MRC code; its slug where it has none."""
    codes = PlaceCode.objects.filter(place=OuterRef(territory), scheme=CodeScheme.MRC)
    return Subquery(codes.order_by("code").values("code")[:1])


def _by_name(pairs: set[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((pair for pair in pairs if pair[0]), key=lambda pair: fold(pair[1])))


def _territories(code: str) -> PlaceQuerySet:
    """Never on a bare code: schemes collide."""
    return Place.objects.territories().filter(
        Q(codes__scheme=CodeScheme.MRC, codes__code=code) | Q(slug=code)
    )


def _code(value: str) -> str:
    value = value.strip()
    return value if len(value) <= 60 and value.replace("-", "").replace("_", "").isalnum() else ""  # noqa: PLR2004


def pages_of_listed_entries() -> QuerySet:
    """The pages of the entries that everyone may read, as a query that is part of another."""
    return Publication.objects.listed().order_by().values("appraisal__page")
