"""The running order of the meeting, once for the toolkit, the hall kit and the slides.

Ours, a working version: the agenda of the original toolkit is not known (DOMAIN.md §0).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from core.typography import fr_typo

AGENDAS = Path(__file__).resolve().parents[1] / "toolkit" / "agendas.toml"


class AgendaCode(StrEnum):
    FULL = "full"
    SHORT = "short"


@dataclass(frozen=True)
class AgendaItem:
    """One moment of the evening. `say` is « qu’est-ce que je dis », sentence by sentence."""

    minutes: int
    title: str
    do: tuple[str, ...]
    say: tuple[str, ...]
    keep_in_mind: str


@dataclass(frozen=True)
class Agenda:
    code: AgendaCode
    title: str
    summary: str
    items: tuple[AgendaItem, ...]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    def timed(self, starts_at: dt.datetime) -> list[tuple[dt.datetime, AgendaItem]]:
        """Each moment with the hour it begins, the first one at `starts_at`."""
        times = [starts_at]
        for item in self.items[:-1]:
            times.append(times[-1] + dt.timedelta(minutes=item.minutes))
        return list(zip(times, self.items, strict=True))


def agenda(code: AgendaCode | str = AgendaCode.FULL) -> Agenda:
    """The running order of this code, its typography put right. KeyError for an unknown code."""
    return _agendas()[AgendaCode(code)]


@cache
def _agendas() -> dict[AgendaCode, Agenda]:
    read = tomllib.loads(AGENDAS.read_text(encoding="utf-8"))["agendas"]
    return {
        AgendaCode(found["code"]): Agenda(
            code=AgendaCode(found["code"]),
            title=fr_typo(found["title"]),
            summary=fr_typo(found["summary"]),
            items=tuple(_item(item) for item in found["items"]),
        )
        for found in read
    }


def _item(found: dict) -> AgendaItem:
    return AgendaItem(
        minutes=found["minutes"],
        title=fr_typo(found["title"]),
        do=tuple(map(fr_typo, found["do"])),
        say=tuple(map(fr_typo, found["say"])),
        keep_in_mind=fr_typo(found["keep_in_mind"]),
    )
