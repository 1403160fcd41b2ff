"""Demonstration meetings of the region: one that was held, one to come that is full."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from reference.models import Place
from rencontres.domain.letters import forget_mails
from rencontres.domain.registrations import RegistrationWords, new_form_key, register
from rencontres.models import (
    EventPlace,
    ProgrammeItem,
    RegionalMeetingIndexPage,
    RegionalMeetingPage,
    Sequel,
    Workshop,
)

CONTENT = Path(__file__).with_name("meetings.toml")
BEGINS, LASTS = dt.time(9), dt.timedelta(hours=6)
OPEN_FOR = dt.timedelta(days=60)
ROWS = ("places", "programme", "workshops", "sequels", "people", "in_days")


def create_meetings(region: Place) -> None:
    """As if people had registered by the form; no mail leaves for them."""
    content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    now = timezone.now()
    for facts in content["meetings"]:
        event = _create(facts, region, now)
        for person in facts.get("people", []):
            _register(event, dict(person), now)


def _create(facts: dict[str, Any], region: Place, now: dt.datetime) -> RegionalMeetingPage:
    day = timezone.localdate(now) + dt.timedelta(days=facts["in_days"])
    starts = timezone.make_aware(dt.datetime.combine(day, BEGINS))
    page = RegionalMeetingPage(
        **{name: value for name, value in facts.items() if name not in ROWS},
        region=region,
        starts_at=starts,
        ends_at=starts + LASTS,
        registration_opens_at=starts - OPEN_FOR,
        registration_closes_at=starts - dt.timedelta(days=2),
    )
    page.places = [EventPlace(**row) for row in facts["places"]]
    page.programme = [ProgrammeItem(**_with_hours(row)) for row in facts["programme"]]
    page.workshops = [Workshop(**row) for row in facts.get("workshops", [])]
    page.sequels = [Sequel(**row) for row in facts.get("sequels", [])]
    RegionalMeetingIndexPage.objects.get().add_child(instance=page)
    return page


def _with_hours(row: dict[str, str]) -> dict[str, Any]:
    hours = {name: dt.time.fromisoformat(row[name]) for name in ("starts", "ends")}
    return {**row, **hours}


def _register(event: RegionalMeetingPage, person: dict[str, str], now: dt.datetime) -> None:
    title = person.pop("workshop", "")
    keys = tuple(event.workshops.filter(title=title).values_list("key", flat=True))
    said = RegistrationWords(**person, workshops=keys)
    answer = register(event=event, said=said, form_key=new_form_key(), now=now)
    forget_mails(answer.registration)
