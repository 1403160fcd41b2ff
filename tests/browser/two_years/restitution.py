"""After the evening: the report given back, corrected, adopted; what is chosen; the register."""

from playwright.sync_api import Page, expect

from appreciation.enums import CorrectionState, Phase
from appreciation.models import Correction, Invitee, InviteeCount, Publication, PublicReply
from tests.browser.two_years.evening import LEAD, STRENGTH
from tests.browser.two_years.opening import ELISE, PLACE
from tests.browser.two_years.road import (
    Road,
    demarche_url,
    finish_step,
    press,
    step_url,
    the_demarche,
    told,
)

TOO_LATE = 410


def the_report_is_given_back(road: Road) -> str:
    """The address of the report, as printed on the last sheet."""
    road.at("2026-11-16")
    page = road.desk(ELISE)
    page.goto(demarche_url("rapport/"))
    expect(page.get_by_text(STRENGTH).first).to_be_visible()
    road.look(page, "rapport")
    page.goto(demarche_url("rapport/apercu/"))
    road.look(page, "rapport-voisin")
    page.goto(demarche_url("restitution/"))
    press(page, "Ouvrir la restitution")
    expect(page.get_by_text("La restitution est ouverte.")).to_be_visible()
    page.get_by_label("Copies de papier remises").fill("12")
    page.get_by_label("Où?").fill("Au bureau municipal")
    press(page, "Inscrire les copies")
    road.look(page, "restitution")
    page.goto(demarche_url("rencontres/"))
    page.get_by_role("link", name="Prévoir la soirée publique").click()
    page.get_by_label("Date").fill("2026-12-03")
    page.get_by_label("Lieu").fill("Salle du quai")
    road.look(page, "soiree-publique")
    press(page, "Enregistrer")
    page.goto(demarche_url("rencontres/"))
    road.look(page, "rencontres")
    return f"/r/{the_demarche().meetings.get(kind='appraisal').join_code}/rapport/"


def readers_correct_it(road: Road, address: str) -> None:
    road.at("2026-11-20")
    phone = road.phone(javascript=False)
    phone.goto(address)
    expect(phone.get_by_text("Salle du quai").first).to_be_visible()
    road.look(phone, "rapport-participant")
    for number, words in enumerate(("Le quai date de 1987.", "Il y a deux écoles.")):
        phone.goto(f"{address}une-erreur/")
        phone.get_by_label("Qu’est-ce qui est à corriger?").fill(words)
        phone.get_by_label("Votre téléphone ou votre courriel").fill("819 555-0103")
        if not number:
            road.look(phone, "une-erreur")
        press(phone, "Envoyer")
        expect(phone.get_by_text("Merci, c’est reçu.")).to_be_visible()
    page = road.desk(ELISE)
    page.goto(demarche_url("corrections/"))
    expect(page.get_by_text("2 attendent votre réponse.")).to_be_visible()
    road.look(page, "corrections")
    answer_correction(page, "Le quai date de 1987.", "Accepter")
    answer_correction(page, "Il y a deux écoles.", "Refuser", "L’autre école est à côté.")
    expect(page.get_by_text("Toutes ont leur réponse.")).to_be_visible()
    road.look(page, "corrections-repondues")
    states = dict(Correction.objects.values_list("text", "state"))
    assert states == {
        "Le quai date de 1987.": CorrectionState.ACCEPTED,
        "Il y a deux écoles.": CorrectionState.REFUSED,
    }
    phone.goto(address)
    expect(phone.get_by_text("L’autre école est à côté.")).to_be_visible()
    expect(phone.get_by_text("Il y a deux écoles.")).to_have_count(0)


def answer_correction(page: Page, text: str, answer: str, why: str = "") -> None:
    one = page.locator("section.correction").filter(has_text=text)
    one.get_by_label(answer).check()
    one.get_by_role("textbox", name="Pourquoi").fill(why)
    one.get_by_role("button", name="Répondre").click()


def it_is_adopted(road: Road) -> None:
    road.at("2026-12-10")
    page = road.desk(ELISE)
    page.goto(demarche_url("adoption/"))
    page.get_by_label("Qui a adopté le rapport?").fill("Comité du quai")
    page.get_by_label("Quand?").fill("2026-12-09")
    road.look(page, "adoption")
    press(page, "Inscrire l’adoption")
    page.goto(step_url("restituer"))
    road.look(page, "restituer")
    finish_step(page, "restituer")
    assert (the_demarche().adopted_by, the_demarche().phase) == (
        "Comité du quai",
        Phase.ACTION_PLAN,
    )


def the_window_closes(road: Road, address: str) -> None:
    """Open until 16 December; the public evening keeps the addresses of who was invited."""
    road.night_before("2026-12-16")
    phone = road.phone()
    assert phone.goto(address).status == 200
    road.night_before("2026-12-17")
    phone.context.watched.expected_statuses.add(TOO_LATE)
    assert phone.goto(address).status == TOO_LATE
    road.look(phone, "rapport-termine")
    assert Correction.objects.filter(contact__isnull=False).count() == 0
    assert Invitee.objects.count() == 4


def contacts_go(road: Road) -> None:
    """Thirty days after the public evening."""
    road.night_before("2027-01-01")
    assert Invitee.objects.count() == 4
    road.night_before("2027-01-02")
    assert Invitee.objects.count() == 0
    assert PublicReply.objects.get().email == ""
    assert sum(InviteeCount.objects.values_list("invited", flat=True)) == 4


def actions_are_chosen(road: Road) -> None:
    road.at("2026-12-21")
    page = road.desk(ELISE)
    page.goto(step_url("choisir"))
    lines = (
        (LEAD, "Comité du quai", "Réserver le terrain"),
        ("Un sentier", "Club de marche", "Tracer le plan"),
    )
    for number, (title, carrier, first_step) in enumerate(lines, 1):
        page.locator(f"#id_{number}-title").fill(title)
        page.locator(f"#id_{number}-carrier").fill(carrier)
        page.locator(f"#id_{number}-first_step").fill(first_step)
        page.locator(f"#id_{number}-due_on").fill("2027-06-01")
    expect(page.get_by_text("vient en premier, avec 2 points.")).to_be_visible()
    road.look(page, "choisir")
    press(page, "Enregistrer et terminer l’étape")
    told(page, "Étape terminée")
    dates = the_demarche().check_ins.order_by("months").values_list("due_on", flat=True)
    assert [str(day) for day in dates] == ["2027-03-21", "2027-06-21", "2027-12-21", "2028-12-21"]


def it_is_published(road: Road) -> None:
    page = road.desk(ELISE)
    page.goto(demarche_url("publication/"))
    page.get_by_label("Complet public").check()
    road.look(page, "publication")
    press(page, "Publier")
    told(page, "C’est publié")
    finish_step(page, "partager")
    road.look(page, "demarche-suivre")
    assert (the_demarche().phase, Publication.objects.get().level) == (Phase.FOLLOW_UP, "full")
    visitor = road.new_context().new_page()
    visitor.goto("/demarches/")
    road.look(visitor, "registre")
    visitor.get_by_role("link", name=PLACE).click()
    expect(visitor.get_by_text(STRENGTH)).to_be_visible()
    expect(visitor.get_by_text(LEAD).first).to_be_visible()
    road.look(visitor, "registre-entree")
