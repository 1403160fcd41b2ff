import pytest

from appreciation.domain.help import open_help_request
from appreciation.models import FrequentQuestion, HelpRequest
from tests.factories import AppraisalFactory, MeetingFactory

NEW = "/espace/aide/nouvelle/"


def step(appraisal):
    return f"/espace/demarches/{appraisal.reference}/etapes/decider/"


def test_every_screen_leads_to_help_with_its_address(appraisal, as_lead):
    page = as_lead.get(step(appraisal)).content.decode()
    assert f"/espace/aide/nouvelle/?depuis={step(appraisal)}" in page
    assert "Demander de l’aide" in page


def test_the_form_opens_on_the_step_with_what_is_missing(appraisal, as_lead):
    appraisal.expected_on = None
    appraisal.save()
    page = as_lead.get(NEW, {"depuis": step(appraisal)})
    told = page.context["told"]
    assert (told.appraisal, told.phase_label) == (appraisal, "Décider")
    assert told.missing
    assert told.missing[0].split(":")[0] in page.content.decode()
    assert "d’ici 2 jours ouvrables" in page.content.decode()
    data = {"text": "Qui inviter?", "depuis": step(appraisal), "form_key": "k"}
    response = as_lead.post(NEW, data)
    asked = HelpRequest.objects.get()
    assert response.url == f"/espace/aide/{asked.pk}/"
    assert (asked.appraisal, asked.phase) == (appraisal, "framing")
    assert asked.address == step(appraisal)
    assert asked.context.splitlines() == list(told.missing)
    as_lead.post(NEW, data)
    assert HelpRequest.objects.count() == 1


def test_from_a_meeting_s_screen_its_demarche_is_known(appraisal, as_lead):
    meeting = MeetingFactory(appraisal=appraisal)
    page = as_lead.get(NEW, {"depuis": f"/espace/rencontres/{meeting.reference}/mains/"})
    assert page.context["told"].appraisal == appraisal


@pytest.mark.parametrize(
    "address",
    [
        "https://ailleurs.example/",
        "//ailleurs.example/espace/",
        "/demarches/",
        f"/espace/demarches/{'x' * 600}/",
        "x",
        "",
    ],
)
def test_an_address_that_is_not_a_screen_of_the_space_is_left_out(as_lead, address):
    page = as_lead.get(NEW, {"depuis": address})
    assert page.context["told"].address == ""
    assert "ailleurs.example" not in page.content.decode()


def test_a_demarche_of_others_is_not_named(as_lead):
    other = AppraisalFactory()
    page = as_lead.get(NEW, {"depuis": step(other)})
    assert page.context["told"].appraisal is None
    assert str(other.place) not in page.content.decode()


def test_an_empty_question_keeps_its_screen(appraisal, as_lead):
    page = as_lead.post(NEW, {"text": " ", "depuis": step(appraisal)})
    assert "Écrivez votre question" in page.content.decode()
    assert page.context["told"].appraisal == appraisal
    assert not HelpRequest.objects.exists()


def test_what_was_typed_before_the_session_expired_is_there(appraisal, lead, client):
    assert client.post(NEW, {"text": "Qui inviter?"}).status_code == 302
    client.force_login(lead)
    page = client.get(NEW).content.decode()
    assert "Qui inviter?" in page
    assert not HelpRequest.objects.exists()


def test_the_exchange_goes_both_ways(appraisal, lead, as_lead, as_coordinator):
    asked = open_help_request(asker=lead, appraisal=appraisal, text="Qui inviter?")
    url = f"/espace/aide/{asked.pk}/"
    as_coordinator.post(url, {"intent": "take"})
    as_coordinator.post(url, {"intent": "write", "text": "Le CLSC."})
    page = as_lead.get(url).content.decode()
    assert "Le CLSC." in page
    assert "Je m’en occupe" not in page
    as_lead.post(url, {"intent": "close"})
    assert "Rouvrir" in as_lead.get(url).content.decode()
    as_lead.post(url, {"intent": "reopen"})
    asked.refresh_from_db()
    assert asked.state == "in_charge"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"intent": "take"}, "La coordination prend les demandes d’aide en charge."),
        ({"intent": "danser"}, "Ce geste n’existe pas."),
        ({"intent": "write", "text": ""}, "Écrivez votre message."),
    ],
)
def test_refusals_are_said(appraisal, lead, as_lead, as_coordinator, data, words):
    asked = open_help_request(asker=lead, appraisal=appraisal, text="Qui inviter?")
    page = as_lead.post(f"/espace/aide/{asked.pk}/", data, follow=True).content.decode()
    assert words in page


def test_the_list_searches_the_questions_that_are_published(as_lead):
    FrequentQuestion.objects.create(question="Qui inviter?", answer="Tous.", is_published=True)
    FrequentQuestion.objects.create(question="Quelle salle?", answer="École.", is_published=True)
    FrequentQuestion.objects.create(question="Inviter qui d’autre?", answer="Pas fini.")
    page = as_lead.get("/espace/aide/", {"q": "inviter"})
    assert [one.question for one in page.context["questions"]] == ["Qui inviter?"]
    none = as_lead.get("/espace/aide/", {"q": "girafe"}).content.decode()
    assert "Aucune question ne contient ces mots." in none
