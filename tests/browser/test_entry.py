"""Paper, hands and the shared tablet in real browsers, typed at the keyboard as an evening goes."""

from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from appreciation.domain.actors import Actor
from appreciation.domain.evening_passes import create_evening_pass
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.models import ExitAnswer, ExitHandCount, HandCount, MeetingLog, Rating, Seat
from tests.browser.test_space import tab_to
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    MeetingFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def elise():
    return UserFactory(username="elise", first_name="Élise", last_name="Meneuse")


@pytest.fixture
def meeting(elise):
    """Open, each at his own pace, twelve dimensions of one statement; fifteen people came."""
    appraisal = AppraisalFactory(
        at_meeting=True, instrument=InstrumentFactory(with_items=12), place__name="Rivière-Témoin"
    )
    MembershipFactory(appraisal=appraisal, user=elise)
    return MeetingFactory(appraisal=appraisal, open=True, head_count=15)


@pytest.fixture
def team(new_context, sign_in, elise, meeting):
    """`team("mains/")`: a screen of the meeting, on the facilitator's computer."""

    def open_page(path: str = "", **options) -> Page:
        context = new_context(**options)
        sign_in(context, elise)
        page = context.new_page()
        page.goto(f"/espace/rencontres/{meeting.reference}/{path}")
        return page

    return open_page


@pytest.fixture
def evening_pass(meeting, elise):
    return create_evening_pass(meeting=meeting, actor=Actor(user=elise), label="Ginette")


@pytest.fixture
def secretary(new_context, evening_pass):
    """`secretary()`: somebody without an account who followed the link, at the grid."""

    def join(**options) -> Page:
        page = new_context(**options).new_page()
        page.goto(f"/r/soir/{evening_pass.token}/")
        tab_to(page, "main button[type=submit]")
        page.keyboard.press("Enter")
        says(page, "Saisir les feuilles")
        return page

    return join


def says(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


# --- Hands ----------------------------------------------------------------------------------------


def test_hands_are_counted_by_keyboard(secretary, meeting):
    page = secretary()
    page.get_by_role("link", name="Mains levées").click()
    says(page, "Compter les mains levées")
    second = questionnaire_for(meeting.instrument).items[1]
    tab_to(page, f"#q-{second.id} [name=n1]")
    for hands in ("3", "0", "7", "", "2"):
        page.keyboard.type(hands)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("12 mains enregistrées.")).to_be_visible()
    stored = HandCount.objects.values_list("item", "answer", "count")
    assert sorted(stored) == [(second.id, -1, 2), (second.id, 1, 3), (second.id, 3, 7)]
    log = MeetingLog.objects.get(action="Mains levées")
    assert (log.by_label, log.user) == ("Ginette", None)
    assert log.detail == f"{second.code}, 1er tour: 1 × 3, 3 × 7, NSP × 2"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("9", "7"), f"16{NBSP}mains pour 15{NBSP}personnes présentes"),
        (("trois", "4"), "Rien n’est enregistré"),
    ],
)
@pytest.mark.parametrize("javascript", [True, False])
def test_hands_that_cannot_be_are_refused_and_stay_on_screen(
    team, meeting, typed, told, javascript
):
    page = team("mains/", javascript=javascript)
    page.context.watched.expected_statuses.add(422)
    last = page.locator(f"#q-{questionnaire_for(meeting.instrument).items[-1].id}")
    for name, hands in zip(("n1", "n2"), typed, strict=True):
        last.locator(f"[name={name}]").fill(hands)
    last.get_by_role("button").click()
    refusal = last.get_by_role("alert")
    expect(refusal).to_contain_text(told.replace(NBSP, " "))
    if javascript:
        expect(refusal).to_be_focused()
        expect(refusal).to_be_in_viewport()
    for name, hands in zip(("n1", "n2"), typed, strict=True):
        expect(last.locator(f"[name={name}]")).to_have_value(hands)
    assert not HandCount.objects.exists()
    last.locator("[name=n1]").fill("8")
    last.get_by_role("button").click()
    expect(page.get_by_text("mains enregistrées.")).to_be_visible()
    assert HandCount.objects.get(answer=1).count == 8


