"""Three months before: a word from a visitor, the coordination, the facilitator, the frame."""

import re

from playwright.sync_api import expect

from appreciation.enums import Phase
from appreciation.models import InterestRequest, PhaseTask
from tests.browser.two_years.road import (
    Road,
    demarche_url,
    link_in,
    press,
    step_url,
    the_demarche,
    told,
    words_of,
)

COORDINATOR = "coordination@exemple.org"
ELISE = "elise@exemple.org"
NOE = "noe@exemple.org"
PLACE = "Baie-des-Essais"
LUCE = "luce@exemple.org"


def a_visitor_says_a_word(road: Road) -> None:
    road.at("2026-07-20", "10:00")
    page = road.phone()
    page.goto("/")
    road.look(page, "accueil")
    page.get_by_role("main").get_by_role("link", name="Notre communauté est intéressée").click()
    road.look(page, "interet")
    page.get_by_label("Votre communauté").fill(PLACE)
    page.get_by_label("Son territoire").select_option(label="Territoire-Test")
    page.get_by_label("Votre nom").fill("Ida Exemple")
    page.get_by_label("Votre téléphone").fill("819 555-0101")
    page.get_by_label("Quelques mots").fill("Nous avons une salle et du monde.")
    road.at("2026-07-20", "10:06")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est reçu, merci!")
    road.look(page, "interet-merci")
    assert InterestRequest.objects.get().phone == "819 555-0101"


def the_coordinator_opens_it(road: Road) -> None:
    mail = road.letter_to(COORDINATOR, PLACE)
    assert "27 juillet 2026" in words_of(mail)
    assert "Ida" not in mail.body
    road.at("2026-07-22")
    page = road.desk(COORDINATOR)
    page.goto(link_in(mail))
    road.look(page, "interets")
    page.get_by_role("link", name=PLACE).click()
    expect(page.get_by_text("Nous avons une salle et du monde.")).to_be_visible()
    road.look(page, "interet-une")
    page.get_by_role("link", name="Ouvrir une démarche").click()
    page.get_by_label("Date approximative").fill("2026-10-22")
    road.look(page, "demarche-nouvelle")
    press(page, "Ouvrir la démarche")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Démarche de {PLACE}")
    road.look(page, "demarche-cadre")
    assert InterestRequest.objects.get().appraisal == the_demarche()


def the_facilitator_is_invited(road: Road) -> None:
    page = road.desk(COORDINATOR)
    page.goto(demarche_url("equipe/"))
    page.get_by_role("link", name="Invitez d’abord cette personne").click()
    page.get_by_label("Courriel de la personne").fill(ELISE)
    road.look(page, "invitations")
    press(page, "Envoyer l’invitation")
    told(page, "L’invitation est partie")
    link = link_in(road.letters_to(ELISE)[-1])
    road.at("2026-07-23")
    elise = road.new_context().new_page()
    elise.goto(link)
    road.look(elise, "invitation-acceptee")
    elise.get_by_label("Prénom").fill("Élise")
    elise.get_by_label("Nom", exact=True).fill("Meneuse")
    elise.get_by_label("Mot de passe").fill("une-autre-phrase-77")
    press(elise, "Ouvrir mon compte")
    elise.wait_for_url("**/espace/")
    road.look(elise, "espace-vide")
    road.desks[ELISE] = elise
    give_the_lead(road)
    elise.reload()
    elise.get_by_role("link", name=PLACE).click()
    expect(elise.get_by_role("heading", level=2).first).to_have_text(
        "Décidez du cadre de la démarche"
    )


