import json

import pytest
from django.urls import reverse
from django.utils import timezone

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from appreciation.domain.findings import record_agreed_rating
from appreciation.domain.frozen_questionnaire import questionnaire_in_memory
from appreciation.enums import RoundState
from appreciation.models import Item, Meeting
from tests.appreciation.views.test_console import first_round, open_meeting_for, url
from tests.factories import ItemFactory
from tests.factories.votes import answer_round, raise_hands


@pytest.fixture(autouse=True)
def _signed_in(client, lead):
    client.force_login(lead)


@pytest.fixture
def meeting(lead):
    return open_meeting_for(lead)


def wall(client, meeting):
    return json.loads(client.get(url(meeting, "hall_state")).content)


def reveal(meeting, round_):
    meetings.close_and_reveal_round(meeting=meeting, actor=SYSTEM, round_id=round_.pk)


def test_hall_shows_statement_code_address_and_counts(client, meeting, settings, lead):
    settings.WAGTAILADMIN_BASE_URL = "https://exemple.org"
    answer_round(first_round(meeting), [1, 2])
    Meeting.objects.update(head_count=15)
    page = client.get(url(meeting, "hall")).content.decode()
    assert "Énoncé 1" in page
    assert "exemple.org/r" in page
    assert meeting.spaced_join_code in page
    assert "Code à scanner" in page
    assert "<b>2</b> réponses<br>de 15 personnes" in page
    assert "<b>4</b> Acquis" in page
    assert str(lead) not in page
    assert "hall-bar" not in page


def test_hall_is_private_and_not_stored(client, meeting):
    for name in ("hall", "hall_state"):
        cache = client.get(url(meeting, name))["Cache-Control"]
        assert "private" in cache
        assert "no-store" in cache


def test_hall_reveals_only_what_is_revealed(client, meeting):
    round_ = first_round(meeting)
    answer_round(round_, [3, 4, 4])
    raise_hands(round_, {4: 2, -1: 1})
    assert wall(client, meeting)["mode"] == "vote"
    meetings.close_round(meeting=meeting, actor=SYSTEM, round_id=round_.pk)
    closed = wall(client, meeting)
    assert closed["mode"] == "closed"
    assert "Acquis" not in closed["html"]

    meetings.reveal_round(meeting=meeting, actor=SYSTEM, round_id=round_.pk)

    revealed = wall(client, meeting)
    assert revealed["mode"] == "revealed"
    assert revealed["received"] == 6
    assert "en chemin 0, bien avancé 1, acquis 4, ne sait pas 1" in revealed["html"].replace(
        "\xa0", " "
    )
    assert "Qu’est-ce que ces réponses nous disent?" in revealed["html"]


def test_hall_under_three_answers_says_too_few(client, meeting):
    round_ = first_round(meeting)
    answer_round(round_, [4, 4])
    reveal(meeting, round_)
    html = wall(client, meeting)["html"]
    assert "Trop peu de réponses" in html
    assert "Acquis" not in html


def test_a_second_round_hides_the_first_until_it_is_revealed(client, meeting):
    round_ = first_round(meeting)
    answer_round(round_, [1, 1, 1, 4])
    reveal(meeting, round_)
    meetings.start_new_round(meeting=meeting, actor=SYSTEM, round_id=round_.pk)
    html = wall(client, meeting)["html"]
    assert "2<sup>e</sup> tour" in html
    assert "hall-bar" not in html


def test_hall_shows_the_agreed_level(client, meeting):
    round_ = first_round(meeting)
    answer_round(round_, [2, 3, 3])
    reveal(meeting, round_)
    etag = client.get(url(meeting, "hall_state"))["ETag"]
    item_id = round_.instrument_dimension.items.get().pk
    item = questionnaire_in_memory(meeting.instrument).items_by_id[item_id]
    record_agreed_rating(meeting=meeting, item=item, level=3, version=0)
    response = client.get(url(meeting, "hall_state"), headers={"if-none-match": etag})
    assert "Niveau convenu : Bien avancé." in json.loads(response.content)["html"].replace(
        "\xa0", " "
    )


def test_hall_shows_one_statement_at_a_time(client, meeting):
    round_ = first_round(meeting)
    other = ItemFactory(
        instrument_dimension=round_.instrument_dimension, position=30_000, text="On s’entraide."
    )
    answer_round(round_, [4, 4, 4])
    reveal(meeting, round_)
    html = wall(client, meeting)["html"]
    assert "énoncé 1 de 2" in html
    meetings.show_dimension(
        meeting=meeting,
        actor=SYSTEM,
        dimension_id=round_.instrument_dimension_id,
        item_id=other.pk,
    )
    html = wall(client, meeting)["html"]
    assert "énoncé 2 de 2" in html
    assert "On s’entraide." in html


