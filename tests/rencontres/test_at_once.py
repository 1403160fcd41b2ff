"""Many people at the same second: never more than the places, nobody lost."""

import pytest
from django.db import connections

from background.models import OutgoingMail
from rencontres.domain.registrations import (
    RegistrationWords,
    cancel_registration,
    register,
)
from rencontres.models import Registration
from tests.at_once import at_once
from tests.factories.meetings import NOW, regional_meeting, registered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _close():
    yield
    connections.close_all()


def asks(event, name: str, key: str = ""):
    said = RegistrationWords(name=name, email=f"{name}@exemple.org")
    return lambda: register(event=event, said=said, form_key=key or name, now=NOW)


def test_five_people_for_two_places():
    event = regional_meeting(capacity=2)
    answers = at_once(*(asks(event, f"p{number}") for number in range(5)))
    states = [answer.state for answer in answers]
    assert sorted(states) == ["confirmed"] * 2 + ["waiting"] * 3
    kept = list(Registration.objects.order_by("pk"))
    assert [one.state for one in kept] == ["confirmed"] * 2 + ["waiting"] * 3
    assert cancel_registration(registration=kept[1], now=NOW) == [kept[2]]
    assert OutgoingMail.objects.filter(to=kept[2].email, key__endswith="/place").count() == 1


def test_the_same_form_and_the_same_address_at_once_are_one_registration():
    event = regional_meeting(capacity=3)
    at_once(*(asks(event, "ana", key) for key in ("k", "k", "l", "m")))
    assert Registration.objects.count() == 1


def test_two_cancel_while_another_comes_and_the_places_stay_full():
    event = regional_meeting(capacity=2)
    first, second, *_ = [registered(event, f"{name}@exemple.org") for name in "abcd"]
    at_once(
        lambda: cancel_registration(registration=first, now=NOW),
        lambda: cancel_registration(registration=second, now=NOW),
        asks(event, "e"),
    )
    rows = dict(Registration.objects.exclude(email="").values_list("email", "state"))
    assert {email[0]: state for email, state in rows.items()} == {
        "c": "confirmed",
        "d": "confirmed",
        "e": "waiting",
    }
