"""The evening: a few phones, ten sheets, hands, words, dots, a sheet of thanks."""

import csv
from collections import Counter

from playwright.sync_api import Page, expect

from appreciation.domain.questionnaire import questionnaire_for
from appreciation.enums import MeetingState
from appreciation.models import (
    DotVote,
    ExitAnswer,
    HandCount,
    Meeting,
    MeetingMinutes,
    Rating,
    RatingCount,
)
from tests.browser.conftest import take_to
from tests.browser.two_years.opening import ELISE
from tests.browser.two_years.road import (
    Road,
    demarche_url,
    finish_step,
    press,
    step_url,
    the_demarche,
    told,
)
from tests.sample_data import FIXTURES

PHONES = 3
HANDS = {"1": 2, "3": 4}
"""Hands raised for the first question: at each level, how many."""
STRENGTH, LEAD = "Le quai nous rassemble.", "Un four à pain au quai"


def sheets() -> list[list[str]]:
    with (FIXTURES / "soiree_dix_feuilles.csv").open(encoding="utf-8") as file:
        return [line[2:] for line in csv.reader(file, delimiter=";")][1:]


def tonight() -> Meeting:
    return Meeting.objects.filter(appraisal=the_demarche()).latest("pk")


def room(end: str = "") -> str:
    return f"/espace/rencontres/{tonight().reference}/{end}"


def the_doors_open(road: Road) -> list[Page]:
    road.at("2026-11-12", "18:00")
    page = road.desk(ELISE)
    page.goto(step_url("rencontre"))
    page.get_by_label("chaque personne à son rythme").check()
    road.look(page, "etape-rencontre")
    press(page, "Enregistrer")
    told(page, "Tout est enregistré")
    page.goto(room("formulaire/"))
    road.look(page, "formulaire-papier")
    page.goto(room())
    road.look(page, "console-avant")
    press(page, "Ouvrir la rencontre")
    expect(page.get_by_text("le code fonctionne")).to_be_visible()
    road.look(page, "console-ouverte")
    return [join(road, rank) for rank in range(PHONES)]


def join(road: Road, rank: int) -> Page:
    """Only the first has its pictures taken; the last one has no script."""
    look = road.look if rank == 0 else lambda _page, _name: None
    phone = road.phone(javascript=rank < PHONES - 1)
    phone.goto("/r/")
    look(phone, "telephone-code")
    phone.get_by_label("Code").fill(tonight().join_code)
    phone.get_by_role("button", name="Continuer").click()
    look(phone, "telephone-bienvenue")
    phone.get_by_role("button", name="Commencer").click()
    look(phone, "telephone-question")
    return phone


def answers_come(road: Road, phones: list[Page]) -> None:
    """The first phone answers all, the others one question; the rest by sheets and by hands."""
    items = questionnaire_for(tonight().instrument).items
    for rank, phone in enumerate(phones):
        for item in items if rank == 0 else items[:1]:
            expect(phone.get_by_role("heading", level=1)).to_have_text(item.text)
            phone.get_by_role("radio").nth(rank).check()
            phone.get_by_role("button", name="Suivant").click()
    expect(phones[0].get_by_role("heading", level=1)).to_have_text("C’est reçu")
    road.look(phones[0], "telephone-recu")
    page = road.desk(ELISE)
    bring_sheets(road, page, sheets())
    page.goto(room("mains/"))
    first = page.locator(".hand-count").first
    for level, hands in HANDS.items():
        first.locator(f"input[name=n{level}]").fill(str(hands))
    first.get_by_role("button").click()
    told(page, "6 mains enregistrées.")
    road.look(page, "mains")
    assert Rating.objects.count() == len(items) + PHONES - 1 + len(items) * len(sheets())
    assert sum(HandCount.objects.values_list("count", flat=True)) == sum(HANDS.values())


def bring_sheets(road: Road, page: Page, lines: list[list[str]]) -> None:
    """The template filled, sent, looked at, confirmed."""
    codes = [item.code for item in questionnaire_for(tonight().instrument).items]
    head = ";".join(["feuille", "secteur", *codes])
    body = (";".join([str(number), "", *line]) for number, line in enumerate(lines, 1))
    page.goto(room("importer/"))
    content = "\n".join([head, *body]).encode()
    page.get_by_label("Votre tableur").set_input_files(
        {"name": "feuilles.csv", "mimeType": "text/csv", "buffer": content}
    )
    press(page, "Voir ce que le fichier change")
    new = page.locator("dt", has_text="Feuilles nouvelles").locator("+ dd")
    expect(new).to_have_text(str(len(lines)))
    road.look(page, "importer")
    press(page, "Enregistrer ces feuilles")


def a_word_goes_to_the_wall(road: Road, phone: Page) -> None:
    page = road.desk(ELISE)
    page.goto(room("mot-de-la-salle/"))
    page.get_by_label("La question, courte").fill("Un mot sur le quai")
    press(page, "Poser la question")
    take_to(phone, f"/r/{tonight().join_code}/mot/")
    phone.get_by_label("Votre mot").fill("Le bois qui craque")
    road.look(phone, "telephone-mot")
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_text("Reçu : 1 mot")).to_be_visible()
    page.get_by_role("link", name="Voir les mots arrivés").click()
    page.get_by_role("button", name="Montrer\xa0: Le bois qui craque").click()
    expect(page.get_by_text("montré", exact=True)).to_be_visible()
    road.look(page, "mot-de-la-salle")
    wall = page.context.new_page()
    wall.goto(room("projection/"))
    expect(wall.get_by_text("Le bois qui craque")).to_be_visible()
    road.look(wall, "projection-mot")
    wall.close()


