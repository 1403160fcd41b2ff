"""What a team prepares before inviting, by keyboard, on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.models import OtherConsultation
from tests.browser.sizes import PHONE
from tests.factories import AppraisalFactory, MembershipFactory, PlaceFactory


@pytest.fixture
def appraisal():
    place = PlaceFactory(name="Rivière-Témoin", parent=PlaceFactory(territory=True))
    return AppraisalFactory(place=place, phase="portrait", framing_done_at=timezone.now())


@pytest.fixture
def page(new_context, sign_in, appraisal):
    context = new_context(viewport=PHONE)
    sign_in(context, MembershipFactory(appraisal=appraisal).user)
    return context.new_page()


def test_a_consultation_is_written_from_the_framing_step(page, appraisal, assert_accessible):
    page.goto(f"/espace/demarches/{appraisal.reference}/etapes/decider/")
    expect(page.get_by_text("apprendre pour faire mieux")).to_be_visible()
    page.get_by_role("link", name="Voir et compléter la liste").click()
    page.get_by_role("button", name="Ajouter à la liste").click()
    expect(page.get_by_role("alert")).to_contain_text("Nommez la consultation.")
    assert_accessible(page)
    page.get_by_label("Quelle consultation?").fill("Sondage sur les loisirs")
    page.get_by_label("Menée par qui?").fill("Comité des loisirs")
    page.get_by_label("Quel mois?").fill("2026-05")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Sondage sur les loisirs")).to_be_visible()
    assert OtherConsultation.objects.get().organizer == "Comité des loisirs"
    assert_accessible(page)


def test_the_portrait_is_typed_without_javascript(new_context, sign_in, appraisal):
    context = new_context(viewport=PHONE, javascript=False)
    sign_in(context, MembershipFactory(appraisal=appraisal).user)
    page = context.new_page()
    page.goto(f"/espace/demarches/{appraisal.reference}/etapes/portrait/")
    first = page.get_by_role("group", name="Chiffre 1", exact=True)
    first.get_by_label("Ce que dit le chiffre").fill("Habitants")
    first.get_by_label("Valeur").fill("312")
    page.get_by_role("button", name="Ajouter des lignes de chiffres").click()
    expect(page.get_by_role("group", name="Chiffre 6", exact=True)).to_be_visible()
    expect(first.get_by_label("Valeur")).to_have_value("312")
    first.get_by_label("Année").fill("2021")
    first.get_by_label("Valeur").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Dites d’où il vient (chiffre 1)")
    first.get_by_label("Source").fill("Recensement")
    first.get_by_label("Source").press("Enter")
    expect(page.get_by_text("Tout est enregistré,")).to_be_visible()
    page.get_by_role("link", name="Voir et imprimer le portrait pour la salle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Portrait de Rivière-Témoin")
    expect(page.get_by_role("row", name="Habitants")).to_contain_text("312")


def test_the_portrait_and_its_page_are_accessible(page, appraisal, assert_accessible):
    appraisal.portrait_figures.create(label="Habitants", value="312", year=2021, source="MRC")
    appraisal.local_facts.create(kind="school", words="École ouverte")
    page.goto(f"/espace/demarches/{appraisal.reference}/etapes/portrait/")
    assert_accessible(page)
    page.goto(f"/espace/demarches/{appraisal.reference}/portrait/")
    assert_accessible(page)
