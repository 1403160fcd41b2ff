"""Dots from a small phone to the wall."""

import pytest
from playwright.sync_api import expect

from tests.browser.sizes import NARROW
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_phones_choose_and_the_wall_says_it(new_context, sign_in, assert_accessible):
    meeting = MeetingFactory(appraisal=AppraisalFactory(at_meeting=True), open=True)
    context = new_context()
    sign_in(context, MembershipFactory(appraisal=meeting.appraisal).user)
    team = context.new_page()
    team.goto(f"/espace/rencontres/{meeting.reference}/priorites/")
    assert_accessible(team)
    team.get_by_label("Autres pistes, une par ligne").fill("Un four à pain\nUn sentier")
    team.get_by_role("button", name="Enregistrer les pistes").press("Enter")
    team.get_by_role("button", name="Ouvrir le choix sur les téléphones").press("Enter")
    expect(team.get_by_role("button", name="Fermer le choix")).to_be_visible()

    for rank in range(3):
        phone = new_context(viewport=NARROW, javascript=rank > 0).new_page()
        phone.goto(f"/r/{meeting.join_code}/")
        phone.get_by_role("button", name="Commencer").click()
        phone.get_by_label("Un four à pain").check()
        if rank == 1:
            assert_accessible(phone)
        phone.get_by_role("button", name="Envoyer").click()
        expect(phone.get_by_text("Vos points sont reçus.")).to_be_visible()

    team.reload()
    team.get_by_role("button", name="Fermer le choix").click()
    team.get_by_role("button", name="Révéler à la salle").click()
    expect(team.get_by_role("cell", name="3", exact=True)).to_be_visible()
    assert_accessible(team)
    team.goto(f"/espace/rencontres/{meeting.reference}/priorites/affiche/")
    assert_accessible(team)
    team.goto(f"/espace/rencontres/{meeting.reference}/projection/")
    expect(team.get_by_role("heading", level=1)).to_contain_text("vient en premier")
    assert_accessible(team)
