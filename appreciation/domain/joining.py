"""Sitting down at a meeting with a code read from the wall: no account, no name."""

from __future__ import annotations

import datetime as dt
import math
from itertools import product

from django.core import signing
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from appreciation.enums import Medium, MeetingState, PublicationLevel
from appreciation.models import Appraisal, JoinAttempt, Meeting, Seat
from appreciation.models.appraisals import DEFAULT_CONSENT_TEXT
from appreciation.models.meetings import JOIN_CODE_LENGTH
from core.errors import DomainError
from reference.models import Sector

MISREAD = dict.fromkeys("0O", "0OQD") | dict.fromkeys("1IL", "1ILJ")
VARIANTS_MAX = 16
SEAT_MEDIA_IN_HAND = (Medium.PHONE, Medium.SHARED_TABLET)

SEAT_TO_ANSWER = """
SELECT seat.id, seat.token, seat.medium, seat.sector_id, meeting.id, meeting.join_code
FROM appreciation_seat seat JOIN appreciation_meeting meeting ON meeting.id = seat.meeting_id
WHERE seat.token = %s AND seat.medium IN (%s, %s)
"""

WRONG_CODES_MAX = 20
WRONG_CODES_WINDOW = dt.timedelta(minutes=10)
WRONG_CODES_KEPT = dt.timedelta(days=1)

TABLET_SALT = "appreciation.tablet"
TABLET_PASS_LASTS = dt.timedelta(hours=24)

REPORT_GOES = {
    PublicationLevel.PRIVATE: "seulement à l’équipe de la démarche",
    PublicationLevel.REGION: "aux équipes qui accompagnent les démarches de la région",
    PublicationLevel.SUMMARY: "au public, en résumé, sans le détail des réponses",
    PublicationLevel.FULL: "au public, avec les résultats d’ensemble",
}
"""Ends « Le rapport ira… »: the announced level in plain words."""


def own_consent_text(appraisal: Appraisal) -> str:
    """What the team wrote beyond the standard sentences; empty when it adds nothing."""
    text = appraisal.consent_text
    for sentence in DEFAULT_CONSENT_TEXT.rstrip(".").split(". "):
        text = text.replace(f"{sentence}.", "")
    return text.strip()


def code_candidates(typed: str) -> tuple[str, ...]:
    """The codes that `typed` may stand for: case, spaces and dashes forgiven, look-alikes tried.

    Codes hold no 0 O 1 I L; who reads one of them read another sign of the same look.
    """
    signs = [sign for sign in typed.upper() if sign.isalnum()]
    if len(signs) != JOIN_CODE_LENGTH:
        return ()
    choices = [MISREAD.get(sign, sign) for sign in signs]
    if math.prod(len(choice) for choice in choices) > VARIANTS_MAX:
        return ()
    return tuple("".join(code) for code in product(*choices))


def find_open_meeting(typed: str) -> Meeting | None:
    """The open meeting of this code. One query, whether it is unknown, planned or closed."""
    codes = code_candidates(typed) or ("",)
    found = Meeting.every.filter(join_code__in=codes, state=MeetingState.OPEN)
    meetings = list(found.select_related("appraisal__place", "instrument")[:2])
    return meetings[0] if len(meetings) == 1 else None


def count_wrong_code(address: str) -> int:
    """Remember one wrong code from `address`; how many seconds to wait, 0 while under the limit.

    20 wrong codes in 10 minutes for one address (QUALITY.md §4 row 8). Only wrong codes count and
    only wrong codes are refused: a whole hall behind one address joins freely (row 7).
    """
    now = timezone.now()
    key = address_key(address)
    JoinAttempt.objects.filter(at__lt=now - WRONG_CODES_KEPT).delete()
    recent = JoinAttempt.objects.filter(address_key=key, at__gt=now - WRONG_CODES_WINDOW)
    moments = list(recent.order_by("-at").values_list("at", flat=True)[:WRONG_CODES_MAX])
    if len(moments) < WRONG_CODES_MAX:
        JoinAttempt.objects.create(address_key=key)
        return 0
    return math.ceil((moments[-1] + WRONG_CODES_WINDOW - now).total_seconds())


def address_key(address: str) -> str:
    """Tells addresses apart for a day without keeping them: HMAC with a salt that changes daily."""
    return salted_hmac(
        f"appreciation.join.{timezone.localdate()}", address, algorithm="sha256"
    ).hexdigest()


def take_seat(
    *, meeting: Meeting, medium: str = Medium.PHONE, sector: Sector | None = None
) -> Seat:
    """A new seat at an open meeting, with a random token. The sector only if the meeting asks."""
    if not Meeting.every.filter(pk=meeting.pk, state=MeetingState.OPEN).exists():
        raise DomainError("La rencontre est fermée. Merci de votre présence.")
    if medium not in SEAT_MEDIA_IN_HAND:
        raise ValueError(medium)
    return Seat.objects.create(
        meeting=meeting, medium=medium, sector=sector if meeting.asks_sector else None
    )


def seat_of(token: str) -> Seat | None:
    """The seat of this token, with its meeting; a sheet of paper is never opened by a token."""
    seats = Seat.objects.select_related("meeting__appraisal__place", "meeting__instrument")
    return seats.filter(token=token, medium__in=SEAT_MEDIA_IN_HAND).first()


def seat_to_answer(token: str) -> Seat | None:
    """The same seat with no more than an answer needs, asked by hand: a whole hall taps at once."""
    with connection.cursor() as cursor:
        cursor.execute(SEAT_TO_ANSWER, (token, *SEAT_MEDIA_IN_HAND))
        row = cursor.fetchone()
    if row is None:
        return None
    *seat_values, meeting_id, join_code = row
    using = connection.alias
    seat = Seat.from_db(using, ("id", "token", "medium", "sector_id"), seat_values)
    seat.meeting = Meeting.from_db(using, ("id", "join_code"), (meeting_id, join_code))
    return seat


def tablet_pass(meeting: Meeting) -> str:
    """What the console puts in the link that turns a device into the shared tablet, for a day."""
    return signing.dumps(meeting.pk, salt=TABLET_SALT)


def meeting_of_tablet_pass(value: str) -> Meeting | None:
    """The open meeting of a pass made by the console today; None for any other value."""
    try:
        pk = signing.loads(value, salt=TABLET_SALT, max_age=TABLET_PASS_LASTS)
    except signing.BadSignature:
        return None
    return Meeting.every.filter(pk=pk, state=MeetingState.OPEN).first()
