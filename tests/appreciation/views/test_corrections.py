"""« Une erreur? Dites-le »: sent from a phone, answered from the space, told with the report."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.restitution import open_restitution, restitution_window
from appreciation.models import Correction, JoinAttempt
from tests.factories import MembershipFactory, UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.corrections import CorrectionFactory

REPORT = "/r/K7M2PX/rapport/"
URL = f"{REPORT}une-erreur/"
DATA = {"section": "findings", "text": "Le quai date de 1987.", "key": "cle-1", "site_web": ""}


@pytest.fixture
def told(lead):
    told = adopted_appraisal(lead=lead)
    told.meetings.update(join_code="K7M2PX")
    open_restitution(appraisal=told, user=lead)
    return told


@pytest.fixture
def space_url(told):
    return reverse("space:corrections", args=[told.reference])


def text_of(response) -> str:
    return response.content.decode()


def test_each_section_leads_to_its_own_form(told):
    page = text_of(Client().get(REPORT))
    for section in ("introduction", "findings", "results", "limits", "method"):
        assert f'href="{URL}?section={section}"' in page
    form = text_of(Client().get(f"{URL}?section=limits"))
    assert '<option value="limits" selected>' in form
    assert "selected" not in text_of(Client().get(f"{URL}?section=ailleurs")).replace(
        '<option value="" selected>', ""
    )


def test_sent_without_account_or_cookie_and_thanked(told):
    client = Client()
    page = text_of(client.get(URL))
    assert "effacés après le" in page
    response = client.post(URL, DATA | {"name": "Gisèle", "reach": "819 555-0100"}, follow=True)
    assert "Merci, c’est reçu." in text_of(response)
    assert "1 correction reçue, 0 acceptée" in text_of(response)
    assert "Le quai date" not in text_of(response)
    assert "Gisèle" not in text_of(response)
    assert Correction.objects.get().contact.name == "Gisèle"
    assert not client.cookies


def test_what_is_refused_keeps_what_was_typed(told):
    response = Client().post(URL, DATA | {"text": "", "reach": "819 555-0100"})
    assert response.status_code == 422
    assert "Écrivez ce qui est à corriger." in text_of(response)
    assert 'value="819 555-0100"' in text_of(response)
    assert not Correction.objects.exists()


def test_a_machine_that_fills_the_trap_is_thanked_and_nothing_is_kept(told):
    response = Client().post(URL, DATA | {"site_web": "http://exemple.test"})
    assert response.status_code == 302
    assert not Correction.objects.exists()


def test_too_many_from_one_place_keep_the_text_on_screen(told):
    for number in range(20):
        assert Client().post(URL, DATA | {"key": f"k{number}"}).status_code == 302
    response = Client().post(URL, DATA | {"key": "k20"})
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "Le quai date de 1987.</textarea>" in text_of(response)


def test_after_the_window_the_text_stays_with_whom_to_call(told):
    with time_machine.travel(restitution_window(told).closes, tick=False):
        response = Client().post(URL, DATA)
        assert Client().get(URL).status_code == 410
    page = text_of(response)
    assert response.status_code == 410
    assert "Votre correction n’a pas été reçue" in page
    assert "Le quai date de 1987.</textarea>" in page
    assert "À qui parler" in page
    assert not Correction.objects.exists()


def test_an_unknown_code_says_nothing_and_counts(told):
    assert Client().post("/r/ZZZZZZ/rapport/une-erreur/", DATA).status_code == 404
    assert JoinAttempt.objects.count() == 1


def test_a_form_of_another_site_is_refused(told):
    for headers in ({"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"}):
        client = Client(enforce_csrf_checks=True, headers=headers)
        assert client.post(URL, DATA).status_code == 403
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    assert client.post(URL, DATA).status_code == 302


def test_the_team_answers_and_the_page_says_so(client, told, lead, space_url):
    accepted = CorrectionFactory(appraisal=told, section="limits")
    refused = CorrectionFactory(appraisal=told, section="findings")
    client.force_login(lead)
    page = text_of(client.get(space_url))
    assert "2 attendent votre réponse" in page
    assert accepted.text in page
    client.post(space_url, {f"c{accepted.pk}-state": "accepted", f"c{accepted.pk}-version": "1"})
    data = {f"c{refused.pk}-state": "refused", f"c{refused.pk}-version": "1"}
    response = client.post(space_url, data)
    assert response.status_code == 422
    assert "Dites pourquoi elle est refusée" in text_of(response)
    client.post(space_url, data | {f"c{refused.pk}-reason": "Le procès-verbal dit 1986."})
    page = text_of(client.get(space_url))
    assert "Toutes ont leur réponse" in page
    assert f'href="{reverse("space:report_section", args=[told.reference, "limits"])}"' in page
    public = text_of(Client().get(REPORT))
    assert "2 corrections reçues, 1 acceptée</b>, 1 refusée" in public
    assert "Le procès-verbal dit 1986." in public


def test_an_accepted_finding_leads_to_the_findings(client, told, lead, space_url):
    finding = told.findings.get()
    finding.meeting = told.meetings.get()
    finding.save()
    CorrectionFactory(appraisal=told, section="findings", state="accepted")
    client.force_login(lead)
    address = reverse("space:finding_edit", args=[finding.meeting.reference, finding.pk])
    assert f'href="{address}"' in text_of(client.get(space_url))


def test_a_late_answer_shows_the_other_one_and_can_be_sent_again(client, told, lead, space_url):
    row = CorrectionFactory(appraisal=told, state="accepted", version=2)
    client.force_login(lead)
    data = {
        f"c{row.pk}-state": "refused",
        f"c{row.pk}-reason": "Non.",
        f"c{row.pk}-version": "1",
    }
    response = client.post(space_url, data)
    assert response.status_code == 422
    assert "pendant que vous écriviez" in text_of(response)
    assert f'name="c{row.pk}-version" value="2"' in text_of(response)
    client.post(space_url, data | {f"c{row.pk}-version": "2"})
    row.refresh_from_db()
    assert row.reason == "Non."


def test_an_observer_reads_and_cannot_answer(client, told, space_url):
    row = CorrectionFactory(appraisal=told)
    observer = UserFactory()
    MembershipFactory(appraisal=told, user=observer, role="observer")
    client.force_login(observer)
    assert "Répondre</button>" not in text_of(client.get(space_url))
    data = {f"c{row.pk}-state": "accepted", f"c{row.pk}-version": "1"}
    assert client.post(space_url, data).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries(
    client, told, lead, space_url, rows, django_assert_num_queries
):
    for _ in range(rows):
        CorrectionFactory(appraisal=told, section="findings")
    client.force_login(lead)
    client.get(space_url)
    with django_assert_num_queries(10):
        client.get(space_url)


def test_adoption_and_publication_warn_and_still_work(client, told, lead):
    CorrectionFactory(appraisal=told)
    client.force_login(lead)
    for name in ("adoption", "publication"):
        page = text_of(client.get(reverse(f"space:{name}", args=[told.reference])))
        assert "1 correction attend une réponse." in page
    data = {"level": "summary", "replaces": "0"}
    client.post(reverse("space:publication", args=[told.reference]), data)
    assert told.publications.count() == 1


@pytest.mark.parametrize(("phase", "is_said"), [("restitution", False), ("action_plan", True)])
def test_a_correction_is_not_lost_once_the_step_is_behind(client, told, lead, phase, is_said):
    """The page of a report is open for thirty days; the démarche may go faster."""
    CorrectionFactory(appraisal=told)
    told.phase, told.restitution_done_at = phase, timezone.now()
    told.save()
    client.force_login(lead)
    page = text_of(client.get(reverse("space:appraisal", args=[told.reference])))
    assert ("1 correction attend votre réponse." in page) is is_said
