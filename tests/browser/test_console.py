"""The evening in real browsers: the console, the wall of the hall and the phones, each apart."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from appreciation.models import AgreedRating, Meeting, Rating
from tests.browser.conftest import tab_to, take_to
from tests.browser.sizes import DESKTOP, PHONE
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.votes import answer_round, raise_hands

pytestmark = pytest.mark.django_db(transaction=True)

"""Milliseconds: without script, the wall asks again every five seconds."""

LEVELS = ("Acquis", "Acquis", "En chemin")
OLD_PROJECTOR = {"width": 1024, "height": 768}
WIDE_PROJECTOR = {"width": 1920, "height": 1080}
LONGEST_STATEMENT = (
    "Quand une décision touche tout le monde, les personnes qui vivent ici depuis peu, les aînées "
    "qui sortent moins, les jeunes qui étudient ailleurs et celles qui travaillent le soir peuvent "
    "se faire entendre avant que tout soit joué."
)


@pytest.fixture
def elise():
    return UserFactory(username="elise", first_name="Élise", last_name="Meneuse")


@pytest.fixture
def meeting(elise):
    """Planned, guided, three dimensions of one statement."""
    appraisal = AppraisalFactory(
        at_meeting=True, instrument=InstrumentFactory(with_items=3), place__name="Rivière-Témoin"
    )
    MembershipFactory(appraisal=appraisal, user=elise)
    return MeetingFactory(appraisal=appraisal, pace="guided")


@pytest.fixture
def opened(meeting):
    return meetings.open_meeting(meeting=meeting, actor=SYSTEM)


@pytest.fixture
def open_page(new_context, sign_in, elise, meeting):
    """`open_page("projection/", viewport=…)`: the team's page in a device of its own."""

    def open_page(path: str = "", **options) -> Page:
        context = new_context(**options)
        sign_in(context, elise)
        page = context.new_page()
        page.goto(f"/espace/rencontres/{meeting.reference}/{path}")
        return page

    return open_page


def round_of(meeting: Meeting, position: int = 1, number: int = 1):
    return meeting.rounds.get(instrument_dimension__position=position, number=number)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def join(context: BrowserContext, code: str) -> Page:
    phone = context.new_page()
    phone.goto("/r/")
    phone.get_by_label("Code").fill(code)
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_role("button", name="Commencer").click()
    return phone


def answer(phone: Page, statement: str, level: str) -> None:
    expect(phone.get_by_role("heading", level=1)).to_have_text(statement)
    phone.get_by_label(level).check()
    phone.get_by_role("button", name="Suivant", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).not_to_have_text(statement)


def strike(page: Page, key: str) -> None:
    """A one-key gesture, once the page's script listens: what is drawn may not listen yet."""
    expect(page.locator("html")).to_have_attribute("data-shortcuts", "on")
    page.keyboard.press(key)