def test_exit_hands_above_the_head_count_stay_on_screen(team):
    page = team("mains/")
    page.context.watched.expected_statuses.add(422)
    exits = page.locator("#sortie")
    again = exits.get_by_role("group", name="Reviendriez-vous?")
    again.get_by_label("Oui").fill("14")
    again.get_by_label("Non").fill("2")
    press(page, "Enregistrer les questions de sortie")
    expect(exits.get_by_role("alert")).to_contain_text("16 mains pour 15 personnes présentes")
    expect(again.get_by_label("Oui")).to_have_value("14")
    assert not ExitHandCount.objects.exists()
    again.get_by_label("Non").fill("1")
    press(page, "Enregistrer les questions de sortie")
    expect(page.get_by_text("Les questions de sortie sont enregistrées.")).to_be_visible()
    assert Counter(dict(ExitHandCount.objects.values_list("answer", "count"))) == {
        "yes": 14,
        "no": 1,
    }


# --- The shared tablet ----------------------------------------------------------------------------


def test_three_people_follow_one_another_on_one_tablet(team, new_context, meeting):
    """The console gives the link; each person finds the device empty, even going back."""
    console = team()
    console.get_by_role("link", name="Tablette partagée").click()
    says(console, "Tablette partagée")
    address = console.locator(".pass-link code").inner_text()
    tablet = new_context(viewport={"width": 820, "height": 1180}).new_page()
    tablet.goto(address)
    meeting.exit_questions_open = True
    meeting.save()
    people = (
        ("Acquis", "mot de la première"),
        ("En chemin", "mot de la deuxième"),
        ("Bien avancé", ""),
    )
    for level, word in people:
        answer_two_then_leave(tablet, level, word)
        for _ in range(4):
            tablet.go_back()
            expect(tablet.get_by_role("button", name="Commencer")).to_be_visible()
            for said in ("mot de la", "Ce que vous avez envoyé"):
                expect(tablet.get_by_text(said)).to_have_count(0)
        tablet.goto(f"/r/{meeting.join_code}/")
    answers = Rating.objects.order_by("seat", "item").values_list("seat__medium", "answer")
    assert list(answers) == [
        (medium, answer)
        for answer in (4, 2, 3)
        for medium in ["shared_tablet"] * 2
        for answer in [answer]
    ]
    assert Seat.objects.count() == 3
    assert Counter(ExitAnswer.objects.values_list("answer", flat=True)) == {"yes": 3}


def answer_two_then_leave(tablet: Page, level: str, word: str) -> None:
    """Two questions, a word, the exit questions: none of it was there before she came."""
    press(tablet, "Commencer")
    for number in (1, 2):
        says(tablet, f"Énoncé {number}")
        expect(tablet.get_by_role("radio", checked=True)).to_have_count(0)
        tablet.get_by_label(level).check()
        if word and number == 1:
            tablet.get_by_text("Ajouter un mot").click()
            expect(tablet.get_by_label("Votre mot")).to_have_value("")
            tablet.get_by_label("Votre mot").fill(word)
        press(tablet, "Suivant")
    says(tablet, "Énoncé 3")
    tablet.goto(f"{tablet.url.partition('?')[0]}sortie/")
    expect(tablet.get_by_role("radio", checked=True)).to_have_count(0)
    tablet.get_by_role("radio", name="Oui").first.check()
    press(tablet, "Envoyer")
    says(tablet, "Énoncé 3")
    press(tablet, "J’ai fini : personne suivante".replace(" :", f"{NBSP}:"))
    expect(tablet.get_by_role("button", name="Commencer")).to_be_visible()


def test_before_and_after_the_evening_the_tablet_page_says_what_to_do(team, meeting):
    meeting.state, meeting.closed_at = "closed", meeting.opened_at
    meeting.save()
    page = team("tablette/")
    expect(page.get_by_text("La rencontre est fermée")).to_be_visible()
    expect(page.locator(".pass-link")).to_have_count(0)


# --- Seen by everybody ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["mains/", "secretaire/", "tablette/"])
def test_the_screens_of_the_entry_are_accessible(team, evening_pass, assert_accessible, path):
    assert_accessible(team(path))


def test_hands_refused_are_accessible(team, assert_accessible):
    page = team("mains/")
    page.context.watched.expected_statuses.add(422)
    first = page.locator("form.hand-count").first
    first.locator("[name=n1]").fill("trois")
    first.get_by_role("button").click()
    expect(first.get_by_role("alert")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("path", ["/r/soir/{token}/", "/r/soir/perdu/"])
def test_the_secretary_s_door_is_accessible(page, evening_pass, assert_accessible, path):
    page.context.watched.expected_statuses.add(404)
    page.goto(path.format(token=evening_pass.token))
    assert_accessible(page)
