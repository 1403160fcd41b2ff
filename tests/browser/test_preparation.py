"""What a team prepares before inviting, by keyboard, on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.models import OtherConsultation
from tests.browser.conftest import PHONE
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
