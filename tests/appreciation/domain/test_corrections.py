"""Corrections of the draft: received, answered, counted; contacts erased with the window."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from appreciation.domain.corrections import (
    TooLateError,
    corrections_of,
    decide_correction,
    erase_correction_contacts,
    outcomes_of,
    send_correction,
)
from appreciation.domain.phases import left_if_possible
from appreciation.domain.restitution import open_restitution, restitution_window
from appreciation.enums import CorrectionState, Phase
from appreciation.models import Correction, CorrectionContact
from cms.models import PublicFormSending
from cms.public_forms import TooManySendingsError
from core.errors import ConcurrentEditError, DomainError
from tests.factories.adopted import adopted_appraisal
from tests.factories.corrections import CorrectionFactory


@pytest.fixture
def told(lead):
    told = adopted_appraisal(lead=lead)
    open_restitution(appraisal=told, user=lead)
    return told


def send(told, **changes):
    values = {
        "key": "cle-1",
        "section": "findings",
        "text": "Le quai date de 1987.",
        "address": "192.0.2.1",
    }
    return send_correction(appraisal=told, **values | changes)


def test_the_name_and_the_phone_lie_apart(told):
    correction = send(told, name="Gisèle", reach="819 555-0100")
    assert correction.contact.reach == "819 555-0100"
    assert {field.name for field in Correction._meta.fields}.isdisjoint({"name", "reach"})
    send(told, key="cle-2", name=" ", reach="")
    assert CorrectionContact.objects.count() == 1


def test_the_same_form_twice_is_one_correction(told):
    first = send(told, reach="819 555-0100")
    assert send(told, reach="819 555-0100") == first
    assert (Correction.objects.count(), CorrectionContact.objects.count()) == (1, 1)
    assert PublicFormSending.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"section": "ailleurs"}, "section"),
    ],
)
def test_what_is_not_understood_is_said_by_its_box(told, changes, field):
    with pytest.raises(DomainError) as refused:
        send(told, **changes)
    assert list(refused.value.fields) == [field]
    assert not Correction.objects.exists()


def test_nothing_is_received_before_or_after_the_window(told, lead):
    window = restitution_window(told)
    for moment in (window.opens - dt.timedelta(seconds=1), window.closes):
        with pytest.raises(TooLateError, match="n’a pas été reçue"):
            send(told, now=moment)
    send(told, now=window.closes - dt.timedelta(seconds=1))
    assert Correction.objects.count() == 1


def test_an_address_sends_twenty_an_hour_and_others_are_free(told):
    now = timezone.now()
    for number in range(20):
        send(told, key=f"k{number}", now=now)
    with pytest.raises(TooManySendingsError, match="reste à l’écran"):
        send(told, key="k20", now=now)
    send(told, key="k21", now=now, address="192.0.2.2")
    send(told, key="k20", now=now + dt.timedelta(hours=1, seconds=1))
    assert Correction.objects.count() == 22
    assert not PublicFormSending.objects.filter(address_key__contains="192").exists()


def test_a_refusal_needs_its_reason(told, lead):
    correction = send(told)
    with pytest.raises(DomainError) as refused:
        decide_correction(correction=correction, user=lead, version=1, state="refused", reason=" ")
    assert "reason" in refused.value.fields
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(state=CorrectionState.REFUSED)
    decide_correction(correction=correction, user=lead, version=1, state="accepted")
    correction.refresh_from_db()
    assert (correction.state, correction.decided_by) == (CorrectionState.ACCEPTED, lead)


def test_two_people_answer_the_second_is_told(told, lead):
    correction = send(told)
    decide_correction(correction=correction, user=lead, version=1, state="accepted")
    decide_correction(correction=correction, user=lead, version=1, state="accepted")
    with pytest.raises(ConcurrentEditError) as conflict:
        decide_correction(
            correction=correction, user=lead, version=1, state="refused", reason="Non."
        )
    assert conflict.value.theirs == "acceptée."
    changed = decide_correction(
        correction=correction,
        user=lead,
        version=2,
        state="refused",
        reason="Le procès-verbal dit 1986.",
    )
    assert changed.version == 3


def test_whoever_has_the_page_reads_counts_and_reasons_never_texts(told):
    CorrectionFactory(appraisal=told, text="Secret")
    CorrectionFactory(appraisal=told, state="accepted", section="limits", text="Secret")
    CorrectionFactory(appraisal=told, state="refused", reason="C’est bien 1986.", text="Secret")
    tally, outcomes = outcomes_of(told)
    assert (tally.received, tally.accepted, tally.refused, tally.waiting) == (3, 1, 1, 1)
    assert [(each.section, each.state, each.reason) for each in outcomes] == [
        ("Ce que ces résultats ne disent pas", "acceptée", ""),
        ("Le rapport en général", "refusée", "C’est bien 1986."),
    ]
    assert "Secret" not in repr(outcomes)


def test_those_to_answer_come_first(told):
    done = CorrectionFactory(appraisal=told, state="accepted")
    waiting = CorrectionFactory(appraisal=told)
    CorrectionFactory(appraisal=adopted_appraisal(place__slug="autre"))
    assert corrections_of(told) == [waiting, done]


def test_they_block_nothing_and_are_listed(told):
    assert left_if_possible(told, Phase.RESTITUTION) == []
    CorrectionFactory(appraisal=told)
    CorrectionFactory(appraisal=told, state="accepted")
    assert left_if_possible(told, Phase.RESTITUTION) == ["Répondez à la correction qui attend."]
    CorrectionFactory(appraisal=told)
    assert left_if_possible(told, Phase.RESTITUTION) == [
        "Répondez aux 2 corrections qui attendent."
    ]


def test_contacts_go_when_the_window_closes_not_before(told):
    send(told, name="Gisèle")
    window = restitution_window(told)
    assert erase_correction_contacts(window.closes - dt.timedelta(seconds=1)) == 0
    assert CorrectionContact.objects.count() == 1
    assert erase_correction_contacts(window.closes) == 1
    assert erase_correction_contacts(window.closes) == 0
    assert Correction.objects.get().text == "Le quai date de 1987."
