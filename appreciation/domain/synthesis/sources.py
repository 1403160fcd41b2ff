"""Démarches as their current edition tells them: what a synthesis is read from, and nothing else.

Never the ratings: a `Publication` was trimmed to its level and adopted, a table of answers was not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from appreciation.domain.queries.register import territory_code
from appreciation.domain.report import Report, ReportMeeting, report_from_snapshot
from appreciation.domain.report.nouns import ReportFinding, ReportQuote
from appreciation.enums import FindingKind, SourceShown
from appreciation.models import Appraisal, Publication, Synthesis, SynthesisSource
from core.search_words import fold


@dataclass(frozen=True)
class PublishedAppraisal:
    """One démarche, its edition in force and what it holds. `report`: None when it is historical.

    `k` hides again what a region that raised its threshold no longer lets out.
    """

    publication: Publication
    report: Report | None
    findings: tuple[ReportFinding, ...]
    quotes: tuple[ReportQuote, ...]
    lessons: str
    territory_code: str
    shown: str = SourceShown.NAMED
    story: str = ""

    @property
    def appraisal(self) -> Appraisal:
        return self.publication.appraisal

    @property
    def last_evening(self) -> ReportMeeting | None:
        return self.report.meetings[-1] if self.report and self.report.meetings else None

    @property
    def name(self) -> str:
        return str(self.publication.entry["place"])

    @property
    def territory(self) -> str:
        return str(self.publication.entry["territory"])

    @property
    def summary(self) -> str:
        return self.report.headline if self.report else str(self.publication.entry["summary"])


def read_editions(
    editions: QuerySet[Publication],
    *,
    k: int,
    chosen: Mapping[int, SynthesisSource] | None = None,
) -> tuple[PublishedAppraisal, ...]:
    """Each edition read, by territory, name and year: never by result. One query."""
    rows = editions.select_related("appraisal", "place", "territory").annotate(
        territory_code=territory_code("territory")
    )
    read = [_read(edition, k, (chosen or {}).get(edition.appraisal_id)) for edition in rows]
    return tuple(sorted(read, key=_in_order))


def sources_of(synthesis: Synthesis, *, k: int) -> tuple[PublishedAppraisal, ...]:
    """Chosen démarches that are out today, whoever asked to stay out excepted. Two queries.

    One that was withdrawn since is not there any more; a new edition is read in place of the old.
    """
    told = synthesis.sources.exclude(shown=SourceShown.OPTED_OUT)
    chosen = {source.appraisal_id: source for source in told}
    return read_editions(Publication.objects.out().filter(appraisal__in=chosen), k=k, chosen=chosen)


def _read(edition: Publication, k: int, source: SynthesisSource | None) -> PublishedAppraisal:
    content = edition.snapshot["report"]
    report = None if edition.is_historical else report_from_snapshot(content, outside_k=k)
    territory = edition.territory
    code: str = getattr(edition, "territory_code", None) or (territory.slug if territory else "")
    return PublishedAppraisal(
        publication=edition,
        report=report,
        findings=report.findings if report else _typed_findings(content),
        quotes=report.quotes if report else (),
        lessons=report.lessons if report else str(content.get("lessons") or ""),
        territory_code=code,
        shown=source.shown if source else SourceShown.NAMED,
        story=source.story if source else "",
    )


def _in_order(source: PublishedAppraisal) -> tuple[str, str, int, int]:
    edition = source.publication
    return (fold(source.territory), fold(source.name), edition.year, edition.appraisal_id)


def _typed_findings(content: dict[str, Any]) -> tuple[ReportFinding, ...]:
    """What the coordination typed from the PDF of a démarche of before: words, never figures."""
    typed: Iterable[dict[str, Any]] = content.get("findings") or ()
    return tuple(
        ReportFinding(
            kind=str(each["kind"]),
            dimension=str(each.get("dimension") or ""),
            text=str(each["text"]),
            is_quote=False,
        )
        for each in typed
        if each.get("kind") in FindingKind.values and each.get("text")
    )
