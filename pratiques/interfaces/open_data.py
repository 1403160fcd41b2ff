"""The catalogue as open data: its columns, and one row per sheet (O5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from cms.caching import for_everyone
from cms.models import SiteSettings
from core.open_data import (
    CODEBOOK,
    Field,
    OpenTable,
    codebook_response,
    is_export_format,
    open_data_response,
)
from core.rich_text import to_plain
from core.slowdown import slow_down
from pratiques.domain.queries.browsing import browse
from pratiques.domain.queries.filters import CatalogueFilters
from pratiques.domain.queries.whole_sheets import WholeSheet, whole_sheets
from pratiques.enums import ProofKind, SupportKind

EXPORTS_AN_HOUR = 60
PROOFS, SUPPORTS = dict(ProofKind.choices), dict(SupportKind.choices)
WIDE = 50
RESERVED = "vide si la licence réserve les droits"
STORY = {
    "situation": "au départ",
    "aims": "ce qu’on a voulu",
    "approach": "comment on s’y est pris",
    "concerned_people": "qui a participé",
    "what_did_not_work": "ce qui n’a pas marché",
    "success_conditions": "ce qui a aidé",
    "watch_points": "à surveiller",
    "adaptation": "pour l’adapter ailleurs",
    "sequel": "la suite",
}
TABLE = OpenTable(
    "catalogue-pratiques",
    "Pratiques",
    "pratiques",
    (
        Field("url", "adresse", "Adresse de la fiche; on y trouve qui appeler", 40),
        Field("title", "titre", "Titre de la fiche", 40),
        Field("summary", "résumé", "La pratique en quelques phrases", WIDE),
        Field("status", "preuve", "Échelon: novatrice, prometteuse, porteuse ou reconnue"),
        Field("issues", "enjeux", "Enjeux touchés, séparés par « | »", 24),
        Field("dimensions", "dimensions", "Dimensions touchées, séparées par « | »", 24),
        Field("sectors", "secteurs", "Secteurs, séparés par « | »", 24),
        Field("territories", "territoires", "Territoires où elle a lieu, séparés par « | »", 24),
        Field("places", "lieux", "Lieux nommés par la fiche, séparés par « | »", 24),
        Field("milieu_kind", "genre de milieu", "Village, petite ville, quartier…"),
        Field("milieu_size", "taille du milieu", "Nombre de personnes qui y vivent, par tranche"),
        Field("started_in", "depuis", "Année du début; vide si inconnue", 9),
        Field("ended_in", "jusqu’en", "Année de la fin; vide si elle continue", 9),
        Field("holder_name", "organisme porteur", "Qui la mène", 28),
        Field("holder_url", "site de l’organisme", "Adresse de son site", 28),
        *(
            Field(key, heading, f"Texte de la fiche; {RESERVED}", WIDE)
            for key, heading in STORY.items()
        ),
        Field("moments", "moments", f"Étapes: quand, puis quoi; {RESERVED}", WIDE),
        Field("results", "résultats", f"Résultats, chacun avec sa preuve; {RESERVED}", WIDE),
        Field("partners", "partenaires", "Organismes, avec leur genre d’appui", 28),
        Field("cost_band", "coût", "Dépenses de la première année, par tranche"),
        Field("cost_detail", "précision sur le coût", "En mots", 24),
        Field("effort_band", "effort", "Temps donné, par tranche"),
        Field("effort_detail", "précision sur l’effort", "En mots", 24),
        Field("licence", "licence", "Licence de la fiche: elle l’emporte sur celle de la liste"),
        Field("source_name", "source", "D’où vient la fiche; vide si elle est d’ici", 24),
        Field("source_url", "adresse de la source", "Où la lire en entier", 28),
        Field("verified_on", "vérifiée le", "Dernière vérification: année, mois, jour"),
        Field("published_on", "publiée le", "Première publication: année, mois, jour"),
        Field("is_demo", "fictive", "oui: fiche inventée, pour la démonstration", 9),
    ),
)


def data_response(request: HttpRequest, address: str) -> HttpResponseBase | None:
    """The file that `?format=` asks for, of the sheets that the rest of the address asks for.

    None when none is asked for.
    """
    asked = request.GET.get("format", "")
    if asked == CODEBOOK:
        return for_everyone(codebook_response(TABLE, "pratiques-dictionnaire.csv"))
    if not is_export_format(asked):
        return None
    slow_down(request, "catalogue_export", most=EXPORTS_AN_HOUR)
    browsing = browse(CatalogueFilters.from_query(request.GET))
    rows = practice_rows(whole_sheets(browsing.ids, browsing.index), address)
    return for_everyone(
        open_data_response(
            TABLE,
            rows,
            asked,
            source=request.build_absolute_uri(),
            is_demo=SiteSettings.of_default_site().is_demo,
        )
    )


def practice_rows(sheets: Iterable[WholeSheet], address: str) -> Iterator[dict[str, Any]]:
    """One dictionary per sheet, keys as in `TABLE`."""
    for sheet in sheets:
        yield _row(sheet, address)


def _row(sheet: WholeSheet, address: str) -> dict[str, Any]:
    page, is_open = sheet.page, sheet.has_open_text
    published = page.first_published_at
    return {
        "url": f"{address}{page.slug}/",
        "title": page.title,
        "summary": page.summary,
        "status": page.get_status_display(),
        "issues": [one.name for one in sheet.issues],
        "dimensions": [one.name for one in sheet.dimensions],
        "sectors": [one.name for one in sheet.sectors],
        "territories": [one.name for one in sheet.territories],
        "places": [one.name for one in sheet.places],
        "milieu_kind": page.get_milieu_kind_display(),
        "milieu_size": page.get_milieu_size_display(),
        "started_in": page.started_in,
        "ended_in": page.ended_in,
        "holder_name": page.holder_name,
        "holder_url": page.holder_url,
        **{key: to_plain(getattr(page, key)) if is_open else "" for key in STORY},
        "moments": [f"{one.when}: {one.text}" for one in sheet.moments if is_open],
        "results": [_result(one) for one in sheet.results if is_open],
        "partners": [_partner(one) for one in sheet.partners],
        "cost_band": page.get_cost_band_display(),
        "cost_detail": page.cost_detail,
        "effort_band": page.get_effort_band_display(),
        "effort_detail": page.effort_detail,
        "licence": page.get_licence_display(),
        "source_name": page.source_name,
        "source_url": page.source_url,
        "verified_on": page.verified_on.isoformat() if page.verified_on else "",
        "published_on": timezone.localdate(published).isoformat() if published else "",
        "is_demo": page.is_demo,
    }


def _result(result: Any) -> str:
    proof = ", ".join(part for part in (result.proof, result.proof_url) if part)
    return f"{result.text} ({PROOFS.get(result.proof_kind, '')}: {proof})"


def _partner(partner: Any) -> str:
    detail = f": {partner.detail}" if partner.detail else ""
    return f"{partner.name} ({SUPPORTS.get(partner.support, '')}{detail})"
