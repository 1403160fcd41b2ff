"""Two years after: the same community does it again, and reads before and now side by side."""

from playwright.sync_api import expect

from appreciation.domain.instruments import copy_instrument, ensure_ready
from appreciation.enums import InstrumentState, Phase
from appreciation.models import Item
from tests.browser.two_years.evening import LEAD, bring_sheets, room, sheets
from tests.browser.two_years.opening import NOE
from tests.browser.two_years.road import (
    Road,
    demarche_url,
    finish_step,
    press,
    step_url,
    the_demarche,
    told,
)

OTHER_WORDS = "Les gens d’ici se parlent d’un rang à l’autre."


def a_statement_is_replaced() -> None:
    """An editor published a second version, where another statement stands for the first."""
    second = copy_instrument(the_demarche().instrument, "2")
    first_item = Item.objects.filter(instrument_dimension__instrument=second).first()
    Item.objects.filter(pk=first_item.pk).update(code="parole-1", text=OTHER_WORDS)
    second.state = InstrumentState.READY
    ensure_ready(second)
    second.save()


def a_second_time_is_opened(road: Road) -> None:
    road.at("2029-01-15")
    a_statement_is_replaced()
    first = the_demarche()
    page = road.desk(NOE)
    page.goto(step_url("suivre"))
    road.look(page, "etape-suivre")
    page.get_by_role("link", name="Refaire une appréciation").first.click()
    expect(page.get_by_text("version 2")).to_be_visible()
    page.get_by_label("Date approximative de la nouvelle rencontre").fill("2029-03-15")
    road.look(page, "refaire")
    press(page, "Ouvrir la nouvelle démarche")
    told(page, "est ouverte, avec le cadre de la première.")
    road.look(page, "demarche-deuxieme")
    again = the_demarche()
    assert (again.previous, again.instrument.version) == (first, "2")
    assert (again.purposes, again.contact_name) == (first.purposes, first.contact_name)
    assert again.invitees.count() == 0


def a_second_evening_is_held(road: Road) -> None:
    page = road.desk(NOE)
    page.goto(step_url("decider"))
    expect(page.get_by_label("apprendre pour faire mieux")).to_be_checked()
    press(page, "Enregistrer et terminer l’étape")
    told(page, "Étape terminée")
    for slug in ("portrait", "mobiliser"):
        page.goto(step_url(slug) + "#passer")
        page.locator("summary", has_text="Ce n’est pas possible chez nous").click()
        page.get_by_label("Pourquoi, en une phrase").fill("Le même qu’il y a deux ans.")
        press(page, "Enregistrer et terminer l’étape")
        told(page, "Étape")
    assert the_demarche().phase == Phase.MEETING
    page.goto(step_url("rencontre"))
    page.get_by_label("Lieu").fill("Salle du quai")
    page.get_by_label("chaque personne à son rythme").check()
    press(page, "Enregistrer")
    told(page, "Tout est enregistré")
    road.at("2029-03-15", "18:00")
    page = road.desk(NOE)
    page.goto(room())
    press(page, "Ouvrir la rencontre")
    expect(page.get_by_text("le code fonctionne")).to_be_visible()
    bring_sheets(road, page, sheets()[:6])
    page.goto(room())
    press(page, "Fermer toutes les dimensions ouvertes")
    press(page, "Tout révéler")
    page.locator("summary", has_text="Fermer la rencontre").click()
    press(page, "Oui, fermer la rencontre")
    press(page, "Saisie terminée")
    expect(page.get_by_role("heading", level=1)).to_have_text("La saisie est terminée")
    page.goto(room("constats/"))
    page.get_by_label("En une phrase").fill("Le four nous réchauffe.")
    press(page, "Enregistrer")
    finish_step(page, "rencontre")


def both_are_compared(road: Road) -> None:
    page = road.desk(NOE)
    page.goto(demarche_url())
    page.get_by_role("link", name="Avant / maintenant").click()
    expect(page.get_by_role("heading", name="Ce qui se compare")).to_be_visible()
    road.look(page, "avant-maintenant")
    expect(page.get_by_text("11 énoncés se comparent.").first).to_be_visible()
    expect(page.get_by_text("Cet énoncé n’était pas posé la première fois.")).to_have_count(1)
    expect(page.get_by_text("Cet énoncé n’est plus posé.")).to_have_count(1)
    done = page.get_by_role("listitem").filter(has_text=f"{LEAD}.")
    expect(done.first).to_contain_text("fait")
