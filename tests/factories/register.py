"""Entries of the register, published by the real rules or written as an edition directly."""

from dataclasses import replace

from django.core.files.base import ContentFile

from appreciation.domain.editions import Entry, write_edition
from appreciation.domain.historical import HistoricalFacts, record_historical
from appreciation.domain.report import assemble_report, report_to_snapshot
from appreciation.enums import Phase, PublicationLevel
from tests.factories.appraisals import AppraisalFactory
from tests.factories.places import PlaceFactory
from tests.factories.starter_site import ensure_site_pages

PDF = b"%PDF-1.4\n% rapport fictif\n%%EOF\n"


def make_entry(place, **values) -> Entry:
    territory = place.territory
    entry = Entry(
        title=f"{place.name}, 2026",
        subtitle="",
        place=place.name,
        place_kind=place.kind,
        territory=territory.name if territory else "",
        year=2026,
        phase=Phase.RESTITUTION,
        is_complete=False,
        summary="On s’entend sur l’entraide.",
        instrument="Grille maison",
        instrument_code="grille-maison",
        meeting_on="2026-10-22",
        people=24,
        requested_by="Comité local",
        adopted_by="le comité local",
        adopted_on="2026-11-03",
        is_historical=False,
        is_demo=False,
    )
    return replace(entry, **values)


def publish_entry(
    *,
    place=None,
    appraisal=None,
    level=PublicationLevel.SUMMARY,
    report=None,
    issues=(),
    embargo_until=None,
    **values,
):
    """An edition at `level`, with the site's pages around it; `values` change its notice."""
    ensure_site_pages()
    place = place or (appraisal.place if appraisal else PlaceFactory())
    appraisal = appraisal or AppraisalFactory(at_restitution=True, place=place)
    return write_edition(
        appraisal=appraisal,
        entry=make_entry(place, **values),
        report=report or report_to_snapshot(assemble_report(appraisal, level=level)),
        level=level,
        user=None,
        issues=issues,
        embargo_until=embargo_until,
    )


def publish_historical(*, place=None, year=2018, title="Portrait et vision", summary="Un tour."):
    ensure_site_pages()
    edition, _ = record_historical(
        HistoricalFacts(place=place or PlaceFactory(), year=year, title=title, summary=summary),
        report=ContentFile(PDF, name="rapport.pdf"),
        user=None,
    )
    return edition
