"""Reading the register: what is out, and for whom (DESIGN.md §5, §6)."""

from __future__ import annotations

import enum
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from appreciation.domain.public_reports import with_report_files
from appreciation.enums import PUBLIC_LEVELS
from appreciation.models import Publication
from appreciation.models.publications import PublicationQuerySet
from reference.enums import CodeScheme
from reference.models import Place, PlaceCode

if TYPE_CHECKING:
    from accounts.models import User


class Absence(enum.Enum):
    """Why an address of the register shows nothing."""

    NEVER = "never"
    GONE = "gone"


def entries() -> PublicationQuerySet:
    """Those that everyone may read, without their reports: the latest year first, then by title."""
    return Publication.objects.listed().light().order_by("-year", "title", "pk")


def edition_at(slug: str, user: User | None) -> Publication | Absence:
    """The edition that this person may read at an address of the register, or why there is none.

    Region level: people with a role in the region only; for others nothing is there, unless the
    address was public before. An address once public and withdrawn, or whose page was deleted, is
    gone for good (410).
    """
    editions = list(
        with_report_files(Publication.objects.filter(slug=slug))
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


def pages_of_listed_entries() -> QuerySet:
    """The pages of the entries that everyone may read, as a query that is part of another."""
    return Publication.objects.listed().order_by().values("appraisal__page")
