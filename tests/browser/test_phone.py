"""A phone in a real browser: with and without JavaScript, on a bad network, by keyboard."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.domain.counts import counts_from_ratings
from appreciation.domain.joining import tablet_pass
from appreciation.models import Comment, ExitAnswer, Rating, Seat
from tests.appreciation.domain.test_ratings import kept_counts
from tests.browser.sizes import NARROW, PHONE
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting():
    return MeetingFactory(open=True)


@pytest.fixture
def open_phone(new_context, meeting):
    """`open_phone(javascript=False)`: a phone on the first screen of the meeting."""

    def open_page(**options):
        context = new_context(viewport=options.pop("viewport", PHONE), **options)
        page = context.new_page()
        page.goto(f"/r/{meeting.join_code}/")
        return page

    return open_page


def start(page):
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_role("heading", name="Énoncé 1")).to_be_visible()
    return page


def answer(page, level="Bien avancé"):
    page.get_by_label(level).check()
    page.get_by_role("button", name="Suivant", exact=True).click()


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def set_round(meeting, position, state):
    round_ = meeting.rounds.get(instrument_dimension__position=position)
    round_.state, round_.closed_at = state, timezone.now()
    round_.save()
    meeting.revision += 1
    meeting.save()


@pytest.mark.parametrize("javascript", [True, False])
def test_twelve_taps_from_the_code_to_received(open_phone, meeting, javascript):
    page = open_phone(javascript=javascript)
    assert page.context.cookies() == []
    page.goto("/r/")
    page.get_by_label("Code").fill(meeting.spaced_join_code.lower())
    page.get_by_role("button", name="Continuer").click()
    start(page)
    answer(page, "Acquis")
    heading(page, "Énoncé 2")
    page.get_by_text("Ajouter un mot").click()
    page.get_by_label("Votre mot").fill("<b>Bravo</b> 👩🏽‍🌾")
    answer(page, "Je ne sais pas")
    heading(page, "Énoncé 3")
    expect(page.get_by_role("status")).to_have_text("2 réponses envoyées, sans votre nom")
    page.get_by_role("button", name="Passer").click()
    heading(page, "C’est reçu")
    expect(page.get_by_text("Passée")).to_be_visible()
    stored = dict(Rating.objects.values_list("item__text", "answer"))
    assert stored == {"Énoncé 1": 4, "Énoncé 2": -1, "Énoncé 3": -2}
    assert Comment.objects.get().text == "<b>Bravo</b> 👩🏽‍🌾"
    assert {cookie["name"]: cookie["httpOnly"] for cookie in page.context.cookies()} == {
        "place": True,
        "csrftoken": True,
    }


@pytest.mark.parametrize("javascript", [True, False])
def test_back_and_reload_never_double_and_allow_a_change(open_phone, meeting, javascript):
    page = start(open_phone(javascript=javascript))
    answer(page, "En chemin")
    heading(page, "Énoncé 2")
    page.reload()
    heading(page, "Énoncé 2")
    page.go_back()
    heading(page, "Énoncé 1")
    expect(page.get_by_label("En chemin")).to_be_checked()
    answer(page, "Acquis")
    heading(page, "Énoncé 2")
    page.get_by_role("link", name="Retour").click()
    expect(page.get_by_label("Acquis")).to_be_checked()
    assert list(Rating.objects.values_list("answer", flat=True)) == [4]
    assert kept_counts(meeting) == counts_from_ratings(meeting)


def test_a_double_tap_is_one_answer(open_phone, meeting):
    page = start(open_phone())
    page.get_by_label("Acquis").check()
    page.get_by_role("button", name="Suivant", exact=True).dblclick(no_wait_after=True)
    heading(page, "Énoncé 2")
    assert Rating.objects.count() == 1
    assert kept_counts(meeting).total() == 1


def test_an_unanswered_question_is_not_sent(open_phone):
    page = start(open_phone())
    page.get_by_role("button", name="Suivant", exact=True).click()
    heading(page, "Énoncé 1")
    assert not Rating.objects.exists()


def test_a_lost_connection_keeps_the_answer_until_it_has_arrived(open_phone):
    page = start(open_phone())
    page.get_by_text("Ajouter un mot").click()
    page.get_by_label("Votre mot").fill("Ne me perdez pas")
    page.get_by_label("Acquis").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Suivant", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Pas encore envoyé")
    expect(page.get_by_label("Votre mot")).to_have_value("Ne me perdez pas")
    expect(page.get_by_label("Acquis")).to_be_checked()
    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    heading(page, "Énoncé 2")
    rating = Rating.objects.get()
    assert (rating.answer, rating.sequence) == (4, 1)
    assert Comment.objects.get().text == "Ne me perdez pas"


def test_a_lost_reply_is_sent_again_and_counted_once(open_phone, meeting):
    """QUALITY.md §4 row 2: the server stored it, the phone never heard so."""
    page = start(open_phone())
    page.context.watched.expected_statuses.add(503)
    lost = []

    def lose_first_reply(route):
        if lost:
            route.continue_()
            return
        route.fetch()
        lost.append(True)
        route.fulfill(status=503, content_type="application/json", body="{}")

    page.route("**/reponses/", lose_first_reply)
    answer(page, "En chemin")
    page.get_by_role("button", name="Réessayer").click()
    heading(page, "Énoncé 2")
    rating = Rating.objects.get()
    assert (rating.answer, rating.sequence) == (2, 1)
    assert kept_counts(meeting).total() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_an_answer_after_the_close_is_said_and_stays(open_phone, meeting, javascript):
    """QUALITY.md §4 row 4."""
    page = start(open_phone(javascript=javascript))
    page.context.watched.expected_statuses.add(409)
    page.get_by_text("Ajouter un mot").click()
    page.get_by_label("Votre mot").fill("Trop tard?")
    meeting.state, meeting.closed_at = "closed", timezone.now()
    meeting.save()
    answer(page, "Acquis")
    expect(page.get_by_text("La rencontre est fermée.")).to_be_visible()
    if javascript:
        expect(page.get_by_label("Votre mot")).to_have_value("Trop tard?")
    else:
        expect(page.get_by_text("Trop tard?")).to_be_visible()
    assert not Rating.objects.exists()
    page.goto(f"/r/{meeting.join_code}/")
    heading(page, "La rencontre est fermée")


def test_a_late_phone_is_told_and_led_to_the_open_question(open_phone, meeting):
    """The room has gone on: what was chosen is said not to count, and the way leads on."""
    page = start(open_phone())
    page.get_by_label("Acquis").check()
    set_round(meeting, 1, "closed")
    expect(page.get_by_role("status")).to_contain_text("n’est pas compté")
    expect(page.get_by_label("Acquis")).to_be_checked()
    page.get_by_role("button", name="Continuer", exact=True).click()
    heading(page, "Énoncé 2")
    set_round(meeting, 2, "closed")
    expect(page.get_by_role("heading", level=1)).to_have_text("Énoncé 3")
    page.context.watched.expected_statuses.add(409)
    page.route("**/etat/**", lambda route: route.abort())
    set_round(meeting, 3, "closed")
    page.get_by_role("button", name="Passer").click()
    expect(page.get_by_role("status")).to_contain_text("Cette question est fermée.")
    page.get_by_role("button", name="Continuer", exact=True).click()
    heading(page, "C’est reçu")
    assert not Rating.objects.exists()


def test_a_word_too_long_is_refused_and_stays(open_phone):
    page = start(open_phone())
    page.context.watched.expected_statuses.add(422)
    page.get_by_text("Ajouter un mot").click()
    page.get_by_label("Votre mot").fill("m" * 10_001)
    answer(page)
    expect(page.get_by_role("status")).to_contain_text("10001 caractères")
    page.get_by_label("Votre mot").fill("court")
    page.get_by_role("button", name="Suivant", exact=True).click()
    heading(page, "Énoncé 2")
    assert Comment.objects.get().text == "court"


def test_refused_storage_stops_nothing(open_phone):
    """QUALITY.md §4 row 6: private browsing."""
    page = open_phone()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refusé') }})"
    )
    start(page)
    expect(page.get_by_text("Cet appareil ne retient rien.")).to_be_visible()
    page.get_by_role("button", name="Texte plus gros").click()
    answer(page)
    heading(page, "Énoncé 2")
    assert Rating.objects.count() == 1
    page.go_back()
    answer(page, "Acquis")
    heading(page, "Énoncé 2")
    rating = Rating.objects.get()
    assert (rating.answer, rating.sequence) == (4, 2)


def test_storage_that_works_says_nothing(open_phone):
    page = start(open_phone())
    expect(page.get_by_text("Cet appareil ne retient rien.")).to_be_hidden()


def test_the_waiting_screen_moves_by_itself(open_phone, meeting):
    set_round(meeting, 2, "waiting")
    set_round(meeting, 3, "waiting")
    page = start(open_phone())
    answer(page)
    heading(page, "Regardez l’écran")
    page.get_by_role("link", name="Retour").click()
    heading(page, "Énoncé 1")
    page.get_by_role("button", name="Suivant", exact=True).click()
    heading(page, "Regardez l’écran")
    set_round(meeting, 2, "open")
    heading(page, "Énoncé 2")


def test_a_late_arrival_starts_with_what_is_open(open_phone, meeting):
    set_round(meeting, 1, "revealed")
    page = open_phone()
    page.get_by_role("button", name="Commencer").click()
    heading(page, "Énoncé 2")


def test_two_tabs_of_one_phone_are_one_seat(open_phone, meeting):
    page = start(open_phone())
    other = page.context.new_page()
    other.goto(page.url)
    answer(page, "En chemin")
    heading(page, "Énoncé 2")
    answer(other, "Acquis")
    heading(other, "Énoncé 2")
    assert list(Rating.objects.values_list("answer", flat=True)) == [4]
    assert Seat.objects.count() == 1
    assert kept_counts(meeting).total() == 1


def test_the_keyboard_alone_is_enough(open_phone):
    page = open_phone()
    tab_to(page, "Commencer")
    page.keyboard.press("Enter")
    heading(page, "Énoncé 1")
    tab_to(page, "À peine amorcé")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Suivant")
    page.keyboard.press("Enter")
    heading(page, "Énoncé 2")
    assert Rating.objects.get().answer == 2
    tab_to(page, "Passer")
    page.keyboard.press("Enter")
    heading(page, "Énoncé 3")


def tab_to(page, words):
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.closest('label') ?? document.activeElement).textContent"
        )
        if words in focused:
            return
    raise AssertionError(f"« {words} » n’est pas atteint au clavier")


def test_exit_questions_by_phone(open_phone, meeting, assert_accessible):
    page = start(open_phone())
    for number in (1, 2, 3):
        heading(page, f"Énoncé {number}")
        page.get_by_role("button", name="Passer").click()
    heading(page, "C’est reçu")
    meeting.exit_questions_open = True
    meeting.revision += 1
    meeting.save()
    heading(page, "Trois questions avant de partir")
    assert_accessible(page)
    page.get_by_label("Oui").first.check()
    page.get_by_role("button", name="Envoyer").click()
    heading(page, "C’est reçu")
    assert ExitAnswer.objects.get().answer == "yes"


def test_every_screen_is_accessible(open_phone, meeting, assert_accessible):
    page = open_phone()
    page.context.watched.expected_statuses.update({404, 410})
    for address in ("/r/", "/r/?code=ZZZ", "/r/vos-reponses/", f"/r/{meeting.join_code}/"):
        page.goto(address)
        assert_accessible(page)
    start(page)
    page.get_by_text("Ajouter un mot").click()
    assert_accessible(page)
    for number in (1, 2, 3):
        heading(page, f"Énoncé {number}")
        page.get_by_role("button", name="Passer").click()
    heading(page, "C’est reçu")
    assert_accessible(page)
    meeting.state, meeting.closed_at = "closed", timezone.now()
    meeting.save()
    page.goto(f"/r/{meeting.join_code}/")
    assert_accessible(page)


def test_targets_are_big_on_a_narrow_phone(open_phone):
    page = start(open_phone(viewport=NARROW))
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, .level, textarea')]
            .filter((node) => node.checkVisibility() && !node.matches('.skip'))
            .map((node) => [node.textContent.trim().slice(0, 30), node.getBoundingClientRect()])
            .filter(([, box]) => box.height > 0 && (box.height < 44 || box.width < 44))
            .map(([text, box]) => `${text} ${box.width}×${box.height}`)"""
    )
    assert small == []


