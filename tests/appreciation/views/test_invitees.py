"""The screens of the list: add, paste, change, remove; what is typed is never lost."""

import pytest

from appreciation.enums import Phase
from appreciation.models import Invitee, PhaseRecord
from tests.appreciation.views.test_step import at
from tests.factories import SectorFactory
from tests.factories.invitees import InviteeFactory

PURGE = "effacés le 22\N{NO-BREAK SPACE}avril\N{NO-BREAK SPACE}2027"


@pytest.fixture
def appraisal(lead):
    return at(Phase.CONVENING, lead)


def address(appraisal, person=None, end=""):
    base = f"/espace/demarches/{appraisal.reference}/invitations/"
    return base + (f"{person.pk}/{end}" if person else "")


def line(sector, **changes):
    return {
        "intent": "add",
        "name": "Luce Roy",
        "sector": sector.pk,
        "email": "luce@exemple.org",
        "phone": "",
        "invited_by_way": "email",
    } | changes


def test_somebody_is_added_and_shown_under_her_sector(as_lead, appraisal):
    sector = SectorFactory(name="Santé et services")
    response = as_lead.post(address(appraisal), line(sector), follow=True)
    page = response.content.decode()
    assert "Luce Roy est sur la liste." in page
    assert "luce@exemple.org" in page
    assert PURGE in page
    assert Invitee.objects.get().sector == sector


def test_a_known_address_is_refused_by_its_box_and_the_text_stays(as_lead, appraisal):
    InviteeFactory(appraisal=appraisal, name="Marc", email="luce@exemple.org")
    response = as_lead.post(address(appraisal), line(SectorFactory()))
    assert response.status_code == 422
    assert response.context["add_form"].errors == {
        "email": ["Ce courriel est déjà sur la liste, pour Marc."]
    }
    assert 'value="Luce Roy"' in response.content.decode()


def test_a_pasted_list_is_refused_by_line_and_kept(as_lead, appraisal):
    SectorFactory(name="Aviation")
    lines = "Luce Roy; aviation\nMarc; brume"
    response = as_lead.post(address(appraisal), {"intent": "paste", "lines": lines})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ligne 2\N{NO-BREAK SPACE}: secteur" in page
    assert "Luce Roy; aviation" in page
    assert not Invitee.objects.exists()
    lines = "Luce Roy; aviation\nMarc; aviation"
    page = as_lead.post(address(appraisal), {"intent": "paste", "lines": lines}, follow=True)
    assert "2 lignes ajoutées." in page.content.decode()
    again = lines + "\nÉva; aviation"
    page = as_lead.post(address(appraisal), {"intent": "paste", "lines": again}, follow=True)
    assert "1 ligne ajoutée. Les autres étaient déjà sur la liste." in page.content.decode()


def change(person, **changes):
    return {
        "version": person.version,
        "name": person.name,
        "sector": person.sector_id,
        "email": person.email,
        "phone": "",
        "invited_by_way": "email",
        "answer": "yes",
        "answered_via": "phone",
        "companions": "1",
    } | changes


def test_an_answer_by_phone_is_recorded(as_lead, appraisal):
    person = InviteeFactory(appraisal=appraisal)
    page = as_lead.post(
        address(appraisal, person), change(person, needs_transport="on"), follow=True
    ).content.decode()
    person.refresh_from_db()
    assert (person.answer, person.answered_via, person.companions) == ("yes", "phone", 1)
    assert "Vient, avec 1 personne" in page
    assert "transport" in page


def test_two_people_who_change_one_line_see_both(as_lead, appraisal):
    person = InviteeFactory(appraisal=appraisal, name="Luce")
    as_lead.post(address(appraisal, person), change(person, name="Luce Roy"))
    response = as_lead.post(address(appraisal, person), change(person, name="Lucie"))
    assert response.status_code == 409
    shown = [(one.theirs, one.mine) for one in response.context["differences"]]
    assert shown == [("Luce Roy", "Lucie")]
    person.refresh_from_db()
    again = as_lead.post(address(appraisal, person), change(person, name="Lucie"))
    assert again.status_code == 302
    assert Invitee.objects.get().name == "Lucie"


def test_somebody_is_removed_once_or_twice(as_lead, appraisal):
    person = InviteeFactory(appraisal=appraisal)
    for _ in range(2):
        response = as_lead.post(address(appraisal, person, "retirer/"), follow=True)
        assert response.status_code == 200
    assert not Invitee.objects.exists()
    assert as_lead.get(address(appraisal, person)).status_code == 404


def test_somebody_of_another_list_is_not_here(as_lead, appraisal):
    other = InviteeFactory()
    assert as_lead.get(address(appraisal, other)).status_code == 404
    as_lead.post(address(appraisal, other, "retirer/"))
    assert Invitee.objects.filter(pk=other.pk).exists()


def test_names_are_not_for_whoever_observes(as_observer, appraisal):
    InviteeFactory(appraisal=appraisal, name="Luce Roy")
    assert as_observer.get(address(appraisal)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries(as_lead, appraisal, rows, django_assert_num_queries):
    for _ in range(rows):
        InviteeFactory(appraisal=appraisal)
    as_lead.get(address(appraisal))
    with django_assert_num_queries(12):
        page = as_lead.get(address(appraisal)).content.decode()
    assert page.count("@exemple.org") == rows + 1  # one in the example of a line


def test_what_was_written_before_the_list_stays_readable(as_lead, appraisal):
    PhaseRecord.objects.create(
        appraisal=appraisal, phase=Phase.CONVENING, text="Municipal: la mairesse."
    )
    step = f"/espace/demarches/{appraisal.reference}/etapes/mobiliser/"
    page = as_lead.get(step).content.decode()
    assert "Ce qui était écrit" in page
    assert "Municipal: la mairesse." in page
    version = as_lead.get(step).context["form"].initial["version"]
    as_lead.post(step, {"version": version, "added_task": "Café"})
    assert PhaseRecord.objects.get().text == "Municipal: la mairesse."
