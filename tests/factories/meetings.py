"""A regional meeting of the region, open to registrations, two weeks from a fixed day."""

from __future__ import annotations

import datetime as dt

from rencontres.domain.registrations import RegistrationWords, new_form_key, register
from rencontres.models import (
    EventPlace,
    RegionalMeetingIndexPage,
    RegionalMeetingPage,
    Registration,
    Workshop,
)
from tests.factories.places import PlaceFactory
from tests.factories.starter_site import ensure_site_pages

NOW = dt.datetime(2026, 11, 28, 15, tzinfo=dt.UTC)
STARTS = dt.datetime(2026, 12, 12, 14, tzinfo=dt.UTC)
"""9 h in Québec."""


def meeting_list() -> RegionalMeetingIndexPage:
    if not RegionalMeetingIndexPage.objects.exists():
        ensure_site_pages()
    return RegionalMeetingIndexPage.objects.get()


def regional_meeting(
    slug: str = "automne", *, workshops: tuple = (), **values
) -> RegionalMeetingPage:
    """`workshops` are (period, title, capacity)."""
    facts = {
        "title": "Rencontre d’automne",
        "region": values.pop("region", None) or PlaceFactory(territory=True),
        "starts_at": STARTS,
        "ends_at": STARTS + dt.timedelta(hours=7),
        "registration_opens_at": NOW - dt.timedelta(days=7),
        "registration_closes_at": STARTS - dt.timedelta(days=1),
        "introduction": "<p>Se dire ce qu’on a vu.</p>",
    } | values
    page = RegionalMeetingPage(slug=slug, **facts)
    page.places = [EventPlace(name="Centre communautaire", address="12, rue Exemple")]
    page.workshops = [
        Workshop(period=period, title=title, capacity=capacity)
        for period, title, capacity in workshops
    ]
    return meeting_list().add_child(instance=page)


def registered(event, email: str = "ana@exemple.org", now=NOW, **said) -> Registration:
    """By the public form, with a key of its own."""
    words = RegistrationWords(**{"name": "Ana Exemple", "email": email} | said)
    register(event=event, said=words, form_key=new_form_key(), now=now)
    return Registration.objects.get(event=event, email__iexact=email)
