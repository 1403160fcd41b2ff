"""Who is registered, as the organiser reads it: three queries, however many they are."""

from __future__ import annotations

from dataclasses import dataclass

from core.search_words import search_text, search_words
from rencontres.enums import RegistrationState
from rencontres.models import EventPage, Registration, Workshop


@dataclass(frozen=True)
class Line:
    registration: Registration
    workshops: list[Workshop]

    @property
    def is_erased(self) -> bool:
        return self.registration.erased_at is not None


@dataclass(frozen=True)
class Roll:
    """By name those who have a place, in their order those who wait; how many cancelled."""

    confirmed: list[Line]
    waiting: list[Line]
    cancelled: int

    @property
    def came(self) -> int:
        return sum(line.registration.came for line in self.confirmed)

    @property
    def with_needs(self) -> list[Line]:
        return [line for line in self.confirmed if line.registration.needs]

    def asked_for(self, text: str) -> Roll:
        """Only those whose name or organisation has these words."""
        words = search_words(text)

        def is_meant(line: Line) -> bool:
            said = search_text((line.registration.name, line.registration.organisation))
            return all(f" {word}" in f" {said}" for word in words)

        return Roll(
            [line for line in self.confirmed if is_meant(line)],
            [line for line in self.waiting if is_meant(line)],
            self.cancelled,
        )


def roll_of(event: EventPage) -> Roll:
    workshops = {one.key: one for one in Workshop.objects.filter(event=event)}
    rows = Registration.objects.filter(event=event).prefetch_related("choices")
    lines: dict[str, list[Line]] = {state: [] for state in RegistrationState.values}
    for row in rows.order_by("pk"):
        chosen = [
            workshops[one.workshop_key]
            for one in row.choices.all()
            if one.workshop_key in workshops
        ]
        chosen.sort(key=lambda one: one.sort_order or 0)
        lines[row.state].append(Line(row, chosen))
    by_name = sorted(
        lines[RegistrationState.CONFIRMED], key=lambda line: search_text((line.registration.name,))
    )
    return Roll(by_name, lines[RegistrationState.WAITING], len(lines[RegistrationState.CANCELLED]))
