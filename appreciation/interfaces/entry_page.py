"""What the template of an entry receives: from a published edition, or from a draft of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.models import Site

from appreciation.domain.discretion import DiscretionRules, discretion_rules, rules_of
from appreciation.domain.historical_words import published_findings
from appreciation.domain.practices import practices_beside
from appreciation.domain.public_reports import ready_report, report_size
from appreciation.domain.queries.register_browsing import register_index
from appreciation.domain.queries.timeline import timeline_of
from appreciation.domain.report import Report, report_from_snapshot
from appreciation.enums import PUBLIC_LEVELS, PublicationLevel
from appreciation.interfaces.entry_citation import citation_of, structured_entry
from appreciation.interfaces.made_files import made_file_response
from appreciation.interfaces.register_lines import LEVEL_MEANINGS, lines_of
from appreciation.interfaces.report_document import present_report, report_rows
from appreciation.models.publications import Publication
from cms.models import SiteSettings
from core.citation import Citation
from core.csv_export import csv_response


def entry_context(
    request: HttpRequest,
    edition: Publication,
    *,
    introduction: str,
    register_url: str = "/demarches/",
) -> dict[str, Any]:
    """The report's own context (`reports/body.html`) and what the register adds around it."""
    index = register_index()
    line = lines_of([edition], index.names["territoire"].values())[0]
    settings = SiteSettings.for_request(request) if Site.find_for_request(request) else None
    rules = rules_of(settings)
    report = report_of(edition, rules)
    sheets = practices_beside(edition, report)
    if report:
        report = replace(report, practices=sheets.suggested)
    citation = entry_citation(request, edition)
    is_public = bool(edition.pk) and edition.level in PUBLIC_LEVELS
    return {
        **(present_report(report) if report else {"report": None}),
        **_told(edition),
        "introduction": introduction,
        "edition": edition,
        "entry": line.entry,
        "line": line,
        "has_numbers": has_numbers(edition),
        "report_size": report_size(edition, rules.outside_k),
        "level_meaning": LEVEL_MEANINGS[PublicationLevel(edition.level)],
        "citation": citation,
        "structured": structured_entry(edition, citation) if is_public else None,
        "address": citation.url,
        "address_path": request.path,
        "register_url": register_url,
        "linked_practices": sheets.linked,
        "siblings": [
            each for each in index.by_place.get(edition.place_id, ()) if each.pk != edition.pk
        ],
        "timeline": timeline_of(edition) if edition.pk else [],
        "is_restricted": edition.level == PublicationLevel.REGION,
    }


def _told(edition: Publication) -> dict[str, Any]:
    """What was typed from the report of a past démarche."""
    if not edition.is_historical:
        return {}
    found = published_findings(edition.snapshot["report"])
    return {
        "told": found if any(found.values()) else None,
        "lessons": edition.snapshot["report"].get("lessons", ""),
    }


def entry_citation(request: HttpRequest, edition: Publication) -> Citation:
    settings = SiteSettings.for_request(request) if Site.find_for_request(request) else None
    return citation_of(
        edition,
        publisher=settings.organisation if settings else "",
        address=request.build_absolute_uri(request.path),
    )


def report_of(edition: Publication, rules: DiscretionRules) -> Report | None:
    """The report as it was published, less what a raised k hides since.

    None for a historical entry, which has a PDF instead.
    """
    if edition.is_historical:
        return None
    return report_from_snapshot(edition.snapshot["report"], outside_k=rules.outside_k)


def numbers_response(edition: Publication) -> HttpResponseBase:
    """The published figures as a table: those of the page, no more. 404 where it shows none."""
    report = report_of(edition, discretion_rules())
    if report is None or not has_numbers(edition):
        raise Http404
    return csv_response(f"{edition.slug}.csv", report_rows(report))


def report_response(edition: Publication) -> HttpResponseBase:
    """The published report as a file, made beforehand by the worker; 404 until then."""
    return made_file_response(ready_report(edition), edition.slug)


def has_numbers(edition: Publication) -> bool:
    return edition.level in (PublicationLevel.FULL, PublicationLevel.REGION)
