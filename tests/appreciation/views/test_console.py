import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from appreciation.enums import Medium, MeetingState, RoundState
from appreciation.models import Meeting, Round
from appreciation.views.console import GESTURES
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    MeetingFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.votes import answer_round, raise_hands

pytestmark = pytest.mark.usefixtures("_signed_in")


@pytest.fixture
def _signed_in(client, lead):
    client.force_login(lead)


def open_meeting_for(lead, *, dimensions=3, pace="guided", **options):
    appraisal = AppraisalFactory(
        at_meeting=True, instrument=InstrumentFactory(with_items=dimensions), **options
    )
    MembershipFactory(appraisal=appraisal, user=lead)
    meeting = MeetingFactory(appraisal=appraisal, pace=pace)
    return meetings.open_meeting(meeting=meeting, actor=SYSTEM)


@pytest.fixture
def meeting(lead):
    return open_meeting_for(lead)


def url(meeting, name="console", **kwargs):
    return reverse(f"space:{name}", kwargs={"reference": meeting.reference, **kwargs})


def post(client, meeting, gesture, **data):
    return client.post(url(meeting, "gesture", gesture=gesture), data)


def first_round(meeting):
    return meeting.rounds.order_by("instrument_dimension__position", "number").first()


# --- The page -------------------------------------------------------------------------------------


def test_console_shows_one_number_against_the_hall(client, meeting):
    answer_round(first_round(meeting), [1, 2, 3], medium=Medium.PHONE)
    answer_round(first_round(meeting), [4, -1], medium=Medium.PAPER)
    Meeting.objects.update(head_count=7)

    response = client.get(url(meeting))

    assert response.status_code == 200
    page = response.content.decode()
    assert '<span class="big">5</span>' in page
    assert "Il manque 2 réponses\xa0: 5 reçues, 7 présents." in page
    assert "3 téléphones" in page
    assert "2 sur papier" in page
    assert page.count('<i class="phone"></i>') == 3
    assert page.count('<i class="wait"></i>') == 2
    assert "Fermer et révéler" in page
    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]


def test_console_says_kindly_that_there_are_more_answers_than_people(client, meeting):
    answer_round(first_round(meeting), [2] * 4)
    Meeting.objects.update(head_count=3)
    assert (
        "4 réponses pour 3 personnes\xa0: recomptez la salle"
        in client.get(url(meeting)).content.decode()
    )


def test_console_shows_no_distribution_before_the_reveal(client, meeting):
    answer_round(first_round(meeting), [4] * 9)
    page = client.get(url(meeting)).content.decode()
    state = client.get(url(meeting, "console_state")).content.decode()
    for text in (page, state):
        assert "Acquis" not in text
        assert "hall-bar" not in text


def test_console_before_opening_says_what_is_missing(client, lead):
    meeting = MeetingFactory(appraisal=AppraisalFactory())
    MembershipFactory(appraisal=meeting.appraisal, user=lead)
    page = client.get(url(meeting)).content.decode()
    assert "Terminez «\xa0Décider\xa0»." in page
    assert "Ouvrir la rencontre" not in page


@pytest.mark.parametrize("dimensions", [1, 3])
def test_console_query_count(client, lead, django_assert_num_queries, dimensions):
    meeting = open_meeting_for(lead, dimensions=dimensions)
    for round_ in meeting.rounds.all():
        answer_round(round_, [1] * dimensions)
    client.get(url(meeting))
    with django_assert_num_queries(CONSOLE_QUERIES):
        client.get(url(meeting))


CONSOLE_QUERIES = 8


# --- Fresh numbers --------------------------------------------------------------------------------


def test_state_unchanged_is_a_304_with_one_query(client, meeting, django_assert_num_queries):
    answer_round(first_round(meeting), [1, 2])
    etag = client.get(url(meeting, "console_state"))["ETag"]
    with django_assert_num_queries(3):  # session, person, meeting
        response = client.get(url(meeting, "console_state"), headers={"if-none-match": etag})
    assert response.status_code == 304
    assert response.content == b""


