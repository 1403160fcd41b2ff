"""Two years of follow-up: somebody leaves, check-ins answered or silent, what came of it."""

from decimal import Decimal

from playwright.sync_api import Locator, Page, expect

from appreciation.enums import CheckInState
from appreciation.models import CheckIn, FacilitatorReview, Follower, HelpRequest, Outcome
from tests.browser.two_years.evening import LEAD
from tests.browser.two_years.opening import COORDINATOR, ELISE, NOE, PLACE
from tests.browser.two_years.road import (
    Road,
    demarche_url,
    link_in,
    press,
    the_demarche,
    told,
    words_of,
)

LISE = "lise@exemple.org"
NOT_FOUND = 404
OVEN = "Le four à pain est allumé chaque samedi."


def somebody_follows(road: Road) -> None:
    """Asked, then confirmed by the button of the mail: the link alone confirms nothing."""
    road.at("2027-01-10")
    visitor = road.phone()
    visitor.goto(the_demarche().page.url)
    visitor.get_by_role("link", name="Recevoir les suites par courriel").click()
    visitor.get_by_label("Votre courriel").fill(LISE)
    road.look(visitor, "suivre-demarche")
    press(visitor, "M’avertir")
    expect(visitor.get_by_text("Regardez vos courriels.")).to_be_visible()
    visitor.goto(link_in(road.letters_to(LISE)[-1]))
    assert Follower.objects.get().confirmed_at is None
    road.look(visitor, "suivre-confirmer")
    press(visitor, "Oui, avertissez-moi")
    expect(visitor.get_by_text("C’est confirmé.")).to_be_visible()
    assert Follower.objects.get().confirmed_at is not None


def the_facilitator_leaves(road: Road) -> None:
    road.at("2027-02-15")
    page = road.desk(ELISE)
    page.goto(demarche_url("equipe/"))
    page.get_by_role("link", name="Je quitte cette démarche").click()
    page.get_by_label("Qui prend la suite?").select_option(label="Noé Suivant")
    page.get_by_label("Ce qui est fait").fill("Le rapport est publié.")
    page.get_by_label("Ce qui attend").fill("Le terrain du four.")
    page.get_by_label("Qui appeler d’abord").fill("Luce Roy, pour la clé.")
    road.look(page, "quitter")
    press(page, "Quitter la démarche")
    page.wait_for_url("**/espace/")
    road.look(page, "espace-apres-depart")
    page.context.watched.expected_statuses.add(NOT_FOUND)
    for end in ("", "suivis/", "rapport/", "journal/"):
        assert page.goto(demarche_url(end)).status == NOT_FOUND
    mail = road.letter_to(NOE, PLACE)
    assert "Le terrain du four." in words_of(mail)
    noe = road.desk(NOE)
    noe.goto(link_in(mail))
    noe.get_by_text("Mots de la personne qui est partie").click()
    expect(noe.get_by_text("Luce Roy, pour la clé.")).to_be_visible()
    road.look(noe, "demarche-reprise")


def check_in(months: int) -> CheckIn:
    return the_demarche().check_ins.get(months=months)


def three_months_by_mail(road: Road) -> None:
    road.night_before("2027-03-21")
    link = link_in(road.letter_to(NOE, "Suivi à 3 mois"))
    phone = road.phone(javascript=False)
    phone.goto(f"{link}?reponse=done")
    phone.request.head(link)
    assert check_in(3).state == CheckInState.WAITING
    assert {action.state for action in the_demarche().actions.all()} == {"planned"}
    expect(group_of(phone, LEAD).get_by_label("Fait")).to_be_checked()
    group_of(phone, LEAD).get_by_label("En cours").check()
    group_of(phone, "Un sentier").get_by_label("Besoin d’aide").check()
    road.look(phone, "suivi-3-mois")
    press(phone, "Envoyer ma réponse")
    expect(phone.get_by_text("Votre réponse est enregistrée.")).to_be_visible()
    road.look(phone, "suivi-3-mois-recu")
    assert check_in(3).via == "mail"
    assert states() == {LEAD: "in_progress", "Un sentier": "planned"}
    assert HelpRequest.objects.get().messages.get().text.startswith("Un sentier")


def group_of(page: Page, title: str) -> Locator:
    return page.get_by_role("group", name=title)


def states() -> dict[str, str]:
    return dict(the_demarche().actions.values_list("title", "state"))


