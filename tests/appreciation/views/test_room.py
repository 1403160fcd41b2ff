"""A participant's screens: what each person sees, and when."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from appreciation.domain.frozen_questionnaire import questionnaire_in_memory
from appreciation.models import ExitAnswer, Rating, Seat
from tests.appreciation.views.participant import Phone
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    RoundFactory,
    SectorFactory,
)
from tests.screens import asset_weight

STATIC = Path(settings.BASE_DIR) / "site/consortium/static"


@pytest.fixture
def meeting():
    return MeetingFactory(open=True)


@pytest.fixture
def phone(meeting):
    return Phone(meeting).sit()


def set_round(meeting, position, state):
    round_ = meeting.rounds.get(instrument_dimension__position=position, number=1)
    round_.state, round_.closed_at = state, timezone.now()
    round_.save()
    return round_


def page_of(response) -> str:
    return response.content.decode()


def test_the_first_screen_says_who_will_see(meeting):
    response = Phone(meeting).get()
    assert response.status_code == 200
    assert (
        "Ni nom ni courriel. La salle verra les réponses toutes ensemble. Le rapport ira au public,"
        " en résumé, sans le détail des réponses. Sautez une question ou arrêtez quand vous voulez."
    ) in page_of(response)
    assert "Ce que deviennent vos réponses" in page_of(response)
    assert "secteur" not in page_of(response).lower()


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("private", "ira seulement à l’équipe de la démarche."),
        ("region", "ira aux équipes qui accompagnent les démarches de la région."),
        ("full", "ira au public, avec les résultats d’ensemble."),
    ],
)
def test_the_first_screen_names_the_level_in_plain_words(level, words):
    appraisal = AppraisalFactory(at_meeting=True, announced_level=level)
    assert words in page_of(Phone(MeetingFactory(appraisal=appraisal, open=True)).get())


def test_the_first_screen_sets_no_cookie_and_makes_no_seat(meeting):
    phone = Phone(meeting)
    phone.get()
    assert not phone.client.cookies
    assert not Seat.objects.exists()


def test_start_sets_one_signed_cookie(meeting):
    phone = Phone(meeting).sit()
    assert list(phone.client.cookies) == ["place"]
    cookie = phone.client.cookies["place"]
    assert cookie["httponly"] is True
    assert (cookie["path"], cookie["samesite"]) == ("/r/", "Lax")
    assert cookie.value.startswith(f"{phone.seat.token}:")
    assert phone.seat.medium == "phone"


def test_start_twice_is_one_seat(phone):
    phone.sit()
    assert Seat.objects.count() == 1


def test_the_consent_text_of_the_team_is_shown_when_it_adds_something():
    text = "Ni nom ni courriel. Une photo de la salle sera prise."
    appraisal = AppraisalFactory(at_meeting=True, consent_text=text)
    page = page_of(Phone(MeetingFactory(appraisal=appraisal, open=True)).get())
    assert "<p>Une photo de la salle sera prise.</p>" in page


def test_the_sector_is_asked_only_when_the_meeting_asks(meeting):
    sector = SectorFactory(name="Milieu communautaire")
    phone = Phone(meeting).sit(sector=sector.code)
    assert phone.seat.sector is None
    asking = MeetingFactory(open=True, asks_sector=True)
    assert "Milieu communautaire" in page_of(Phone(asking).get())
    assert Phone(asking).sit(sector=sector.code).seat.sector == sector
    assert Phone(asking).sit(sector="inconnu").seat.sector is None


def test_a_question_shows_all_it_needs():
    instrument = InstrumentFactory(with_items=2)
    item = instrument.instrument_dimensions.get(position=1).items.get()
    item.text, item.why = "Les gens sont fiers.", "Quand on tient à sa place, on s’y engage."
    item.save()
    appraisal = AppraisalFactory(at_meeting=True, instrument=instrument)
    phone = Phone(MeetingFactory(appraisal=appraisal, open=True)).sit()
    page = page_of(phone.get())
    assert "<h1>Les gens sont fiers.</h1>" in page
    assert page.count("<h1") == 1
    assert "<b>1</b> sur 2" in page
    assert "Quand on tient à sa place" in page
    assert page.count('name="answer"') == 5
    assert "Repère du niveau 4." in page
    assert "Je ne sais pas" in page
    assert "cette question</span></button>" in page
    assert "Rien d’envoyé pour le moment" in page


def test_the_room_leads_from_question_to_question_then_says_received(phone):
    assert phone.get().redirect_chain[-1][0] == phone.url() + "?question=1"
    phone.vote(1, 3)
    assert phone.get().redirect_chain[-1][0] == phone.url() + "?question=2"
    assert "1 réponse envoyée, sans votre nom" in page_of(phone.get())
    phone.vote(2, "passer")
    phone.vote(3, "nsp")
    page = page_of(phone.get())
    assert "<h1>C’est reçu</h1>" in page
    assert "Vous avez vu toutes les questions. Merci!" in page
    assert "2 réponses envoyées, sans votre nom" in page
    for words in ("Énoncé 1", "Bien avancé", "Passée", "Je ne sais pas", "Changer"):
        assert words in page


def test_back_shows_what_was_answered(phone):
    phone.vote(1, 3, comment="Un mot")
    page = page_of(phone.get("?question=1"))
    assert 'value="3" required checked' in page
    assert ">Un mot</textarea>" in page
    assert f'href="{phone.url()}?accueil"' in page
    assert f'href="{phone.url()}?question=1"' in page_of(phone.get("?question=2"))


def test_the_first_screen_is_reached_again_from_a_seat(phone):
    page = page_of(phone.get("?accueil"))
    assert "Ni nom ni courriel" in page
    assert "Commencer" not in page
    assert "Continuer" in page


def test_guided_pace_shows_only_what_is_open(phone, meeting):
    set_round(meeting, 1, "closed")
    set_round(meeting, 3, "waiting")
    assert phone.get().redirect_chain[-1][0] == phone.url() + "?question=2"
    assert "Énoncé 2" in page_of(phone.get("?question=1"))
    assert "Énoncé 2" in page_of(phone.get("?question=3"))
    phone.vote(2)
    assert "<h1>Regardez l’écran</h1>" in page_of(phone.get())


def test_a_pause_is_said(phone, meeting):
    for position, state in ((1, "paused"), (2, "waiting"), (3, "waiting")):
        set_round(meeting, position, state)
    assert "<h1>En pause</h1>" in page_of(phone.get())


def test_a_second_round_asks_again(phone, meeting):
    for number in (1, 2, 3):
        phone.vote(number, 2)
    first = set_round(meeting, 2, "closed")
    RoundFactory(
        meeting=meeting,
        instrument_dimension=first.instrument_dimension,
        number=2,
        state="open",
    )
    page = page_of(phone.get())
    assert "<b>2</b> sur 3" in page
    assert "Tour 2" in page
    assert "checked" not in page
    assert phone.vote(2, 4).status_code == 201
    assert Rating.objects.filter(item__text="Énoncé 2").count() == 2


def test_a_late_arrival_starts_with_what_is_open(meeting):
    set_round(meeting, 1, "revealed")
    late = Phone(meeting).sit()
    assert late.get().redirect_chain[-1][0] == late.url() + "?question=2"


def test_a_closed_meeting_thanks_those_who_sat(phone, meeting):
    phone.vote()
    meeting.state, meeting.closed_at = "closed", timezone.now()
    meeting.save()
    page = page_of(phone.get())
    assert "<h1>La rencontre est fermée</h1>" in page
    assert "1 réponse envoyée, sans votre nom" in page
    assert "Changer" not in page


def test_the_waiting_screen_notices_the_console(phone, meeting):
    state = phone.client.get(phone.url("state"))
    assert state.status_code == 200
    same = {"If-None-Match": state["ETag"]}
    assert phone.client.get(phone.url("state"), headers=same).status_code == 304
    meeting.revision += 1
    meeting.save()
    moved = phone.client.get(phone.url("state"), headers=same)
    assert moved.status_code == 200
    assert moved["ETag"] != state["ETag"]


@pytest.mark.parametrize(
    ("state", "over"), [("open", False), ("paused", False), ("closed", True), ("revealed", True)]
)
def test_a_phone_on_a_question_learns_that_its_vote_is_over(phone, meeting, state, over):
    set_round(meeting, 1, state)
    round_ = meeting.rounds.get(instrument_dimension__position=1)
    told = phone.client.get(phone.url("state"), {"tour": round_.pk})
    assert told.json()["over"] is over
    assert "over" not in phone.client.get(phone.url("state"), {"tour": "x"}).json()
    assert phone.client.get(phone.url("state"), {"tour": "9" * 40}).json()["over"] is True
    meeting.state, meeting.closed_at = "closed", timezone.now()
    meeting.save()
    assert phone.client.get(phone.url("state"), {"tour": round_.pk}).json()["over"] is True


def test_the_state_is_told_only_to_seats(meeting):
    assert Phone(meeting).client.get(Phone(meeting).url("state")).status_code == 410


def test_the_waiting_screen_refreshes_without_javascript(phone, meeting):
    for number in (1, 2, 3):
        phone.vote(number)
    page = page_of(phone.get())
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page
    assert "Voir la suite" in page


def test_exit_questions_come_when_opened(phone, meeting):
    for number in (1, 2, 3):
        phone.vote(number)
    meeting.exit_questions_open = True
    meeting.save()
    page = page_of(phone.get())
    assert "<h1>Trois questions avant de partir</h1>" in page
    for words in ("Avez-vous senti qu’on vous écoutait?", "Reviendriez-vous?", "Plus ou moins"):
        assert words in page
    sent = phone.client.post(phone.url("exit"), {"heard": "yes", "again": "no"}, follow=True)
    assert "<h1>C’est reçu</h1>" in page_of(sent)
    assert set(ExitAnswer.objects.values_list("seat", "question", "answer")) == {
        (phone.seat.pk, "heard", "yes"),
        (phone.seat.pk, "again", "no"),
    }
    phone.client.post(phone.url("exit"), {"heard": "somewhat"})
    assert ExitAnswer.objects.get(question="heard").answer == "somewhat"


def test_exit_answers_are_received_though_a_dimension_was_left_aside(phone, meeting):
    set_round(meeting, 3, "waiting")
    phone.vote(1)
    phone.vote(2)
    meeting.exit_questions_open = True
    meeting.save()
    page = page_of(phone.client.post(phone.url("exit"), {"heard": "yes"}, follow=True))
    assert "<h1>C’est reçu</h1>" in page
    assert "La prochaine question" not in page
    assert "Vous avez vu toutes les questions" not in page
    assert f"{phone.url()}rapport/" in page
    set_round(meeting, 3, "open")
    assert phone.get().redirect_chain[-1][0] == phone.url() + "?question=3"


def test_exit_questions_can_be_skipped(phone, meeting):
    for number in (1, 2, 3):
        phone.vote(number)
    meeting.exit_questions_open = True
    meeting.save()
    page = page_of(phone.get("?attente"))
    assert "<h1>C’est reçu</h1>" in page
    assert phone.url("exit") in page


def test_exit_questions_refuse_nothing_and_nonsense(phone, meeting):
    meeting.exit_questions_open = True
    meeting.save()
    for sent in ({}, {"heard": "peut-être"}):
        assert phone.client.post(phone.url("exit"), sent).status_code == 422
    assert not ExitAnswer.objects.exists()


def test_exit_questions_are_closed_until_opened_and_after_the_entry(phone, meeting):
    assert phone.client.get(phone.url("exit")).status_code == 302
    refused = phone.client.post(phone.url("exit"), {"heard": "yes"})
    assert refused.status_code == 409
    assert "Ces questions sont fermées" in page_of(refused)
    assert not ExitAnswer.objects.exists()


def test_exit_questions_need_a_seat(meeting):
    assert Phone(meeting).client.get(Phone(meeting).url("exit")).status_code == 410


@pytest.mark.parametrize("count", [1, 3])
def test_a_question_costs_as_many_queries_whatever_their_number(count, django_assert_num_queries):
    instrument = InstrumentFactory(with_items=count, frozen_at=timezone.now())
    appraisal = AppraisalFactory(at_meeting=True, instrument=instrument)
    phone = Phone(MeetingFactory(appraisal=appraisal, open=True)).sit()
    questionnaire_in_memory(instrument)
    phone.get("?question=1")
    with django_assert_num_queries(6):
        assert "Énoncé 1" in page_of(phone.get("?question=1"))


def test_a_waiting_phone_costs_one_query(phone, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert phone.client.get(phone.url("state")).status_code == 200


def test_the_whole_rating_page_is_light():
    """≤ 25 kB on the wire for a first load, headers counted (QUALITY.md R3): the page as it is,
    its sheet, its script and its icon as WhiteNoise sends them in production."""
    instrument = InstrumentFactory(with_items=12)
    item = instrument.instrument_dimensions.get(position=1).items.get()
    item.text, item.why = "Un énoncé tout à fait long. " * 10, "Une raison bien écrite. " * 15
    item.anchors = "\n".join(f"Repère {n}: " + "des mots variés, " * 15 for n in range(4))
    item.save()
    appraisal = AppraisalFactory(at_meeting=True, instrument=instrument)
    page = Phone(MeetingFactory(appraisal=appraisal, open=True)).sit().get("?question=1")
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', page_of(page))
    assert sorted(files) == ["img/logo-mark.svg", "js/phone.js"]
    weights = {name: len(gzip.compress((STATIC / name).read_bytes())) for name in files}
    [sheet] = re.findall(r'rel="stylesheet" href="([^"]+)"', page_of(page))
    assert sheet.endswith("/tokens-phone.css")
    weights["sheet"] = asset_weight(sheet)
    assert "Content-Encoding" not in page
    weights["page"] = len(page.content)
    headers = 800 * len(weights)
    assert sum(weights.values()) + headers <= 25_000, weights


def test_two_items_of_one_dimension_follow_each_other(meeting):
    first = meeting.rounds.get(instrument_dimension__position=1).instrument_dimension
    ItemFactory(instrument_dimension=first, code="q1b", position=10_000, text="Énoncé 1 bis")
    phone = Phone(meeting).sit()
    assert "<b>2</b> sur 4" in page_of(phone.get("?question=2"))
    assert "Énoncé 1 bis" in page_of(phone.get("?question=2"))
