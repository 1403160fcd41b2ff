"""The evening around the votes: minutes, photos, words of the room, tables, thanks."""

import pytest
from playwright.sync_api import expect

from tests.browser.sizes import PHONE
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory
from tests.factories.evenings import picture


@pytest.fixture
def appraisal(lead):
    appraisal = AppraisalFactory(at_restitution=True)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return appraisal


@pytest.fixture
def open_as(new_context, sign_in, lead):
    def opened(**options):
        context = new_context(**options)
        context.watched.expected_statuses.add(422)
        sign_in(context, lead)
        return context.new_page()

    return opened


def test_an_evening_is_planned_told_and_photographed(open_as, appraisal, assert_accessible):
    page = open_as(viewport=PHONE)
    page.goto(f"/espace/demarches/{appraisal.reference}/rencontres/")
    page.get_by_role("link", name="Prévoir la soirée publique").click()
    page.get_by_label("Date", exact=True).fill("2026-11-19")
    page.get_by_label("Lieu").fill("Salle des loisirs")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Restitution du 19")
    page.get_by_role("link", name="Écrire le compte rendu").click()
    page.get_by_label("Déroulement").fill("Lecture du rapport, puis discussion.")
    page.get_by_role("button", name="Enregistrer le compte rendu").click()
    expect(page.get_by_text("Lecture du rapport, puis discussion.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Ajouter ou voir les photos").click()
    several = [
        {"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": picture(colour=colour)}
        for n, colour in enumerate(("navy", "olive"))
    ]
    page.get_by_label("Photos des grandes feuilles").set_input_files(several)
    page.get_by_role("button", name="Garder les photos").click()
    expect(page.get_by_text("2 photos sont gardées.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Décrire ou retirer la photo 1").click()
    page.get_by_label("Peut paraître dans le rapport").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#erreurs")).to_contain_text("Ce qu’on lit sur la photo")
    page.get_by_label("Ce qu’on lit sur la photo").fill("Le quai, entouré deux fois")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("dans le rapport", exact=True)).to_be_visible()


def test_the_list_of_meetings_is_accessible(open_as, appraisal, assert_accessible):
    MeetingFactory(appraisal=appraisal, open=True, head_count=12)
    page = open_as()
    page.goto(f"/espace/demarches/{appraisal.reference}/rencontres/")
    expect(page.get_by_text("0 personne a répondu")).to_be_visible()
    assert_accessible(page)


@pytest.fixture
def meeting(lead):
    appraisal = AppraisalFactory(at_meeting=True, quotes_announced=True)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return MeetingFactory(appraisal=appraisal, open=True)


def test_a_word_goes_from_a_phone_without_script_to_the_wall(
    open_as, new_context, meeting, assert_accessible
):
    meeting.rounds.all().delete()
    table = open_as()
    table.goto(f"/espace/rencontres/{meeting.reference}/mot-de-la-salle/")
    table.get_by_label("La question, courte").fill("Un mot sur le quai")
    table.get_by_role("button", name="Poser la question").click()
    expect(table.get_by_text("Aucun mot pour le moment.")).to_be_visible()
    phone = new_context(javascript=False, viewport=PHONE).new_page()
    phone.goto(f"/r/{meeting.join_code}/")
    phone.get_by_role("button", name="Commencer").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Un mot sur le quai")
    phone.get_by_label("Votre mot").fill("Le bois qui craque")
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_text("Le bois qui craque")).to_be_visible()
    table.get_by_role("link", name="Voir les mots arrivés").click()
    table.get_by_label("Nouveau titre").fill("Les sons")
    table.get_by_role("button", name="Ajouter ce titre").click()
    table.get_by_label("Sous quel titre").select_option("Les sons")
    table.get_by_role("button", name="Montrer\N{NO-BREAK SPACE}: Le bois qui craque").click()
    expect(table.get_by_text("montré", exact=True)).to_be_visible()
    assert_accessible(table)
    table.goto(f"/espace/rencontres/{meeting.reference}/projection/")
    expect(table.get_by_role("heading", name="Les sons 1")).to_be_visible()
    expect(table.get_by_text("Le bois qui craque")).to_be_visible()


def test_the_question_on_a_phone_and_the_sheet_of_thanks_are_accessible(
    open_as, new_context, meeting, assert_accessible
):
    meeting.rounds.all().delete()
    table = open_as()
    table.goto(f"/espace/rencontres/{meeting.reference}/mot-de-la-salle/")
    table.get_by_role("button", name="Poser la question").click()
    phone = new_context(viewport=PHONE).new_page()
    phone.goto(f"/r/{meeting.join_code}/")
    phone.get_by_role("button", name="Commencer").click()
    expect(phone.get_by_label("Votre mot")).to_be_visible()
    assert_accessible(phone)
    table.goto(f"/espace/rencontres/{meeting.reference}/merci/")
    expect(table.get_by_role("heading", level=1)).to_have_text("Merci, voici ce que vous avez dit")
    expect(table.get_by_role("button", name="Imprimer cette feuille")).to_be_visible()
    assert_accessible(table)


def test_a_table_is_typed_on_a_phone_and_stands_in_the_deliberation(
    open_as, meeting, assert_accessible
):
    page = open_as(viewport=PHONE)
    page.goto(f"/espace/rencontres/{meeting.reference}/tables/")
    page.get_by_label("Nombre de tables").fill("2")
    page.get_by_role("button", name="Enregistrer le nombre de tables").click()
    page.get_by_role("link", name="Table 1").click()
    page.get_by_label("Niveau de la table").first.select_option("3")
    page.get_by_label("Pourquoi, en une phrase").first.fill("La halte-garderie")
    assert_accessible(page)
    page.get_by_role("button", name="Enregistrer la table").click()
    expect(page.get_by_text("1 énoncé dit")).to_be_visible()
    assert_accessible(page)
    code = meeting.instrument.instrument_dimensions.first().dimension.code
    page.goto(f"/espace/rencontres/{meeting.reference}/deliberation/{code}/")
    expect(page.get_by_role("cell", name="La halte-garderie")).to_be_visible()
