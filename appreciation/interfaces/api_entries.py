"""An entry of the register as the API gives it: its notice, at its level of publication."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Field, Schema

from appreciation.domain.editions import Entry
from appreciation.domain.public_reports import report_size
from appreciation.enums import Phase, PublicationLevel
from appreciation.interfaces.entry_page import has_numbers
from appreciation.models import Publication
from cms.api import Coded, Paged, Paging
from reference.enums import PlaceKind


class RegisterQuery(Paging):
    """The parameters of /demarches/. A value that does not exist is left aside, never refused."""

    q: str = Field("", description="Un lieu, un mot.")
    territoire: list[str] = Field([], description="Codes de territoires; répété: l’un ou l’autre.")
    annee: list[str] = Field([], description="Années de la rencontre.")
    phase: list[str] = Field([], description="Étapes où en étaient les démarches.")
    enjeu: list[str] = Field([], description="Codes d’enjeux.")
    dimension: list[str] = Field([], description="Codes des dimensions dont on parle.")
    instrument: list[str] = Field([], description="Codes de grilles; « historique »: aucune.")
    niveau: list[str] = Field([], description="« summary » ou « full ».")


class AppraisalEntry(Schema):
    """`numbers_url`, `report_url`: null where the level shows none, or before the file is made."""

    slug: str
    url: str
    api_url: str
    numbers_url: str | None = Field(
        description="Les nombres publiés, en CSV, là où le niveau les montre."
    )
    report_url: str | None = Field(
        description="Le rapport publié, en PDF. Un nouveau rapport est prêt en quelques minutes."
    )
    title: str
    subtitle: str
    place: str
    place_kind: Coded | None
    territory: str
    year: int
    summary: str
    phase: Coded
    is_complete: bool
    meeting_on: dt.date | None
    people: int | None
    instrument: str
    instrument_code: str
    level: Coded
    requested_by: str
    adopted_by: str
    adopted_on: dt.date | None
    published_at: dt.datetime
    edition: int
    issues: list[Coded]
    dimensions: list[Coded] = Field(description="Celles dont parlent les constats publiés.")
    is_historical: bool = Field(description="Tenue avant ce site: ne se compare pas.")
    is_demo: bool = Field(description="Démarche inventée, pour la démonstration.")
    fingerprint: str = Field(description="SHA-256 du contenu publié.")


class AppraisalList(Paged):
    items: list[AppraisalEntry]


def entry_of(
    edition: Publication, *, address: str, api_address: str, outside_k: int
) -> dict[str, Any]:
    """`address` and `api_address`: of the register, and of the list of the API.

    `outside_k`: how many answers a published number asks for; a file made by another rule is not
    offered.
    """
    entry = Entry.from_json(edition.entry)
    kind = dict(PlaceKind.choices).get(entry.place_kind)
    return {
        "slug": edition.slug,
        **_addresses(edition, f"{address}{edition.slug}/", outside_k),
        "api_url": f"{api_address}{edition.slug}/",
        "title": entry.title,
        "subtitle": entry.subtitle,
        "place": entry.place,
        "place_kind": {"code": entry.place_kind, "name": str(kind)} if kind else None,
        "territory": entry.territory,
        "year": entry.year,
        "summary": entry.summary,
        "phase": {"code": entry.phase, "name": str(Phase(entry.phase).label)},
        "is_complete": entry.is_complete,
        "meeting_on": entry.meeting_on or None,
        "people": entry.people,
        "instrument": entry.instrument,
        "instrument_code": entry.instrument_code,
        "level": {"code": edition.level, "name": str(PublicationLevel(edition.level).label)},
        "requested_by": entry.requested_by,
        "adopted_by": entry.adopted_by,
        "adopted_on": entry.adopted_on or None,
        "published_at": edition.published_at,
        "edition": edition.number,
        "issues": [{"code": one.code, "name": one.name} for one in edition.issues.all()],
        "dimensions": [{"code": one.code, "name": one.name} for one in edition.dimensions.all()],
        "is_historical": entry.is_historical,
        "is_demo": entry.is_demo,
        "fingerprint": edition.fingerprint,
    }


def _addresses(edition: Publication, url: str, outside_k: int) -> dict[str, str | None]:
    gives_numbers = has_numbers(edition) and not edition.is_historical
    return {
        "url": url,
        "numbers_url": f"{url}?format=csv" if gives_numbers else None,
        "report_url": f"{url}?format=pdf" if report_size(edition, outside_k) else None,
    }
