"""« Répétition générale »: a whole evening that leaves nothing behind, and reaches nothing."""

import datetime as dt
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from appreciation.domain import rehearsals
from appreciation.domain.actors import Actor
from appreciation.domain.joining import find_open_meeting, take_seat
from appreciation.domain.live import live_meeting
from appreciation.domain.meetings import (
    close_meeting,
    create_meeting,
    finish_entry,
    missing_to_open,
    next_meeting_reference,
    open_dimension,
    open_meeting,
    reveal_round,
)
from appreciation.domain.paper import Sheet, enter_sheets
from appreciation.domain.queries.appraisals import dashboard_appraisals
from appreciation.domain.ratings import record_rating
from appreciation.domain.rehearsal_guide import card_of
from appreciation.domain.rehearsal_keeping import keep_rehearsal, missing_to_keep
from appreciation.domain.rehearsal_people import PEOPLE, answer_open_rounds, sample_sheets
from appreciation.domain.results import Audience, meeting_results
from appreciation.domain.room_words import add_heading, ask_room
from appreciation.domain.rounds import close_and_reveal_round, close_round, start_new_round
from appreciation.domain.tables import save_table, set_tables
from appreciation.models import (
    Appraisal,
    Instrument,
    Item,
    Meeting,
    Rating,
    RatingCount,
    Rehearsal,
    RoomWord,
    Seat,
    TableRating,
)
from core.errors import DomainError
from core.purges import run_purges
from reference.models import Place
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def source():
    return AppraisalFactory(at_meeting=True, consent_text="Le nôtre.")


@pytest.fixture
def lead(source):
    return MembershipFactory(appraisal=source).user


@pytest.fixture
def rehearsal(lead, source):
    return rehearsals.start_rehearsal(user=lead, source=source, now=NOW)


@pytest.fixture
def opened(rehearsal, lead):
    return rehearsals.open_rehearsal(meeting=rehearsal, user=lead, real_people=False, now=NOW)


