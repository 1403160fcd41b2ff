"""Two months before: who is invited, what they answer, a date that moves, a rehearsal."""

import re

from playwright.sync_api import expect

from appreciation.enums import AppraisalState, Phase
from appreciation.models import Invitee, Meeting, PublicReply, Rating, Rehearsal
from tests.browser.two_years.opening import ELISE
from tests.browser.two_years.road import (
    Road,
    demarche_url,
    finish_step,
    link_in,
    press,
    step_url,
    the_demarche,
    told,
    words_of,
)

JEANNE, MARC, LEA = "jeanne@exemple.org", "marc@exemple.org", "lea@exemple.org"
FAMILY = "famille@exemple.org"
LINES = f"""Jeanne Fictive; citoyennes; {JEANNE}; 819 555-0110
Marc Fictif; entreprises; {MARC}
Léa Fictive; santé; {LEA}
École du quai; éducation; ; 819 555-0111"""
NEW_DAY = "12 novembre 2026"


def the_list_is_written(road: Road) -> None:
    road.at("2026-09-08")
    page = road.desk(ELISE)
    page.goto(step_url("mobiliser"))
    road.look(page, "mobiliser")
    page.get_by_role("link", name="Écrire la liste").click()
    page.locator("#coller_lines").fill(LINES)
    press(page, "Ajouter ces lignes")
    told(page, "4 lignes ajoutées.")
    road.look(page, "invitations")
    assert Invitee.objects.values("sector").distinct().count() == 4


def the_date_is_set(road: Road) -> None:
    page = road.desk(ELISE)
    page.goto(demarche_url("rendez-vous/"))
    expect(page.get_by_label("Date")).to_have_value("2026-10-22")
    page.get_by_label("Lieu").fill("Salle du quai")
    page.get_by_label("Combien de places dans la salle?").fill("40")
    page.get_by_label("Toute la population est invitée").check()
    page.get_by_label("Garde d’enfants", exact=True).check()
    page.get_by_label("Précision (garde d’enfants)").fill("Sur place, dès 18 h")
    page.get_by_label("Qui s’en occupe (garde d’enfants)").fill("Jeanne Fictive")
    press(page, "Enregistrer le rendez-vous")
    expect(page.get_by_text("Page ouverte à toute la population")).to_be_visible()
    road.look(page, "rendez-vous")
    page.get_by_role("link", name="Imprimer l’affiche").click()
    expect(page.get_by_text("22 octobre 2026, 18 h 30")).to_be_visible()
    road.look(page, "affiche")


def letters_leave(road: Road) -> None:
    page = road.desk(ELISE)
    page.goto(demarche_url("messages/"))
    road.look(page, "messages")
    page.get_by_role("link", name="Aide-mémoire").click()
    road.look(page, "message-telephone")
    page.goto(demarche_url("messages/citoyens/"))
    road.look(page, "message-citoyens")
    for name in ("Marc Fictif", "Léa Fictive"):
        page.get_by_label(re.compile(name)).check()
    press(page, "Envoyer aux personnes choisies")
    told(page, "3 courriels partent maintenant.")
    for address in (JEANNE, MARC, LEA):
        (letter,) = road.letters_to(address)
        assert "Quand : 22 octobre 2026, 18 h 30" in words_of(letter)


def people_answer(road: Road) -> None:
    """Jeanne by her link, the school on the telephone, Marc in passing; a family by the poster."""
    road.at("2026-09-14")
    phone = road.phone()
    phone.goto(link_in(road.letters_to(JEANNE)[0]))
    road.look(phone, "invitation")
    assert Invitee.objects.get(email=JEANNE).answer == "invited", "ouvrir le lien ne répond pas"
    phone.get_by_text("Je viens", exact=True).click()
    phone.get_by_text("Je viens accompagné").click()
    phone.get_by_label("Combien de personnes vous accompagnent?").fill("1")
    phone.get_by_label("J’ai besoin d’une garde d’enfants").check()
    press(phone, "Envoyer ma réponse")
    expect(phone.get_by_text("Vous venez, avec 1 personne.")).to_be_visible()
    road.look(phone, "invitation-merci")
    confirmation = road.letter_to(JEANNE, "On vous attend : rencontre de")
    assert confirmation.attachments[0].filename.endswith(".ics")

    page = road.desk(ELISE)
    for name, answer, way in (
        ("École du quai", "yes", "phone"),
        ("Marc Fictif", "maybe", "word_of_mouth"),
    ):
        page.goto(demarche_url("invitations/"))
        page.get_by_role("link", name=f"Changer {name}").click()
        page.get_by_label("Sa réponse").select_option(answer)
        page.get_by_label("Reçue par").select_option(way)
        press(page, "Enregistrer")
    road.look(page, "invitations-reponses")

    passer_by = road.phone()
    passer_by.goto(f"/rencontre/{Meeting.objects.get().reference}/")
    passer_by.get_by_label("Combien serez-vous?").fill("3")
    passer_by.get_by_label("Votre courriel").fill(FAMILY)
    road.look(passer_by, "rencontre-ouverte")
    passer_by.get_by_role("button", name="J’y serai").click()
    expect(passer_by.get_by_text("6 personnes ont dit oui.")).to_be_visible()
    answers = Invitee.objects.order_by("name").values_list("name", "answer", "answered_via")
    assert list(answers) == [
        ("Jeanne Fictive", "yes", "link"),
        ("Léa Fictive", "invited", ""),
        ("Marc Fictif", "maybe", "word_of_mouth"),
        ("École du quai", "yes", "phone"),
    ]
    finish_step(page, "mobiliser")
    assert the_demarche().phase == Phase.MEETING