def says(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def received(page: Page, people: int) -> None:
    expect(page.locator(".received .big")).to_have_text(str(people))


# --- The whole evening ----------------------------------------------------------------------------


def test_an_evening_with_phones_a_console_and_a_wall(new_context, open_page, meeting):
    console, wall = open_page(), open_page("projection/", viewport=OLD_PROJECTOR)
    says(wall, "Bienvenue!")
    press(console, "Ouvrir la rencontre")
    says(wall, "Énoncé 1")
    code = wall.locator(".join .code").inner_text()
    console.get_by_label("Personnes présentes").fill("5")
    press(console, "Inscrire")

    phones = [join(new_context(viewport=PHONE, javascript=bool(n)), code) for n in range(3)]
    for count, (phone, level) in enumerate(zip(phones, LEVELS, strict=True), 1):
        answer(phone, "Énoncé 1", level)
        received(console, count)
        expect(wall.locator(".hall-count")).to_contain_text(re.compile(rf"{count}\s*réponse"))
    expect(
        console.get_by_text("Il manque 2 réponses\N{NO-BREAK SPACE}: 3 reçues, 5 présents.")
    ).to_be_visible()
    expect(console.get_by_text("3 téléphones")).to_be_visible()
    expect(wall.locator(".hall-bar")).to_have_count(0)
    says(phones[1], "Regardez l’écran")

    pause_and_resume(console, wall)
    reveal_and_vote_again(console, wall, phones)
    say_goodbye(console, wall, phones)
    assert Rating.objects.count() == 6


def pause_and_resume(console: Page, wall: Page) -> None:
    press(console, "Mettre en pause")
    expect(wall.get_by_text("On fait une pause.")).to_be_visible()
    press(console, "Reprendre")
    expect(wall.get_by_text("Répondez sur votre téléphone")).to_be_visible()


def reveal_and_vote_again(console: Page, wall: Page, phones: list[Page]) -> None:
    """A second round starts from nothing; the next dimension too."""
    press(console, "Fermer et révéler")
    expect(wall.get_by_role("img", name=re.compile("en chemin 1.*acquis 2"))).to_be_visible()
    press(console, "Voter de nouveau")
    expect(wall.get_by_text("2e tour")).to_be_visible()
    expect(wall.locator(".hall-bar")).to_have_count(0)
    received(console, 0)
    for phone in phones[1:]:
        answer(phone, "Énoncé 1", "Bien avancé")
    received(console, 2)
    press(console, "Fermer sans révéler")
    expect(wall.get_by_text("Les résultats viennent.")).to_be_visible()
    press(console, "Révéler")
    expect(wall.get_by_text("Trop peu de réponses pour les montrer")).to_be_visible()
    press(console, "Dimension suivante")
    says(wall, "Énoncé 2")
    answer(phones[1], "Énoncé 2", "À peine amorcé")


def say_goodbye(console: Page, wall: Page, phones: list[Page]) -> None:
    console.get_by_label("Minuteur, en minutes").fill("2")
    press(console, "Lancer")
    expect(wall.get_by_text(re.compile(r"^1 min \d\d s$"))).to_be_visible()
    press(console, "Poser les trois questions de sortie")
    says(wall, "Trois questions")
    says(phones[1], "Trois questions avant de partir")
    console.locator("summary", has_text="Fermer la rencontre").click()
    press(console, "Oui, fermer la rencontre")
    says(wall, "Merci d’être là!")
    for phone in phones:
        take_to(phone, phone.url.partition("?")[0])
        says(phone, "La rencontre est fermée")
    says(console, "Les téléphones sont fermés")
    expect(
        console.get_by_text("Il manque 2 feuilles\N{NO-BREAK SPACE}: 3 reçues, 5 présents.")
    ).to_be_visible()
    press(console, "Tout révéler à la salle")
    press(console, "Saisie terminée")
    says(console, "La saisie est terminée")
    press(console, "Rouvrir la saisie")
    says(console, "Les téléphones sont fermés")


def test_two_facilitators_see_one_console(open_page, opened):
    first, second = open_page(), open_page()
    press(first, "Mettre en pause")
    expect(second.get_by_role("button", name="Reprendre")).to_be_visible()
    press(second, "Reprendre")
    expect(first.get_by_role("button", name="Mettre en pause")).to_be_visible()


def test_a_number_half_typed_is_not_swept_away(open_page, opened):
    page = open_page()
    page.get_by_label("Personnes présentes").fill("1")
    answer_round(round_of(opened), [1, 2])
    received(page, 2)
    expect(page.get_by_label("Personnes présentes")).to_have_value("1")
    press(page, "Inscrire")
    expect(page.get_by_text("2 réponses pour 1 personne")).to_be_visible()


def test_a_lost_connection_is_said_and_the_numbers_come_back(open_page, opened):
    page = open_page()
    page.context.set_offline(True)
    expect(page.get_by_text("La connexion est perdue.")).to_be_visible()
    answer_round(round_of(opened), [1, 2])
    page.context.set_offline(False)
    received(page, 2)
    expect(page.get_by_text("La connexion est perdue.")).to_be_hidden()


def test_the_screen_reader_hears_the_number(open_page, opened):
    page = open_page()
    meetings.set_head_count(meeting=opened, actor=SYSTEM, head_count=3)
    answer_round(round_of(opened), [1, 2])
    expect(page.locator("#annonce")).to_have_text(
        "2 réponses. Il manque 1 réponse\N{NO-BREAK SPACE}: 2 reçues, 3 présents."
    )


# --- Keyboard -------------------------------------------------------------------------------------


def test_the_evening_by_tab_and_enter(open_page, meeting):
    page = open_page()
    for gesture in ("ouvrir", "pause", "reprendre", "fermer-dimension", "reveler"):
        expect(page.locator(f"#geste-{gesture}")).to_be_visible()
        tab_to(page, f"#geste-{gesture}")
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Dimension suivante")).to_be_visible()
    assert round_of(meeting).state == "revealed"
    tab_to(page, "#fermer-la-rencontre summary")
    page.keyboard.press("Enter")
    tab_to(page, "#geste-fermer")
    page.keyboard.press("Enter")
    says(page, "Les téléphones sont fermés")


def test_one_key_gestures_can_be_turned_off(open_page, opened):
    page = open_page()
    asked = page.locator("#reveler-peu")
    expect(asked.locator("kbd")).to_be_visible()
    strike(page, "r")
    expect(asked.get_by_text("0 réponse\N{NO-BREAK SPACE}: sous trois")).to_be_visible()
    assert round_of(opened).state == "open"
    answer_round(round_of(opened), [3, 4, 4])
    expect(page.get_by_role("button", name="Fermer et révéler").locator("kbd")).to_be_visible()
    strike(page, "r")
    expect(page.get_by_role("button", name="Dimension suivante")).to_be_visible()
    strike(page, "n")
    says(page, opened.instrument.instrument_dimensions.all()[1].dimension.name)
    strike(page, "p")
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
    page.get_by_label("Raccourcis du clavier").uncheck()
    expect(page.locator("kbd").first).to_be_hidden()
    page.keyboard.press("p")
    page.reload()
    page.keyboard.press("p")
    assert round_of(opened, 2).state == "paused"


def test_a_letter_typed_in_a_box_is_no_gesture(open_page, opened):
    page = open_page()
    page.get_by_label("Personnes présentes").press("r")
    page.get_by_label("Personnes présentes").press("p")
    assert round_of(opened).state == "open"


# --- Without JavaScript ---------------------------------------------------------------------------


def test_without_script_the_console_leads_and_the_wall_follows(open_page, meeting):
    console = open_page(javascript=False)
    wall = open_page("projection/", javascript=False, viewport=WIDE_PROJECTOR)
    press(console, "Ouvrir la rencontre")
    expect(wall.get_by_role("heading", level=1)).to_have_text("Énoncé 1")
    answer_round(round_of(meeting), [3, 4, 4])
    console.get_by_role("link", name="Recharger les nombres").click()
    received(console, 3)
    expect(console.locator("kbd").first).to_be_hidden()
    expect(console.locator("#raccourcis")).to_be_hidden()
    console.context.watched.expected_statuses.add(422)
    console.get_by_label("Personnes présentes").fill("9999")
    press(console, "Inscrire")
    expect(console.get_by_label("Personnes présentes")).to_have_value("9999")
    press(console, "Fermer et révéler")
    revealed = wall.get_by_role("img", name=re.compile("bien avancé 1, acquis 2"))
    expect(revealed).to_be_visible()


# --- One single screen ----------------------------------------------------------------------------


def test_one_single_screen_shows_no_name_and_no_paper(open_page, opened, elise):
    answer_round(round_of(opened), [3, 4, 4], medium="paper")
    page = open_page(viewport=OLD_PROJECTOR)
    press(page, "Passer à un seul écran")
    expect(page.get_by_role("button", name="Débrancher le projecteur")).to_be_visible()
    says(page, "Énoncé 1")
    assert "Meneuse" not in page.content()
    assert "/feuilles/" not in page.content()
    strike(page, "r")
    expect(page.get_by_role("img", name=re.compile("acquis 2"))).to_be_visible()
    expect(page.get_by_role("button", name="Débrancher le projecteur")).to_be_in_viewport()

    console_address = page.url
    page.context.watched.expected_statuses.add(409)
    for path in ("feuilles/", "secretaire/"):
        page.goto(console_address + path)
        expect(page.get_by_text("débranchez d’abord le projecteur")).to_be_visible()
    page.goto(console_address)
    press(page, "Débrancher le projecteur")
    expect(page.get_by_role("link", name="Grille de saisie")).to_be_visible()


# --- Seen by everybody ----------------------------------------------------------------------------


def bring_to(meeting: Meeting, moment: str) -> None:
    """One moment of the evening."""
    round_ = round_of(meeting)
    gestures = {
        "paused": lambda: meetings.pause_round(meeting=meeting, actor=SYSTEM, round_id=round_.pk),
        "revealed": lambda: reveal(meeting, round_, [1, 2, 2, 3, 4, -1]),
        "suppressed": lambda: reveal(meeting, round_, [1, 2]),
        "agreed": lambda: agree(meeting, round_),
        "whole": lambda: meetings.show_dimension(meeting=meeting, actor=SYSTEM, dimension_id=None),
        "exit": lambda: meetings.set_exit_questions(meeting=meeting, actor=SYSTEM, are_open=True),
        "closed": lambda: meetings.close_meeting(meeting=meeting, actor=SYSTEM),
        "timer": lambda: meetings.set_timer(meeting=meeting, actor=SYSTEM, seconds=600),
        "voting": lambda: None,
    }
    meetings.set_head_count(meeting=meeting, actor=SYSTEM, head_count=9)
    raise_hands(round_, {2: 1})
    gestures[moment]()


def reveal(meeting: Meeting, round_, answers: list[int]) -> None:
    answer_round(round_, answers)
    meetings.close_and_reveal_round(meeting=meeting, actor=SYSTEM, round_id=round_.pk)


def agree(meeting: Meeting, round_) -> None:
    reveal(meeting, round_, [1, 2, 2, 3, 4, -1])
    AgreedRating.objects.create(
        meeting=meeting, item=round_.instrument_dimension.items.first(), level=3
    )


MOMENTS = (
    "voting",
    "paused",
    "timer",
    "revealed",
    "agreed",
    "suppressed",
    "whole",
    "exit",
    "closed",
)


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_wall_and_the_console_are_accessible(open_page, opened, assert_accessible, moment):
    """The wall, with a short statement, is also whole and huge."""
    bring_to(opened, moment)
    page = open_page("projection/", viewport=OLD_PROJECTOR)
    is_whole_and_huge(page)
    page.set_viewport_size(DESKTOP)
    assert_accessible(page)
    page.goto(f"/espace/rencontres/{opened.reference}/")
    assert_accessible(page)


def test_another_day_is_asked_then_undone(open_page, meeting, assert_accessible):
    Meeting.objects.update(starts_at=timezone.now() + dt.timedelta(days=26))
    page = open_page()
    expect(page.get_by_text("dans 26 jours")).to_be_visible()
    expect(page.get_by_role("link", name="Faire une répétition générale")).to_be_visible()
    assert_accessible(page)
    press(page, "Oui, ouvrir la vraie rencontre maintenant")
    expect(page.get_by_text("le code fonctionne")).to_be_visible()
    page.locator("#remettre-a-prevue summary").click()
    press(page, "Oui, remettre à «\N{NO-BREAK SPACE}prévue\N{NO-BREAK SPACE}»")
    says(page, "Tout est prêt")


def test_the_console_before_the_opening_is_accessible(open_page, meeting, assert_accessible):
    assert_accessible(open_page())


@pytest.mark.parametrize("moment", ["voting", "revealed", "closed"])
def test_the_single_screen_is_accessible(open_page, opened, assert_accessible, moment):
    bring_to(opened, moment)
    meetings.set_mirrored_screen(meeting=opened, actor=SYSTEM, is_mirrored=True)
    assert_accessible(open_page())


CUT = """() => [...document.querySelectorAll('.projection main, .projection .join')]
    .filter((box) =>
        box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
    .map((box) => `${box.className || box.id} ${box.scrollWidth}×${box.scrollHeight}`)"""
OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll('.projection main > *')]
        .map((node) => [node.textContent.trim().slice(0, 20), node.getBoundingClientRect()]);
    return boxes.slice(1).filter(([, box], n) => box.top < boxes[n][1].bottom - 1)
        .map(([text]) => text);
}"""
SMALL = """() => [...document.querySelectorAll('.projection *')]
    .filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
    .filter((node) => parseFloat(getComputedStyle(node).fontSize) < innerHeight / 40)
    .map((node) => node.textContent.trim().slice(0, 30))"""


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_longest_statement_keeps_the_wall_whole_and_huge(open_page, opened, moment):
    type(round_of(opened).instrument_dimension.items.get()).objects.update(text=LONGEST_STATEMENT)
    bring_to(opened, moment)
    is_whole_and_huge(open_page("projection/", viewport=OLD_PROJECTOR))


def is_whole_and_huge(page: Page) -> None:
    """On an old projector and a wide one: nothing cut, nothing on top of another, nothing small."""
    for viewport in (OLD_PROJECTOR, WIDE_PROJECTOR, {"width": 1280, "height": 720}):
        page.set_viewport_size(viewport)
        for problem in (CUT, OVERLAPS, SMALL):
            assert page.evaluate(problem) == [], viewport
        numbers_stand_clear(page)


def numbers_stand_clear(page: Page) -> None:
    """The number above the tallest column does not run into the statement."""
    assert (
        page.evaluate(
            """() => {
            const statement = document.querySelector('.projection h1').getBoundingClientRect();
            return [...document.querySelectorAll('.hall-bar text')]
                .filter((number) => number.getBoundingClientRect().top < statement.bottom - 4)
                .map((number) => number.textContent);
        }"""
        )
        == []
    )


def test_several_statements_are_chosen_from_the_console(open_page, opened):
    dimension = round_of(opened).instrument_dimension
    ItemFactory(instrument_dimension=dimension, position=30_000, text="On s’entraide.")
    console, wall = open_page(), open_page("projection/")
    says(wall, "Énoncé 1")
    console.get_by_role("button", name="On s’entraide.").click()
    says(wall, "On s’entraide.")


def test_targets_are_big_at_the_console(open_page, opened):
    page = open_page(viewport=PHONE)
    small = page.evaluate(
        """() => ['button', 'summary', 'input', '.button']
            .flatMap((kind) => [...document.querySelectorAll(`main ${kind}`)])
            .filter((node) => node.checkVisibility() && node.type !== 'checkbox')
            .map((node) => [node.textContent.trim().slice(0, 30), node.getBoundingClientRect()])
            .filter(([, box]) => box.height > 0 && (box.height < 44 || box.width < 44))
            .map(([text, box]) => `${text} ${box.width}×${box.height}`)"""
    )
    assert small == []
