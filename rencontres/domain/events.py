"""What an event must say before everyone reads it, and whether its door is open."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from core.typography import NBSP, fr_date, fr_time
from rencontres.enums import Door

if TYPE_CHECKING:
    from cms.models import SiteDocument
    from rencontres.models import EventPage

PRIVATE_FILE = "Ce document est privé: rendez-le public, ou retirez-le."
NO_PLACE = "Dites où: une salle, ou « À distance »."
ENDS_BEFORE = "La fin vient après le début."
CLOSES_BEFORE = "Les inscriptions ferment après s’être ouvertes."
CLOSES_AFTER = "Les inscriptions ferment au plus tard à la fin de la rencontre."
BOTH_DATES = (
    "Dites quand les inscriptions ouvrent et quand elles ferment, ou laissez les deux vides."
)
TAKEN_SLUG = "inscriptions"
"""Under the list of meetings, the site keeps it for the registrations themselves (`urls`)."""
SLUG_TAKEN = (
    f"L’adresse «{NBSP}{TAKEN_SLUG}{NBSP}» mène déjà aux inscriptions: choisissez-en une autre, "
    f"par exemple «{NBSP}inscriptions-automne{NBSP}»."
)
SAME_REGION = "Des personnes se sont inscrites: leur région reste la seule à les lire."
CALLED_OFF_WHY = "Dites en une phrase pourquoi elle n’a pas lieu."


def problems_of(event: EventPage) -> dict[str, str]:
    """What contradicts itself, by field: refused in a draft too.

    People registered for the coordination of one region to read: no other may be let in after.
    """
    problems = {}
    if event.slug == TAKEN_SLUG:
        problems["slug"] = SLUG_TAKEN
    if event.pk and _moves_to_another_region(event):
        problems["region"] = SAME_REGION
    opens, closes = event.registration_opens_at, event.registration_closes_at
    if event.starts_at and event.ends_at and event.ends_at <= event.starts_at:
        problems["ends_at"] = ENDS_BEFORE
    if (opens is None) != (closes is None):
        problems["registration_closes_at" if closes is None else "registration_opens_at"] = (
            BOTH_DATES
        )
    elif opens and closes and closes <= opens:
        problems["registration_closes_at"] = CLOSES_BEFORE
    elif closes and event.ends_at and closes > event.ends_at:
        problems["registration_closes_at"] = CLOSES_AFTER
    if event.is_called_off and not event.called_off_words.strip():
        problems["called_off_words"] = CALLED_OFF_WHY
    return problems


def _moves_to_another_region(event: EventPage) -> bool:
    with_people = type(event).objects.filter(pk=event.pk, registrations__erased_at=None)
    region = with_people.exclude(registrations=None).values_list("region", flat=True).first()
    return region is not None and region != event.region_id


def missing_to_publish(event: EventPage) -> list[str]:
    """What everyone would look for in vain: a place, and files that open."""
    files = [row.document for row in event.documents.all()]
    return missing_of(has_place=bool(event.places.count()), files=files)


def missing_of(*, has_place: bool, files: Iterable[SiteDocument]) -> list[str]:
    """The same, of rows that are typed and not saved yet."""
    missing = [] if has_place else [NO_PLACE]
    if any(file.is_private for file in files):
        missing.append(PRIVATE_FILE)
    return missing


def name_workshops(event: EventPage) -> None:
    """Give a key to each workshop that has none, or that was copied from another.

    « Après-midi » and « après-midi  » are one period, as the first was typed: one is chosen of it.
    """
    known: set[str] = set()
    periods: dict[str, str] = {}
    for workshop in event.workshops.all():
        period = " ".join(workshop.period.split())
        workshop.period = periods.setdefault(period.casefold(), period)
        if not workshop.key or workshop.key in known:
            workshop.key = secrets.token_hex(8)
        known.add(workshop.key)


def door_of(event: EventPage, now: dt.datetime) -> Door:
    """Whether somebody may register now. Full or not: there is a waiting list."""
    if event.is_called_off:
        return Door.CALLED_OFF
    if now >= event.ends_at:
        return Door.OVER
    opens, closes = event.registration_opens_at, event.registration_closes_at
    if opens is None or closes is None:
        return Door.NONE
    if now < opens:
        return Door.NOT_YET
    return Door.OPEN if now < closes else Door.CLOSED


def when_in_words(event: EventPage) -> str:
    """« Le 22 octobre 2026, de 9 h à 16 h », or from one day to another."""
    starts, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    if starts.date() == ends.date():
        return f"Le{NBSP}{fr_date(starts)}, de{NBSP}{fr_time(starts)} à{NBSP}{fr_time(ends)}"
    return f"Du{NBSP}{fr_date(starts)}, {fr_time(starts)}, au{NBSP}{fr_date(ends)}, {fr_time(ends)}"
