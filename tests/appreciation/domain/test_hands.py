import pytest

from appreciation.domain.actors import Actor
from appreciation.domain.hands import (
    HandsChangedError,
    hands_fingerprint,
    record_exit_hands,
    record_hands,
)
from appreciation.domain.paper import Sheet, enter_sheets
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.models import ExitHandCount, HandCount, Meeting, MeetingLog, Seat
from core.errors import DomainError
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True, head_count=12)


@pytest.fixture
def item(meeting):
    return questionnaire_for(meeting.instrument).items[0]


@pytest.fixture
def actor(lead):
    return Actor(user=lead)


def stored():
    return dict(HandCount.objects.values_list("answer", "count"))


def test_hands_are_numbers_and_never_seats(meeting, item, actor):
    warning = record_hands(
        meeting=meeting, actor=actor, item_id=item.id, counts={1: 2, 3: 5, 4: 0, -1: 1}
    )
    assert warning == ""
    assert stored() == {1: 2, 3: 5, -1: 1}
    assert Seat.objects.count() == 0
    log = MeetingLog.objects.get(action="Mains levées")
    assert (log.detail, log.by_label) == (
        "q1, 1er tour: 1 × 2, 3 × 5, NSP × 1",
        str(actor.user),
    )


def test_the_last_count_replaces_and_the_journal_keeps_both(meeting, item, actor):
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 2})
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={2: 3})
    assert stored() == {2: 3}
    assert MeetingLog.objects.first().detail == "q1, 1er tour: 2 × 3 (avant: 1 × 2)"
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={2: 3})
    assert MeetingLog.objects.filter(action="Mains levées").count() == 2


def test_two_people_who_count_the_same_question_are_shown_both(meeting, item, actor):
    first = {1: 2, 3: 4}
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts=first, seen="")
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts=first, seen="")
    with pytest.raises(HandsChangedError, match="Rien n’est remplacé") as refused:
        record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 9}, seen="")
    assert refused.value.stored == stored() == first
    seen = hands_fingerprint(first)
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 9}, seen=seen)
    assert stored() == {1: 9}


def test_no_count_takes_the_earlier_one_back(meeting, item, actor):
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 2})
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={})
    assert stored() == {}


def test_more_answers_than_people_is_said_and_kept(meeting, item, actor):
    enter_sheets(meeting=meeting, actor=actor, sheets=[Sheet(1, {item.id: 4})])
    assert record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 11}) == ""
    warning = record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 12})
    assert warning.startswith("13 réponses pour 12 personnes présentes")
    assert stored() == {1: 12}
    Meeting.objects.update(head_count=1)
    warning = record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 1})
    assert warning.startswith("2 réponses pour 1 personne présente:")


def test_more_hands_than_people_is_refused(meeting, item, actor):
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 12})
    with pytest.raises(DomainError, match="13 mains pour 12 personnes présentes"):
        record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 12, -1: 1})
    assert stored() == {1: 12}
    meeting.head_count = None
    meeting.save()
    record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 13})
    assert stored() == {1: 13}


def test_more_exit_hands_than_people_is_refused_question_by_question(meeting, actor):
    record_exit_hands(
        meeting=meeting, actor=actor, counts={("heard", "yes"): 12, ("again", "yes"): 12}
    )
    with pytest.raises(DomainError, match="« Reviendriez-vous\\? » 13 mains pour 12"):
        record_exit_hands(
            meeting=meeting, actor=actor, counts={("again", "yes"): 12, ("again", "no"): 1}
        )
    assert ExitHandCount.objects.count() == 2


@pytest.mark.parametrize(
    ("counts", "message"),
    [({5: 1}, "Le niveau 5 n’existe pas"), ({1: -1}, "va de 0 à"), ({1: 2001}, "va de 0 à")],
)
def test_a_bad_count_is_refused(meeting, item, actor, counts, message):
    with pytest.raises(DomainError, match=message):
        record_hands(meeting=meeting, actor=actor, item_id=item.id, counts=counts)
    assert stored() == {}


def test_hands_ask_for_a_question_and_a_round_that_exist(meeting, item, actor):
    with pytest.raises(DomainError, match="n’est pas de l’instrument"):
        record_hands(meeting=meeting, actor=actor, item_id=0, counts={1: 1})
    with pytest.raises(DomainError, match="pas de 2e tour"):
        record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 1}, round_number=2)


def test_hands_stop_once_entry_is_done(meeting, item, actor):
    meeting.state = "entry_done"
    meeting.closed_at = meeting.entry_done_at = meeting.opened_at
    meeting.save()
    with pytest.raises(DomainError, match="La saisie est terminée"):
        record_hands(meeting=meeting, actor=actor, item_id=item.id, counts={1: 1})
    with pytest.raises(DomainError, match="La saisie est terminée"):
        record_exit_hands(meeting=meeting, actor=actor, counts={("heard", "yes"): 1})


def test_exit_questions_are_counted(meeting, actor):
    counts = {("heard", "yes"): 9, ("heard", "no"): 1, ("again", "somewhat"): 2}
    record_exit_hands(meeting=meeting, actor=actor, counts=counts)
    record_exit_hands(meeting=meeting, actor=actor, counts=counts)
    rows = ExitHandCount.objects.order_by("pk").values_list("question", "answer", "count")
    assert list(rows) == [("heard", "yes", 9), ("heard", "no", 1), ("again", "somewhat", 2)]
    assert MeetingLog.objects.get().detail == "12 réponses"


def test_exit_questions_counted_by_two_people_are_shown_both(meeting, actor):
    record_exit_hands(meeting=meeting, actor=actor, counts={("heard", "yes"): 9}, seen="")
    with pytest.raises(HandsChangedError) as refused:
        record_exit_hands(meeting=meeting, actor=actor, counts={("heard", "no"): 1}, seen="")
    assert refused.value.stored == {("heard", "yes"): 9}
    assert ExitHandCount.objects.get().count == 9
    seen = hands_fingerprint(refused.value.stored)
    record_exit_hands(meeting=meeting, actor=actor, counts={("heard", "no"): 1}, seen=seen)
    assert MeetingLog.objects.first().detail == "1 réponse (avant: 9)"


@pytest.mark.parametrize("counts", [{("loved", "yes"): 1}, {("heard", "maybe"): 1}])
def test_an_unknown_exit_question_is_refused(meeting, actor, counts):
    with pytest.raises(DomainError, match="n’existe pas"):
        record_exit_hands(meeting=meeting, actor=actor, counts=counts)
