"""The meeting of the benchmark on the server's side: prepared, then counted in the database.

`python -m tests.benchmarks.hall prepare|show_last|verify`, JSON in and out, in the environment of
the server.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

import django

QUESTIONS = 12


def prepare() -> dict:
    """An open meeting of twelve questions, a second one for the floor, a session for the wall."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.urls import reverse

    from appreciation.domain.instruments import freeze_instrument
    from appreciation.models import Seat
    from tests.factories import (
        AppraisalFactory,
        InstrumentFactory,
        MeetingFactory,
        MembershipFactory,
        UserFactory,
    )

    lead, instrument = UserFactory(), InstrumentFactory(with_items=QUESTIONS)
    appraisal = AppraisalFactory(at_meeting=True, instrument=instrument)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    freeze_instrument(instrument)
    meeting = MeetingFactory(appraisal=appraisal, open=True, head_count=300)
    meeting.current_dimension = instrument.instrument_dimensions.get(position=1)
    meeting.save()
    floor = MeetingFactory(appraisal=appraisal, open=True)
    seats = Seat.objects.bulk_create(Seat(meeting=floor, medium="phone") for _ in range(300))
    session = SessionStore()
    session[SESSION_KEY] = str(lead.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = lead.get_session_auth_hash()
    session.save()
    return {
        "code": meeting.join_code,
        "wall": reverse("space:hall_state", args=[meeting.reference]),
        "reference": meeting.reference,
        "session": {settings.SESSION_COOKIE_NAME: session.session_key},
        "questions": _questions(meeting),
        "floor_questions": _questions(floor),
        "floor_seats": [seat.pk for seat in seats],
    }


def _questions(meeting) -> list[tuple[int, int]]:
    rounds = meeting.rounds.order_by("instrument_dimension__position")
    return list(rounds.values_list("instrument_dimension__items", "pk"))


def verify(reference: str, promised: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """What the database holds against what each phone was told: `{token: {item: answer}}`."""
    from appreciation.domain.counts import count_differences
    from appreciation.models import Meeting, Rating

    meeting = Meeting.objects.get(reference=reference)
    ratings = Rating.objects.filter(round__meeting=meeting)
    stored: dict[tuple[str, str], list[int]] = {}
    for token, item, answer in ratings.values_list("seat__token", "item_id", "answer"):
        stored.setdefault((token, str(item)), []).append(answer)
    expected = {
        (token, item): answer for token, own in promised.items() for item, answer in own.items()
    }
    return {
        "stored": sum(len(answers) for answers in stored.values()),
        "lost": sum(key not in stored for key in expected),
        "doubled": sum(len(answers) - 1 for answers in stored.values()),
        "changed": sum(
            stored[key] != [answer] for key, answer in expected.items() if key in stored
        ),
        "unasked": len(stored.keys() - expected.keys()),
        "seats": meeting.seats.count(),
        "counts_apart": len(count_differences(meeting)),
    }


def show_last(reference: str) -> dict:
    """The console puts the last question on the wall."""
    from appreciation.models import Meeting

    meeting = Meeting.objects.get(reference=reference)
    meeting.current_dimension = meeting.instrument.instrument_dimensions.get(position=QUESTIONS)
    meeting.revision += 1
    meeting.save(update_fields=("current_dimension", "revision"))
    return {}


COMMANDS = {"prepare": prepare, "show_last": show_last, "verify": verify}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(COMMANDS[sys.argv[1]](**json.load(sys.stdin))))