def test_state_moves_with_each_answer_and_each_gesture(client, meeting, lead):
    etag = client.get(url(meeting, "console_state"))["ETag"]
    answer_round(first_round(meeting), [3])
    response = client.get(url(meeting, "console_state"), headers={"if-none-match": etag})
    assert response.status_code == 200
    state = json.loads(response.content)
    assert (state["received"], state["present"]) == (1, None)
    assert '<span class="big">1</span>' in state["html"]

    post(client, meeting, "presences", head_count=12)
    moved = client.get(url(meeting, "console_state"), headers={"if-none-match": response["ETag"]})
    assert json.loads(moved.content)["present"] == 12


# --- Gestures -------------------------------------------------------------------------------------


def test_close_and_reveal_then_next(client, meeting):
    round_ = first_round(meeting)
    response = post(client, meeting, "fermer-reveler", round_id=round_.pk)
    assert response.status_code == 302
    assert response.url == url(meeting)
    round_.refresh_from_db()
    assert round_.state == RoundState.REVEALED
    assert "Dimension suivante" in client.get(url(meeting)).content.decode()


@pytest.mark.parametrize(("people", "is_asked"), [(0, True), (2, True), (3, False)])
@pytest.mark.parametrize("name", ["console", "remote"])
def test_a_reveal_that_would_show_nothing_is_asked_twice(client, meeting, name, people, is_asked):
    answer_round(first_round(meeting), [2] * people)
    page = BeautifulSoup(client.get(url(meeting, name)).text, "html.parser")
    asked = page.select_one("#reveler-peu")
    assert (asked is not None) is is_asked
    if asked:
        assert "sous trois, la salle ne verra rien" in asked.get_text()
        assert asked.button.get_text(strip=True) == "Oui, fermer et révéler"
        assert "button--invite" not in asked.button["class"]
    [only] = [one for one in page.find_all("button") if "ermer et révéler" in one.get_text()]
    assert (only.find_parent("details") is not None) is is_asked


@pytest.mark.parametrize("name", ["console", "remote"])
def test_a_new_vote_says_that_it_stands_for_the_first_while_fewer_answered(client, meeting, name):
    """Nine voices would give way to three, and the report would show none of them."""
    first = first_round(meeting)
    answer_round(first, [1, 2, 3])
    raise_hands(first, {2: 1, 3: 5})
    post(client, meeting, "fermer-reveler", round_id=first.pk)
    assert "Le rapport retient" not in client.get(url(meeting, name)).text
    post(client, meeting, "nouveau-tour", round_id=first.pk)
    second = meeting.rounds.get(number=2)
    answer_round(second, [2, 2, 3])
    said = "Le rapport retient le dernier tour&nbsp;: 3 réponses, au lieu de 9."
    assert said in client.get(url(meeting, name)).text
    answer_round(second, [2] * 6, medium=Medium.PAPER)
    assert "Le rapport retient" not in client.get(url(meeting, name)).text


def test_every_gesture_twice_is_harmless(client, meeting):
    round_ = first_round(meeting)
    second = meeting.rounds.order_by("instrument_dimension__position")[1]
    script = [
        ("pause", {"round_id": round_.pk}),
        ("reprendre", {"round_id": round_.pk}),
        ("fermer-dimension", {"round_id": round_.pk}),
        ("rouvrir-dimension", {"round_id": round_.pk}),
        ("fermer-reveler", {"round_id": round_.pk}),
        ("masquer", {"round_id": round_.pk}),
        ("reveler", {"round_id": round_.pk}),
        ("nouveau-tour", {"round_id": round_.pk}),
        ("presences", {"head_count": 9}),
        ("sortie", {"on": "1"}),
        ("ecran", {"on": "1"}),
        ("ecran", {"on": "0"}),
        ("afficher", {"dimension_id": second.instrument_dimension_id}),
        ("fermer", {}),
        ("reveler-tout", {}),
        ("saisie-terminee", {}),
        ("rouvrir-saisie", {}),
    ]
    for gesture, data in script:
        post(client, meeting, gesture, **data)
        revision = Meeting.objects.get(pk=meeting.pk).revision
        assert post(client, meeting, gesture, **data).status_code == 302
        assert Meeting.objects.get(pk=meeting.pk).revision == revision, gesture
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.CLOSED
    assert Round.objects.filter(meeting=meeting, number=2).count() == 1


