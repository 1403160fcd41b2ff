"""The running order of the evening, with the hour of each moment and what to say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appreciation.domain.agenda import Agenda, AgendaCode, AgendaItem, agenda
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts
from appreciation.interfaces.documents.hall_pages import Pages, lay_out
from core.pdf import Press
from core.typography import NBSP, fr_time

if TYPE_CHECKING:
    from weasyprint.document import Document

SOME_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001  only the minutes since then are read


@dataclass(frozen=True)
class TimedMoment:
    """`hour` is the clock's, or how long after the beginning while the hour is unknown."""

    hour: str
    item: AgendaItem


@dataclass(frozen=True)
class TimedAgenda:
    agenda: Agenda
    moments: tuple[TimedMoment, ...]
    ends_at: str


def timed_agenda(code: AgendaCode, starts_at: dt.datetime | None) -> TimedAgenda:
    order = agenda(code)
    first = starts_at or SOME_DAY
    moments = tuple(TimedMoment(_clock(at, starts_at), item) for at, item in order.timed(first))
    end = first + dt.timedelta(minutes=order.minutes)
    return TimedAgenda(order, moments, _clock(end, starts_at))


def _clock(at: dt.datetime, starts_at: dt.datetime | None) -> str:
    if starts_at is not None:
        return fr_time(at)
    minutes = int((at - SOME_DAY).total_seconds()) // 60
    return f"+{NBSP}{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02}"


def agenda_pages(code: AgendaCode) -> Pages:
    def pages(making: Making, facts: HallFacts, press: Press) -> Document:
        timed = timed_agenda(code, facts.starts_at)
        return lay_out(
            press,
            "documents/hall/agenda.html",
            facts,
            kind="agenda",
            title=timed.agenda.title,
            summary=timed.agenda.summary,
            moments=timed.moments,
            minutes=timed.agenda.minutes,
            ends_at=timed.ends_at,
        )

    return pages