def give_the_lead(road: Road) -> None:
    """Élise leads, Noé helps; the coordinator, who opened it, stays by her role alone."""
    page = road.desk(COORDINATOR)
    for email, role in ((ELISE, "responsable"), (NOE, "coanimation")):
        page.goto(demarche_url("equipe/"))
        page.get_by_label("Courriel de son compte").fill(email)
        page.get_by_label("Son rôle").select_option(label=role)
        press(page, "Ajouter à l’équipe")
        expect(page.get_by_role("listitem").filter(has_text=role).last).to_be_visible()
    road.look(page, "equipe")
    press(page, "Quitter l’équipe")
    told(page, "L’équipe est à jour.")
    members = the_demarche().memberships.order_by("user__first_name")
    assert [(m.user.email, m.role) for m in members] == [(NOE, "co_facilitator"), (ELISE, "lead")]


def the_frame_is_decided(road: Road) -> None:
    road.at("2026-07-24")
    page = road.desk(ELISE)
    page.goto(step_url("decider"))
    page.get_by_label("participation citoyenne").check()
    page.get_by_label("apprendre pour faire mieux").check()
    page.get_by_label("Combien de personnes attendez-vous?").fill("14")
    page.get_by_label("Répondante ou répondant local").fill("Luce Roy")
    page.get_by_label("Son courriel").fill(LUCE)
    page.get_by_label("Son téléphone").fill("819 555-0102")
    page.get_by_label("Complet public").check()
    road.look(page, "decider")
    press(page, "Enregistrer et terminer l’étape")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Préparez le portrait")
    demarche = the_demarche()
    assert (demarche.purposes, demarche.evaluation_purposes) == (
        ["citizen_participation"],
        ["learn"],
    )
    assert (demarche.contact_email, demarche.announced_level) == (LUCE, "full")
    page.goto(demarche_url("consultations/"))
    page.get_by_label("Quelle consultation?").fill("Sondage sur les loisirs")
    page.get_by_label("Menée par qui?").fill("Comité des loisirs")
    page.get_by_label("Quel mois?").fill("2026-05")
    press(page, "Ajouter à la liste")
    expect(page.get_by_role("listitem").filter(has_text="mai 2026")).to_be_visible()
    road.look(page, "consultations")


def tasks_have_dates_and_owners(road: Road) -> None:
    page = road.desk(ELISE)
    page.goto(demarche_url("calendrier/"))
    road.look(page, "calendrier")
    row = page.get_by_role("listitem").filter(has_text="Réserver la salle")
    expect(row).to_contain_text("Pour le 10 septembre 2026")
    row.get_by_role("link", name=re.compile("Changer")).click()
    page.get_by_label("Qui s’en occupe?").select_option(label="Noé Suivant")
    road.look(page, "tache")
    press(page, "Enregistrer")
    expect(row).to_contain_text("Noé Suivant")
    row.get_by_role("button", name=re.compile("C’est fait")).click()
    expect(row).to_contain_text("Fait le 24 juillet 2026")
    assert PhaseTask.objects.get(code="salle").done_by.email == ELISE


def the_portrait_is_typed(road: Road) -> None:
    road.at("2026-08-12")
    page = road.desk(ELISE)
    page.goto(step_url("portrait"))
    page.get_by_label("Le portrait en quelques phrases").fill("Une baie, un quai, une école.")
    page.get_by_label("D’où cela vient-il?").fill("Directrice de l’école")
    for number, (label, value) in enumerate((("Habitants", "312"), ("Élèves", "41")), 1):
        one = page.get_by_role("group", name=f"Chiffre {number}", exact=True)
        one.get_by_label("Ce que dit le chiffre").fill(label)
        one.get_by_label("Valeur").fill(value)
        one.get_by_label("Année").fill("2021")
        one.get_by_label("Source").fill("Chiffres fictifs")
    fact = page.get_by_role("group", name="Repère 1", exact=True)
    fact.get_by_label("De quoi s’agit-il?").select_option(index=1)
    fact.get_by_label("En quelques mots").fill("Une classe à trois niveaux")
    road.look(page, "portrait")
    press(page, "Enregistrer et terminer l’étape")
    page.goto(demarche_url("portrait/"))
    expect(page.get_by_role("row", name="Habitants")).to_contain_text("312")
    road.look(page, "portrait-feuille")
    assert the_demarche().phase == Phase.CONVENING
