import pytest

from appreciation.domain.actors import Actor
from appreciation.domain.paper_words import copy_word
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.unlinking import unlink_meeting
from appreciation.models import Comment, MeetingLog, Seat
from core.errors import DomainError
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def item(meeting):
    return questionnaire_for(meeting.instrument).items[1]


@pytest.fixture
def copy(meeting, item, lead):
    def copy(text, sending="a", **options):
        chosen = {"item_id": item.id, "actor": Actor(user=lead), **options}
        copy_word(meeting=meeting, text=text, sending=sending, **chosen)

    return copy


def test_a_word_is_kept_without_seat_nor_line_of_the_journal(copy, meeting, item):
    copy("  Le quai nous rassemble.\r\n", sending="a")
    copy("Le quai nous rassemble.", sending="b")
    words = Comment.objects.values_list("meeting", "item", "text", "is_quoted", "is_hidden")
    assert list(words) == [(meeting.pk, item.id, "Le quai nous rassemble.", False, False)] * 2
    assert not Seat.objects.exists()
    assert not MeetingLog.objects.exists()


def test_a_double_tap_keeps_one_word(copy):
    copy("Un mot", sending="a")
    copy("Un mot", sending="a")
    key = Comment.objects.get().key
    assert len(key) == 64
    assert key != "a"


def test_a_form_sent_again_with_another_word_keeps_both(copy, meeting):
    """« Back » shows the same form: what is typed over it must not be told kept, and lost."""
    other = questionnaire_for(meeting.instrument).items[2].id
    copy("Un mot", sending="a")
    copy("Un autre mot", sending="a")
    copy("Un mot", sending="a", item_id=other)
    words = sorted(Comment.objects.values_list("text", flat=True))
    assert words == ["Un autre mot", "Un mot", "Un mot"]
    assert Comment.objects.get(item_id=other).text == "Un mot"


def test_the_numbers_of_words_do_not_tell_the_order_of_the_sheets(copy):
    for n in range(12):
        copy(f"{n:02}", sending=str(n))
    copied = list(Comment.objects.order_by("pk").values_list("text", flat=True))
    assert sorted(copied) == [f"{n:02}" for n in range(12)]
    assert copied != sorted(copied)  # one time in 479 million, chance gives that order


def test_thirty_days_later_the_sending_is_forgotten(copy, meeting):
    copy("Un mot")
    meeting.state, meeting.closed_at = "closed", meeting.opened_at
    meeting.save()
    unlink_meeting(meeting=meeting)
    assert Comment.objects.values_list("text", "key").get() == ("Un mot", None)


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (" \n ", {}, "Copiez d’abord le mot"),
        ("x" * 10_001, {}, "10000 au plus"),
        ("Un mot", {"item_id": 0}, "Choisissez la question"),
    ],
)
def test_what_is_no_word_is_refused(copy, text, options, message):
    with pytest.raises(DomainError, match=message):
        copy(text, **options)
    assert not Comment.objects.exists()


def test_words_stop_once_entry_is_done_and_on_the_wall_of_the_hall(copy, meeting):
    meeting.mirrored_screen = True
    meeting.save()
    with pytest.raises(DomainError, match="celui de la salle"):
        copy("Un mot")
    meeting.state = "entry_done"
    meeting.closed_at = meeting.entry_done_at = meeting.opened_at
    meeting.save()
    with pytest.raises(DomainError, match="La saisie est terminée"):
        copy("Un mot")
    assert not Comment.objects.exists()
