"""The follow-up in a real browser: a link opened on a phone, and the screens of the space."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.domain.followers import find_follower
from appreciation.domain.outcomes import OutcomeDraft, record_outcome
from appreciation.domain.publications import publish
from appreciation.interfaces.documents.making import run_exports
from appreciation.models import Follower
from tests.browser.sizes import PHONE
from tests.factories.adopted import adopted_appraisal
from tests.factories.follow_up import followed_appraisal

ENTRY = "/demarches/riviere-exemple-2026/"


@pytest.fixture
def followed(lead):
    return followed_appraisal(lead=lead, place__name="Rivière-Témoin")


def test_a_check_in_is_answered_on_a_phone_without_javascript(
    new_context, followed, assert_accessible
):
    link = f"/suivi/{followed.check_ins.get(months=3).token}/"
    context = new_context(javascript=False, viewport=PHONE)
    context.watched.expected_statuses.add(422)
    page = context.new_page()
    page.goto(f"{link}?reponse=done")
    first = page.get_by_role("group", name="Action 1")
    second = page.get_by_role("group", name="Action 2")
    expect(first.get_by_label("Fait")).to_be_checked()
    second.get_by_label("Abandonné").check()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_role("alert")).to_contain_text("Dites en quelques mots")
    page.get_by_label("En quelques mots").nth(1).fill("L’école a fermé.")
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_role("status")).to_contain_text("Votre réponse est enregistrée")
    expect(second.get_by_label("Abandonné")).to_be_checked()
    assert [action.state for action in followed.actions.all()] == ["done", "abandoned"]


def test_the_screens_of_the_follow_up_are_accessible(
    new_context, sign_in, lead, followed, assert_accessible
):
    context = new_context()
    sign_in(context, lead)
    page = context.new_page()
    page.goto(f"/suivi/{followed.check_ins.get(months=3).token}/")
    assert_accessible(page)
    page.goto(f"/espace/demarches/{followed.reference}/suivis/")
    page.get_by_role("link", name="Répondre après un appel (suivi à 3 mois)").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Suivi à 3 mois")
    assert_accessible(page)
    for number in (1, 2):
        page.get_by_role("group", name=f"Action {number}").get_by_label("Besoin d’aide").check()
    page.get_by_role("button", name="Inscrire la réponse").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("La réponse est inscrite.")
    assert_accessible(page)
    page.goto("/espace/suivis/")
    expect(page.get_by_role("link", name="Rivière-Témoin, 3 mois")).to_be_visible()
    assert_accessible(page)


def test_a_visitor_reads_the_timeline_and_follows(page, lead, assert_accessible):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level="summary", user=lead)
    draft = OutcomeDraft(
        kind="outcome",
        happened_on=dt.date(2026, 11, 10),
        words="Un marché a ouvert.",
        evidence_link="https://exemple.org/un-article-dont-l-adresse-est-longue/" + "a" * 120,
        is_public=True,
    )
    record_outcome(appraisal=appraisal, user=lead, draft=draft)
    page.goto(ENTRY)
    expect(page.get_by_role("heading", name="Depuis la rencontre")).to_be_visible()
    expect(page.get_by_text("Un marché a ouvert.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Recevoir les suites par courriel").press("Enter")
    assert_accessible(page)
    page.get_by_label("Votre courriel").fill("lise@exemple.org")
    page.get_by_role("button", name="M’avertir").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Regardez vos courriels.")
    token = Follower.objects.get().token
    page.goto(f"/suivre/confirmer/{token}/")
    assert_accessible(page)
    page.get_by_role("button", name="Oui, avertissez-moi").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("C’est confirmé.")
    page.get_by_role("link", name="Ne plus être averti").press("Enter")
    assert_accessible(page)
    page.get_by_role("button", name="Arrêter et effacer mon adresse").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous ne recevrez plus ces courriels")
    assert find_follower(token) is None


def test_outcome_review_and_copy_by_keyboard(new_context, sign_in, lead, assert_accessible):
    appraisal = followed_appraisal(lead=lead, place__name="Rivière-Témoin")
    context = new_context()
    sign_in(context, lead)
    page = context.new_page()
    base = f"/espace/demarches/{appraisal.reference}"
    page.goto(f"{base}/suivis/")
    page.get_by_role("link", name="Inscrire un petit pas ou une retombée").press("Enter")
    assert_accessible(page)
    page.get_by_label("Ce qui est arrivé").fill("Quatre conductrices se sont nommées.")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("Quatre conductrices se sont nommées.")).to_be_visible()
    page.goto(f"{base}/bilan/")
    assert_accessible(page)
    page.get_by_label("Un conseil pour la prochaine personne").fill("Prévoir du café.")
    page.get_by_label("Heures passées en tout").fill("41,5")
    page.get_by_role("button", name="Enregistrer le bilan").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Le bilan est enregistré.")
    page.goto(f"{base}/copie/")
    page.get_by_role("button", name="Préparer la copie").press("Enter")
    expect(page.get_by_text("En préparation.")).to_be_visible()
    assert_accessible(page)
    run_exports(timezone.now())
    page.get_by_role("link", name="Voir si c’est prêt").press("Enter")
    expect(page.get_by_text("Prêt", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Prendre le fichier").click()
    assert download.value.suggested_filename == f"demarche-{appraisal.reference}.zip"
