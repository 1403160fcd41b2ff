"""How a synthesis is cited, and what search engines are told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from appreciation.domain.synthesis.nouns import SynthesisRead
from core.citation import Citation, organisation
from core.typography import fr_date

if TYPE_CHECKING:
    from appreciation.models import SynthesisEdition


def citation_of(
    read: SynthesisRead, edition: SynthesisEdition, *, slug: str, publisher: str, address: str
) -> Citation:
    number = f", édition {edition.number}" if edition.number > 1 else ""
    day = f", publié le {fr_date(timezone.localdate(edition.published_at))}"
    return Citation(
        key=slug,
        author=publisher or read.region,
        year=read.year,
        title=f"{read.title}{number}",
        publisher=publisher,
        words=f"{publisher or read.region} ({read.year}). {read.title}{number}{day}.",
        url=address,
        abstract=read.headline,
    )


def structured_synthesis(
    read: SynthesisRead, edition: SynthesisEdition, citation: Citation
) -> dict[str, Any]:
    """schema.org: a report about a region."""
    return {
        "@type": "Report",
        "name": citation.title,
        "headline": read.headline or citation.title,
        "inLanguage": "fr-CA",
        "url": citation.url,
        "mainEntityOfPage": citation.url,
        "datePublished": timezone.localdate(edition.published_at).isoformat(),
        "version": str(edition.number),
        "publisher": organisation(citation.publisher),
        "contentLocation": {"@type": "Place", "name": read.region},
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "SHA-256",
            "value": edition.fingerprint,
        },
        "citation": citation.words,
    }
