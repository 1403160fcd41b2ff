"""The facilitator leaves: her access ends, somebody leads, with words that say where things are."""

import pytest

from appreciation.domain.handover import HandoverWords, leave, replace_lead
from appreciation.domain.phase_records import save_record
from appreciation.domain.phases import advance
from appreciation.domain.tasks import TaskWish, save_task
from appreciation.enums import Phase
from appreciation.models import Appraisal, PhaseRecord, PhaseTask, TransitionLog
from background.models import OutgoingMail
from core.errors import DomainError
from tests.factories import MembershipFactory, PlaceFactory, RoleAssignmentFactory, UserFactory

WORDS = HandoverWords("La salle est réservée.", "Les lettres.", "Luce Roy, à l’école")


@pytest.fixture
def coordinator(appraisal):
    appraisal.place.parent = PlaceFactory(territory=True)
    appraisal.place.save()
    return RoleAssignmentFactory(place=appraisal.place.parent).user


@pytest.fixture
def helper(appraisal):
    return MembershipFactory(appraisal=appraisal, role="co_facilitator").user


def test_the_lead_leaves_and_the_next_one_gets_her_words_by_mail(appraisal, lead, helper):
    for _ in range(2):
        leave(appraisal=appraisal, user=lead, to=helper, words=WORDS)
    assert not Appraisal.objects.visible_to(lead).exists()
    assert appraisal.memberships.get().user == helper
    assert appraisal.memberships.get().role == "lead"
    (mail,) = OutgoingMail.objects.all()
    assert mail.to == helper.email
    for said in ("La salle est réservée.", "Les lettres.", "Luce Roy, à l’école"):
        assert said in mail.body
    assert f"/espace/demarches/{appraisal.reference}/" in mail.body
    assert "Luce Roy, à l’école" in TransitionLog.objects.get().comment


def test_an_appraisal_never_stays_without_anybody(appraisal, lead, helper):
    with pytest.raises(DomainError, match="jamais sans personne") as refusal:
        leave(appraisal=appraisal, user=lead, to=None, words=WORDS)
    assert list(refusal.value.fields) == ["to"]
    assert appraisal.memberships.filter(user=lead, role="lead").exists()


def test_a_closed_account_does_not_take_over(appraisal, lead, helper):
    helper.is_active = False
    helper.save()
    other = MembershipFactory(appraisal=appraisal, role="lead", user__is_active=False).user
    for to in (None, helper, other, UserFactory()):
        with pytest.raises(DomainError):
            leave(appraisal=appraisal, user=lead, to=to, words=WORDS)
    assert appraisal.memberships.filter(user=lead).exists()


def test_with_another_lead_nobody_has_to_be_named_and_she_is_told(appraisal, lead):
    other = MembershipFactory(appraisal=appraisal, role="lead").user
    leave(appraisal=appraisal, user=lead, to=None, words=WORDS)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [other.email]


def test_who_does_not_decide_on_the_team_names_nobody_when_she_leaves(appraisal, lead, helper):
    watcher = MembershipFactory(appraisal=appraisal, role="observer").user
    for leaver, to in ((helper, watcher), (watcher, helper)):
        with pytest.raises(DomainError, match="choisissent qui prend la suite") as refusal:
            leave(appraisal=appraisal, user=leaver, to=to, words=WORDS)
        assert list(refusal.value.fields) == ["to"]
    roles = dict(appraisal.memberships.values_list("user_id", "role"))
    assert roles == {lead.pk: "lead", helper.pk: "co_facilitator", watcher.pk: "observer"}


@pytest.mark.parametrize("missing", ["done", "waiting", "to_call"])
def test_the_words_are_asked_for(appraisal, lead, helper, missing):
    values = {"done": "a", "waiting": "b", "to_call": "c"} | {missing: "  "}
    with pytest.raises(DomainError) as refusal:
        leave(appraisal=appraisal, user=lead, to=helper, words=HandoverWords(**values))
    assert list(refusal.value.fields) == [missing]


def test_the_coordination_changes_the_lead_and_the_former_one_is_out_at_once(
    appraisal, lead, coordinator, helper
):
    for _ in range(2):
        replace_lead(
            appraisal=appraisal, actor=coordinator, former=lead, to=coordinator, words=WORDS
        )
    assert not Appraisal.objects.visible_to(lead).exists()
    assert appraisal.memberships.get(role="lead").user == coordinator
    assert OutgoingMail.objects.count() == 1


def test_the_lead_does_not_change_the_lead(appraisal, lead, helper):
    with pytest.raises(DomainError, match="La coordination seule"):
        replace_lead(appraisal=appraisal, actor=lead, former=lead, to=helper, words=WORDS)


def test_her_tasks_wait_for_another_owner(appraisal, lead, helper):
    wish = TaskWish(lead, "", due_on=None, is_done=False, is_dropped=False)
    save_task(appraisal=appraisal, user=lead, code="salle", version=0, wish=wish)
    leave(appraisal=appraisal, user=lead, to=helper, words=WORDS)
    task = PhaseTask.objects.get()
    assert (task.owner, task.version) == (None, 2)


def test_whoever_left_while_she_wrote_writes_nothing(appraisal, lead, helper):
    leave(appraisal=appraisal, user=lead, to=helper, words=WORDS)
    with pytest.raises(DomainError, match="pas la changer"):
        save_record(
            appraisal=appraisal, phase=Phase.PORTRAIT, user=lead, version=0, text="Trop tard"
        )
    assert not PhaseRecord.objects.exists()


def test_two_leads_end_the_same_step_at_once_and_it_ends_once(appraisal, lead):
    other = MembershipFactory(appraisal=appraisal, role="lead").user
    seen_by_both = [Appraisal.objects.get(pk=appraisal.pk) for _ in range(2)]
    ended = advance(appraisal=seen_by_both[0], phase=Phase.FRAMING, user=lead, comment="Vite.")
    assert ended.phase == Phase.PORTRAIT
    with pytest.raises(DomainError, match=r"a terminé cette étape avant vous.*« Aussi\. »"):
        advance(appraisal=seen_by_both[1], phase=Phase.FRAMING, user=other, comment="Aussi.")
    assert [(row.name, row.user) for row in TransitionLog.objects.all()] == [("pass_framing", lead)]
