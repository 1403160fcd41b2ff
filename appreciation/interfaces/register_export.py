"""The register as open data: its columns, and one row per published entry (O5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone

from appreciation.domain.editions import Entry
from appreciation.enums import Phase, PublicationLevel
from appreciation.models import Publication
from cms.models import SiteSettings
from core import open_data
from core.open_data import Field, OpenTable

TABLE = OpenTable(
    "registre-demarches",
    "Démarches",
    "demarches",
    (
        Field("slug", "adresse", "Fin de l’adresse de la page: /demarches/<adresse>/"),
        Field("place", "communauté", "Nom de la communauté, tel qu’il était à la publication"),
        Field("territory", "territoire", "Territoire de développement social"),
        Field("year", "année", "Année de la rencontre"),
        Field("title", "titre", "Titre de la démarche, s’il y en a un"),
        Field("summary", "résumé", "Ce que la communauté en dit, en quelques phrases"),
        Field("phase", "phase", "Phase où en était la démarche à la publication"),
        Field("meeting_on", "date de la rencontre", "Année, mois, jour; vide si inconnue"),
        Field("people", "personnes", "Personnes présentes à la rencontre; vide si inconnu"),
        Field("instrument", "instrument", "Grille utilisée; vide pour une démarche historique"),
        Field("level", "niveau de publication", "sommaire public ou complet public"),
        Field("issues", "enjeux", "Enjeux touchés, séparés par « | »", 24),
        Field("dimensions", "dimensions", "Celles dont parlent les constats, séparées par « | »"),
        Field("adopted_by", "adopté par", "Qui a adopté le rapport avant sa publication"),
        Field("adopted_on", "adopté le", "Année, mois, jour"),
        Field("published_on", "publié le", "Année, mois, jour de cette édition"),
        Field("edition", "édition", "Une nouvelle édition remplace la précédente"),
        Field("is_historical", "historique", "oui: entrée après coup, non comparable aux autres"),
        Field("fingerprint", "empreinte", "SHA-256 du contenu publié"),
        Field("is_demo", "fictive", "oui: entrée inventée, pour la démonstration"),
    ),
)


def register_rows(editions: Iterable[Publication]) -> Iterator[dict[str, Any]]:
    """One dictionary per published entry, keys as in `TABLE`."""
    for edition in editions:
        yield _row(edition)


def export_response(
    editions: Iterable[Publication], format_name: str, *, source: str
) -> HttpResponseBase:
    return open_data.open_data_response(
        TABLE, register_rows(editions), format_name, source=source, is_demo=_is_demo()
    )


def register_file(editions: Iterable[Publication], format_name: str) -> bytes:
    """The whole export as one file's content."""
    source = f"{settings.WAGTAILADMIN_BASE_URL}/demarches/"
    return open_data.open_data_file(
        TABLE, register_rows(editions), format_name, source=source, is_demo=_is_demo()
    )


def codebook_response() -> HttpResponseBase:
    return open_data.codebook_response(TABLE, "registre-dictionnaire.csv")


def _is_demo() -> bool:
    return SiteSettings.of_default_site().is_demo


def _row(edition: Publication) -> dict[str, Any]:
    entry = Entry.from_json(edition.entry)
    return {
        "slug": edition.slug,
        "place": entry.place,
        "territory": entry.territory,
        "year": entry.year,
        "title": entry.subtitle,
        "summary": entry.summary,
        "phase": Phase(entry.phase).label,
        "meeting_on": entry.meeting_on,
        "people": entry.people,
        "instrument": entry.instrument,
        "level": PublicationLevel(edition.level).label,
        "issues": [one.name for one in edition.issues.all()],
        "dimensions": [one.name for one in edition.dimensions.all()],
        "adopted_by": entry.adopted_by,
        "adopted_on": entry.adopted_on,
        "published_on": timezone.localdate(edition.published_at).isoformat(),
        "edition": edition.number,
        "is_historical": entry.is_historical,
        "fingerprint": edition.fingerprint,
        "is_demo": entry.is_demo,
    }