def rows() -> dict[str, int]:
    """How many rows each model of the whole site holds, the trace left aside."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model is not Rehearsal
    }


def current_round(meeting):
    return meeting.rounds.get(instrument_dimension_id=meeting.current_dimension_id)


def answer_for_real(meeting, answer=3):
    """A phone that nobody invented answers what is open."""
    seat = take_seat(meeting=meeting)
    meeting.refresh_from_db()
    round_ = current_round(meeting)
    item = round_.instrument_dimension.items.first()
    record_rating(seat=seat, item_id=item.pk, round_id=round_.pk, answer=answer, sequence=1)
    return seat


def play_to_the_end(meeting, user):
    actor = Actor(user=user)
    answer_open_rounds(meeting=meeting, actor=actor)
    meeting.refresh_from_db()
    close_and_reveal_round(meeting=meeting, actor=actor, round_id=current_round(meeting).pk)
    answers = {
        item.pk: 2
        for item in Item.objects.filter(instrument_dimension__instrument=meeting.instrument)
    }
    enter_sheets(
        meeting=meeting, actor=actor, sheets=[Sheet(number=n, answers=answers) for n in (1, 2, 3)]
    )
    talk_by_tables(meeting, actor)
    question = ask_room(meeting=meeting, actor=actor, text="Un mot?")
    add_heading(question=question, actor=actor, title="Le lieu")
    answer_open_rounds(meeting=meeting, actor=actor)
    close_meeting(meeting=meeting, actor=actor)
    return finish_entry(meeting=meeting, actor=actor)


def talk_by_tables(meeting, actor):
    set_tables(meeting=meeting, actor=actor, count=2)
    item = Item.objects.filter(instrument_dimension__instrument=meeting.instrument).first()
    save_table(
        table=meeting.tables.first(), actor=actor, version=0, people=4, said={item.pk: (2, "Non.")}
    )


def test_it_copies_the_set_up_and_freezes_nothing(rehearsal, source, lead):
    assert rehearsal.instrument_id != source.instrument_id
    assert rehearsal.appraisal.consent_text == "Le nôtre."
    texts = Item.objects.filter(instrument_dimension__instrument=rehearsal.instrument)
    assert [item.text for item in texts] == ["Énoncé 1", "Énoncé 2", "Énoncé 3"]
    rehearsals.open_rehearsal(meeting=rehearsal, user=lead, real_people=False, now=NOW)
    source.instrument.refresh_from_db()
    assert source.instrument.frozen_at is None


def test_somebody_without_any_demarche_rehearses_with_the_proposed_instrument():
    InstrumentFactory(with_items=2, is_default=True)
    meeting = rehearsals.start_rehearsal(user=UserFactory(), source=None, now=NOW)
    assert str(meeting.appraisal.place) == "Village-Répétition"
    assert meeting.instrument.instrument_dimensions.count() == 2


def test_no_task_looks_for_it_among_the_real_ones(
    lead, source, caplog, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        rehearsals.start_rehearsal(user=lead, source=source, now=NOW)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_asked_twice_one_rehearsal_is_begun(rehearsal, lead, source):
    assert rehearsals.start_rehearsal(user=lead, source=source, now=NOW) == rehearsal
    assert Rehearsal.objects.count() == 1


def test_wiped_every_model_is_back_to_before(lead, source):
    before = rows()
    meeting = rehearsals.start_rehearsal(user=lead, source=source, now=NOW)
    rehearsals.open_rehearsal(meeting=meeting, user=lead, real_people=False, now=NOW)
    play_to_the_end(meeting, lead)
    assert Rating.objects.count() > PEOPLE
    assert (TableRating.objects.count(), RoomWord.objects.count()) == (1, 5)
    rehearsals.wipe_rehearsal(meeting=meeting, user=lead, now=NOW)
    assert rows() == before


def test_its_trace_says_the_minutes_it_took(rehearsal, opened, lead, time_machine):
    time_machine.move_to(NOW + dt.timedelta(minutes=24), tick=False)
    play_to_the_end(opened, lead)
    rehearsals.wipe_rehearsal(meeting=opened, user=lead, now=timezone.now())
    trace = rehearsals.past_rehearsals(lead).get()
    assert (trace.started_at, trace.minutes) == (NOW, 24)
    assert not rehearsals.past_rehearsals(UserFactory()).exists()


def test_one_stopped_on_the_way_has_no_length(opened, lead):
    rehearsals.wipe_rehearsal(meeting=opened, user=lead, now=NOW)
    assert rehearsals.past_rehearsals(lead).get().minutes is None


def test_the_night_wipes_it_after_seven_days_and_not_before(lead, source):
    before = rows()
    meeting = rehearsals.start_rehearsal(user=lead, source=source, now=NOW)
    rehearsals.open_rehearsal(meeting=meeting, user=lead, real_people=False, now=NOW)
    play_to_the_end(meeting, lead)
    list(run_purges(NOW + dt.timedelta(days=6, hours=23)))
    assert Meeting.every.filter(pk=meeting.pk).exists()
    list(run_purges(NOW + dt.timedelta(days=7)))
    assert rows() == before
    assert rehearsals.past_rehearsals(lead).count() == 1


def test_the_night_wipes_it_though_its_author_is_gone(opened, lead):
    lead.delete()
    assert rehearsals.erase_old_rehearsals(NOW + dt.timedelta(days=7)) == 1
    assert not Place.objects.filter(name="Village-Répétition").exists()


def test_only_a_rehearsal_may_be_erased(source):
    with pytest.raises(ValueError, match="D-TEST"):
        rehearsals.erase(source)


def test_fictitious_people_answer_once_and_split_on_the_second_dimension(opened, lead):
    actor = Actor(user=lead)
    assert answer_open_rounds(meeting=opened, actor=actor) == 9
    assert answer_open_rounds(meeting=opened, actor=actor) == 0
    opened.refresh_from_db()
    close_and_reveal_round(meeting=opened, actor=actor, round_id=current_round(opened).pk)
    second = list(opened.rounds.all())[1]
    open_dimension(meeting=opened, actor=actor, dimension_id=second.instrument_dimension_id)
    answer_open_rounds(meeting=opened, actor=actor)
    counts = dict(RatingCount.objects.filter(round=second).values_list("answer", "count"))
    assert counts == {1: 4, 2: 1, 4: 4, -1: 1}
    assert Seat.objects.filter(meeting=opened, is_fictitious=True).count() == PEOPLE


def test_they_come_closer_after_talking(opened, lead):
    actor = Actor(user=lead)
    answer_open_rounds(meeting=opened, actor=actor)
    opened.refresh_from_db()
    first = current_round(opened)
    close_round(meeting=opened, actor=actor, round_id=first.pk)
    again = start_new_round(meeting=opened, actor=actor, round_id=first.pk)
    assert answer_open_rounds(meeting=opened, actor=actor) == PEOPLE
    counts = dict(RatingCount.objects.filter(round=again).values_list("answer", "count"))
    assert counts == {1: 1, 2: 6, 3: 3}


def test_nobody_fictitious_answers_a_real_meeting(source, lead):
    meeting = create_meeting(appraisal=source, actor=Actor(user=lead))
    open_meeting(meeting=meeting, actor=Actor(user=lead))
    with pytest.raises(DomainError, match="vraie rencontre"):
        answer_open_rounds(meeting=meeting, actor=Actor(user=lead))
    assert not Seat.objects.exists()


def test_with_nothing_open_the_button_says_what_to_do(opened, lead):
    opened.refresh_from_db()
    close_round(meeting=opened, actor=Actor(user=lead), round_id=current_round(opened).pk)
    with pytest.raises(DomainError, match="ouvrez-en une"):
        answer_open_rounds(meeting=opened, actor=Actor(user=lead))


def test_three_sheets_to_type_hold_a_blank_and_an_unknown(rehearsal):
    ticked = [[said for _, said in sheet.answers] for sheet in sample_sheets(rehearsal)]
    assert ticked[0] == ["2 – En chemin", "3 – Bien avancé", "4 – Acquis"]
    assert ticked[1][2] == "rien n’est coché"
    assert len(ticked) == 3


def test_the_card_follows_the_evening(rehearsal, lead):
    numbers = []

    def look(meeting):
        numbers.append(card_of(live_meeting(Meeting.every.get(pk=meeting.pk))).number)

    actor = Actor(user=lead)
    look(rehearsal)
    meeting = rehearsals.open_rehearsal(meeting=rehearsal, user=lead, real_people=False, now=NOW)
    look(meeting)
    answer_for_real(meeting)
    look(meeting)
    answer_open_rounds(meeting=meeting, actor=actor)
    look(meeting)
    first, second, _ = meeting.rounds.all()
    close_and_reveal_round(meeting=meeting, actor=actor, round_id=first.pk)
    look(meeting)
    open_dimension(meeting=meeting, actor=actor, dimension_id=second.instrument_dimension_id)
    close_and_reveal_round(meeting=meeting, actor=actor, round_id=second.pk)
    look(meeting)
    item = second.instrument_dimension.items.get()
    enter_sheets(
        meeting=meeting,
        actor=actor,
        sheets=[Sheet(number=n, answers={item.pk: 1}) for n in (1, 2, 3)],
    )
    look(meeting)
    close_meeting(meeting=meeting, actor=actor)
    look(meeting)
    finish_entry(meeting=meeting, actor=actor)
    look(meeting)
    assert numbers == [1, 2, 2, 3, 4, 5, 6, 7, 8]


# --- A rehearsal mistaken for the real evening ----------------------------------------------------


def test_it_reaches_no_list_no_count_no_command(opened, lead, source):
    play_to_the_end(opened, lead)
    assert list(Appraisal.objects.all()) == [source]
    assert list(dashboard_appraisals(lead)) == [source]
    assert list(dashboard_appraisals(UserFactory(is_superuser=True))) == [source]
    assert not Meeting.objects.exists()
    assert not Place.objects.get(name="Village-Répétition").appraisals.exists()
    assert list(Instrument.objects.all()) == [source.instrument]
    assert next_meeting_reference().endswith("-0001")
    with pytest.raises(CommandError):
        call_command("import_ratings", "feuilles.csv", meeting=opened.reference, stdout=StringIO())
    register = StringIO()
    call_command("export_register", format="csv", stdout=register)
    assert "Village-Répétition" not in register.getvalue()


def test_neither_the_team_nor_an_administrator_opens_it(rehearsal, source, lead):
    colleague = MembershipFactory(appraisal=source, role="co_facilitator").user
    for user in (colleague, UserFactory(is_superuser=True)):
        assert not Meeting.every.visible_to(user).filter(pk=rehearsal.pk).exists()
        with pytest.raises(DomainError):
            rehearsals.wipe_rehearsal(meeting=rehearsal, user=user, now=NOW)
    assert Meeting.every.editable_by(lead).get(appraisal__is_rehearsal=True) == rehearsal
    lead.is_active = False
    assert not Meeting.every.editable_by(lead).exists()


def test_it_shows_its_own_results_to_whoever_plays_it(opened, lead):
    meeting = play_to_the_end(opened, lead)
    assert meeting_results(meeting, audience=Audience.TEAM).has_answers


def test_real_people_in_the_room_are_not_rehearsed_with(rehearsal, lead):
    assert missing_to_open(rehearsal) == ["Dites s’il y a de vraies personnes dans la salle."]
    with pytest.raises(DomainError, match="vraie rencontre"):
        rehearsals.open_rehearsal(meeting=rehearsal, user=lead, real_people=True, now=NOW)
    with pytest.raises(DomainError, match="vraies personnes"):
        open_meeting(meeting=rehearsal, actor=Actor(user=lead))
    rehearsal.refresh_from_db()
    assert rehearsal.state == "planned"


def test_a_code_opens_one_meeting_only(opened, source, lead):
    real = create_meeting(appraisal=source, actor=Actor(user=lead))
    assert real.join_code != opened.join_code
    assert find_open_meeting(opened.join_code) == opened
    assert find_open_meeting(real.join_code) is None
    real.join_code = opened.join_code
    with pytest.raises(IntegrityError):
        real.save()


def test_the_real_meeting_learns_of_an_open_rehearsal(rehearsal, source, lead):
    assert not rehearsals.open_rehearsals(source, lead).exists()
    rehearsals.open_rehearsal(meeting=rehearsal, user=lead, real_people=False, now=NOW)
    colleague = UserFactory()
    assert [r.meeting for r in rehearsals.open_rehearsals(source, colleague)] == [rehearsal]
    assert not rehearsals.open_rehearsals(AppraisalFactory(), colleague).exists()


def test_real_phones_are_not_wiped_without_a_word(opened, lead):
    answer_open_rounds(meeting=opened, actor=Actor(user=lead))
    answer_for_real(opened)
    with pytest.raises(DomainError, match="vrai téléphone"):
        rehearsals.wipe_rehearsal(meeting=opened, user=lead, now=NOW)
    assert Rating.objects.exists()
    rehearsals.wipe_rehearsal(meeting=opened, user=lead, now=NOW, sure=True)
    assert not Rating.objects.exists()


def test_answers_of_real_people_only_may_join_the_demarche(opened, source, lead):
    for answer in (1, 3, 3):
        answer_for_real(opened, answer)
    talk_by_tables(opened, Actor(user=lead))
    kept = keep_rehearsal(meeting=opened, user=lead, room_agrees=True, now=NOW)
    assert TableRating.objects.get().item.instrument_dimension.instrument == source.instrument
    assert list(source.meetings.all()) == [kept]
    assert kept.reference.startswith("R-")
    assert kept.instrument == source.instrument
    source.instrument.refresh_from_db()
    assert source.instrument.is_frozen
    first = source.instrument.instrument_dimensions.first()
    assert {r.item_id for r in Rating.objects.all()} == {first.items.get().pk}
    assert dict(RatingCount.objects.values_list("answer", "count")) == {1: 1, 3: 2}
    assert kept.current_dimension == first
    reveal_round(
        meeting=kept,
        actor=Actor(user=lead),
        round_id=close_round(
            meeting=kept, actor=Actor(user=lead), round_id=current_round(kept).pk
        ).pk,
    )
    assert Appraisal.every.count() == 1
    assert Instrument.every.count() == 1


def test_a_single_fictitious_answer_keeps_it_a_rehearsal(opened, lead):
    answer_for_real(opened)
    answer_open_rounds(meeting=opened, actor=Actor(user=lead))
    assert missing_to_keep(opened, lead) == ["Des participants fictifs ont répondu."]
    with pytest.raises(DomainError, match="fictifs"):
        keep_rehearsal(meeting=opened, user=lead, room_agrees=True, now=NOW)


def test_the_room_has_to_agree(opened, lead):
    answer_for_real(opened)
    with pytest.raises(DomainError, match="à la salle"):
        keep_rehearsal(meeting=opened, user=lead, room_agrees=False, now=NOW)
    assert Meeting.every.get().is_rehearsal


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"consent_text": "Un autre."}, "consentement"),
        ({"state": "dormant"}, "Tenir la rencontre"),
    ],
)
def test_a_demarche_that_changed_takes_no_answers(opened, source, lead, changed, said):
    answer_for_real(opened)
    Appraisal.objects.filter(pk=source.pk).update(**changed)
    assert said in " ".join(missing_to_keep(opened, lead))


def test_without_a_demarche_there_is_nothing_to_join():
    InstrumentFactory(with_items=1, is_default=True)
    user = UserFactory()
    meeting = rehearsals.start_rehearsal(user=user, source=None, now=NOW)
    assert missing_to_keep(meeting, user)[-1] == "Elle n’imite pas une de vos démarches."
