"""Démarches held before this site: five fields and a PDF, « historique, non comparable » (O8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from appreciation.domain.editions import Entry, write_edition
from appreciation.domain.historical_words import (
    TypedWords,
    check_words,
    same_words,
    words_in_report,
    words_of,
    write_words,
)
from appreciation.enums import AppraisalState, Phase, PublicationLevel
from appreciation.models import Appraisal, Publication
from appreciation.models.meetings import random_code
from cms.stored_documents import store_document
from core.errors import DomainError
from reference.enums import APPRAISABLE_KINDS, PlaceKind
from reference.models import Place

if TYPE_CHECKING:
    from accounts.models import User
    from cms.models import SiteDocument
    from reference.models.places import PlaceQuerySet

FIRST_YEAR = 1990
MAX_REPORT_BYTES = 20 * 1024 * 1024
MAX_TITLE = 200
MAX_SUMMARY = 3000


def ensure_pdf(content: bytes) -> None:
    """A report is a PDF of 20 MB at most, by its content and not by its name."""
    if len(content) > MAX_REPORT_BYTES:
        raise DomainError(
            "Le rapport dépasse 20 Mo. Enregistrez-le en plus petit, puis recommencez.",
            fields={"report": "Le rapport dépasse 20 Mo."},
        )
    if not content.startswith(b"%PDF-"):
        raise DomainError(
            "Le rapport n’est pas un PDF. Exportez-le en PDF, puis recommencez.",
            fields={"report": "Ce fichier n’est pas un PDF."},
        )


@dataclass(frozen=True)
class HistoricalFacts:
    """The five fields: where, when, under what title, at whose request, and what came of it.

    `words`: what the report says, when the file tells it; None leaves what was typed.
    """

    place: Place
    year: int
    title: str
    summary: str
    requested_by: str = ""
    words: TypedWords | None = None


def places_for_historical(user: User) -> PlaceQuerySet:
    """Where this person may enter a past démarche: what she coordinates, First Nations excepted."""
    places = Place.objects.all() if user.is_superuser else user.coordinated_places()
    return places.filter(
        kind__in=[kind for kind in APPRAISABLE_KINDS if kind != PlaceKind.FIRST_NATION_COMMUNITY]
    )


def _new_entry(facts: HistoricalFacts, user: User | None) -> Appraisal:
    return Appraisal(
        reference=f"H-{facts.year}-{random_code(5)}",
        place=facts.place,
        is_historical=True,
        historical_year=facts.year,
        historical_title=facts.title,
        phase=Phase.FOLLOW_UP,
        state=AppraisalState.CLOSED,
        announced_level=PublicationLevel.SUMMARY,
        created_by=user,
        is_demo=facts.place.is_demo,
    )


def _check_coordination(place: Place, user: User | None) -> None:
    if user is not None and not places_for_historical(user).filter(pk=place.pk).exists():
        message = "Ce lieu ne fait pas partie de ceux que vous coordonnez."
        raise DomainError(message, fields={"place": message})


@transaction.atomic
def record_historical(
    facts: HistoricalFacts, *, report: File, user: User | None
) -> tuple[Publication, bool]:
    """Enter a past démarche in the register; returns its edition and whether anything changed.

    By the coordination of the place (`user` is None for a command). The same place, year and title
    again is the same entry: nothing to do if the rest and the PDF are the same, a new edition
    otherwise. A First Nations community is not entered this way: its council decides first.
    """
    content = report.read(MAX_REPORT_BYTES + 1)
    check_historical(facts, content)
    place, year, title = facts.place, facts.year, facts.title
    _check_coordination(place, user)
    Place.objects.select_for_update().get(pk=place.pk)
    if current := already_recorded(facts, content):
        return current, False
    document = _public_pdf(place=place, year=year, title=title, content=content)
    appraisal = _same_entry(facts) or _new_entry(facts, user)
    appraisal.historical_summary = facts.summary
    appraisal.requested_by = facts.requested_by
    appraisal.historical_report = document
    appraisal.save()
    if facts.words is not None:
        write_words(appraisal, facts.words)
        appraisal.save(update_fields=["lessons"])
    sha256 = hashlib.sha256(content).hexdigest()
    return _write(appraisal, {"sha256": sha256, "pdf": document.filename}, user), True


@transaction.atomic
def record_words(
    *, appraisal: Appraisal, words: TypedWords, user: User, replaces: int
) -> tuple[Publication, bool]:
    """Type what the report of a past démarche says; returns its edition and whether it is new.

    By the coordination of its place. The entry is published anew, with the same PDF. `replaces` is
    the number of the edition that the person saw: refused if another came out meanwhile.
    """
    locked = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    if not locked.is_historical:
        raise DomainError("Seule une démarche d’avant ce site s’écrit ainsi, d’après son rapport.")
    _check_coordination(locked.place, user)
    check_words(words)
    current = locked.publications.current().first()
    if current is None:
        raise DomainError(
            "Cette démarche est retirée du registre: inscrivez-la de nouveau, puis revenez ici."
        )
    if same_words(words, words_of(locked)):
        return current, False
    if current.number != replaces:
        raise DomainError(
            "Quelqu’un vient d’écrire ici. Relisez ce qui est en ligne avant de recommencer."
        )
    write_words(locked, words)
    locked.save(update_fields=["lessons"])
    file = {name: current.snapshot["report"][name] for name in ("sha256", "pdf")}
    return _write(locked, file, user), True


def can_type_words(appraisal: Appraisal, user: User) -> bool:
    return (
        appraisal.is_historical
        and places_for_historical(user).filter(pk=appraisal.place_id).exists()
    )


def _write(appraisal: Appraisal, file: dict[str, str], user: User | None) -> Publication:
    """`file`: the PDF as an edition names it."""
    return write_edition(
        appraisal=appraisal,
        entry=_entry(appraisal),
        report=file | words_in_report(words_of(appraisal)),
        level=PublicationLevel.SUMMARY,
        user=user,
        document=appraisal.historical_report,
    )


def already_recorded(facts: HistoricalFacts, content: bytes) -> Publication | None:
    """The current edition of this démarche when it already says all this."""
    appraisal = _same_entry(facts)
    current = appraisal.publications.current().first() if appraisal else None
    return current if current is not None and _is_same(current, facts, content) else None


def _same_entry(facts: HistoricalFacts) -> Appraisal | None:
    return Appraisal.objects.filter(
        is_historical=True,
        place=facts.place,
        historical_year=facts.year,
        historical_title=facts.title,
    ).first()


def _is_same(publication: Publication, facts: HistoricalFacts, content: bytes) -> bool:
    return (
        publication.snapshot["report"]["sha256"] == hashlib.sha256(content).hexdigest()
        and publication.entry["summary"] == facts.summary
        and publication.entry["requested_by"] == facts.requested_by
        and (facts.words is None or same_words(facts.words, words_of(publication.appraisal)))
    )


def check_historical(facts: HistoricalFacts, content: bytes) -> None:
    """Refuse, in words, what cannot enter the register."""
    place, year = facts.place, facts.year
    if place.kind == PlaceKind.FIRST_NATION_COMMUNITY:
        raise DomainError(
            "Une démarche d’une communauté atikamekw n’entre pas au registre de cette façon: "
            "son conseil doit d’abord donner son accord.",
            fields={"place": "Le conseil de la communauté doit d’abord donner son accord."},
        )
    if place.kind not in APPRAISABLE_KINDS:
        raise DomainError(
            f"{place.name} n’est pas une communauté. Choisissez une municipalité ou une "
            "communauté locale.",
            fields={"place": "Choisissez une municipalité ou une communauté locale."},
        )
    this_year = timezone.localdate().year
    if not FIRST_YEAR <= year <= this_year:
        message = f"L’année va de {FIRST_YEAR} à {this_year}."
        raise DomainError(message, fields={"year": message})
    for name, label, text, limit, is_required in (
        ("title", "Le titre", facts.title, MAX_TITLE, True),
        ("requested_by", "« Demandée par »", facts.requested_by, MAX_TITLE, False),
        ("summary", "Le résumé", facts.summary, MAX_SUMMARY, True),
    ):
        if is_required and not text.strip():
            raise DomainError(f"{label} manque.", fields={name: f"{label} manque."})
        if len(text) > limit:
            message = f"{label} dépasse {limit} caractères."
            raise DomainError(message, fields={name: message})
    if facts.words is not None:
        check_words(facts.words)
    ensure_pdf(content)


def _public_pdf(*, place: Place, year: int, title: str, content: bytes) -> SiteDocument:
    return store_document(
        content,
        name=f"{place.slug}-{year}.pdf",
        title=f"{place.name} {year}: {title}",
        is_private=False,
        field="report",
    )


def _entry(appraisal: Appraisal) -> Entry:
    place = appraisal.place
    territory = place.territory
    return Entry(
        title=f"{place.name}, {appraisal.historical_year}",
        subtitle=appraisal.historical_title,
        place=place.name,
        place_kind=place.kind,
        territory=territory.name if territory else "",
        year=appraisal.historical_year or 0,
        phase=Phase.FOLLOW_UP,
        is_complete=True,
        summary=appraisal.historical_summary,
        instrument="",
        instrument_code="",
        meeting_on="",
        people=None,
        requested_by=appraisal.requested_by,
        adopted_by="",
        adopted_on="",
        is_historical=True,
        is_demo=appraisal.is_demo,
    )
