"""A rehearsal where only real people answered becomes the meeting it was mistaken for."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, record
from appreciation.domain.instrument_spec import spec_of
from appreciation.domain.instruments import freeze_instrument
from appreciation.domain.meetings import next_meeting_reference
from appreciation.domain.rehearsals import end_trace, erase, real_seats
from appreciation.enums import RUNNING_STATES, Phase
from appreciation.models import (
    AgreedRating,
    Appraisal,
    Comment,
    HandCount,
    Instrument,
    InstrumentDimension,
    Item,
    Meeting,
    Rating,
    RatingCorrection,
    RatingCount,
    Rehearsal,
    TableRating,
)
from core.errors import DomainError

if TYPE_CHECKING:
    from accounts.models import User

TOLD = ("fill_mode", "consent_text", "announced_level", "quotes_announced")
"""What people read before they answered: it must be what the démarche says."""


def missing_to_keep(meeting: Meeting, user: User) -> list[str]:
    """Why the answers cannot be kept as those of a real meeting. Empty: they may be."""
    trace = Rehearsal.objects.select_related("source__instrument").filter(meeting=meeting).first()
    source = trace.source if trace else None
    missing = []
    if meeting.seats.filter(is_fictitious=True).exists():
        missing.append("Des participants fictifs ont répondu.")
    if not real_seats(meeting).exists():
        missing.append("Aucun vrai téléphone n’a répondu.")
    if source is None:
        return [*missing, "Elle n’imite pas une de vos démarches."]
    if not Appraisal.objects.editable_by(user).filter(pk=source.pk).exists():
        missing.append("Vous ne menez plus la démarche qu’elle imite.")
    if source.phase != Phase.MEETING or source.state not in RUNNING_STATES:
        missing.append("La démarche qu’elle imite n’est pas à « Tenir la rencontre ».")
    same_words = all(getattr(source, name) == getattr(meeting.appraisal, name) for name in TOLD)
    if not same_words or not _same_questions(source.instrument, meeting.instrument):
        missing.append("Les questions ou le texte de consentement ont changé depuis.")
    return missing


def keep_rehearsal(*, meeting: Meeting, user: User, room_agrees: bool, now: dt.datetime) -> Meeting:
    """The meeting joins the démarche it imitates, its answers those of the real instrument.

    People had read that all would be erased: the room is told, and nobody objects. Refused while
    `missing_to_keep` says something; a single fictitious answer is enough.
    """
    if not room_agrees:
        message = "Dites-le à la salle d’abord. Si quelqu’un s’y oppose, effacez la répétition."
        raise DomainError(message, fields={"room_agrees": message})
    actor = Actor(user=user)
    with transaction.atomic():
        locked = begin(meeting, actor)
        missing = missing_to_keep(locked, user)
        if missing:
            raise DomainError(" ".join(["La répétition ne peut pas être gardée.", *missing]))
        trace = Rehearsal.objects.select_related("source__instrument").get(meeting=locked)
        source, played = trace.source, locked.appraisal
        if source is None or source.instrument is None:
            raise DomainError("La démarche imitée n’existe plus.")
        freeze_instrument(source.instrument)
        _answer_to(locked, source.instrument)
        locked.appraisal, locked.instrument = source, source.instrument
        locked.reference, locked.venue = next_meeting_reference(), ""
        fields = ("appraisal", "instrument", "reference", "venue")
        record(locked, actor, "Répétition gardée", "comme vraie rencontre", fields)
        end_trace(trace, now)
        erase(played)
    return locked


def _same_questions(one: Instrument | None, other: Instrument) -> bool:
    if one is None:
        return False
    return dataclasses.replace(spec_of(one), version="") == dataclasses.replace(
        spec_of(other), version=""
    )


def _answer_to(meeting: Meeting, instrument: Instrument) -> None:
    """Every answer moves from the copy's statements to those of `instrument`, code by code."""
    dimensions = dict(_dimensions(instrument))
    for code, pk in _dimensions(meeting.instrument):
        meeting.rounds.filter(instrument_dimension=pk).update(instrument_dimension=dimensions[code])
        if meeting.current_dimension_id == pk:
            meeting.current_dimension_id = dimensions[code]
    items = {(one, code): pk for one, code, pk in _items(instrument)}
    for dimension, code, pk in _items(meeting.instrument):
        new = items[dimension, code]
        Rating.objects.filter(seat__meeting=meeting, item=pk).update(item=new)
        RatingCorrection.objects.filter(seat__meeting=meeting, item=pk).update(item=new)
        TableRating.objects.filter(table__meeting=meeting, item=pk).update(item=new)
        for model in (RatingCount, HandCount, Comment, AgreedRating):
            model.objects.filter(meeting=meeting, item=pk).update(item=new)
        if meeting.current_item_id == pk:
            meeting.current_item_id = new
    meeting.save(update_fields=["current_dimension", "current_item"])


def _dimensions(instrument: Instrument):
    rows = InstrumentDimension.objects.filter(instrument=instrument)
    return rows.values_list("dimension__code", "pk")


def _items(instrument: Instrument):
    rows = Item.objects.filter(instrument_dimension__instrument=instrument)
    return rows.values_list("instrument_dimension__dimension__code", "code", "pk")
