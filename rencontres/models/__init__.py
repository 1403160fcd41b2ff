"""The nouns of events. Page types come last: they are models, and stand on all the others."""

import appreciation.models  # noqa: F401  its rules import it, and it imports them last
from rencontres.models.event_rows import EventDocument, EventPlace, ProgrammeItem, Sequel, Workshop
from rencontres.models.registrations import Registration, WorkshopChoice
from rencontres.pages.events import EventPage
from rencontres.pages.regional_meetings import RegionalMeetingIndexPage, RegionalMeetingPage

__all__ = [
    "EventDocument",
    "EventPage",
    "EventPlace",
    "ProgrammeItem",
    "RegionalMeetingIndexPage",
    "RegionalMeetingPage",
    "Registration",
    "Sequel",
    "Workshop",
    "WorkshopChoice",
]