def test_a_long_prompt_is_shortened_on_the_wall_only(client, meeting):
    round_ = first_round(meeting)
    answer_round(round_, [4, 4, 4])
    prompt = (
        "Racontez une décision récente: qui l’a prise, et comment? Qui manque? " + "Encore. " * 9
    )
    type(round_.instrument_dimension).objects.update(prompt=prompt)
    reveal(meeting, round_)
    assert "et comment? Qui manque?" in wall(client, meeting)["html"]
    assert "Encore. Encore." not in wall(client, meeting)["html"]
    assert "Encore. Encore." in client.get(url(meeting)).content.decode()


@pytest.fixture
def scenes(meeting):
    """How to bring each mode to the wall."""

    def exit_questions():
        meetings.set_exit_questions(meeting=meeting, actor=SYSTEM, are_open=True)

    return {
        "join": lambda: meetings.show_dimension(meeting=meeting, actor=SYSTEM, dimension_id=None),
        "paused": lambda: meetings.pause_round(
            meeting=meeting, actor=SYSTEM, round_id=first_round(meeting).pk
        ),
        "waiting": lambda: meetings.show_dimension(
            meeting=meeting,
            actor=SYSTEM,
            dimension_id=meeting.rounds.filter(state=RoundState.WAITING)
            .first()
            .instrument_dimension_id,
        ),
        "exit": exit_questions,
        "thanks": lambda: meetings.close_meeting(meeting=meeting, actor=SYSTEM),
        "before": lambda: Meeting.objects.filter(pk=meeting.pk).update(state="planned"),
    }


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("join", "Joignez-vous à la rencontre"),
        ("paused", "On fait une pause"),
        ("waiting", "s’ouvre bientôt"),
        ("exit", "Avez-vous senti qu’on vous écoutait?"),
        ("thanks", "Merci d’être là!"),
        ("before", "Bienvenue!"),
    ],
)
def test_each_moment_has_its_words(client, meeting, scenes, mode, words):
    Meeting.objects.filter(pk=meeting.pk).update(head_count=4)
    scenes[mode]()
    if mode == "before":
        Meeting.objects.filter(pk=meeting.pk).update(current_dimension=None)
    state = wall(client, meeting)
    assert state["mode"] == mode
    assert words in state["html"]
    assert ("Code à scanner" in state["html"]) == (mode not in ("thanks", "before"))


def test_timer_is_told_on_the_wall_in_server_time(client, meeting):
    meetings.set_timer(meeting=meeting, actor=SYSTEM, seconds=120)
    ends_at = Meeting.objects.get().timer_ends_at
    assert (
        f'data-timer="{timezone.localtime(ends_at).isoformat()}"' in wall(client, meeting)["html"]
    )


def test_wall_unchanged_is_a_304_with_one_query(client, meeting, django_assert_num_queries):
    etag = client.get(url(meeting, "hall_state"))["ETag"]
    with django_assert_num_queries(3):  # session, person, meeting
        response = client.get(url(meeting, "hall_state"), headers={"if-none-match": etag})
    assert response.status_code == 304


@pytest.mark.parametrize("dimensions", [1, 3])
def test_wall_refresh_takes_three_queries(client, lead, django_assert_num_queries, dimensions):
    meeting = open_meeting_for(lead, dimensions=dimensions)
    round_ = first_round(meeting)
    answer_round(round_, [2, 3, 4] * dimensions)
    reveal(meeting, round_)
    wall(client, meeting)
    with django_assert_num_queries(2 + 3):  # session, person; meeting, rounds, answers
        wall(client, meeting)


def test_a_long_statement_is_written_smaller(client, meeting):
    Item.objects.filter(instrument_dimension__instrument=meeting.instrument).update(text="x" * 300)
    meeting.instrument.frozen_at = timezone.now()
    meeting.instrument.save()
    assert 'class="is-longest"' in wall(client, meeting)["html"]


def test_address_of_the_wall_is_the_promised_one(meeting):
    assert reverse("space:hall", args=[meeting.reference]) == (
        f"/espace/rencontres/{meeting.reference}/projection/"
    )
