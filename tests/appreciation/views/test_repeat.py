"""« Refaire une appréciation »: the set-up is copied, nothing of the people nor of their words."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.repeat import repeat_appraisal
from appreciation.enums import AppraisalState, InstrumentState, Phase, PublicationLevel
from appreciation.models import Appraisal, PhaseTask
from core.errors import DomainError
from tests.factories import InstrumentFactory, MembershipFactory, UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.outcomes import ActionFactory

SOON = timezone.localdate() + dt.timedelta(days=90)


@pytest.fixture
def done(lead):
    done = adopted_appraisal(
        lead=lead,
        purposes=["inequalities"],
        evaluation_purposes=["learn"],
        contact_name="Gisèle Exemple",
        contact_phone="819 555-0100",
    )
    for phase in ("restitution", "action_plan", "sharing"):
        setattr(done, f"{phase}_done_at", timezone.now())
    done.phase = Phase.FOLLOW_UP
    done.save()
    ActionFactory(appraisal=done)
    PhaseTask.objects.create(
        appraisal=done,
        code="cafe",
        phase=Phase.CONVENING,
        label="Prévoir le café",
        owner_words="Le voisin",
        done_at=timezone.now(),
    )
    return done


def again_from(done, lead, **changes):
    values = {"expected_on": SOON, "creation_key": "cle"}
    return repeat_appraisal(appraisal=done, user=lead, **values | changes)


def test_the_set_up_is_copied_and_nothing_of_what_was_said(done, lead):
    again = again_from(done, lead)
    assert (again.previous, again.place, again.phase) == (done, done.place, Phase.FRAMING)
    assert (again.purposes, again.contact_name) == (["inequalities"], "Gisèle Exemple")
    assert again.evaluation_purposes == ["learn"]
    assert (again.announced_level, again.expected_on) == (PublicationLevel.FULL, SOON)
    task = again.tasks.get(code="cafe")
    assert (task.label, task.owner_words, task.done_at) == ("Prévoir le café", "", None)
    for related in ("meetings", "findings", "actions", "report_sections", "phase_records"):
        assert not getattr(again, related).exists()
    assert (again.adopted_by, again.adopted_on) == ("", None)
    assert again.memberships.get().user == lead


def test_the_newest_version_offered_is_proposed(done, lead):
    newer = InstrumentFactory(code=done.instrument.code, version="2")
    InstrumentFactory(code=done.instrument.code, version="3", state=InstrumentState.DRAFT)
    assert again_from(done, lead).instrument == newer


def test_the_same_form_twice_opens_one(done, lead):
    assert again_from(done, lead) == again_from(done, lead)
    assert Appraisal.objects.filter(previous=done).count() == 1
    assert done.transitions.filter(name="done_again").count() == 1


def test_another_tab_or_another_person_does_not_open_a_second_one(done, lead):
    again = again_from(done, lead)
    colleague = MembershipFactory(appraisal=done, role="co_facilitator").user
    for who, key in ((lead, "autre"), (lead, ""), (colleague, "cle")):
        with pytest.raises(DomainError, match=f"déjà ouverte ici: {again.reference}"):
            again_from(done, who, creation_key=key)
    assert Appraisal.objects.filter(previous=done).count() == 1
    Appraisal.objects.filter(pk=again.pk).update(state=AppraisalState.CANCELLED)
    assert again_from(done, lead, creation_key="autre").pk != again.pk


@pytest.mark.parametrize("state", [AppraisalState.POSTPONED, AppraisalState.CANCELLED])
def test_not_before_the_follow_up(done, lead, state):
    done.state = state
    done.save()
    with pytest.raises(DomainError, match="une fois la démarche au suivi"):
        again_from(done, lead)
    done.state, done.phase = AppraisalState.ACTIVE, Phase.SHARING
    done.save()
    with pytest.raises(DomainError, match="une fois la démarche au suivi"):
        again_from(done, lead)


def test_a_closed_one_is_done_again(done, lead):
    done.state = AppraisalState.CLOSED
    done.save()
    assert again_from(done, lead).previous == done


def test_a_date_in_the_past_is_refused_by_its_box(done, lead):
    with pytest.raises(DomainError) as refused:
        again_from(done, lead, expected_on=timezone.localdate() - dt.timedelta(days=1))
    assert list(refused.value.fields) == ["expected_on"]


def test_an_observer_does_not(done):
    observer = UserFactory()
    MembershipFactory(appraisal=done, user=observer, role="observer")
    with pytest.raises(DomainError, match="équipe d’animation"):
        again_from(done, observer)


def test_from_the_screen_to_the_comparison(client, done, lead):
    client.force_login(lead)
    url = reverse("space:repeat", args=[done.reference])
    step = client.get(reverse("space:step", args=[done.reference, "suivre"])).content.decode()
    assert f'href="{url}"' in step
    page = client.get(url)
    assert "Grille" in page.content.decode()
    refused = client.post(url, {"expected_on": "hier", "creation_key": "cle"})
    assert refused.status_code == 422
    assert 'value="hier"' in refused.content.decode()
    data = {"expected_on": SOON.isoformat(), "creation_key": "cle"}
    page = client.post(url, data, follow=True).content.decode()
    again = Appraisal.objects.get(previous=done)
    compare = reverse("space:comparison", args=[again.reference])
    assert f'href="{compare}"' in page
    assert "une fois la nouvelle rencontre tenue" in client.get(compare).content.decode()
    csv = reverse("space:comparison_csv", args=[again.reference])
    assert client.get(csv).status_code == 200
    nothing = reverse("space:comparison", args=[done.reference])
    assert "n’en refait aucune autre" in client.get(nothing).content.decode()


def test_the_comparison_is_drawn_told_and_exported(client, done, lead):
    again = adopted_appraisal(
        lead=lead, instrument=done.instrument, previous=done, place=done.place
    )
    client.force_login(lead)
    page = client.get(reverse("space:comparison", args=[again.reference])).content.decode()
    assert page.count("les deux fois") >= 2
    assert "Ce qui s’est fait entre les deux" in page
    assert "Ce qui ne se compare pas, et pourquoi" in page
    assert 'class="chart' in page
    response = client.get(reverse("space:comparison_csv", args=[again.reference]))
    rows = b"".join(response.streaming_content if response.streaming else [response.content])
    text = rows.decode()
    assert ";avant;" in text
    assert ";maintenant;" in text
    assert "non comparé;" in text
    report = client.get(reverse("space:report", args=[again.reference])).content.decode()
    assert "Avant / maintenant" in report


def test_whoever_does_not_see_the_first_sees_what_was_announced(client, done, lead):
    again = adopted_appraisal(instrument=done.instrument, previous=done, place=done.place)
    newcomer = MembershipFactory(appraisal=again).user
    done.announced_level = PublicationLevel.PRIVATE
    done.save()
    url = reverse("space:comparison", args=[again.reference])
    client.force_login(newcomer)
    assert "si ce qui a été annoncé" in client.get(url).content.decode()
    MembershipFactory(appraisal=done, user=newcomer, role="observer")
    assert 'class="chart' in client.get(url).content.decode()
