"""Paper, hands and the shared tablet in real browsers, typed at the keyboard as an evening goes."""

import io
from collections import Counter

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from appreciation.domain.actors import Actor
from appreciation.domain.evening_passes import create_evening_pass, revoke_evening_pass
from appreciation.domain.queries.exit_counts import exit_answer_counts
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.shipped_instruments import load_shipped_instruments
from appreciation.models import (
    Comment,
    ExitAnswer,
    ExitHandCount,
    HandCount,
    Instrument,
    MeetingLog,
    Rating,
    RatingCorrection,
    Seat,
)
from reference.domain.vocabularies import load_vocabularies
from tests.browser.conftest import tab_to
from tests.browser.sizes import PHONE
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
        if options.get("javascript", True):
            expect(page.locator("input.answer").first).to_be_focused()
        return page

    return join


def says(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


# --- Paper sheets ---------------------------------------------------------------------------------

KEYS = {"1": 1, "2": 2, "3": 3, "4": 4, "n": -1, "p": -2}
EXIT_KEYS = {"o": "yes", "m": "somewhat", "n": "no"}
SHEETS = {
    number: ("".join("1234np"[(number * 5 + rank * rank) % 6] for rank in range(12)), exits)
    for number, exits in enumerate(["omn", "ooo", "nmo", "", "mmm"] * 3, start=1)
}
"""15 sheets as a secretary reads them aloud: twelve answers, then the exit questions or nothing."""
MOST_KEYSTROKES = 16
"""A sheet in 40 seconds leaves two and a half seconds for each: reading it, then one key."""


def back_to(page: Page, selector: str) -> None:
    """Shift+Tab until `selector` has the focus: it stands just before where the hands are."""
    for _ in range(8):
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
        page.keyboard.press("Shift+Tab")
    pytest.fail(f"Trop loin pour le clavier: {selector}.")


class Typist:
    """The keyboard alone, and how many times a finger went down."""

    def __init__(self, page: Page) -> None:
        self.page, self.keystrokes = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keystrokes += 1


def test_a_digit_changed_while_its_row_is_on_the_way_is_not_called_saved(secretary):
    page, on_the_way = secretary(), []
    page.context.watched.expected_statuses.add(409)
    page.route("**/feuilles/", lambda route: on_the_way.append(route))  # noqa: PLW0108
    Typist(page).press(*"123412341234", "Enter")
    expect(page.get_by_text("Enregistrement…")).to_be_visible()
    page.locator("input.answer").first.press("4")
    on_the_way[0].continue_()
    expect(page.get_by_text("Vous avez changé cette ligne depuis")).to_be_visible()
    page.unroute("**/feuilles/")
    row = page.locator("tr[data-row='0']")
    row.locator(".row-save").click()
    expect(row.locator(".row-message")).to_contain_text("La feuille 1 est déjà saisie autrement")
    row.locator(".replace input").check()
    row.locator(".row-save").click()
    expect(row.locator(".row-message")).to_have_text("Feuille 1 enregistrée")
    expect(page.locator("#liste-saisies tbody tr")).to_have_count(1)
    expect(page.get_by_role("link", name="Voir ou corriger les feuilles")).to_be_visible()
    assert stored_sheets() == {1: [4, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]}


def test_fifteen_sheets_by_keyboard_alone(secretary):
    page = secretary()
    expect(page.locator("[name='0-numero']")).to_have_value("1")
    expect(page.locator("input.answer").first).to_have_css("text-align", "center")
    typist, per_sheet = Typist(page), []
    for number, (answers, exits) in SHEETS.items():
        before = typist.keystrokes
        # Enter by habit after every sheet skips no row where the last answer went on by itself.
        typist.press(*answers, *exits, *(["Enter"] if number < len(SHEETS) else []))
        per_sheet.append(typist.keystrokes - before)
    for number in SHEETS:
        expect(page.get_by_text(f"Feuille {number} enregistrée", exact=True)).to_be_visible()
    expect(page.locator("#totaux")).to_have_text(f"Le compte y est{NBSP}: 15 reçues, 15 présents")
    assert stored_sheets() == {
        number: [KEYS[key] for key in answers] for number, (answers, _) in SHEETS.items()
    }
    assert stored_exits() == {
        number: [EXIT_KEYS[key] for key in exits] for number, (_, exits) in SHEETS.items() if exits
    }
    assert max(per_sheet) <= MOST_KEYSTROKES, per_sheet
    # The next key opens fifteen more rows, from the next free number on.
    typist.press("Enter")
    expect(page.locator("[name='0-numero']")).to_have_value("16")
    logged = MeetingLog.objects.filter(user=None)
    assert set(logged.values_list("by_label", flat=True)) == {"Ginette"}


def stored_sheets() -> dict[int, list[int]]:
    sheets: dict[int, list[int]] = {}
    ratings = Rating.objects.filter(seat__medium="paper").order_by("seat__sheet_number", "item")
    for number, answer in ratings.values_list("seat__sheet_number", "answer"):
        sheets.setdefault(number, []).append(answer)
    return sheets


def stored_exits() -> dict[int, list[str]]:
    sheets: dict[int, dict[str, str]] = {}
    found = ExitAnswer.objects.filter(seat__medium="paper")
    for number, question, answer in found.values_list("seat__sheet_number", "question", "answer"):
        sheets.setdefault(number, {})[question] = answer
    return {n: [said[q] for q in ("heard", "useful", "again")] for n, said in sheets.items()}


def test_a_sheet_has_its_own_number_and_may_skip_questions(secretary, meeting):
    """Left to the number, the number typed, Enter back to the answers; arrows pass over blanks."""
    page = secretary()
    typist = Typist(page)
    typist.press("ArrowLeft", "4", "0", "Enter", "3", "ArrowRight", "n", "Enter")
    expect(page.get_by_text("Feuille 40 enregistrée")).to_be_visible()
    items = [item.id for item in questionnaire_for(meeting.instrument).items]
    stored = Rating.objects.values_list("seat__sheet_number", "item", "answer")
    assert sorted(stored) == [(40, items[0], 3), (40, items[2], -1)]
    # A slip of the finger is put right before the row is left: Backspace on an empty box goes back.
    typist.press("9", "4", "ArrowLeft", "2", "x", "Enter")
    expect(page.get_by_text("Feuille 2 à corriger")).to_have_count(0)
    expect(page.locator("tr[data-row='1'] .row-message")).not_to_be_empty()
    assert typist.keystrokes == 14


def test_the_access_that_ends_loses_nothing(secretary, evening_pass, elise, meeting):
    page = secretary()
    typist = Typist(page)
    typist.press(*"123412341234", "Enter")
    expect(page.get_by_text("Feuille 1 enregistrée")).to_be_visible()
    page.context.watched.expected_statuses.add(401)
    revoke_evening_pass(evening_pass=evening_pass, actor=Actor(user=elise))
    typist.press(*"432143214321", "o", "Enter")
    second = page.locator("tr[data-row='1']")
    expect(second.locator(".row-message")).to_have_text(
        f"Votre accès est terminé. Rien n’est perdu{NBSP}: ce que vous avez tapé est à l’écran."
    )
    expect(page.locator("#acces-termine")).to_be_visible()
    typed = [box.input_value() for box in second.locator("input.answer").all()]
    assert "".join(typed) == "432143214321O"
    assert list(stored_sheets()) == [1]

    again = create_evening_pass(meeting=meeting, actor=Actor(user=elise), label="Ginette")
    other_tab = page.context.new_page()
    other_tab.goto(f"/r/soir/{again.token}/")
    press(other_tab, "Commencer la saisie")
    says(other_tab, "Saisir les feuilles")
    other_tab.close()
    second.locator("input.answer").last.focus()
    typist.press("Enter")
    expect(page.get_by_text("Feuille 2 enregistrée")).to_be_visible()
    expect(page.locator("#acces-termine")).to_be_hidden()
    assert stored_sheets()[2] == [4, 3, 2, 1] * 3


def test_without_script_an_access_that_ends_gives_the_sheet_back(
    secretary, evening_pass, elise, meeting
):
    page = secretary(javascript=False)
    page.context.watched.expected_statuses.add(403)
    page.locator("tr[data-row='2'] input.answer").first.fill("3")
    revoke_evening_pass(evening_pass=evening_pass, actor=Actor(user=elise))
    page.get_by_role("button", name="Enregistrer les feuilles").last.click()
    says(page, "Votre accès d’un soir est terminé")
    expect(page.get_by_text("n’est pas enregistré, mais il est gardé")).to_be_visible()
    again = create_evening_pass(meeting=meeting, actor=Actor(user=elise), label="Ginette")
    page.goto(f"/r/soir/{again.token}/")
    press(page, "Commencer la saisie")
    kept = page.locator("tr[data-row='2']")
    expect(kept.locator("input.answer").first).to_have_value("3")
    page.get_by_role("button", name="Enregistrer les feuilles").last.click()
    expect(page.get_by_text("1 feuille enregistrée.")).to_be_visible()
    assert stored_sheets() == {3: [3]}


def test_a_correction_by_keyboard_is_written_in_the_journal(secretary, team, meeting):
    page = secretary()
    typist = Typist(page)
    typist.press(*"111111111111", *"oo", "Enter", *"222222222222", "Enter")
    expect(page.get_by_text("Feuille 2 enregistrée")).to_be_visible()
    page.reload()
    expect(page.locator("input.answer").first).to_be_focused()
    back_to(page, "a[href='#saisies']")
    typist.press("Enter")
    tab_to(page, "a[href$='corriger=1']")
    typist.press("Enter")
    expect(page.get_by_text("changez ce qui doit l’être")).to_be_visible()
    expect(page.locator("input.answer").first).to_be_focused()
    expect(page.locator("input.exit-answer").first).to_have_value("O")
    typist.press("ArrowRight", "ArrowRight", "4", "Enter")
    expect(page.get_by_text("Feuille 1 enregistrée")).to_be_visible()
    page.reload()
    corrections = page.locator("section[aria-labelledby='corrections'] li")
    expect(corrections).to_have_count(1)
    expect(corrections).to_contain_text(f"Feuille 1, question 3{NBSP}: 1 → 4. Ginette, ")
    assert stored_sheets()[1] == [1, 1, 4] + [1] * 9
    correction = RatingCorrection.objects.get()
    assert (correction.old_answer, correction.new_answer, correction.by_label) == (1, 4, "Ginette")

    journal = team()
    journal.goto(f"/espace/demarches/{meeting.appraisal.reference}/journal/")
    line = journal.get_by_text("corrigées: 1 (1er tour)".replace(":", f"{NBSP}:")).first
    expect(line).to_be_visible()
    expect(journal.get_by_text("Ginette").first).to_be_visible()


def test_a_sheet_typed_twice_shows_both_and_replaces_on_purpose(secretary):
    page = secretary()
    page.context.watched.expected_statuses.add(409)
    typist = Typist(page)
    typist.press(*"111111111111", "Enter")
    expect(page.get_by_text("Feuille 1 enregistrée")).to_be_visible()
    typist.press("ArrowLeft", "1", "Enter", *"111111111114", "Enter")
    second = page.locator("tr[data-row='1']")
    expect(second.locator(".row-message")).to_contain_text("La feuille 1 est déjà saisie autrement")
    expect(second.get_by_text(f"gardé{NBSP}: 1")).to_be_visible()
    assert stored_sheets()[1] == [1] * 12
    back_to(page, "tr[data-row='1'] .replace input")
    typist.press("Space")
    tab_to(page, "tr[data-row='1'] .row-save")
    typist.press("Enter")
    expect(second.locator(".row-message")).to_have_text("Feuille 1 enregistrée")
    assert stored_sheets()[1] == [1] * 11 + [4]


def test_the_short_grid_prints_on_both_sides_of_one_sheet(team, meeting):
    """A third page would put the second person's questions on the back of the first one's sheet."""
    load_vocabularies()
    load_shipped_instruments()
    appraisal = meeting.appraisal
    appraisal.announced_level = "full"
    appraisal.save()
    meeting.instrument = Instrument.objects.get(is_default=True)
    meeting.asks_sector = True
    meeting.save()
    page = team("formulaire/?numeros=1-2")
    with pikepdf.open(io.BytesIO(page.pdf(format="Letter"))) as printed:
        assert len(printed.pages) == 4


# --- The exit questions ---------------------------------------------------------------------------


def test_exit_questions_by_phone_paper_and_hands_are_added(secretary, team, new_context, meeting):
    meeting.exit_questions_open = True
    meeting.save()
    phone = new_context(viewport=PHONE).new_page()
    phone.goto(f"/r/{meeting.join_code}/")
    press(phone, "Commencer")
    says(phone, "Énoncé 1")
    phone.goto(f"/r/{meeting.join_code}/sortie/")
    for question in ("Avez-vous senti qu’on vous écoutait?", "Reviendriez-vous?"):
        phone.get_by_role("group", name=question).get_by_label("Oui").check()
    press(phone, "Envoyer")
    says(phone, "Énoncé 1")

    paper = secretary()
    for exits in ("onm", "ooo"):
        Typist(paper).press(*"444444444444", *exits)
    expect(paper.get_by_text("Feuille 2 enregistrée")).to_be_visible()
    paper.get_by_role("link", name="Mains levées").click()
    paper.get_by_role("group", name="Avez-vous senti qu’on vous écoutait?").get_by_label(
        "Non"
    ).fill("1")
    paper.get_by_role("group", name="Reviendriez-vous?").get_by_label("Oui").fill("2")
    press(paper, "Enregistrer les questions de sortie")
    expect(paper.get_by_text("Les questions de sortie sont enregistrées.")).to_be_visible()

    counts = {asked: each.levels for asked, each in exit_answer_counts(meeting).items()}
    assert counts == {"heard": (1, 0, 3), "useful": (1, 0, 1), "again": (0, 1, 4)}
    results = team("resultats/")
    lived = results.locator("section, figure", has_text="Comment la rencontre a été vécue").last
    expect(lived).to_contain_text(f"Avez-vous senti qu’on vous écoutait? Oui{NBSP}: 3 sur 4.")
    expect(lived).to_contain_text(f"Reviendriez-vous? Oui{NBSP}: 4 sur 5.")


# --- Words ----------------------------------------------------------------------------------------


def test_words_are_copied_by_keyboard_without_the_sheet_they_come_from(secretary, team, meeting):
    page = secretary()
    page.get_by_role("link", name="Mots écrits").click()
    says(page, "Copier les mots des feuilles")
    item = questionnaire_for(meeting.instrument).items[2]
    for word in ("On manque de logements\N{HORIZONTAL ELLIPSIS}", "Le quai nous rassemble."):
        tab_to(page, "#id_item")
        page.keyboard.type("3.")
        page.keyboard.press("Tab")
        page.keyboard.type(word)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Le mot est gardé.")).to_be_visible()
        expect(page.get_by_label("Le mot, tel qu’il est écrit")).to_have_value("")
    words = Comment.objects.order_by("-text").values_list("item", "text")
    assert list(words) == [
        (item.id, "On manque de logements\N{HORIZONTAL ELLIPSIS}"),
        (item.id, "Le quai nous rassemble."),
    ]
    assert not Seat.objects.exists()
    assert not MeetingLog.objects.filter(by_label="Ginette", detail__contains="mot").exists()
    board = team(f"deliberation/{item_dimension(meeting, 2)}/")
    expect(board.get_by_text("Le quai nous rassemble.")).to_be_attached()  # folded with the others


def item_dimension(meeting, rank: int) -> str:
    return questionnaire_for(meeting.instrument).rated_dimensions[rank].code


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


def test_the_screens_of_the_entry_are_accessible(team, evening_pass, assert_accessible):
    page = team("feuilles/")
    for path in ("feuilles/", "mains/", "mots/", "secretaire/", "tablette/"):
        page.goto(f"/espace/rencontres/{evening_pass.meeting.reference}/{path}")
        assert_accessible(page)


def test_the_grid_with_sheets_errors_and_corrections_is_accessible(
    secretary, evening_pass, assert_accessible
):
    page = secretary()
    page.context.watched.expected_statuses |= {409, 422}
    typist = Typist(page)
    typist.press(*"111111111111", *"omn")
    expect(page.get_by_text("Feuille 1 enregistrée")).to_be_visible()
    typist.press("ArrowLeft", "1", "Enter", *"411111111111", "Enter")
    expect(page.get_by_text("est déjà saisie autrement")).to_be_visible()
    typist.press("Enter", "ArrowLeft", "0")
    assert_accessible(page)


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
