import pytest

from appreciation.domain.team import remove_member
from appreciation.models import PhaseRecord, TransitionLog
from tests.appreciation.views.conftest import client_of
from tests.factories import MembershipFactory, PlaceFactory, RoleAssignmentFactory


def url(appraisal, rest):
    return f"/espace/demarches/{appraisal.reference}/{rest}"


@pytest.fixture
def helper(appraisal):
    return MembershipFactory(appraisal=appraisal, role="co_facilitator").user


def words(**changes):
    return {"done": "La salle.", "waiting": "Les lettres.", "to_call": "Luce Roy"} | changes


def test_the_lead_leaves_from_the_team_page(appraisal, as_lead, helper):
    assert "Je quitte cette démarche" in as_lead.get(url(appraisal, "equipe/")).content.decode()
    page = as_lead.post(url(appraisal, "equipe/quitter/"), words(to=helper.pk), follow=True)
    assert page.redirect_chain[-1][0] == "/espace/"
    assert "Vous avez quitté la démarche." in page.content.decode()
    assert as_lead.get(url(appraisal, "")).status_code == 404
    overview = client_of(helper).get(url(appraisal, "")).content.decode()
    assert "Mots de la personne qui est partie" in overview
    assert "Les lettres." in overview


def test_what_is_missing_is_asked_and_what_was_typed_stays(appraisal, as_lead, helper):
    page = as_lead.post(url(appraisal, "equipe/quitter/"), words(to="", waiting=""))
    content = page.content.decode()
    for said in ("Choisissez une personne.", "Dites ce qui attend.", "La salle."):
        assert said in content
    assert appraisal.memberships.count() == 2


def test_a_co_facilitator_leaves_without_choosing_who_leads(appraisal, lead, helper):
    watcher = MembershipFactory(appraisal=appraisal, role="observer").user
    client = client_of(helper)
    assert "Qui prend la suite?" not in client.get(url(appraisal, "equipe/quitter/")).text
    client.post(url(appraisal, "equipe/quitter/"), words(to=watcher.pk))
    roles = dict(appraisal.memberships.values_list("user_id", "role"))
    assert roles == {lead.pk: "lead", watcher.pk: "observer"}


def test_the_coordination_outside_the_team_is_not_told_that_it_left(appraisal, lead):
    coordinator = client_of(RoleAssignmentFactory(place=appraisal.place).user)
    page = coordinator.post(url(appraisal, "equipe/quitter/"), words(to=lead.pk), follow=True)
    assert "Vous ne faites pas partie de l’équipe" in page.text
    assert [(m.user, m.role) for m in appraisal.memberships.all()] == [(lead, "lead")]


def test_the_coordinator_changes_the_person_in_charge(appraisal, lead, helper):
    appraisal.place.parent = PlaceFactory(territory=True)
    appraisal.place.save()
    coordinator = client_of(RoleAssignmentFactory(place=appraisal.place.parent).user)
    team = coordinator.get(url(appraisal, "equipe/")).content.decode()
    assert "Changer la personne responsable" in team
    data = words(former=lead.pk, to=helper.pk)
    coordinator.post(url(appraisal, "equipe/responsable/"), data)
    assert [(m.user, m.role) for m in appraisal.memberships.all()] == [(helper, "lead")]


def test_a_lead_is_told_that_the_coordination_changes_the_lead(appraisal, lead, as_lead, helper):
    data = words(former=lead.pk, to=helper.pk)
    page = as_lead.post(url(appraisal, "equipe/responsable/"), data)
    assert "La coordination seule change la personne responsable." in page.content.decode()
    assert appraisal.memberships.filter(user=lead).exists()


def test_a_facilitator_removed_while_typing_gets_her_text_back(appraisal, lead, helper):
    client = client_of(helper)
    step = url(appraisal, "etapes/decider/")
    assert client.get(step).status_code == 200
    remove_member(membership=appraisal.memberships.get(user=helper), actor=lead)
    before = appraisal.requested_by
    data = {"version": 1, "requested_by": "Le comité <b>du quai</b>", "contact_name": "Luce Roy"}
    page = client.post(step, data)
    content = page.content.decode()
    assert page.status_code == 404
    assert "Rien n’est enregistré" in content
    assert "Le comité &lt;b&gt;du quai&lt;/b&gt;" in content
    assert "Luce Roy" in content
    assert appraisal.place.name not in content
    appraisal.refresh_from_db()
    assert appraisal.requested_by == before
    assert not PhaseRecord.objects.exists()


def test_the_page_is_the_same_for_what_never_was(as_stranger, appraisal):
    data = {"text": "Un mot"}
    here = as_stranger.post(url(appraisal, "etapes/portrait/"), data)
    nowhere = as_stranger.post("/espace/demarches/D-1900-0001/etapes/portrait/", data)
    assert here.status_code == nowhere.status_code == 404
    said = [page.content.decode().split("<main")[1] for page in (here, nowhere)]
    assert said[0] == said[1]


def test_two_leads_advance_at_once_and_the_second_is_told_kindly(appraisal, lead, as_lead):
    other = client_of(MembershipFactory(appraisal=appraisal, role="lead").user)
    step = url(appraisal, "etapes/decider/")
    sent = as_lead.get(step).context["form"].initial | {"intent": "advance", "comment": "Vite."}
    data = {name: value for name, value in sent.items() if value not in (None, False)}
    for client in (as_lead, other):
        assert client.post(step, data, follow=True).status_code == 200
    assert TransitionLog.objects.filter(name__endswith="_framing").count() == 1
    appraisal.refresh_from_db()
    assert appraisal.phase == "portrait"
