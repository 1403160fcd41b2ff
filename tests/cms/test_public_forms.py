import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from cms.models import PublicFormSending
from cms.public_forms import (
    count_sending,
    erase_old_sendings,
    key_of_form,
    start_form,
)
from core.errors import DomainError

OPENED = dt.datetime(2027, 1, 15, 15, 0, tzinfo=dt.UTC)


def opened() -> str:
    with time_machine.travel(OPENED, tick=False):
        return start_form("essai")


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [(0, "très vite"), (2, "très vite"), (2 * 24 * 3600 + 1, "longtemps")],
)
def test_too_fast_or_too_late_is_refused_kindly(seconds, sentence):
    started = opened()
    with (
        time_machine.travel(OPENED + dt.timedelta(seconds=seconds), tick=False),
        pytest.raises(DomainError, match=sentence),
    ):
        key_of_form("essai", started)


def test_the_key_is_that_of_the_page_each_time_it_is_sent():
    started = opened()
    with time_machine.travel(OPENED + dt.timedelta(seconds=5), tick=False):
        key = key_of_form("essai", started)
        assert key_of_form("essai", started) == key
        assert len(key) == 32


def test_other_words_in_the_same_page_are_another_sending():
    started = opened()
    with time_machine.travel(OPENED + dt.timedelta(seconds=5), tick=False):
        one, again, other = (key_of_form("essai", started, said=said) for said in ("a", "a", "b"))
    assert one == again != other
    assert len(one) == 40


@pytest.mark.parametrize("forged", ["", "rien", "a:b:c"])
def test_an_invented_start_is_refused(forged):
    with pytest.raises(DomainError, match="longtemps"):
        key_of_form("essai", forged)


def test_the_start_of_another_form_does_not_serve():
    started = opened()
    with (
        time_machine.travel(OPENED + dt.timedelta(seconds=5), tick=False),
        pytest.raises(DomainError, match="longtemps"),
    ):
        key_of_form("autre", started)


def test_five_in_an_hour_for_one_address_not_for_its_neighbour():
    for minute in range(5):
        send("203.0.113.7", OPENED + dt.timedelta(minutes=minute))
    with pytest.raises(DomainError, match="reste à l’écran"):
        send("203.0.113.7", OPENED + dt.timedelta(minutes=6))
    send("203.0.113.8", OPENED + dt.timedelta(minutes=6))
    send("203.0.113.7", OPENED + dt.timedelta(minutes=60))
    assert PublicFormSending.objects.count() == 7


def send(address: str, now: dt.datetime) -> None:
    count_sending(form="essai", address=address, now=now)


def test_no_address_is_kept_and_the_imprint_goes_after_a_day():
    now = timezone.now()
    send("203.0.113.7", now)
    assert "203.0.113.7" not in str(PublicFormSending.objects.values().get())
    assert erase_old_sendings(now + dt.timedelta(hours=23)) == 0
    assert erase_old_sendings(now + dt.timedelta(hours=25)) == 1
