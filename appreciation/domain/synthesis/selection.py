"""Starting a synthesis, and choosing the démarches that it reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.synthesis.comparability import (
    Usual,
    reasons_apart,
    scale_length_of,
    usual_of,
)
from appreciation.domain.synthesis.rights import check_region, lock_synthesis
from appreciation.domain.synthesis.sources import PublishedAppraisal, read_editions
from appreciation.enums import PublicationLevel, SourceShown
from appreciation.models import Appraisal, Publication, Synthesis, SynthesisSource
from core.errors import ConcurrentEditError, DomainError
from core.typography import fr_date, fr_typo, join_words, of_name
from reference.enums import PlaceKind
from reference.models import Place, PlacePart

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_TITLE = 200
LONGEST_HEADLINE = 250
FIRST_YEAR = 2000
TOO_LATE = "Quelqu’un a changé cette synthèse pendant que vous faisiez votre choix."
TITLE_TOO_LATE = "Quelqu’un a changé cette synthèse pendant que vous écriviez."
NO_COUNCIL = "Le conseil de la communauté n’a pas donné son accord: elle ne peut pas être retenue."


@dataclass(frozen=True)
class Candidate:
    """A published démarche of the region. `obstacle`: why it cannot be chosen now, in words.

    `reasons`: why its figures stand apart, are missing or ask for care. `level` is the code.
    """

    appraisal: Appraisal
    publication: Publication
    name: str
    territory: str
    year: int
    held_on: dt.date | None
    instrument: str
    instrument_version: str
    scale_length: int | None
    people: int | None
    media: tuple[str, ...]
    level: str
    is_historical: bool
    is_demo: bool
    reasons: tuple[str, ...] = ()
    obstacle: str = ""

    @property
    def appraisal_id(self) -> int:
        return self.appraisal.pk

    @property
    def level_words(self) -> str:
        return str(PublicationLevel(self.level).label)

    @property
    def can_be_chosen(self) -> bool:
        return not self.obstacle


def candidates(*, region: Place) -> tuple[Candidate, ...]:
    """Every démarche of the region with an edition in force, by territory and name.

    « Most of them » are those that can be chosen. A constant number of queries.
    """
    places = Place.objects.within(region)
    editions = Publication.objects.current().filter(place__in=places.values("pk"))
    read = read_editions(_with_council(editions), k=discretion_rules().outside_k)
    usual, year = usual_of(read), timezone.localdate().year
    return tuple(_candidate(each, usual, year) for each in read)


@transaction.atomic
def start_synthesis(*, user: User, region: Place, title: str, year: int) -> Synthesis:
    """A new draft. Refused for a place that is no region, or that she does not coordinate whole."""
    check_region(region, user)
    if region.kind != PlaceKind.REGION:
        raise DomainError("Une synthèse porte sur une région: choisissez-en une.")
    _check_title(title, "", year)
    return Synthesis.objects.create(
        region=region,
        title=fr_typo(title.strip()),
        year=year,
        created_by=user,
        is_demo=region.is_demo,
    )


@transaction.atomic
def edit_synthesis(
    *, synthesis: Synthesis, user: User, title: str, headline: str, year: int, version: int
) -> Synthesis:
    """Change its title, sentence or year. ConcurrentEditError when somebody saved first."""
    locked = lock_synthesis(synthesis, user)
    _check_title(title, headline, year)
    wanted = {
        "title": fr_typo(title.strip()),
        "headline": fr_typo(headline.strip()),
        "year": year,
    }
    if all(getattr(locked, name) == value for name, value in wanted.items()):
        return locked
    if locked.version != version:
        theirs = "\n".join(filter(None, (locked.title, locked.headline, str(locked.year))))
        raise ConcurrentEditError(TITLE_TOO_LATE, theirs=theirs)
    for name, value in wanted.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    return locked


@transaction.atomic
def choose_sources(
    *,
    synthesis: Synthesis,
    user: User,
    appraisals: Mapping[int, str],
    version: int | None = None,
) -> Synthesis:
    """Set the whole choice at once: `{démarche: SourceShown}`. The same choice twice is harmless.

    Refused: what is not published in this region, withdrawn, under embargo, of a First Nations
    community without its council's agreement, fictitious among real ones; taking out one whose
    story is written. ConcurrentEditError when another choice came first.
    """
    locked = lock_synthesis(synthesis, user)
    if any(shown not in SourceShown.values for shown in appraisals.values()):
        raise DomainError("Choisissez comment chaque démarche est présentée.")
    chosen = {source.appraisal_id: source for source in locked.sources.select_related("appraisal")}
    if {pk: source.shown for pk, source in chosen.items()} == dict(appraisals):
        return locked
    if version is not None and locked.version != version:
        raise ConcurrentEditError(TOO_LATE, theirs=_in_words(chosen))
    offered = {each.appraisal_id: each for each in candidates(region=locked.region)}
    taken = {pk for pk, shown in appraisals.items() if shown != SourceShown.OPTED_OUT}
    _check_offered(offered, set(appraisals) - set(chosen) | taken)
    left = [chosen[pk] for pk in chosen if pk not in appraisals]
    _check_left(left)
    SynthesisSource.objects.filter(pk__in=[each.pk for each in left]).delete()
    for pk, shown in appraisals.items():
        SynthesisSource.objects.update_or_create(
            synthesis=locked, appraisal_id=pk, defaults={"shown": shown}
        )
    locked.is_demo = any(offered[pk].is_demo for pk in taken)
    locked.version += 1
    locked.save()
    return locked


def lost_sources(*, synthesis: Synthesis) -> tuple[SynthesisSource, ...]:
    """Chosen démarches that are no longer out: withdrawn, or waiting for their day. One query."""
    out = Publication.objects.out().filter(appraisal=OuterRef("appraisal"))
    lost = synthesis.sources.exclude(shown=SourceShown.OPTED_OUT).filter(~Exists(out))
    return tuple(lost.select_related("appraisal__place"))


def _with_council(editions):
    """Each told whether its place is a First Nations community, or made of one."""
    kind = PlaceKind.FIRST_NATION_COMMUNITY
    parts = PlacePart.objects.filter(whole=OuterRef("place"), part__kind=kind)
    return editions.annotate(has_first_nation=Exists(parts))


def _candidate(source: PublishedAppraisal, usual: Usual, year: int) -> Candidate:
    edition, evening = source.publication, source.last_evening
    return Candidate(
        appraisal=edition.appraisal,
        publication=edition,
        name=source.name,
        territory=source.territory,
        year=edition.year,
        held_on=evening.held_on if evening else None,
        instrument=evening.instrument if evening else "",
        instrument_version=evening.instrument_version if evening else "",
        scale_length=scale_length_of(evening),
        people=evening.head_count if evening else None,
        media=tuple(medium.label for medium in evening.media) if evening else (),
        level=edition.level,
        is_historical=edition.is_historical,
        is_demo=bool(edition.entry["is_demo"]),
        reasons=reasons_apart(source, usual, year=year),
        obstacle=_obstacle(edition),
    )


def _obstacle(edition: Publication) -> str:
    is_first_nation = edition.place.kind == PlaceKind.FIRST_NATION_COMMUNITY or getattr(
        edition, "has_first_nation", False
    )
    if is_first_nation and edition.appraisal.council_agreed_on is None:
        return NO_COUNCIL
    if edition.embargo_until and edition.embargo_until > timezone.now():
        return f"Elle ne se lit pas avant le {fr_date(edition.embargo_until)}."
    return ""


def _check_offered(offered: Mapping[int, Candidate], wanted: set[int]) -> None:
    if lost := wanted - set(offered):
        names = list(Appraisal.objects.filter(pk__in=lost).values_list("place__name", flat=True))
        raise DomainError(
            f"Cette démarche n’est pas publiée dans la région: {join_words(sorted(names))}. "
            "Enlevez-la du choix."
            if names
            else "Une des démarches n’existe plus. Rechargez la page."
        )
    for each in (offered[pk] for pk in sorted(wanted)):
        if each.obstacle:
            raise DomainError(f"{each.name}, {each.year}: {each.obstacle}")
    if len({offered[pk].is_demo for pk in wanted}) > 1:
        raise DomainError(
            "Des démarches fictives (démonstration) ne se lisent pas avec de vraies: "
            "enlevez les unes ou les autres."
        )


def _check_left(left: list[SynthesisSource]) -> None:
    for source in left:
        if source.story:
            raise DomainError(
                f"L’histoire {of_name(source.appraisal.place)} est écrite. Videz-la d’abord, ou "
                "marquez la démarche « retirée à sa demande » pour la garder."
            )


def _in_words(chosen: Mapping[int, SynthesisSource]) -> str:
    names = sorted(
        f"{source.appraisal.place} ({source.get_shown_display()})" for source in chosen.values()
    )
    return "\n".join(names) or "Aucune démarche retenue."


def _check_title(title: str, headline: str, year: int) -> None:
    if not title.strip() or len(title.strip()) > LONGEST_TITLE:
        message = f"Donnez un titre de {LONGEST_TITLE} caractères au plus."
        raise DomainError(message, fields={"title": message})
    if len(headline.strip()) > LONGEST_HEADLINE:
        message = f"La phrase a {LONGEST_HEADLINE} caractères au plus."
        raise DomainError(message, fields={"headline": message})
    last = timezone.localdate().year + 2
    if not FIRST_YEAR <= year <= last:
        message = f"L’année va de {FIRST_YEAR} à {last}."
        raise DomainError(message, fields={"year": message})
