"""How a sheet is cited, and what search engines are told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.citation import Citation, organisation
from core.typography import NBSP, fr_month
from pratiques.enums import LICENCE_ADDRESSES

if TYPE_CHECKING:
    from pratiques.models import PracticePage


def citation_of(page: PracticePage, *, catalogue: str, publisher: str, address: str) -> Citation:
    """By the organisation that carries the practice; dated by the first publication."""
    day = timezone.localdate(page.first_published_at or timezone.now())
    verified = f", vérifiée en {fr_month(page.verified_on)}" if page.verified_on else ""
    made_up = " Fiche de démonstration, inventée." if page.is_demo else ""
    return Citation(
        key=page.slug,
        author=page.holder_name or publisher,
        year=day.year,
        title=page.title,
        publisher=publisher,
        words=(
            f"{page.holder_name or publisher} ({day.year}). «{NBSP}{page.title}{NBSP}». "
            f"{catalogue}, {publisher}{verified}.{made_up}"
        ),
        url=address,
        abstract=page.summary,
    )


def structured_sheet(page: PracticePage, citation: Citation) -> dict[str, Any]:
    """schema.org: an article about what an organisation did, somewhere, on some issues."""
    published = page.first_published_at
    return {
        "@type": "Article",
        "headline": page.title,
        "abstract": page.summary,
        "inLanguage": "fr-CA",
        "url": citation.url,
        "mainEntityOfPage": citation.url,
        "datePublished": published.isoformat() if published else None,
        "dateModified": page.verified_on.isoformat() if page.verified_on else None,
        "author": organisation(citation.author, url=page.holder_url),
        "publisher": organisation(citation.publisher),
        "about": [{"@type": "Thing", "name": one.name} for one in page.issues.all()],
        "contentLocation": [{"@type": "Place", "name": one.name} for one in page.places.all()],
        "license": LICENCE_ADDRESSES.get(page.licence),
        "citation": citation.words,
        "isBasedOn": page.source_url,
    }