def six_months_in_silence(road: Road) -> None:
    """Asked, reminded, then on the coordinator's list, who telephones."""
    road.night_before("2027-06-21")
    assert "Suivi à 6 mois" in road.letters_to(NOE)[-1].subject
    road.night_before("2027-07-05")
    assert "Petit rappel" in road.letters_to(NOE)[-1].subject
    road.night_before("2027-07-18")
    assert check_in(6).state == CheckInState.WAITING
    road.night_before("2027-07-19")
    assert check_in(6).state == CheckInState.SILENT
    page = road.desk(COORDINATOR)
    page.goto("/espace/coordination/")
    road.look(page, "coordination")
    page.goto("/espace/suivis/")
    silent = page.get_by_role("region", name="Sans nouvelles")
    expect(silent.get_by_role("link", name=f"{PLACE}, 6 mois")).to_be_visible()
    road.look(page, "suivis")
    silent.get_by_role("link", name=f"{PLACE}, 6 mois").click()
    road.look(page, "suivis-demarche")
    page.get_by_role("link", name="Répondre après un appel (suivi à 6 mois)").click()
    group_of(page, LEAD).get_by_label("Fait").check()
    group_of(page, "Un sentier").get_by_label("En cours").check()
    page.get_by_label("Qui répond?").fill("Noé, au téléphone")
    road.look(page, "suivi-apres-appel")
    press(page, "Inscrire la réponse")
    told(page, "La réponse est inscrite.")
    assert (check_in(6).via, check_in(6).recorded_by.email) == ("phone", COORDINATOR)
    assert states() == {LEAD: "done", "Un sentier": "in_progress"}
    page.goto("/espace/suivis/")
    expect(silent).to_contain_text("Tout le monde a donné des nouvelles.")


def something_came_of_it(road: Road) -> None:
    road.at("2027-09-01")
    page = road.desk(NOE)
    page.goto(demarche_url("suivis/"))
    page.get_by_role("link", name=f"Inscrire ce que « {LEAD} » a donné").click()
    page.get_by_label("Retombée", exact=True).check()
    page.get_by_label("Ce qui est arrivé").fill(OVEN)
    page.get_by_label("Un lien qui le montre").fill("https://exemple.org/four")
    page.get_by_label("Montrer au registre").check()
    road.look(page, "retombee")
    press(page, "Enregistrer")
    expect(page.get_by_text(OVEN)).to_be_visible()
    road.look(page, "suivis-retombees")
    assert Outcome.objects.get().action.title == LEAD
    heard = len(road.letters_to(LISE))
    road.night_before("2027-09-02")
    news = road.letter_to(LISE, "Du nouveau")
    assert (OVEN in words_of(news), len(road.letters_to(LISE))) == (True, heard + 1)
    visitor = road.phone()
    visitor.goto(the_demarche().page.url)
    expect(visitor.get_by_role("heading", name="Depuis la rencontre")).to_be_visible()
    expect(visitor.get_by_text(OVEN)).to_be_visible()
    road.look(visitor, "registre-suites")
    road.night_before("2027-09-03")
    assert len(road.letters_to(LISE)) == heard + 1


def twelve_then_twenty_four_months(road: Road) -> None:
    for months, day, words in ((12, "2027-12-21", "En cours"), (24, "2028-12-21", "Fait")):
        road.night_before(day)
        phone = road.phone()
        phone.goto(link_in(road.letter_to(NOE, f"Suivi à {months} mois")))
        group_of(phone, LEAD).get_by_label("Fait").check()
        group_of(phone, "Un sentier").get_by_label(words).check()
        press(phone, "Envoyer ma réponse")
        expect(phone.get_by_text("Votre réponse est enregistrée.")).to_be_visible()
    assert states() == {LEAD: "done", "Un sentier": "done"}
    answered = the_demarche().check_ins.filter(state=CheckInState.ANSWERED)
    assert list(answered.order_by("months").values_list("months", "via")) == [
        (3, "mail"),
        (6, "phone"),
        (12, "mail"),
        (24, "mail"),
    ]
    asked = the_demarche().tasks.filter(code__startswith="suivi-")
    assert not asked.filter(done_at=None).exists(), "le calendrier n’attend plus rien"
    assert check_in(6).answered_by_label == "", "un nom donné en réponse s’efface après un an"


def she_looks_back(road: Road) -> None:
    road.at("2029-01-08")
    page = road.desk(NOE)
    page.goto(demarche_url("bilan/"))
    page.get_by_label("Un conseil pour la prochaine personne").fill("Prévoir du café.")
    page.get_by_label("Heures passées en tout").fill("41,5")
    road.look(page, "bilan")
    press(page, "Enregistrer le bilan")
    told(page, "Le bilan est enregistré.")
    review = FacilitatorReview.objects.get()
    assert (review.hours, review.updated_by.email) == (Decimal("41.5"), NOE)
