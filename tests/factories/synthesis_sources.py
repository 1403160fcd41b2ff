"""Published démarches for a synthesis to read, each with the figures that a test gives it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from appreciation.domain.editions import Entry, write_edition
from appreciation.domain.historical import HistoricalFacts, record_historical
from appreciation.domain.historical_words import TypedFinding, TypedWords
from appreciation.domain.report import (
    Report,
    ReportExit,
    ReportFinding,
    ReportItem,
    report_to_snapshot,
)
from appreciation.domain.statistics import agreement
from appreciation.domain.synthesis.selection import choose_sources
from appreciation.domain.wording import median_in_words, words_of_agreement
from appreciation.enums import PublicationLevel, SourceShown
from appreciation.models import Publication, Synthesis
from core.disclosure import DisclosedDistribution
from reference.enums import PlaceKind
from reference.models import Dimension, Place
from tests.factories.full_report import LABELS, counted, full_report, item, meeting
from tests.factories.people import RoleAssignmentFactory
from tests.factories.places import DimensionFactory, PlaceFactory
from tests.factories.register import PDF, publish_entry
from tests.factories.starter_site import ensure_site_pages

NAMES = {"entraide": "Entraide", "transport": "Transport", "ecole": "École", "releve": "Relève"}


def make_region(*territories: str, **values: Any) -> Place:
    """A region, its territories, and the dimensions that the answers name."""
    region = PlaceFactory(region=True, name="Région-Exemple", slug="region-exemple", **values)
    for name in territories or ("Mékinac",):
        PlaceFactory(territory=True, name=name, slug=name.lower(), parent=region)
    for position, (code, name) in enumerate(NAMES.items(), start=1):
        DimensionFactory(code=code, name=name, position=position)
    return region


def coordinator_of(region: Place):
    return RoleAssignmentFactory(place=region).user


def asked(code: str, levels: Sequence[int], labels: Sequence[str] = LABELS, **values) -> ReportItem:
    """One statement of a dimension and its answers, as a report tells them."""
    shown = counted(*levels, unknown=values.pop("unknown", 0))
    told = isinstance(shown, DisclosedDistribution) and shown.answers
    plain: dict[str, Any] = {
        "dimension_code": code,
        "dimension": NAMES.get(code, code),
        "code": values.pop("statement", f"{code}-1"),
        "labels": tuple(labels),
        "distribution": shown,
        "median_words": median_in_words(levels, labels) if told else "",
        "agreement_words": words_of_agreement(agreement(levels)) if told else "",
        "is_hidden": not isinstance(shown, DisclosedDistribution),
    }
    return item(NAMES.get(code, code), **plain | values)


def told(kind: str, text: str, dimension: str = "", *, is_quote: bool = False) -> ReportFinding:
    return ReportFinding(kind, dimension, text, is_quote)


def make_report(items: Sequence[ReportItem], *, level: str, **values: Any) -> Report:
    """One evening of twelve people. `evening` changes it; the other values, the report."""
    plain: dict[str, Any] = {
        "exits": (
            ReportExit("Vous êtes-vous senti écouté?", ("Oui", "Un peu", "Non"), counted(9, 2, 1)),
        ),
        "items": tuple(items),
        "dots": None,
        "held_on": dt.date(2026, 10, 22),
    }
    evening = meeting(**plain | values.pop("evening", {}))
    if level == PublicationLevel.SUMMARY:
        evening = replace(
            evening,
            exits=(),
            items=tuple(
                replace(each, distribution=None, median_words="", does_not_know_words="")
                for each in evening.items
            ),
        )
    unless_asked: dict[str, Any] = {
        "meetings": (evening,),
        "findings": (),
        "quotes": (),
        "actions": (),
        "comparison": None,
        "lessons": "",
        "is_demo": False,
    }
    return full_report(level=str(level), **unless_asked | values)


def publish_in(
    territory: Place,
    name: str,
    items: Sequence[ReportItem] = (),
    *,
    level: str = PublicationLevel.FULL,
    year: int = 2026,
    place: Place | None = None,
    embargo_until: dt.datetime | None = None,
    **values: Any,
) -> Publication:
    """A démarche of the community `name`, published at `level`, with these answers."""
    place = place or PlaceFactory(name=name, parent=territory)
    report = make_report(items or (asked("entraide", (0, 1, 4, 7)),), level=level, **values)
    return publish_entry(
        place=place,
        level=level,
        year=year,
        embargo_until=embargo_until,
        report=report_to_snapshot(replace(report, place=name, territory=territory.name)),
    )


def publish_again(
    edition: Publication, items: Sequence[ReportItem], *, level: str = "", **values: Any
) -> Publication:
    """The next edition of the same démarche, at the same level unless told."""
    level = level or edition.level
    report = make_report(items, level=level, **values)
    return write_edition(
        appraisal=edition.appraisal,
        entry=Entry.from_json(edition.entry),
        report=report_to_snapshot(report),
        level=level,
        user=None,
    )


def take_back(edition: Publication) -> None:
    """Its team withdraws it."""
    Publication.objects.filter(pk=edition.pk).update(withdrawn_at=timezone.now())


def make_synthesis(region: Place, user, *editions: Publication, **shown: str) -> Synthesis:
    """A draft that reads these editions; `shown` by the name of a community, else named."""
    synthesis = Synthesis.objects.create(
        region=region, title="Ce que disent nos communautés", year=2026, created_by=user
    )
    if editions:
        choose_sources(
            synthesis=synthesis,
            user=user,
            appraisals={
                each.appraisal_id: shown.get(each.entry["place"], SourceShown.NAMED)
                for each in editions
            },
        )
        synthesis.refresh_from_db()
    return synthesis


def territory_of(region: Place, name: str) -> Place:
    return Place.objects.get(kind=PlaceKind.TERRITORY, parent=region, name=name)


def publish_typed(
    territory: Place, name: str, *findings: ReportFinding, lessons: str = "", year: int = 2018
) -> Publication:
    """A démarche of before this site, with the words that somebody typed from its PDF."""
    ensure_site_pages()
    dimensions = {each.name: each for each in Dimension.objects.all()}
    typed = tuple(
        TypedFinding(each.kind, each.text, dimensions.get(each.dimension)) for each in findings
    )
    facts = HistoricalFacts(
        place=PlaceFactory(name=name, parent=territory),
        year=year,
        title=name,
        summary="Un tour de table.",
        words=TypedWords(typed, lessons),
    )
    edition, _ = record_historical(facts, report=ContentFile(PDF, name="rapport.pdf"), user=None)
    return edition