def the_room_chooses_with_dots(road: Road, phones: list[Page]) -> None:
    page = road.desk(ELISE)
    page.goto(room("priorites/"))
    page.get_by_label("Autres pistes, une par ligne").fill(f"{LEAD}\nUn sentier")
    page.get_by_label("Points par personne").fill("1")
    press(page, "Enregistrer les pistes")
    press(page, "Ouvrir le choix sur les téléphones")
    road.look(page, "points")
    for rank, phone in enumerate(phones):
        take_to(phone, f"/r/{tonight().join_code}/priorites/")
        phone.get_by_label(LEAD if rank else "Un sentier").check()
        if rank == 0:
            road.look(phone, "telephone-points")
        phone.get_by_role("button", name="Envoyer").click()
        expect(phone.get_by_text("Vos points sont reçus.")).to_be_visible()
    page.reload()
    press(page, "Fermer le choix")
    press(page, "Révéler à la salle")
    expect(page.get_by_role("row", name=LEAD)).to_contain_text("2")
    road.look(page, "points-reveles")
    votes = Counter(DotVote.objects.values_list("option__text", flat=True))
    assert votes == {LEAD: 2, "Un sentier": 1}


def they_leave_with_a_sheet(road: Road, phone: Page) -> None:
    page = road.desk(ELISE)
    page.goto(room())
    page.get_by_label("Personnes présentes").fill("19")
    press(page, "Inscrire")
    expect(page.get_by_text("Il manque 6")).to_be_visible()
    press(page, "Poser les trois questions de sortie")
    take_to(phone, f"/r/{tonight().join_code}/sortie/")
    for group in range(3):
        phone.get_by_role("group").nth(group).get_by_role("radio").first.check()
    road.look(phone, "telephone-sortie")
    phone.get_by_role("button", name="Envoyer").click()
    phone.get_by_role("link", name="Merci, voici ce que vous avez dit").click()
    expect(phone.get_by_text("Luce Roy")).to_be_visible()
    road.look(phone, "telephone-merci")
    assert ExitAnswer.objects.count() == 3
    press(page, "Fermer toutes les dimensions ouvertes")
    press(page, "Tout révéler")
    road.look(page, "console-revelee")
    page.goto(room("projection/"))
    road.look(page, "projection-resultat")
    page.goto(room("merci/"))
    expect(page.get_by_text("Luce Roy")).to_be_visible()
    road.look(page, "feuille-de-merci")


def the_entry_is_finished(road: Road) -> None:
    page = road.desk(ELISE)
    page.goto(room())
    page.locator("summary", has_text="Fermer la rencontre").click()
    press(page, "Oui, fermer la rencontre")
    press(page, "Saisie terminée")
    expect(page.get_by_role("heading", level=1)).to_have_text("La saisie est terminée")
    expect(page.get_by_text("6 personnes n’ont pas répondu.")).to_be_visible()
    road.look(page, "console-fin")
    assert tonight().state == MeetingState.ENTRY_DONE
    assert counted() == expected()
    page.goto(room("resultats/"))
    road.look(page, "resultats")


def counted() -> dict[int, int]:
    """Answers to the first question, whatever brought them."""
    first = questionnaire_for(tonight().instrument).items[0]
    found: Counter = Counter()
    for rows in (RatingCount.objects, HandCount.objects):
        for answer, count in rows.filter(item=first.id).values_list("answer", "count"):
            found[answer] += count
    return dict(found)


def expected() -> dict[int, int]:
    found = Counter(int(line[0]) for line in sheets())
    found.update(range(1, PHONES + 1))
    for level, hands in HANDS.items():
        found[int(level)] += hands
    return dict(found)


def it_is_written_down(road: Road) -> None:
    road.at("2026-11-14")
    page = road.desk(ELISE)
    page.goto(room("compte-rendu/"))
    page.get_by_label("Déroulement").fill("Portrait, appréciation, puis discussion.")
    road.look(page, "compte-rendu")
    press(page, "Enregistrer le compte rendu")
    told(page, "enregistré")
    road.look(page, "fiche-rencontre")
    assert MeetingMinutes.objects.get().course == "Portrait, appréciation, puis discussion."
    page.goto(room("deliberation/"))
    road.look(page, "deliberation")
    page.get_by_role("link", name="Commencer").click()
    page.get_by_text("Inscrire le niveau convenu").first.click()
    page.get_by_role("group", name="Niveau convenu").first.get_by_role("radio").nth(2).check()
    page.get_by_label("Pourquoi ce niveau").first.fill("Tout le monde met l’épaule à la roue.")
    press(page, "Enregistrer le niveau")
    page.get_by_label("En une phrase").fill(STRENGTH)
    road.look(page, "deliberation-dimension")
    page.get_by_role("button", name="Inscrire", exact=True).last.click()
    expect(page.get_by_text(STRENGTH, exact=True)).to_be_visible()
    finish_step(page, "rencontre")
    page.goto(demarche_url())
    road.look(page, "demarche-restituer")