def test_a_stale_gesture_is_refused_kindly(client, meeting):
    round_ = first_round(meeting)
    meetings.close_meeting(meeting=meeting, actor=SYSTEM)
    page = client.post(
        url(meeting, "gesture", gesture="rouvrir-dimension"), {"round_id": round_.pk}, follow=True
    ).content.decode()
    assert "La rencontre est fermée\N{NO-BREAK SPACE}: on ne vote plus." in page
    round_.refresh_from_db()
    assert round_.state == RoundState.CLOSED


def test_a_bad_head_count_is_refused_and_kept_on_screen(client, meeting):
    response = post(client, meeting, "presences", head_count="vingt")
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="vingt"' in page
    assert "Personnes présentes" in page


def test_a_gesture_without_its_round_changes_nothing(client, meeting):
    response = client.post(
        url(meeting, "gesture", gesture="pause"), {"round_id": "abc"}, follow=True
    )
    assert "Cette console n’était plus à jour" in response.content.decode()
    assert first_round(meeting).state == RoundState.OPEN


def test_details_are_kept(client, lead):
    meeting = MeetingFactory(appraisal__at_meeting=True)
    MembershipFactory(appraisal=meeting.appraisal, user=lead)
    post(client, meeting, "details", starts_at="2026-11-26T19:00", venue="Gymnase", pace="free")
    meeting.refresh_from_db()
    assert (meeting.venue, meeting.pace) == ("Gymnase", "free")
    assert timezone.localtime(meeting.starts_at).hour == 19


# --- Who ------------------------------------------------------------------------------------------

PAGES = ("console", "console_state", "hall", "hall_state")


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_is_sent_to_sign_in(client, meeting, name):
    client.logout()
    response = client.get(url(meeting, name))
    assert response.status_code == 302
    assert response.url.startswith("/comptes/")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["neighbour", "stranger"])
def test_a_neighbour_and_a_stranger_find_nothing(client, meeting, name, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(url(meeting, name)).status_code == 404


@pytest.mark.parametrize("gesture", sorted(GESTURES))
def test_gestures_do_not_exist_for_others(client, meeting, gesture, neighbour):
    observer = MembershipFactory(appraisal=meeting.appraisal, role="observer").user
    for user in (neighbour, observer, UserFactory()):
        client.force_login(user)
        assert post(client, meeting, gesture, round_id=first_round(meeting).pk).status_code == 404
    meeting.refresh_from_db()
    assert meeting.revision == 1


def test_an_observer_reads_the_console_without_a_gesture(client, meeting):
    client.force_login(MembershipFactory(appraisal=meeting.appraisal, role="observer").user)
    page = client.get(url(meeting)).content.decode()
    assert "réponse reçue" in page
    assert "/gestes/" not in page


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_read_only(client, meeting, name):
    assert client.post(url(meeting, name)).status_code == 405


def test_gestures_are_posted(client, meeting):
    assert client.get(url(meeting, "gesture", gesture="fermer")).status_code == 405
    assert post(client, meeting, "inventer").status_code == 404


# --- One single screen ----------------------------------------------------------------------------


def test_mirrored_console_is_the_wall_without_a_name(client, meeting, lead):
    post(client, meeting, "ecran", on="1")
    page = client.get(url(meeting)).content.decode()
    assert 'class="projection' in page
    assert "Fermer et révéler" in page
    assert str(lead) not in page
    assert "feuilles" not in page
    assert "/feuilles/" not in page
    state = json.loads(client.get(url(meeting, "console_state")).content)
    assert 'id="mur"' in state["html"]
    assert str(lead) not in state["html"]
