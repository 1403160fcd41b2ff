"""Two people of one team at the same moment: real threads, real transactions."""

import pytest
from django.utils import timezone

from appreciation.domain.phases import advance
from appreciation.domain.team import remove_member
from appreciation.enums import Phase
from appreciation.models import Appraisal, PhaseRecord, TransitionLog
from core.errors import DomainError
from tests.appreciation.views.conftest import client_of
from tests.at_once import at_once
from tests.factories import AppraisalFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def appraisal():
    return AppraisalFactory(phase=Phase.PORTRAIT, framing_done_at=timezone.now())


@pytest.fixture
def leads(appraisal):
    names = (("ida", "Ida"), ("leo", "Léo"))
    return [
        MembershipFactory(
            appraisal=appraisal,
            user__username=key,
            user__first_name=name,
            user__last_name="Exemple",
        ).user
        for key, name in names
    ]


def step(appraisal) -> str:
    return f"/espace/demarches/{appraisal.reference}/etapes/portrait/"


def test_two_leads_end_a_step_one_wins_and_the_other_is_told(appraisal, leads):
    def ends(user):
        return lambda: advance(
            appraisal=appraisal, phase=Phase.PORTRAIT, user=user, comment=f"Dit par {user}."
        )

    results = at_once(*map(ends, leads))
    refused = [result for result in results if isinstance(result, DomainError)]
    assert len(refused) == 1
    log = TransitionLog.objects.get()
    winner, loser = leads if log.user == leads[0] else leads[::-1]
    assert (log.name, log.comment) == ("pass_portrait", f"Dit par {winner}.")
    assert str(refused[0]) == (
        f"{winner} a terminé cette étape avant vous: rien n’est changé. "
        f"Votre phrase n’a pas été gardée: « Dit par {loser}. »."
    )
    appraisal.refresh_from_db()
    assert (appraisal.phase, appraisal.convening_done_at) == (Phase.CONVENING, None)


def test_two_leads_write_and_end_at_once_and_nothing_is_half_written(appraisal, leads):
    texts = {user: f"Le portrait de {user}" for user in leads}

    def sends(user):
        client = client_of(user)
        data = {"version": 0, "text": texts[user], "intent": "advance", "comment": ""}
        return lambda: client.post(step(appraisal), data)

    answers = dict(zip(leads, at_once(*map(sends, leads)), strict=True))
    (winner,) = [user for user, answer in answers.items() if answer.status_code == 302]
    (loser,) = [user for user in leads if user != winner]
    assert answers[loser].status_code == 409
    page = answers[loser].content.decode()
    assert texts[winner] in page
    assert texts[loser] in page
    record = PhaseRecord.objects.get()
    assert (record.text, record.updated_by, record.version) == (texts[winner], winner, 1)
    log = TransitionLog.objects.get()
    assert (log.name, log.user) == ("finish_portrait", winner)


@pytest.mark.parametrize("attempt", range(3))
def test_removed_while_she_sends_it_is_saved_whole_or_given_back(appraisal, leads, attempt):
    lead, leaving = leads
    client = client_of(leaving)
    membership = appraisal.memberships.get(user=leaving)

    def send():
        return client.post(step(appraisal), {"version": 0, "text": "Le quai nous rassemble."})

    def remove():
        remove_member(membership=membership, actor=lead)

    calls = (send, remove) if attempt % 2 else (remove, send)
    answer = next(result for result in at_once(*calls) if result is not None)
    is_saved = answer.status_code == 302
    assert PhaseRecord.objects.filter(text="Le quai nous rassemble.").exists() is is_saved
    if not is_saved:
        assert "Le quai nous rassemble." in answer.content.decode()
    assert not Appraisal.objects.editable_by(leaving).exists()


def test_removed_then_refused_with_her_text(appraisal, leads):
    lead, leaving = leads
    client = client_of(leaving)
    at_once(lambda: remove_member(membership=appraisal.memberships.get(user=leaving), actor=lead))
    (answer,) = at_once(
        lambda: client.post(step(appraisal), {"version": 0, "text": "Le quai nous rassemble."})
    )
    assert answer.status_code == 404
    assert "Le quai nous rassemble." in answer.content.decode()
    assert not PhaseRecord.objects.exists()
