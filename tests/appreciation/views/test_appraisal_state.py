import datetime as dt

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


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


def test_postponing_asks_for_the_new_date_and_refuses_a_day_gone_by(appraisal, as_lead):
    data = {"gesture": "postpone", "comment": "La neige.", "new_date": str(in_days(-1))}
    page = as_lead.post(url(appraisal), data)
    assert "Cette date est passée" in str(page.context["form"].errors["new_date"])
    assert "La neige." in page.content.decode()
    appraisal.refresh_from_db()
    assert appraisal.state == "active"
    as_lead.post(url(appraisal), data | {"new_date": str(in_days(30))})
    as_lead.post(url(appraisal), data | {"new_date": str(in_days(60))})
    appraisal.refresh_from_db()
    assert (appraisal.state, appraisal.expected_on) == ("postponed", in_days(60))


def test_a_date_that_is_no_date_is_said_by_the_box(appraisal, as_lead):
    data = {"gesture": "postpone", "comment": "La neige.", "new_date": "bientôt"}
    page = as_lead.post(url(appraisal), data)
    assert "Écrivez une date comme" in str(page.context["form"].errors["new_date"])


def test_after_the_evening_no_date_is_asked(lead, as_lead):
    appraisal = AppraisalFactory(at_restitution=True)
    MembershipFactory(appraisal=appraisal, user=lead)
    assert "new_date" not in as_lead.get(url(appraisal)).context["form"].fields


def test_the_lessons_of_a_closed_appraisal_are_on_its_page(lead, as_lead):
    stamps = {f"{phase}_done_at": timezone.now() for phase in list(Phase)[:-1]}
    appraisal = AppraisalFactory(phase=Phase.FOLLOW_UP, **stamps)
    MembershipFactory(appraisal=appraisal, user=lead)
    base = f"/espace/demarches/{appraisal.reference}/"
    lessons = "Inviter plus tôt.\nPrévoir deux micros."
    as_lead.post(f"{base}etapes/suivre/", {"intent": "advance", "comment": lessons})
    appraisal.refresh_from_db()
    assert (appraisal.state, appraisal.lessons) == ("closed", lessons)
    content = as_lead.get(base).content.decode()
    assert "Ce que nous avons appris" in content
    assert "Prévoir deux micros." in content
