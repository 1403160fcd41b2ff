"""Findings and words that the chosen démarches published, each with a key that lasts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.report.nouns import ReportFinding, ReportQuote
from appreciation.domain.synthesis.sources import PublishedAppraisal, sources_of
from appreciation.models import Synthesis


@dataclass(frozen=True)
class PublishedFinding:
    """A finding that its démarche published. `key` tells it from one edition to the next."""

    appraisal_id: int
    source: str
    kind: str
    dimension: str
    text: str
    is_quote: bool
    key: str


@dataclass(frozen=True)
class PublishedQuote:
    """A word that its démarche published with permission."""

    appraisal_id: int
    source: str
    dimension: str
    text: str
    key: str


def published_findings(*, synthesis: Synthesis) -> tuple[PublishedFinding, ...]:
    """What the chosen démarches published, to be put under themes. One line a text."""
    return findings_of(sources_of(synthesis, k=discretion_rules().outside_k))


def published_quotes(*, synthesis: Synthesis) -> tuple[PublishedQuote, ...]:
    """Words that may be picked, by démarche."""
    return quotes_of(sources_of(synthesis, k=discretion_rules().outside_k))


def finding_key(*, appraisal: int, kind: str, text: str) -> str:
    return hashlib.sha256(f"{appraisal}\n{kind}\n{text}".encode()).hexdigest()


def key_of(source: PublishedAppraisal, finding: ReportFinding) -> str:
    return finding_key(appraisal=source.appraisal.pk, kind=finding.kind, text=finding.text)


def findings_of(sources: Sequence[PublishedAppraisal]) -> tuple[PublishedFinding, ...]:
    found = {
        key_of(source, finding): PublishedFinding(
            appraisal_id=source.appraisal.pk,
            source=source.name,
            kind=finding.kind,
            dimension=finding.dimension,
            text=finding.text,
            is_quote=finding.is_quote,
            key=key_of(source, finding),
        )
        for source in sources
        for finding in source.findings
    }
    return tuple(found.values())


def quotes_of(sources: Sequence[PublishedAppraisal]) -> tuple[PublishedQuote, ...]:
    """Picked words of its report, then findings that may be quoted as they are."""
    found = {}
    for source in sources:
        said = [
            *source.quotes,
            *(ReportQuote(each.dimension, each.text) for each in source.findings if each.is_quote),
        ]
        for quote in said:
            key = finding_key(appraisal=source.appraisal.pk, kind="quote", text=quote.text)
            found[key] = PublishedQuote(
                source.appraisal.pk, source.name, quote.dimension, quote.text, key
            )
    return tuple(found.values())
