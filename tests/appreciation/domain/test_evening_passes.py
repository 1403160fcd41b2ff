import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.evening_passes import (
    create_evening_pass,
    revoke_evening_pass,
    usable_passes,
)
from appreciation.models import EveningPass, MeetingLog
from core.errors import DomainError
from core.typography import fr_typo
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def actor(lead):
    return Actor(user=lead)


def at(text):
    return dt.datetime.fromisoformat(text)


@time_machine.travel("2026-10-22T18:30:00-04:00", tick=False)
def test_a_pass_lasts_six_hours_from_the_start(meeting, actor):
    meeting.starts_at = at("2026-10-22T19:00:00-04:00")
    meeting.save()
    given = create_evening_pass(meeting=meeting, actor=actor, label="  Ginette   T. ")
    assert given.label == "Ginette T."
    assert given.expires_at == at("2026-10-23T01:00:00-04:00")
    log = MeetingLog.objects.get()
    assert log.detail == fr_typo(
        "Ginette T., jusqu’au 23\N{NO-BREAK SPACE}octobre\N{NO-BREAK SPACE}2026, 1 h"
    )
    assert log.by_label == str(actor.user)


@time_machine.travel("2026-10-25T10:00:00-04:00", tick=False)
def test_a_pass_given_later_lasts_from_now(meeting, actor):
    meeting.starts_at = at("2026-10-22T19:00:00-04:00")
    meeting.save()
    given = create_evening_pass(meeting=meeting, actor=actor, label="Ginette", hours=3)
    assert given.expires_at == at("2026-10-25T13:00:00-04:00")


@pytest.mark.parametrize(("label", "hours"), [("  ", 6), ("Ginette", 0), ("Ginette", 25)])
def test_a_pass_asks_for_a_name_and_a_day_at_most(meeting, actor, label, hours):
    with pytest.raises(DomainError):
        create_evening_pass(meeting=meeting, actor=actor, label=label, hours=hours)
    assert EveningPass.objects.count() == 0


def test_only_the_team_gives_and_takes_back(meeting, actor, stranger):
    given = create_evening_pass(meeting=meeting, actor=actor, label="Ginette")
    for other in (Actor(user=stranger), Actor(evening_pass=given)):
        with pytest.raises(DomainError, match="l’équipe"):
            create_evening_pass(meeting=meeting, actor=other, label="Paul")
        with pytest.raises(DomainError, match="l’équipe"):
            revoke_evening_pass(evening_pass=given, actor=other)
    assert list(usable_passes()) == [given]


def test_taking_back_stops_at_once_and_twice_is_harmless(meeting, actor):
    given = create_evening_pass(meeting=meeting, actor=actor, label="Ginette")
    revoke_evening_pass(evening_pass=given, actor=actor)
    revoke_evening_pass(evening_pass=given, actor=actor)
    assert not usable_passes().exists()
    assert MeetingLog.objects.filter(action="Accès d’un soir retiré").count() == 1


def test_the_night_the_clocks_go_back_is_sorted_right(meeting, actor):
    """2026-11-01 in Toronto has 01:30 twice: the server counts in UTC, and shows local time."""
    meeting.starts_at = at("2026-10-31T19:30:00-04:00")
    meeting.save()
    with time_machine.travel("2026-10-31T19:30:00-04:00", tick=False):
        given = create_evening_pass(meeting=meeting, actor=actor, label="Ginette", hours=6)
    assert given.expires_at == at("2026-11-01T01:30:00-04:00")
    with time_machine.travel("2026-11-01T01:29:00-04:00", tick=False):
        assert usable_passes().exists()
        revoke = EveningPass.objects.create(
            meeting=meeting, label="Paul", expires_at=timezone.now() + dt.timedelta(hours=2)
        )
        revoke_evening_pass(evening_pass=revoke, actor=actor)
    with time_machine.travel("2026-11-01T01:10:00-05:00", tick=False):
        assert timezone.localtime().strftime("%H:%M") == "01:10"
        assert not usable_passes().exists()
        create_evening_pass(meeting=meeting, actor=actor, label="Rita")
    said = MeetingLog.objects.order_by("at").values_list("action", flat=True)
    assert list(said) == [
        "Accès d’un soir donné",
        "Accès d’un soir retiré",
        "Accès d’un soir donné",
    ]
