"""Writing an edition of the register: the one place that makes a `Publication` and its shell."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from appreciation.models import Appraisal, Publication
from cms.search.upkeep import follow_page
from core.errors import DomainError
from core.last_good import forget_copies
from core.search_words import search_text
from reference.models import Dimension

if TYPE_CHECKING:
    from accounts.models import User
    from appreciation.models import AppraisalPage
    from cms.models import SiteDocument
    from reference.models import Issue

SNAPSHOT_FORMAT = 1
MAX_SLUG = 180


@dataclass(frozen=True)
class Entry:
    """What the lists, the exports and the head of the page say. Plain values: it goes to JSON."""

    title: str
    subtitle: str
    place: str
    place_kind: str
    territory: str
    year: int
    phase: str
    is_complete: bool
    summary: str
    instrument: str
    instrument_code: str
    meeting_on: str
    people: int | None
    requested_by: str
    adopted_by: str
    adopted_on: str
    is_historical: bool
    is_demo: bool
    milieu_kind: str = ""

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Entry:
        return cls(**values)


def fingerprint(*, level: str, entry: dict[str, Any], snapshot: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no space, UTF-8."""
    content = {"level": str(level), "entry": entry, "snapshot": snapshot}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def snapshot_of(report: dict[str, Any]) -> dict[str, Any]:
    return {"format": SNAPSHOT_FORMAT, "report": report}


def is_intact(publication: Publication) -> bool:
    """The stored content still has the fingerprint that it was published with."""
    return publication.fingerprint == fingerprint(
        level=publication.level, entry=publication.entry, snapshot=publication.snapshot
    )


def follow_syntheses(appraisal: Appraisal) -> None:
    """What the search finds of the syntheses that read it: words may have been taken back."""
    from appreciation.models import SynthesisPage

    for page in SynthesisPage.objects.filter(synthesis__sources__appraisal=appraisal, live=True):
        follow_page(page)


@transaction.atomic
def write_edition(
    *,
    appraisal: Appraisal,
    entry: Entry,
    report: dict[str, Any],
    level: str,
    user: User | None,
    embargo_until: dt.datetime | None = None,
    issues: Iterable[Issue] = (),
    document: SiteDocument | None = None,
) -> Publication:
    """The next edition, at the address the démarche was first given. The former is superseded.

    Rules on who may publish what are the caller's (`publish`, `record_historical`).
    """
    Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    page = _shell(appraisal, entry)
    _supersede(appraisal, kept=document)
    snapshot, values = snapshot_of(report), asdict(entry)
    publication = Publication.objects.create(
        appraisal=appraisal,
        number=appraisal.publications.count() + 1,
        slug=page.slug,
        level=level,
        entry=values,
        snapshot=snapshot,
        fingerprint=fingerprint(level=level, entry=values, snapshot=snapshot),
        place=appraisal.place,
        territory=appraisal.place.territory,
        document=document,
        embargo_until=embargo_until,
        published_by=user,
        search_text=search_text(texts_in([values, report])),
        **_searched(entry),
    )
    publication.issues.set(issues)
    publication.dimensions.set(dimensions_told(appraisal))
    _refresh_readers(page)
    return publication


def _refresh_readers(page: AppraisalPage) -> None:
    """Search and copies, of the entry and of the syntheses that tell it, say what is out now."""
    follow_page(page)
    follow_syntheses(page.appraisal)
    forget_copies()


def dimensions_told(appraisal: Appraisal) -> QuerySet[Dimension]:
    """Those that its findings speak of: an instrument asks about nearly all, and tells nothing."""
    return Dimension.objects.filter(pk__in=appraisal.findings.values("dimension"))


def _searched(entry: Entry) -> dict[str, Any]:
    """What the register filters and sorts by, copied out of the entry into columns."""
    return {
        "title": entry.title,
        "year": entry.year,
        "phase": entry.phase,
        "instrument_code": entry.instrument_code,
        "is_historical": entry.is_historical,
        "adopted_by": entry.adopted_by,
        "adopted_on": dt.date.fromisoformat(entry.adopted_on) if entry.adopted_on else None,
    }


def _supersede(appraisal: Appraisal, *, kept: SiteDocument | None) -> None:
    """`kept` leaves with the new edition; what the former ones showed otherwise is hidden."""
    for former in appraisal.publications.current():
        if former.document != kept:
            hide_document(former)
    if kept is not None:
        show_document(kept)
    appraisal.publications.current().update(superseded_at=timezone.now())


def hide_document(publication: Publication) -> None:
    """What is no longer published is no longer served: its public document becomes private."""
    if publication.document is not None and not publication.document.is_private:
        publication.document.is_private = True
        publication.document.save(update_fields=["is_private"])


def show_document(document: SiteDocument) -> None:
    """What is published is served to everyone."""
    if document.is_private:
        document.is_private = False
        document.save(update_fields=["is_private"])


def _shell(appraisal: Appraisal, entry: Entry) -> AppraisalPage:
    """The page of the register for this démarche: found, or created under a free address."""
    from appreciation.models import AppraisalPage, RegisterPage

    page = AppraisalPage.objects.filter(appraisal=appraisal).first()
    if page is not None:
        return page
    register = RegisterPage.objects.first()
    if register is None:
        raise DomainError(
            "Le registre n’existe pas encore sur ce site. Demandez à la coordination de le créer "
            "(commande create_site_pages)."
        )
    page = AppraisalPage(
        appraisal=appraisal, title=entry.title, slug=_free_slug(appraisal, entry), live=True
    )
    return register.add_child(instance=page)


def _free_slug(appraisal: Appraisal, entry: Entry) -> str:
    """`<lieu>-<année>`, then -2, -3…; an address once given to another is never given again."""
    given = appraisal.publications.order_by("number").values_list("slug", flat=True).first()
    if given:
        return given
    base = slugify(f"{entry.place} {entry.year}")[:MAX_SLUG] or f"demarche-{entry.year}"
    taken = set(Publication.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def texts_in(value: object) -> Iterator[str]:
    """Every text of a JSON value: what is published can be found, and nothing else."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from texts_in(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from texts_in(child)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
