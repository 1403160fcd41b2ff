"""The evening's gestures: each arrow allowed, refused, logged, idempotent."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM, Actor
from appreciation.domain.gestures import MEETING_TRANSITIONS, ROUND_TRANSITIONS
from appreciation.enums import AppraisalState, MeetingState, Phase, RoundState
from appreciation.models import EveningPass, Instrument, Meeting, Round
from core.errors import DomainError
from tests.factories import (
    AppraisalFactory,
    InstrumentDimensionFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
)


@pytest.fixture
def actor(lead):
    return Actor(user=lead)


@pytest.fixture
def meeting(lead):
    """A planned meeting of three dimensions, ready to open, guided."""
    meeting = MeetingFactory(pace="guided")
    MembershipFactory(appraisal=meeting.appraisal, user=lead)
    return meeting


@pytest.fixture
def opened(meeting, actor):
    return meetings.open_meeting(meeting=meeting, actor=actor)


def states(meeting):
    return list(
        meeting.rounds.order_by("instrument_dimension__position").values_list("state", flat=True)
    )


def first_round(meeting):
    return meeting.rounds.order_by("instrument_dimension__position", "number").first()


# --- The tables -----------------------------------------------------------------------------------


def test_meeting_transitions_are_exactly_these():
    assert [(t.name, t.who.value, t.sources, t.target) for t in MEETING_TRANSITIONS.values()] == [
        ("open", "team", ("planned",), "open"),
        ("close", "team", ("open",), "closed"),
        ("finish_entry", "team", ("closed",), "entry_done"),
        ("reopen_entry", "lead", ("entry_done",), "closed"),
        ("put_back", "lead", ("open", "closed"), "planned"),
    ]


def test_round_transitions_are_exactly_these():
    assert [(t.name, t.sources, t.target) for t in ROUND_TRANSITIONS.values()] == [
        ("open", ("waiting",), "open"),
        ("pause", ("open",), "paused"),
        ("resume", ("paused",), "open"),
        ("close", ("open", "paused"), "closed"),
        ("reopen", ("closed",), "open"),
        ("reveal", ("closed",), "revealed"),
        ("hide", ("revealed",), "closed"),
    ]


# --- Creating and opening -------------------------------------------------------------------------


def test_create_meeting_takes_the_next_reference_of_the_year(appraisal, actor):
    year = timezone.localdate().year
    MeetingFactory(reference=f"R-{year}-0041")
    MeetingFactory(reference=f"R-{year - 1}-0099")

    meeting = meetings.create_meeting(appraisal=appraisal, actor=actor, venue="École du rang 4")

    assert meeting.reference == f"R-{year}-0042"
    assert meeting.instrument == appraisal.instrument
    assert (meeting.state, meeting.venue) == (MeetingState.PLANNED, "École du rang 4")
    assert len(meeting.join_code) == 6
    assert meeting.log.get().action == "Rencontre prévue"


def test_open_meeting_guided_opens_the_first_dimension_alone(meeting, actor):
    opened = meetings.open_meeting(meeting=meeting, actor=actor)

    assert opened.state == MeetingState.OPEN
    assert opened.opened_at is not None
    assert states(opened) == ["open", "waiting", "waiting"]
    assert opened.current_dimension == first_round(opened).instrument_dimension
    assert Instrument.objects.get(pk=meeting.instrument_id).is_frozen
    assert opened.log.first().action == "Rencontre ouverte"
    assert opened.log.first().by_label == "Élise Meneuse"


def test_open_meeting_free_opens_every_dimension(meeting, actor):
    Meeting.objects.update(pace="free")
    opened = meetings.open_meeting(meeting=meeting, actor=actor)
    assert states(opened) == ["open", "open", "open"]
    assert opened.current_dimension is None


def test_open_meeting_leaves_out_dimensions_for_discussion(actor, lead):
    instrument = InstrumentFactory(with_items=2)
    talk = InstrumentDimensionFactory(instrument=instrument, position=0, discussion_only=True)
    ItemFactory(instrument_dimension=talk)
    appraisal = AppraisalFactory(instrument=instrument, at_meeting=True)
    MembershipFactory(appraisal=appraisal, user=lead)
    meeting = MeetingFactory(appraisal=appraisal)
    meetings.open_meeting(meeting=meeting, actor=actor)
    assert not meeting.rounds.filter(instrument_dimension=talk).exists()
    assert meeting.rounds.count() == 2


def test_open_meeting_twice_opens_once(opened, actor):
    again = meetings.open_meeting(meeting=opened, actor=actor)
    assert again.rounds.count() == 3
    assert again.revision == opened.revision
    assert again.log.count() == 1


def test_missing_to_open_says_everything_that_is_missing():
    appraisal = AppraisalFactory(
        instrument=InstrumentFactory(),
        consent_text=" ",
        expected_on=None,
        state=AppraisalState.DORMANT,
        phase=Phase.PORTRAIT,
        framing_done_at=timezone.now(),
    )
    meeting = MeetingFactory(appraisal=appraisal)
    assert meetings.missing_to_open(meeting) == [
        "Réactivez la démarche: elle est en veilleuse.",
        "Terminez «\xa0Préparer le portrait\xa0».",
        "Terminez «\xa0Mobiliser\xa0».",
        "Écrivez le texte de consentement que les gens liront.",
        "Inscrivez la date de la rencontre.",
        "Choisissez un instrument qui contient au moins un énoncé à apprécier.",
    ]
    with pytest.raises(DomainError, match="Écrivez le texte de consentement"):
        meetings.open_meeting(meeting=meeting, actor=SYSTEM)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    assert not meeting.rounds.exists()
    assert not Instrument.objects.get(pk=meeting.instrument_id).is_frozen


def test_missing_to_open_once_the_demarche_is_further():
    meeting = MeetingFactory(appraisal=AppraisalFactory(at_restitution=True))
    assert meetings.missing_to_open(meeting) == [
        "La démarche est rendue à «\xa0Restituer\xa0»: "
        "revenez à «\xa0Tenir la rencontre\xa0» pour en ouvrir une autre."
    ]


def test_missing_to_open_nothing_when_ready(meeting):
    assert meetings.missing_to_open(meeting) == []


# --- Dimensions -----------------------------------------------------------------------------------


def test_a_dimension_goes_from_open_to_revealed(opened, actor):
    round_ = first_round(opened)
    meetings.pause_round(meeting=opened, actor=actor, round_id=round_.pk)
    meetings.resume_round(meeting=opened, actor=actor, round_id=round_.pk)
    meetings.close_round(meeting=opened, actor=actor, round_id=round_.pk)
    round_.refresh_from_db()
    assert (round_.state, round_.revealed_at) == (RoundState.CLOSED, None)
    assert round_.closed_at is not None

    revealed = meetings.reveal_round(meeting=opened, actor=actor, round_id=round_.pk)

    assert revealed.state == RoundState.REVEALED
    assert revealed.revealed_at is not None
    assert list(opened.log.values_list("action", flat=True))[:4] == [
        "Résultats révélés",
        "Dimension fermée",
        "Dimension reprise",
        "Dimension mise en pause",
    ]
    opened.refresh_from_db()
    assert opened.revision == 5


def test_reveal_before_close_is_refused(opened, actor):
    round_ = first_round(opened)
    with pytest.raises(DomainError, match="Fermez-la, puis révélez"):
        meetings.reveal_round(meeting=opened, actor=actor, round_id=round_.pk)
    round_.refresh_from_db()
    assert round_.state == RoundState.OPEN


def test_the_database_refuses_a_round_revealed_but_not_closed(opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=first_round(opened).pk).update(state=RoundState.REVEALED)


def test_the_database_refuses_two_votes_under_way_on_a_dimension(opened):
    first = first_round(opened)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(
            meeting=opened, instrument_dimension=first.instrument_dimension, number=2, state="open"
        )


@pytest.mark.parametrize("state", ["open", "closed", "entry_done"])
def test_the_database_refuses_a_state_without_its_stamp(state):
    meeting = MeetingFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state=state)


def test_close_and_reveal_twice_reveals_once(opened, actor):
    round_ = first_round(opened)
    meetings.close_and_reveal_round(meeting=opened, actor=actor, round_id=round_.pk)
    lines = opened.log.count()
    again = meetings.close_and_reveal_round(meeting=opened, actor=actor, round_id=round_.pk)
    assert again.state == RoundState.REVEALED
    assert opened.log.count() == lines


def test_guided_pace_opens_one_dimension_at_a_time(opened, actor):
    first, second, _ = opened.rounds.order_by("instrument_dimension__position")
    with pytest.raises(DomainError, match="est encore ouverte"):
        meetings.open_dimension(
            meeting=opened, actor=actor, dimension_id=second.instrument_dimension_id
        )
    meetings.close_round(meeting=opened, actor=actor, round_id=first.pk)
    meetings.open_dimension(
        meeting=opened, actor=actor, dimension_id=second.instrument_dimension_id
    )
    opened.refresh_from_db()
    assert states(opened) == ["closed", "open", "waiting"]
    assert opened.current_dimension_id == second.instrument_dimension_id


def test_reopen_undoes_a_close_made_by_mistake(opened, actor):
    round_ = first_round(opened)
    meetings.close_round(meeting=opened, actor=actor, round_id=round_.pk)
    reopened = meetings.reopen_round(meeting=opened, actor=actor, round_id=round_.pk)
    assert (reopened.state, reopened.closed_at) == (RoundState.OPEN, None)


def test_reopen_once_the_room_has_seen_is_refused(opened, actor):
    round_ = first_round(opened)
    meetings.close_and_reveal_round(meeting=opened, actor=actor, round_id=round_.pk)
    meetings.hide_round(meeting=opened, actor=actor, round_id=round_.pk)
    with pytest.raises(DomainError, match="lancez plutôt un autre tour"):
        meetings.reopen_round(meeting=opened, actor=actor, round_id=round_.pk)


def test_new_round_keeps_the_first(opened, actor):
    first = meetings.close_and_reveal_round(
        meeting=opened, actor=actor, round_id=first_round(opened).pk
    )
    second = meetings.start_new_round(meeting=opened, actor=actor, round_id=first.pk)
    again = meetings.start_new_round(meeting=opened, actor=actor, round_id=first.pk)
    assert again == second
    assert (second.number, second.state) == (2, RoundState.OPEN)
    first.refresh_from_db()
    assert first.state == RoundState.REVEALED


def test_new_round_during_a_vote_is_refused(opened, actor):
    with pytest.raises(DomainError, match="Fermez d’abord le vote en cours"):
        meetings.start_new_round(meeting=opened, actor=actor, round_id=first_round(opened).pk)


def test_a_round_of_another_meeting_is_refused(opened, actor):
    other = MeetingFactory(open=True)
    with pytest.raises(DomainError, match="ne fait pas partie"):
        meetings.close_round(meeting=opened, actor=actor, round_id=first_round(other).pk)
    assert first_round(other).state == RoundState.OPEN


def test_whole_meeting_closes_then_reveals_at_once(meeting, actor):
    Meeting.objects.update(pace="free")
    meetings.open_meeting(meeting=meeting, actor=actor)
    with pytest.raises(DomainError, match="encore des réponses"):
        meetings.reveal_all_rounds(meeting=meeting, actor=actor)
    meetings.close_all_rounds(meeting=meeting, actor=actor)
    meetings.reveal_all_rounds(meeting=meeting, actor=actor)
    assert states(meeting) == ["revealed"] * 3


# --- Who ------------------------------------------------------------------------------------------


def test_whoever_is_not_of_the_team_is_refused(opened, neighbour):
    evening_pass = EveningPass.objects.create(
        meeting=opened, expires_at=timezone.now() + dt.timedelta(hours=8)
    )
    observer = MembershipFactory(appraisal=opened.appraisal, role="observer").user
    for who in (neighbour, observer):
        with pytest.raises(DomainError, match="par l’équipe"):
            meetings.close_meeting(meeting=opened, actor=Actor(user=who))
    with pytest.raises(DomainError, match="par l’équipe"):
        meetings.close_meeting(meeting=opened, actor=Actor(evening_pass=evening_pass))
    opened.refresh_from_db()
    assert opened.state == MeetingState.OPEN


def test_reopening_entry_is_for_the_lead_or_a_coordinator(opened, actor):
    meetings.close_meeting(meeting=opened, actor=actor)
    meetings.finish_entry(meeting=opened, actor=actor)
    helper = MembershipFactory(appraisal=opened.appraisal, role="co_facilitator").user
    with pytest.raises(DomainError, match="revient à la personne responsable"):
        meetings.reopen_entry(meeting=opened, actor=Actor(user=helper))
    reopened = meetings.reopen_entry(meeting=opened, actor=actor)
    assert (reopened.state, reopened.entry_done_at) == (MeetingState.CLOSED, None)
    assert reopened.log.first().action == "Saisie rouverte"


def test_a_coordinator_may_reopen_entry(actor):
    territory = PlaceFactory(territory=True)
    meeting = MeetingFactory(appraisal__place__parent=territory, open=True)
    coordinator = Actor(user=RoleAssignmentFactory(place=territory).user)
    meetings.close_meeting(meeting=meeting, actor=coordinator)
    meetings.finish_entry(meeting=meeting, actor=coordinator)
    assert meetings.reopen_entry(meeting=meeting, actor=coordinator).state == MeetingState.CLOSED


# --- Closing --------------------------------------------------------------------------------------


def test_close_meeting_ends_every_vote_and_the_timer(opened, actor):
    meetings.set_timer(meeting=opened, actor=actor, seconds=60)
    meetings.set_exit_questions(meeting=opened, actor=actor, are_open=True)
    closed = meetings.close_meeting(meeting=opened, actor=actor)
    assert closed.state == MeetingState.CLOSED
    assert closed.closed_at is not None
    assert (closed.timer_ends_at, closed.exit_questions_open) == (None, False)
    assert states(closed) == ["closed"] * 3
    revealed = meetings.reveal_round(meeting=closed, actor=actor, round_id=first_round(closed).pk)
    assert revealed.state == RoundState.REVEALED


def test_nothing_is_voted_after_the_close(opened, actor):
    meetings.close_meeting(meeting=opened, actor=actor)
    round_ = first_round(opened)
    for gesture in (meetings.reopen_round, meetings.start_new_round):
        with pytest.raises(DomainError, match="La rencontre est fermée"):
            gesture(meeting=opened, actor=actor, round_id=round_.pk)
    with pytest.raises(DomainError, match="a déjà eu lieu"):
        meetings.open_meeting(meeting=opened, actor=actor)


def test_entry_is_finished_only_after_the_close(opened, actor):
    with pytest.raises(DomainError, match="Fermez d’abord la rencontre"):
        meetings.finish_entry(meeting=opened, actor=actor)


def test_entry_does_not_reopen_once_sheets_have_lost_their_number(opened, actor):
    meetings.close_meeting(meeting=opened, actor=actor)
    meetings.finish_entry(meeting=opened, actor=actor)
    Meeting.objects.update(unlinked_at=timezone.now())
    with pytest.raises(DomainError, match="perdu leur numéro"):
        meetings.reopen_entry(meeting=opened, actor=actor)


# --- The room -------------------------------------------------------------------------------------


def test_head_count_is_kept_and_logged_once(opened, actor):
    meetings.set_head_count(meeting=opened, actor=actor, head_count=24)
    meetings.set_head_count(meeting=opened, actor=actor, head_count=24)
    opened.refresh_from_db()
    assert opened.head_count == 24
    assert opened.log.filter(action="Personnes présentes", detail="24").count() == 1


@pytest.mark.parametrize("head_count", [-1, 2001])
def test_head_count_out_of_reason_is_refused(opened, actor, head_count):
    with pytest.raises(DomainError) as refusal:
        meetings.set_head_count(meeting=opened, actor=actor, head_count=head_count)
    assert refusal.value.fields == {"head_count": "Entre 0 et 2000."}


def test_extending_the_timer_twice_from_one_screen_adds_one_minute(opened, actor):
    started = meetings.set_timer(meeting=opened, actor=actor, seconds=300)
    end = started.timer_ends_at
    for _ in range(2):
        meetings.extend_timer(meeting=opened, actor=actor, seconds=60, expected_end=end)
    opened.refresh_from_db()
    assert opened.timer_ends_at == end + dt.timedelta(seconds=60)


def test_extending_a_timer_that_has_run_out_counts_from_now(opened, actor):
    past = timezone.now() - dt.timedelta(minutes=5)
    Meeting.objects.update(timer_ends_at=past)
    meetings.extend_timer(meeting=opened, actor=actor, seconds=60, expected_end=past)
    opened.refresh_from_db()
    assert 50 < (opened.timer_ends_at - timezone.now()).total_seconds() <= 60


def test_showing_a_dimension_of_another_instrument_is_refused(opened, actor):
    other = InstrumentDimensionFactory()
    with pytest.raises(DomainError, match="ne fait pas partie"):
        meetings.show_dimension(meeting=opened, actor=actor, dimension_id=other.pk)


def test_a_dimension_for_discussion_may_be_shown(opened, actor):
    talk = InstrumentDimensionFactory(instrument=opened.instrument, discussion_only=True)
    shown = meetings.show_dimension(meeting=opened, actor=actor, dimension_id=talk.pk)
    assert shown.current_dimension == talk


def test_entry_is_private_while_the_console_is_on_the_wall(opened, actor):
    assert not meetings.entry_is_private(opened)
    mirrored = meetings.set_mirrored_screen(meeting=opened, actor=actor, is_mirrored=True)
    assert meetings.entry_is_private(mirrored)
    apart = meetings.set_mirrored_screen(meeting=opened, actor=actor, is_mirrored=False)
    assert not meetings.entry_is_private(apart)


def test_details_change_until_the_meeting_opens(meeting, actor):
    at = timezone.now()
    changed = meetings.set_details(
        meeting=meeting, actor=actor, starts_at=at, venue="Gymnase", pace="free"
    )
    assert (changed.starts_at, changed.venue, changed.pace) == (at, "Gymnase", "free")
    meetings.open_meeting(meeting=meeting, actor=actor)
    with pytest.raises(DomainError, match="ne changent plus"):
        meetings.set_details(
            meeting=meeting, actor=actor, starts_at=at, venue="Ailleurs", pace="guided"
        )


def test_the_sector_is_asked_from_25_people(meeting, actor):
    details = {"starts_at": None, "venue": "", "pace": "guided", "asks_sector": True}
    with pytest.raises(DomainError, match="à partir de 25"):
        meetings.set_details(meeting=meeting, actor=actor, **details)
    meeting.appraisal.expected_attendance = 25
    meeting.appraisal.save()
    assert meetings.set_details(meeting=meeting, actor=actor, **details).asks_sector
