"""The screens of the messages: change, copy, send, print."""

import datetime as dt

import pytest

from appreciation.enums import Phase
from appreciation.models import MessageSent
from appreciation.views.messages_to_send import SLUGS
from background.models import OutgoingMail
from tests.appreciation.views.test_step import at
from tests.factories import MeetingFactory, SectorFactory
from tests.factories.invitees import InviteeFactory


@pytest.fixture
def appraisal(lead):
    appraisal = at(Phase.CONVENING, lead)
    MeetingFactory(
        appraisal=appraisal,
        starts_at=dt.datetime(2026, 12, 3, 23, 30, tzinfo=dt.UTC),
        venue="Salle du quai",
    )
    return appraisal


def address(appraisal, slug, end=""):
    return f"/espace/demarches/{appraisal.reference}/messages/{slug}/{end}"


@pytest.mark.parametrize("slug", SLUGS)
def test_each_message_is_shown_and_printed(as_lead, appraisal, slug):
    assert "Salle du quai" in as_lead.get(address(appraisal, slug)).content.decode() or (
        slug == "merci"
    )
    printed = as_lead.get(address(appraisal, slug, "imprimer/")).content.decode()
    assert "{lien}" not in printed
    assert str(appraisal.place) in printed


def test_an_unknown_message_is_not_here(as_lead, appraisal):
    assert as_lead.get(address(appraisal, "autre")).status_code == 404
    assert as_lead.get(address(appraisal, "autre", "imprimer/")).status_code == 404


def sent_form(response, **changes):
    form = response.context["form"]
    return {name: form.initial[name] for name in ("version", "subject", "body")} | changes


def test_a_changed_text_leaves_to_the_people_ticked(as_lead, appraisal):
    municipal = SectorFactory(code="municipal")
    mayor = InviteeFactory(appraisal=appraisal, sector=municipal)
    club = InviteeFactory(appraisal=appraisal, is_group=True)
    page = as_lead.get(address(appraisal, "municipalite"))
    assert page.context["form"].initial["people"] == [str(mayor.pk)]
    assert {pk for pk, _ in page.context["form"].fields["people"].choices} == {
        str(mayor.pk),
        str(club.pk),
    }
    data = sent_form(page, body="Nos mots\r\n{lien}", people=[mayor.pk], intent="send")
    said = as_lead.post(address(appraisal, "municipalite"), data, follow=True).content.decode()
    assert "1 courriel part maintenant." in said
    assert "Déjà envoyé à 1 personne." in said
    assert OutgoingMail.objects.get().body.startswith("Nos mots\nhttp")
    again = as_lead.get(address(appraisal, "municipalite"))
    data = sent_form(again, people=[mayor.pk], intent="send")
    assert as_lead.post(address(appraisal, "municipalite"), data).status_code == 422
    assert MessageSent.objects.count() == 1


def test_nobody_ticked_is_said_and_the_text_is_kept(as_lead, appraisal):
    InviteeFactory(appraisal=appraisal)
    page = as_lead.get(address(appraisal, "citoyens"))
    data = sent_form(page, body="Nos mots", intent="send")
    response = as_lead.post(address(appraisal, "citoyens"), data)
    assert response.status_code == 422
    assert "Choisissez au moins une personne" in response.content.decode()
    assert not OutgoingMail.objects.exists()
    assert "Nos mots" in response.content.decode()


def test_a_text_is_kept_before_it_is_printed(as_lead, appraisal):
    page = as_lead.get(address(appraisal, "citoyens"))
    data = sent_form(page, body="Nos mots sur papier", intent="print")
    response = as_lead.post(address(appraisal, "citoyens"), data, follow=True)
    assert "Nos mots sur papier" in response.content.decode()
    assert response.redirect_chain[0][0].endswith("/imprimer/")
    as_lead.post(address(appraisal, "citoyens"), {"intent": "reset"})
    assert "Nos mots" not in as_lead.get(address(appraisal, "citoyens")).content.decode()


def test_two_people_who_change_one_text_see_both(as_lead, appraisal):
    page = as_lead.get(address(appraisal, "merci"))
    as_lead.post(address(appraisal, "merci"), sent_form(page, body="Texte A"))
    response = as_lead.post(address(appraisal, "merci"), sent_form(page, body="Texte B"))
    assert response.status_code == 409
    shown = {one.label: (one.theirs, one.mine) for one in response.context["differences"]}
    assert shown["Texte"] == ("Texte A", "Texte B")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_message_takes_as_many_queries(as_lead, appraisal, rows, django_assert_num_queries):
    for _ in range(rows):
        InviteeFactory(appraisal=appraisal)
    as_lead.get(address(appraisal, "citoyens"))
    with django_assert_num_queries(16):
        as_lead.get(address(appraisal, "citoyens"))