def the_meeting_is_postponed(road: Road) -> None:
    road.at("2026-10-12")
    before = Meeting.objects.get()
    page = road.desk(ELISE)
    page.goto(demarche_url("etat/"))
    page.get_by_label("Reporter la démarche").check()
    page.get_by_label("Pourquoi, en une phrase").fill("Grève des transports.")
    page.get_by_label("La nouvelle date").fill("2026-11-12")
    road.look(page, "etat-reporter")
    press(page, "Confirmer")
    told(page, "C’est fait, et c’est inscrit au journal.")
    road.look(page, "demarche-reportee")
    after = Meeting.objects.get()
    assert (after.pk, after.join_code, after.venue) == (
        before.pk,
        before.join_code,
        "Salle du quai",
    )
    for address in (JEANNE, MARC, LEA, FAMILY):
        news = road.letter_to(address, NEW_DAY)
        assert "La rencontre prévue le 22 octobre 2026 change de date." in words_of(news)
    heard = {address: len(road.letters_to(address)) for address in (JEANNE, MARC, LEA, FAMILY)}
    page.goto(demarche_url("calendrier/"))
    absents = page.get_by_role("listitem").filter(has_text="Appeler les secteurs")
    expect(absents).to_contain_text("29 octobre 2026")

    page.goto(demarche_url())
    expect(page.get_by_text("Elle est reportée au 12 novembre 2026")).to_be_visible()
    page.get_by_role("link", name="Reprendre la démarche").click()
    expect(page.get_by_label("La reprendre")).to_be_checked()
    press(page, "Confirmer")
    told(page, "C’est fait")
    assert the_demarche().state == AppraisalState.ACTIVE
    now = {address: len(road.letters_to(address)) for address in heard}
    assert now == heard, "reprendre à la même date n’écrit à personne"
    page.goto(f"/espace/rencontres/{after.reference}/affiche/")
    expect(page.get_by_text(NEW_DAY)).to_be_visible()


def it_is_rehearsed_then_wiped(road: Road) -> None:
    road.at("2026-11-03")
    page = road.desk(ELISE)
    page.goto(step_url("rencontre"))
    page.get_by_role("link", name="Faire une répétition générale").click()
    road.look(page, "repetition")
    press(page, "Commencer la répétition")
    road.look(page, "repetition-console")
    press(page, "Non\xa0: ouvrir la répétition")
    press(page, "Faire répondre les participants fictifs")
    told(page, "9 réponses fictives sont arrivées.")
    expect(page.locator(".received .big")).to_have_text("9")
    press(page, "Fermer et révéler")
    road.look(page, "repetition-revelee")
    page.goto("/espace/repetition/")
    page.get_by_role("link", name="Effacer la répétition").click()
    road.look(page, "repetition-effacer")
    press(page, "Effacer la répétition")
    told(page, "La répétition est effacée.")
    assert (Rating.objects.count(), Rehearsal.objects.count()) == (0, 1)
    assert Meeting.every.count() == 1
    assert the_demarche().reference == Invitee.objects.first().appraisal.reference


def everybody_is_reminded(road: Road) -> None:
    road.night_before("2026-11-06")
    for address in (JEANNE, MARC, LEA, FAMILY):
        reminder = road.letters_to(address)[-1]
        assert NEW_DAY in words_of(reminder)
    assert PublicReply.objects.get().people == 3
