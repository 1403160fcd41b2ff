"""How an entry of the register is cited, and what search engines are told of it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from appreciation.domain.editions import Entry
from appreciation.models.publications import Publication
from core.citation import Citation, organisation
from core.typography import fr_date


def citation_of(edition: Publication, *, publisher: str, address: str) -> Citation:
    """The community speaks: it is the author."""
    entry = Entry.from_json(edition.entry)
    what = entry.subtitle if entry.is_historical else "Appréciation par la communauté"
    number = f", édition {edition.number}" if edition.number > 1 else ""
    return Citation(
        key=edition.slug,
        author=entry.place,
        year=entry.year,
        title=f"{what}{number}",
        publisher=publisher,
        words=(
            f"{entry.place} ({entry.year}). {what}{number}. {publisher}, "
            f"publié le {fr_date(timezone.localdate(edition.published_at))}."
        ),
        url=address,
        abstract=entry.summary,
    )


def structured_entry(edition: Publication, citation: Citation) -> dict[str, Any]:
    """schema.org: a report by and about a place."""
    entry = Entry.from_json(edition.entry)
    return {
        "@type": "Report",
        "name": entry.title,
        "headline": citation.title,
        "abstract": entry.summary,
        "inLanguage": "fr-CA",
        "url": citation.url,
        "mainEntityOfPage": citation.url,
        "datePublished": timezone.localdate(edition.published_at).isoformat(),
        "version": str(edition.number),
        "publisher": organisation(citation.publisher),
        "contentLocation": {
            "@type": "Place",
            "name": entry.place,
            "containedInPlace": {"@type": "Place", "name": entry.territory}
            if entry.territory
            else None,
        },
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "SHA-256",
            "value": edition.fingerprint,
        },
        "citation": citation.words,
    }
