import pytest

from appreciation.domain.team import (
    UNKNOWN_ADDRESS,
    add_member,
    change_role,
    coordinators_of,
    hand_over,
    people_in_charge,
    powers_of,
    remove_member,
)
from appreciation.models import Membership, TransitionLog
from core.errors import DomainError
from tests.factories import MembershipFactory, PlaceFactory, RoleAssignmentFactory, UserFactory


def test_a_member_is_added_by_the_address_of_an_account(appraisal, lead):
    person = UserFactory(email="Luce@Exemple.org", first_name="Luce", last_name="Roy")
    membership = add_member(
        appraisal=appraisal, actor=lead, email=" luce@exemple.org ", role="observer"
    )
    assert (membership.user, membership.role) == (person, "observer")
    log = TransitionLog.objects.get()
    assert (log.name, log.comment) == ("member_added", "Luce Roy, observation")


def test_adding_the_same_person_twice_is_harmless(appraisal, lead):
    person = UserFactory()
    for _ in range(2):
        add_member(appraisal=appraisal, actor=lead, email=person.email, role="observer")
    assert appraisal.memberships.count() == 2
    assert TransitionLog.objects.count() == 1


def test_unknown_and_closed_addresses_get_the_same_answer(appraisal, lead):
    closed = UserFactory(is_active=False)
    for email in ("personne@exemple.org", closed.email):
        with pytest.raises(DomainError) as refusal:
            add_member(appraisal=appraisal, actor=lead, email=email, role="observer")
        assert str(refusal.value) == UNKNOWN_ADDRESS


@pytest.mark.parametrize("role", ["co_facilitator", "observer", "committee"])
def test_only_the_lead_or_the_coordination_changes_the_team(appraisal, role):
    member = MembershipFactory(appraisal=appraisal, role=role)
    other = MembershipFactory(appraisal=appraisal, role="observer")
    with pytest.raises(DomainError, match="responsable ou par la coordination"):
        add_member(appraisal=appraisal, actor=member.user, email="a@b.org", role="observer")
    with pytest.raises(DomainError, match="responsable ou par la coordination"):
        change_role(membership=other, actor=member.user, role="lead")
    with pytest.raises(DomainError, match="responsable ou par la coordination"):
        remove_member(membership=other, actor=member.user)


def test_the_last_lead_neither_leaves_nor_changes_role(appraisal, lead):
    membership = appraisal.memberships.get()
    with pytest.raises(DomainError, match="dernière personne responsable"):
        remove_member(membership=membership, actor=lead)
    with pytest.raises(DomainError, match="dernière personne responsable"):
        change_role(membership=membership, actor=lead, role="observer")
    assert appraisal.memberships.get().role == "lead"


def test_a_lead_whose_account_is_closed_does_not_count_as_another(appraisal, lead):
    MembershipFactory(appraisal=appraisal, role="lead", user__is_active=False)
    with pytest.raises(DomainError, match="dernière personne responsable"):
        remove_member(membership=appraisal.memberships.get(user=lead), actor=lead)
    assert appraisal.memberships.filter(user=lead, role="lead").exists()


def test_a_lead_leaves_once_there_is_another(appraisal, lead):
    other = MembershipFactory(appraisal=appraisal, role="observer")
    change_role(membership=other, actor=lead, role="lead")
    remove_member(membership=appraisal.memberships.get(user=lead), actor=lead)
    assert [member.user for member in appraisal.memberships.all()] == [other.user]


def test_an_observer_may_leave_by_herself(appraisal):
    observer = MembershipFactory(appraisal=appraisal, role="observer")
    remove_member(membership=observer, actor=observer.user)
    assert not Membership.objects.filter(pk=observer.pk).exists()


def test_the_coordination_takes_over_with_a_word(appraisal, lead):
    territory = PlaceFactory(territory=True)
    appraisal.place.parent = territory
    appraisal.place.save()
    coordinator = RoleAssignmentFactory(place=territory).user
    RoleAssignmentFactory(place=PlaceFactory(territory=True))
    assert coordinators_of(appraisal) == [coordinator]
    hand_over(appraisal=appraisal, actor=lead, to=coordinator, note="Salle réservée.")
    assert appraisal.memberships.get(user=coordinator).role == "lead"
    assert TransitionLog.objects.get().comment.endswith("Salle réservée.")


def test_handing_over_asks_for_a_word_and_a_coordinator(appraisal, lead):
    stranger = UserFactory()
    with pytest.raises(DomainError, match="Écrivez un mot"):
        hand_over(appraisal=appraisal, actor=lead, to=stranger, note=" ")
    with pytest.raises(DomainError, match="qui coordonne ce territoire"):
        hand_over(appraisal=appraisal, actor=lead, to=stranger, note="Bonne chance.")


def test_powers_combine_role_and_coordination(appraisal, lead):
    assert powers_of(appraisal, lead) == {"lead"}
    RoleAssignmentFactory(user=lead, place=appraisal.place)
    assert powers_of(appraisal, lead) == {"lead", "coordinator"}
    assert powers_of(appraisal, UserFactory()) == set()
    assert powers_of(appraisal, UserFactory(is_superuser=True)) == {"coordinator"}


def test_the_lead_is_in_charge_then_the_respondent_then_the_coordination(appraisal, lead):
    appraisal.place.parent = PlaceFactory(territory=True)
    appraisal.place.save()
    coordinator = RoleAssignmentFactory(place=appraisal.place.parent).user
    appraisal.contact_name, appraisal.contact_email = "Luce Roy", "luce@exemple.org"

    def names():
        return [(one.name, one.email, one.user) for one in people_in_charge(appraisal)]

    assert names() == [(str(lead), lead.email, lead)]
    lead.is_active = False
    lead.save()
    assert names() == [("Luce Roy", "luce@exemple.org", None)]
    appraisal.contact_email = ""
    assert names() == [(str(coordinator), coordinator.email, coordinator)]
