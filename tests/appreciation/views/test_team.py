import pytest

from appreciation.models import Membership
from tests.appreciation.views.conftest import client_of
from tests.factories import MembershipFactory, PlaceFactory, RoleAssignmentFactory, UserFactory


def url(appraisal):
    return f"/espace/demarches/{appraisal.reference}/equipe/"


def test_the_lead_adds_a_co_facilitator(appraisal, as_lead):
    person = UserFactory(email="luce@exemple.org", first_name="Luce", last_name="Roy")
    data = {"intent": "add", "email": "luce@exemple.org", "role": "co_facilitator"}
    page = as_lead.post(url(appraisal), data, follow=True).content.decode()
    assert "Luce Roy fait partie de l’équipe." in page
    assert appraisal.memberships.get(user=person).role == "co_facilitator"


def test_an_unknown_address_is_kept_on_screen_with_what_to_do(appraisal, as_lead):
    data = {"intent": "add", "email": "qui@exemple.org", "role": "observer"}
    page = as_lead.post(url(appraisal), data).content.decode()
    assert "Demandez à la coordination d’inviter cette personne" in page
    assert 'value="qui@exemple.org"' in page


def test_what_was_typed_before_the_session_expired_is_there_after_signing_in(
    appraisal, lead, client
):
    UserFactory(email="luce@exemple.org")
    data = {"intent": "add", "email": "luce@exemple.org", "role": "observer"}
    assert client.post(url(appraisal), data).status_code == 302
    client.force_login(lead)
    page = client.get(url(appraisal)).content.decode()
    assert 'value="luce@exemple.org"' in page
    assert "Votre texte est encore là" in page
    assert appraisal.memberships.count() == 1


def test_roles_change_and_members_leave(appraisal, as_lead):
    member = MembershipFactory(appraisal=appraisal, role="observer")
    as_lead.post(url(appraisal), {"intent": "change_role", "member": member.pk, "role": "lead"})
    member.refresh_from_db()
    assert member.role == "lead"
    as_lead.post(url(appraisal), {"intent": "remove", "member": member.pk})
    assert not Membership.objects.filter(pk=member.pk).exists()


def test_the_last_lead_stays_and_is_told_why(appraisal, lead, as_lead):
    own = appraisal.memberships.get(user=lead)
    data = {"intent": "remove", "member": own.pk}
    page = as_lead.post(url(appraisal), data, follow=True).content.decode()
    assert "dernière personne responsable" in page
    assert appraisal.memberships.filter(user=lead).exists()


def test_a_member_of_another_team_is_not_found(appraisal, as_lead):
    other = MembershipFactory()
    data = {"intent": "remove", "member": other.pk}
    assert as_lead.post(url(appraisal), data).status_code == 404
    assert Membership.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("data", [{"member": "x"}, {"member": 1, "role": "reine"}])
def test_a_forged_change_is_refused_in_words(appraisal, as_lead, data):
    page = as_lead.post(url(appraisal), {"intent": "change_role"} | data, follow=True)
    assert "Choisissez une personne et un rôle de la liste." in page.content.decode()


def test_the_appraisal_is_handed_over(appraisal, as_lead):
    territory = PlaceFactory(territory=True)
    appraisal.place.parent = territory
    appraisal.place.save()
    coordinator = RoleAssignmentFactory(place=territory).user
    data = {"intent": "hand_over", "to": coordinator.pk, "note": "La salle est réservée."}
    as_lead.post(url(appraisal), data)
    assert appraisal.memberships.get(user=coordinator).role == "lead"


def test_nobody_hands_it_over_to_herself(appraisal, as_lead):
    territory = PlaceFactory(territory=True)
    appraisal.place.parent = territory
    appraisal.place.save()
    coordinator = RoleAssignmentFactory(place=territory).user
    words = "Remettre la démarche à la coordination"
    assert words in as_lead.get(url(appraisal)).text
    assert words not in client_of(coordinator).get(url(appraisal)).text


def test_the_team_is_read_only_for_others(appraisal, as_observer):
    page = as_observer.get(url(appraisal)).content.decode()
    assert "La personne responsable ou la coordination change l’équipe." in page
    assert "<select" not in page


def test_a_co_facilitator_is_refused_in_words(appraisal):
    helper = MembershipFactory(appraisal=appraisal, role="co_facilitator").user
    data = {"intent": "add", "email": UserFactory().email, "role": "observer"}
    page = client_of(helper).post(url(appraisal), data)
    assert appraisal.memberships.count() == 2
    assert page.status_code == 200


def test_addresses_are_not_shown(appraisal, as_observer, lead):
    assert lead.email not in as_observer.get(url(appraisal)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_team(appraisal, as_lead, count, django_assert_num_queries):
    for _ in range(count - 1):
        MembershipFactory(appraisal=appraisal, role="observer")
    as_lead.get(url(appraisal))
    with django_assert_num_queries(9):
        response = as_lead.get(url(appraisal))
    assert len(response.context["members"]) == count