def test_larger_text_is_kept(open_phone):
    page = start(open_phone(viewport=NARROW))
    page.get_by_role("button", name="Texte plus gros").click()
    answer(page)
    heading(page, "Énoncé 2")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0


def test_the_shared_tablet_forgets_the_last_person(new_context, meeting, assert_accessible):
    page = new_context().new_page()
    page.goto(f"/r/tablette/{tablet_pass(meeting)}/")
    expect(page.get_by_text("Tablette partagée")).to_be_visible()
    assert_accessible(page)
    start(page)
    page.get_by_text("Ajouter un mot").click()
    page.get_by_label("Votre mot").fill("Un secret")
    answer(page, "Acquis")
    heading(page, "Énoncé 2")
    page.get_by_role("button", name="J’ai fini").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    for _ in range(3):
        page.go_back()
        expect(page.get_by_role("button", name="Commencer")).to_be_visible()
        expect(page.get_by_text("Un secret")).to_have_count(0)
    start(page)
    expect(page.get_by_label("Acquis")).not_to_be_checked()
    answer(page, "En chemin")
    heading(page, "Énoncé 2")
    assert sorted(Rating.objects.values_list("answer", "seat__medium")) == [
        (2, "shared_tablet"),
        (4, "shared_tablet"),
    ]
