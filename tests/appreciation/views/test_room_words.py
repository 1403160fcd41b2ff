"""The moderated word of the room: nothing shown unread, no seat kept, three words a phone."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appreciation.domain.report import assemble_report, report_from_snapshot, report_to_snapshot
from appreciation.domain.unlinking import unlink_meeting
from appreciation.models import Meeting, RoomHeading, RoomQuestion, RoomWord
from tests.appreciation.views.participant import Phone
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory

PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture
def appraisal(lead):
    appraisal = AppraisalFactory(at_meeting=True, quotes_announced=True)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return appraisal


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def question(as_lead, meeting):
    as_lead.post(url("room_questions", meeting), {"text": "Un mot sur le quai"})
    return RoomQuestion.objects.get()


def url(name, meeting, *args):
    return reverse(f"space:{name}", args=[meeting.reference, *args])


def act(client, question, intent, **values):
    address = url("room_question", question.meeting, question.pk)
    return client.post(address, {"intent": intent} | values)


def phone_at(meeting) -> Client:
    return Phone(meeting).sit().client


def word_url(meeting):
    return reverse("participant:room_word", args=[meeting.join_code])


def send(phone, question, text):
    return phone.post(word_url(question.meeting), {"question": question.pk, "text": text})


def wall(client, meeting) -> str:
    return " ".join(
        BeautifulSoup(client.get(url("hall", meeting)).text, "html.parser")
        .main.get_text(" ")
        .split()
    )


def test_a_phone_is_led_to_the_question_once_and_may_send_three(question, meeting):
    meeting.rounds.all().delete()
    phone = phone_at(meeting)
    room = reverse("participant:room", args=[meeting.join_code])
    assert phone.get(room)["Location"] == word_url(meeting)
    for text in ("Beau", "Beau", "À réparer", "Calme"):
        assert send(phone, question, text).status_code == 302
    assert sorted(RoomWord.objects.values_list("text", flat=True)) == ["Beau", "Calme", "À réparer"]
    refused = send(phone, question, "Un de trop")
    assert refused.status_code == 422
    assert "C’est déjà 3 mots" in refused.text
    assert phone.get(room).status_code == 200  # led no more
    assert "Beau" in phone.get(word_url(meeting)).text


def test_no_seat_is_kept_and_the_imprint_goes_with_the_tokens(question, meeting):
    send(phone_at(meeting), question, "Beau")
    word = RoomWord.objects.get()
    fields = {field.name for field in RoomWord._meta.get_fields()}
    assert fields == {"id", "question", "heading", "text", "key", "state"}
    assert len(word.key) == 64
    unlink_meeting(meeting=meeting)
    word.refresh_from_db()
    assert word.key is None


@pytest.mark.parametrize("text", ["", "   ", "x" * 141])
def test_empty_or_long_words_stay_on_the_phone_with_the_reason(question, meeting, text):
    response = send(phone_at(meeting), question, text)
    assert response.status_code == 422
    assert text.strip() in response.text
    assert not RoomWord.objects.exists()


def test_a_word_sent_after_the_close_is_refused_and_shown_back(as_lead, question, meeting):
    phone = phone_at(meeting)
    act(as_lead, question, "fermer")
    response = send(phone, question, "Trop tard")
    assert response.status_code == 409
    assert "Trop tard" in response.text
    assert not RoomWord.objects.exists()
    as_lead.post(url("gesture", meeting, "fermer"))
    assert send(phone, question, "Encore").status_code == 409


def test_without_a_seat_nothing_is_sent(question, meeting):
    assert send(Client(), question, "Intrus").status_code == 410
    assert not RoomWord.objects.exists()


def test_nothing_reaches_the_wall_before_she_shows_it(as_lead, question, meeting):
    phone = phone_at(meeting)
    for text in ("Beau", "Vieux", PAYLOAD):
        send(phone, question, text)
    assert "Beau" not in wall(as_lead, meeting)
    assert "Un mot sur le quai" in wall(as_lead, meeting)
    act(as_lead, question, "titre", title="Le bois")
    heading = RoomHeading.objects.get()
    for text, state in (("Beau", "shown"), ("Vieux", "hidden")):
        pk = RoomWord.objects.get(text=text).pk
        act(as_lead, question, "placer", word=pk, heading=heading.pk, state=state)
    seen = wall(as_lead, meeting)
    assert "Le bois 1 Beau" in seen
    assert "Vieux" not in seen
    assert "alert" not in seen
    page = as_lead.get(url("room_question", meeting, question.pk)).text
    assert PAYLOAD not in page
    assert "&lt;script&gt;" in page
    act(as_lead, question, "mur", on="0")
    assert "Un mot sur le quai" not in wall(as_lead, meeting)


def test_the_wall_notices_each_gesture(as_lead, question, meeting):
    send(phone_at(meeting), question, "Beau")
    before = Meeting.objects.get().revision
    act(as_lead, question, "placer", word=RoomWord.objects.get().pk, heading="", state="shown")
    assert Meeting.objects.get().revision == before + 1


def test_asking_twice_is_one_question_and_another_takes_its_place(as_lead, question, meeting):
    as_lead.post(url("room_questions", meeting), {"text": "Un mot sur le quai"})
    assert RoomQuestion.objects.count() == 1
    as_lead.post(url("room_questions", meeting), {"text": "Et demain?"})
    assert Meeting.objects.get().asked_question.text == "Et demain?"
    phone = phone_at(meeting)
    assert send(phone, question, "Ancienne").status_code == 409


def test_it_is_asked_only_while_the_meeting_is_open(as_lead, appraisal):
    planned = MeetingFactory(appraisal=appraisal)
    response = as_lead.post(url("room_questions", planned), {"text": "Déjà?"})
    assert response.status_code == 422
    assert "pas encore ouverte" in response.text
    assert not RoomQuestion.objects.exists()


def test_paper_words_join_the_others_once(as_lead, question):
    for _ in range(2):
        act(as_lead, question, "papier", text="Sur un billet", sending="abc")
    assert RoomWord.objects.get().text == "Sur un billet"


def test_a_title_taken_away_leaves_its_words(as_lead, question, meeting):
    send(phone_at(meeting), question, "Beau")
    act(as_lead, question, "titre", title="Le bois")
    heading, word = RoomHeading.objects.get(), RoomWord.objects.get()
    act(as_lead, question, "placer", word=word.pk, heading=heading.pk, state="waiting")
    act(as_lead, question, "retirer-titre", heading=heading.pk)
    word.refresh_from_db()
    assert word.heading is None
    empty = act(as_lead, question, "titre", title=" ")
    assert empty.status_code == 422


def test_on_a_single_screen_unread_words_stay_off_the_page(as_lead, question, meeting):
    send(phone_at(meeting), question, "Pas encore lu")
    Meeting.objects.update(mirrored_screen=True)
    page = as_lead.get(url("room_question", meeting, question.pk)).text
    assert "Pas encore lu" not in page
    assert "L’écran est celui de la salle" in page


def test_shown_words_go_into_the_report_if_chosen_and_announced(as_lead, question, appraisal):
    phone = phone_at(question.meeting)
    for text in ("Beau", "Laid"):
        send(phone, question, text)
    pk = RoomWord.objects.get(text="Beau").pk
    act(as_lead, question, "placer", word=pk, heading="", state="shown")
    assert assemble_report(appraisal).room_words == ()
    act(as_lead, question, "rapport", on="1")
    report = assemble_report(appraisal)
    assert [(group.question, group.words) for group in report.room_words] == [
        ("Un mot sur le quai", ("Beau",))
    ]
    assert report_from_snapshot(report_to_snapshot(report)).room_words == report.room_words
    assert "Beau" in as_lead.get(reverse("space:report", args=[appraisal.reference])).text
    assert assemble_report(appraisal, level="summary").room_words == ()


def test_without_announced_quotes_words_stay_in_the_team(as_lead, question, appraisal):
    type(appraisal).objects.update(quotes_announced=False)
    act(as_lead, question, "rapport", on="1")
    question.refresh_from_db()
    assert not question.in_report


def test_an_observer_reads_and_changes_nothing(as_observer, question, meeting):
    assert as_observer.get(url("room_question", meeting, question.pk)).status_code == 200
    assert act(as_observer, question, "titre", title="Non").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_asks_as_much_for_three_words_as_for_one(as_lead, question, meeting, rows):
    for number in range(rows):
        send(phone_at(meeting), question, f"Mot {number}")
        act(as_lead, question, "titre", title=f"Titre {number}")
    address = url("room_question", meeting, question.pk)
    as_lead.get(address)
    with CaptureQueriesContext(connection) as queries:
        as_lead.get(address)
    assert len(queries) == 11
