"""A sheet as the API gives it: what its page tells, but whom to call."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Field, Schema

from cms.api import Coded, Paged, Paging
from core.facets import labels_of
from core.rich_text import to_plain
from pratiques.domain.queries.whole_sheets import WholeSheet
from pratiques.enums import (
    CostBand,
    EffortBand,
    EvidenceStatus,
    Licence,
    MilieuKind,
    MilieuSize,
    ProofKind,
    SupportKind,
)
from pratiques.interfaces.open_data import STORY


class CatalogueQuery(Paging):
    """The parameters of /pratiques/. A value that does not exist is left aside, never refused."""

    q: str = Field("", description="Mots cherchés; accents, pluriels et fautes pardonnés.")
    mot: str = Field("", description="« exact »: les mots tels quels, sans correction.")
    enjeu: list[str] = Field([], description="Codes d’enjeux; répété: l’un ou l’autre.")
    dimension: list[str] = Field([], description="Codes de dimensions.")
    territoire: list[str] = Field([], description="Codes de territoires.")
    taille: list[str] = Field([], description="Tailles de milieu.")
    cout: list[str] = Field([], description="Coûts de la première année.")
    effort: list[str] = Field([], description="Efforts.")
    statut: list[str] = Field([], description="Échelons de preuve.")
    annee: list[str] = Field([], description="Années de la dernière vérification.")
    tri: str = Field("", description="« recentes » ou « titre ».")


class PracticeLine(Schema):
    """`api_url` gives the whole sheet, `url` its page, where to read whom to call."""

    slug: str
    url: str = Field(description="Sa page: on y lit qui appeler.")
    api_url: str = Field(description="Toute la fiche, ici.")
    title: str
    summary: str
    status: Coded
    issues: list[Coded]
    dimensions: list[Coded]
    sectors: list[Coded]
    territories: list[Coded]
    places: list[Coded]
    milieu_kind: Coded | None
    milieu_size: Coded | None
    started_in: int | None
    ended_in: int | None
    holder_name: str
    holder_url: str
    cost_band: Coded | None
    effort_band: Coded | None
    licence: Coded = Field(description="Celle de la fiche; elle l’emporte sur celle de la liste.")
    verified_on: dt.date | None = Field(description="Dernière vérification.")
    published_at: dt.datetime | None
    is_demo: bool = Field(description="Fiche inventée, pour la démonstration.")


class MomentOut(Schema):
    when: str
    text: str
    is_turning_point: bool


class ResultOut(Schema):
    text: str
    proof_kind: Coded | None
    proof: str
    proof_url: str


class PartnerOut(Schema):
    name: str
    support: Coded | None
    detail: str


class PracticeSheet(PracticeLine):
    """Texts are plain. They are empty where the sheet's own licence reserves the rights."""

    situation: str
    aims: str
    approach: str
    concerned_people: str
    what_did_not_work: str
    success_conditions: str
    watch_points: str
    adaptation: str
    sequel: str
    moments: list[MomentOut]
    results: list[ResultOut]
    partners: list[PartnerOut]
    cost_detail: str
    effort_detail: str
    source_name: str
    source_url: str


class PracticeList(Paged):
    items: list[PracticeLine]


def line_of(sheet: WholeSheet, *, address: str, api_address: str) -> dict[str, Any]:
    """`address` and `api_address`: of the catalogue, and of the list of the API."""
    page = sheet.page
    return {
        "slug": page.slug,
        "url": f"{address}{page.slug}/",
        "api_url": f"{api_address}{page.slug}/",
        "title": page.title,
        "summary": page.summary,
        "status": _coded(EvidenceStatus, page.status),
        "issues": sheet.issues,
        "dimensions": sheet.dimensions,
        "sectors": sheet.sectors,
        "territories": sheet.territories,
        "places": sheet.places,
        "milieu_kind": _coded(MilieuKind, page.milieu_kind),
        "milieu_size": _coded(MilieuSize, page.milieu_size),
        "started_in": page.started_in,
        "ended_in": page.ended_in,
        "holder_name": page.holder_name,
        "holder_url": page.holder_url,
        "cost_band": _coded(CostBand, page.cost_band),
        "effort_band": _coded(EffortBand, page.effort_band),
        "licence": _coded(Licence, page.licence),
        "verified_on": page.verified_on,
        "published_at": page.first_published_at,
        "is_demo": page.is_demo,
    }


def sheet_of(sheet: WholeSheet, *, address: str, api_address: str) -> dict[str, Any]:
    page, is_open = sheet.page, sheet.has_open_text
    return line_of(sheet, address=address, api_address=api_address) | {
        **{key: to_plain(getattr(page, key)) if is_open else "" for key in STORY},
        "moments": sheet.moments if is_open else (),
        "results": [
            {
                "text": one.text,
                "proof_kind": _coded(ProofKind, one.proof_kind),
                "proof": one.proof,
                "proof_url": one.proof_url,
            }
            for one in sheet.results
            if is_open
        ],
        "partners": [
            {"name": one.name, "support": _coded(SupportKind, one.support), "detail": one.detail}
            for one in sheet.partners
        ],
        "cost_detail": page.cost_detail,
        "effort_detail": page.effort_detail,
        "source_name": page.source_name,
        "source_url": page.source_url,
    }


def _coded(choices: Any, code: str) -> dict[str, str] | None:
    """In the words of the vocabularies."""
    name = labels_of(choices).get(code)
    return {"code": code, "name": name} if name else None
