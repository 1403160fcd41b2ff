import pytest
from django.utils import timezone

from appreciation.enums import Phase
from appreciation.models import TransitionLog
from tests.factories import AppraisalFactory, MembershipFactory


def url(appraisal):
    return f"/espace/demarches/{appraisal.reference}/etat/"


def test_the_lead_postpones_with_a_sentence(appraisal, as_lead):
    as_lead.post(url(appraisal), {"gesture": "postpone", "comment": "La neige."})
    appraisal.refresh_from_db()
    assert appraisal.state == "postponed"
    assert TransitionLog.objects.get(name="postpone").comment == "La neige."


def test_a_missing_sentence_is_asked_for(appraisal, as_lead):
    page = as_lead.post(url(appraisal), {"gesture": "cancel", "comment": ""}).content.decode()
    assert "Dites en une phrase pourquoi." in page
    appraisal.refresh_from_db()
    assert appraisal.state == "active"


@pytest.mark.parametrize("gesture", ["", "revive", "reopen_sharing", "finish_framing", "danser"])
def test_what_is_not_offered_is_refused(appraisal, as_lead, gesture):
    page = as_lead.post(url(appraisal), {"gesture": gesture, "comment": "Oui."}).content.decode()
    assert 'id="erreurs"' in page
    assert not TransitionLog.objects.exists()


def test_a_phase_is_reopened(lead, as_lead):
    appraisal = AppraisalFactory(phase=Phase.PORTRAIT, framing_done_at=timezone.now())
    MembershipFactory(appraisal=appraisal, user=lead)
    page = as_lead.get(url(appraisal) + "?geste=reopen_framing").content.decode()
    assert "Rouvrir l’étape" in page
    as_lead.post(url(appraisal), {"gesture": "reopen_framing", "comment": "La date change."})
    appraisal.refresh_from_db()
    assert (appraisal.phase, appraisal.framing_done_at) == (Phase.FRAMING, None)


def test_an_observer_finds_nothing_to_change(appraisal, as_observer):
    assert (
        "Il n’y a rien à changer ici pour vous." in as_observer.get(url(appraisal)).content.decode()
    )
    assert as_observer.post(url(appraisal), {"gesture": "postpone"}).status_code == 404
