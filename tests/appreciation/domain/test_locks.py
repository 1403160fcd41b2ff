import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from appreciation.domain.locks import lock_meeting, share_meeting
from appreciation.models import Meeting
from tests.factories import MeetingFactory


def test_lock_meeting_reads_the_row_again():
    meeting = MeetingFactory()
    Meeting.objects.update(venue="Sous-sol de l’église")
    with transaction.atomic():
        assert lock_meeting(meeting).venue == "Sous-sol de l’église"
        assert lock_meeting(meeting.pk) == meeting


@pytest.mark.django_db(transaction=True)
def test_a_close_waits_for_those_inside_and_keeps_the_next_ones_out():
    """A hall that never stops answering does not keep the facilitator waiting for ever."""
    meeting = MeetingFactory(open=True)
    order: list[str] = []
    inside, asked = threading.Event(), threading.Event()

    def answer(name: str, seat_id: int, before: threading.Event | None, pause: float) -> None:
        if before:
            before.wait(timeout=10)
        with transaction.atomic():
            share_meeting(meeting_id=meeting.pk, seat_id=seat_id)
            inside.set()
            time.sleep(pause)
            order.append(name)
        connection.close()

    def close() -> None:
        inside.wait(timeout=10)
        threading.Timer(0.2, asked.set).start()
        with transaction.atomic():
            lock_meeting(meeting)
            order.append("fermeture")
        connection.close()

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(answer, "dedans", 1, None, 0.5)
        closing = pool.submit(close)
        late = pool.submit(answer, "après", 2, asked, 0)
        for done in (first, closing, late):
            done.result(timeout=20)
    assert order[0] == "dedans"
    if connection.vendor == "postgresql":
        assert order == ["dedans", "fermeture", "après"]


@pytest.mark.django_db(transaction=True)
def test_lock_meeting_outside_a_transaction_is_refused():
    meeting = MeetingFactory()
    with pytest.raises(TransactionManagementError):
        lock_meeting(meeting)
    with pytest.raises(TransactionManagementError):
        share_meeting(meeting_id=meeting.pk, seat_id=1)
