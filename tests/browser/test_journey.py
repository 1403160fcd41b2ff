"""The whole job, as a new facilitator does it: from a new démarche to the page of the register.

Five phones are five real browser contexts (one without JavaScript, one at 320 px); the paper comes
in by the spreadsheet that the site gives. It brings real individual ratings of `data/notations`
where they are (see `tests/sample_data.py`), ten sheets that we typed where they are not.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.shipped_instruments import load_shipped_instruments
from appreciation.enums import Phase
from appreciation.models import Appraisal, Instrument, Meeting, Rating, Seat
from reference.domain.vocabularies import load_vocabularies
from tests.browser.sizes import NARROW, PHONE
from tests.factories import PlaceFactory, UserFactory
from tests.factories.real_ratings import five_level_instrument
from tests.factories.starter_site import ensure_site_pages
from tests.sample_data import FIXTURES, HAS_SAMPLE_DATA, SAMPLE_DATA_DIR, read_rows

PHONES = (
    {"viewport": PHONE},
    {"viewport": PHONE, "javascript": False},
    {"viewport": NARROW},
    {"viewport": PHONE, "color_scheme": "dark"},
    {"viewport": {"width": 768, "height": 1024}},
)
PLACE = "Anse-aux-Essais"


@dataclass(frozen=True)
class Evening:
    """An instrument, and one line per paper sheet: the level chosen for each item, in order."""

    prepare: Callable[[], Instrument]
    sheets: list[list[str]]


def typed_evening() -> Evening:
    with (FIXTURES / "soiree_dix_feuilles.csv").open(encoding="utf-8") as file:
        return Evening(shipped_grid, [line[2:] for line in csv.reader(file, delimiter=";")][1:])


def real_evening() -> Evening:
    """Company 7 of `lq2002`: 15 people, 11 statements, five levels (SOURCES.md)."""
    items = [f"LEAD{number:02d}" for number in range(1, 12)]
    rows = read_rows(SAMPLE_DATA_DIR / "notations" / "multilevel_lq2002_leadership.csv")
    company = [row for row in rows if row["COMPID"] == "7"]
    return Evening(
        lambda: five_level_instrument(items, name="Onze énoncés, cinq niveaux"),
        [[row[item] for item in items] for row in company],
    )


def shipped_grid() -> Instrument:
    load_shipped_instruments()
    return Instrument.objects.get(is_default=True)


@pytest.fixture
def elise():
    load_vocabularies()
    ensure_site_pages()
    PlaceFactory(name=PLACE, parent=PlaceFactory(territory=True), is_demo=True)
    return UserFactory(username="elise", first_name="Élise", last_name="Meneuse")


@pytest.mark.timeout(600)  # an evening takes some minutes on a busy machine
def test_from_a_new_demarche_to_the_register(new_context, sign_in, elise):
    evening = real_evening() if HAS_SAMPLE_DATA else typed_evening()
    instrument = evening.prepare()
    context = new_context()
    sign_in(context, elise)
    page = context.new_page()
    open_demarche(page)
    decide(page, instrument)
    pass_steps(page)
    code = plan_and_open(page)
    wall = context.new_page()
    wall.goto(page.url + "projection/")
    expect(wall.get_by_text(spaced(code)).first).to_be_visible()

    phones = [join(new_context(**options), code) for options in PHONES]
    answers = [list(answer_all(phone, start=n)) for n, phone in enumerate(phones)]
    bring_paper(page, evening.sheets)
    count_heads(page, len(evening.sheets) + len(phones))
    ask_exit_questions(page, phones)
    close_and_reveal(page)
    expect(wall.get_by_role("heading", name="Merci")).to_be_visible()
    assert stored_levels() == expected_levels(answers, evening.sheets)

    write_what_was_said(page)
    end_meeting_step(page)
    adopt(page)
    choose(page)
    publish(page)
    check_public_page(new_context(), instrument, answers, evening.sheets)


def next_thing(page: Page) -> None:
    """Follow the one big button of the démarche."""
    page.goto(f"/espace/demarches/{Appraisal.objects.get().reference}/")
    page.locator("a.button--invite").click()


def open_demarche(page: Page) -> None:
    page.goto("/espace/")
    page.get_by_role("link", name="Ouvrir une démarche").first.click()
    page.locator("#id_place").select_option(label=PLACE)
    page.get_by_label("Qui la demande?").fill("Comité du quai")
    page.get_by_role("button", name="Ouvrir la démarche").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Démarche d’Anse-aux-Essais")


def decide(page: Page, instrument: Instrument) -> None:
    next_thing(page)
    page.get_by_label("participation citoyenne").check()
    page.get_by_label("Date approximative").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_label("Répondante ou répondant local").fill("Luce Roy")
    page.get_by_label("Complet public").check()
    page.get_by_label("Instrument").select_option(label=str(instrument))
    finish_step(page)


def finish_step(page: Page) -> None:
    page.get_by_role("button", name="erminer l’étape").click()
    expect(page.get_by_role("status").get_by_text("Étape terminée")).to_be_visible()


def pass_steps(page: Page) -> None:
    next_thing(page)
    page.get_by_label("Le portrait en quelques phrases").fill("312 personnes, une école.")
    page.get_by_label("D’où cela vient-il?").fill("Chiffres fictifs")
    finish_step(page)
    next_thing(page)
    step = page.url
    page.get_by_role("link", name="Écrire la liste").click()
    page.locator("#id_name").fill("Luce Fictive")
    page.locator("#id_sector").select_option(index=1)
    page.locator("button[value=add]").click()
    expect(page.get_by_text("Luce Fictive est sur la liste.")).to_be_visible()
    page.goto(step)
    finish_step(page)


def plan_and_open(page: Page) -> str:
    """Return the join code; the page stays at the console."""
    next_thing(page)
    page.get_by_label("Lieu").fill("Salle du quai")
    page.get_by_label("chaque personne à son rythme").check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    next_thing(page)
    page.get_by_role("button", name="Ouvrir la rencontre").click()
    expect(page.get_by_text("le code fonctionne")).to_be_visible()
    return Meeting.objects.get().join_code


def spaced(code: str) -> str:
    return Meeting.objects.get(join_code=code).spaced_join_code


def join(context: BrowserContext, code: str) -> Page:
    phone = context.new_page()
    phone.goto("/r/")
    phone.get_by_label("Code").fill(code)
    phone.get_by_role("button", name="Continuer").click()
    expect(phone.get_by_text("Ni nom ni courriel.")).to_be_visible()
    expect(phone.get_by_text("Le rapport ira au public")).to_be_visible()
    phone.get_by_role("button", name="Commencer").click()
    return phone


def answer_all(phone: Page, *, start: int) -> Iterator[int]:
    """Answer every question, a level higher each time; yield the level given to each item."""
    items = questionnaire_for(Meeting.objects.get().instrument).items
    for rank, item in enumerate(items):
        expect(phone.get_by_role("heading", level=1)).to_have_text(item.text)
        level = (start + rank) % len(item.levels) + 1
        phone.get_by_role("radio").nth(level - 1).check()
        phone.get_by_role("button", name="Suivant").click()
        yield level
    expect(phone.get_by_role("heading", level=1)).to_have_text("C’est reçu")


def bring_paper(page: Page, sheets: list[list[str]]) -> None:
    """Download the spreadsheet, fill it, send it, look, confirm."""
    page.goto(page.get_by_role("link", name="Importer un tableur").get_attribute("href"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Gabarit à remplir (CSV)").click()
    headers = download.value.path().read_text(encoding="utf-8-sig").splitlines()[0]
    lines = [headers, *(";".join([str(n), "", *row]) for n, row in enumerate(sheets, 1))]
    page.get_by_label("Votre tableur").set_input_files(
        {"name": "feuilles.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    )
    page.get_by_role("button", name="Voir ce que le fichier change").click()
    expect(page.locator("dt", has_text="Feuilles nouvelles").locator("+ dd")).to_have_text(
        str(len(sheets))
    )
    page.get_by_role("button", name="Enregistrer ces feuilles").click()
    page.goto(f"/espace/rencontres/{Meeting.objects.get().reference}/")


def count_heads(page: Page, people: int) -> None:
    page.get_by_label("Personnes présentes").fill(str(people + 2))
    page.get_by_role("button", name="Inscrire").click()
    expect(page.get_by_text("Il manque 2")).to_be_visible()
    page.get_by_label("Personnes présentes").fill(str(people))
    page.get_by_role("button", name="Inscrire").click()
    expect(page.get_by_text("Tout le monde a répondu.")).to_be_visible()


def ask_exit_questions(page: Page, phones: list[Page]) -> None:
    page.get_by_role("button", name="Poser les trois questions de sortie").click()
    for phone in phones:
        phone.wait_for_url("**/sortie/")
        for group in range(3):
            phone.get_by_role("group").nth(group).get_by_role("radio").first.check()
        phone.get_by_role("button", name="Envoyer").click()


def close_and_reveal(page: Page) -> None:
    page.get_by_role("button", name="Fermer toutes les dimensions ouvertes").click()
    page.get_by_role("button", name="Tout révéler").click()
    page.locator("summary", has_text="Fermer la rencontre").click()
    page.get_by_role("button", name="Oui, fermer la rencontre").click()
    page.get_by_role("button", name="Saisie terminée").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La saisie est terminée")


def stored_levels() -> Counter:
    return Counter(Rating.objects.values_list("item__code", "answer"))


def expected_levels(answers: list[list[int]], sheets: list[list[str]]) -> Counter:
    codes = [item.code for item in questionnaire_for(Meeting.objects.get().instrument).items]
    everyone = [*answers, *([int(level) for level in sheet] for sheet in sheets)]
    return Counter(pair for person in everyone for pair in zip(codes, person, strict=True))


def write_what_was_said(page: Page) -> None:
    next_thing(page)
    page.get_by_role("link", name="Commencer").click()
    page.get_by_text("Inscrire le niveau convenu").first.click()
    page.get_by_role("group", name="Niveau convenu").first.get_by_role("radio").nth(2).check()
    page.get_by_label("Pourquoi ce niveau").first.fill("Tout le monde met l’épaule à la roue.")
    page.get_by_role("button", name="Enregistrer le niveau").first.click()
    page.get_by_label("En une phrase").fill("Le quai nous rassemble.")
    page.get_by_role("button", name="Inscrire", exact=True).last.click()
    expect(page.get_by_text("Le quai nous rassemble.", exact=True)).to_be_visible()


def end_meeting_step(page: Page) -> None:
    next_thing(page)
    finish_step(page)


def adopt(page: Page) -> None:
    next_thing(page)
    page.get_by_role("button", name="Ouvrir la restitution").click()
    expect(page.get_by_text("La restitution est ouverte.")).to_be_visible()
    next_thing(page)
    page.get_by_label("Qui a adopté le rapport?").fill("Comité du quai")
    page.get_by_label("Quand?").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_role("button", name="Inscrire l’adoption").click()
    next_thing(page)
    finish_step(page)


def choose(page: Page) -> None:
    next_thing(page)
    page.get_by_label("Action", exact=True).first.fill("Un marché au quai")
    page.get_by_label("Qui la porte?").first.fill("Comité du quai")
    page.get_by_label("Premier petit pas").first.fill("Réserver le quai")
    page.get_by_label("D’ici le").first.fill("2027-06-01")
    finish_step(page)


def publish(page: Page) -> None:
    next_thing(page)
    page.get_by_label("Complet public").check()
    page.get_by_role("button", name="Publier", exact=True).click()
    next_thing(page)
    finish_step(page)
    assert Appraisal.objects.get().phase == Phase.FOLLOW_UP


def check_public_page(
    context: BrowserContext,
    instrument: Instrument,
    answers: list[list[int]],
    sheets: list[list[str]],
) -> None:
    """A visitor finds the page in the register; its first bar has exactly what the room gave."""
    visitor = context.new_page()
    visitor.goto("/demarches/")
    visitor.get_by_label("Un lieu, un mot").fill("quai")
    visitor.locator("#contenu").get_by_role("button", name="Chercher").click()
    visitor.get_by_role("link", name=PLACE).click()
    expect(visitor.get_by_text("Le quai nous rassemble.")).to_be_visible()
    expect(visitor.get_by_text("Un marché au quai")).to_be_visible()
    first = Counter([person[0] for person in answers] + [int(sheet[0]) for sheet in sheets])
    levels = questionnaire_for(instrument).items[0].levels
    words = ", ".join(f"{level.label} {first[level.position]}" for level in levels)
    expect(visitor.get_by_role("img", name=words).first).to_be_visible()
    assert Seat.objects.count() == len(answers) + len(sheets)
