import datetime as dt

import pytest
from django.utils import timezone

from appreciation.enums import Phase
from appreciation.models import Appraisal, PhaseRecord
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory


def url(appraisal):
    return f"/espace/demarches/{appraisal.reference}/"


def test_one_next_thing_with_its_reason_and_one_red_button(appraisal, as_lead):
    content = as_lead.get(url(appraisal)).content.decode()
    assert "La prochaine chose à faire" in content
    assert "Décidez du cadre de la démarche" in content
    assert "5 min, il vous faut" in content
    assert content.count("button--invite") == 1
    assert f"/espace/demarches/{appraisal.reference}/etapes/decider/" in content


def test_the_way_out_is_offered_where_a_phase_can_be_passed(lead, as_lead):
    appraisal = AppraisalFactory(phase=Phase.PORTRAIT, framing_done_at=timezone.now())
    MembershipFactory(appraisal=appraisal, user=lead)
    assert "Ce n’est pas possible chez nous" in as_lead.get(url(appraisal)).content.decode()
    Appraisal.objects.filter(pk=appraisal.pk).update(phase=Phase.FRAMING, framing_done_at=None)
    assert "Ce n’est pas possible chez nous" not in as_lead.get(url(appraisal)).content.decode()


def test_a_step_ended_in_the_evening_is_dated_of_that_evening(lead, as_lead):
    evening = dt.datetime(2026, 10, 23, 1, 30, tzinfo=dt.UTC)
    appraisal = AppraisalFactory(phase=Phase.PORTRAIT, framing_done_at=evening)
    MembershipFactory(appraisal=appraisal, user=lead)
    assert as_lead.get(url(appraisal)).context["steps"][0].detail == "22\xa0octobre\xa02026"


def test_the_stepper_says_what_is_done_and_what_opens(lead, as_lead):
    appraisal = AppraisalFactory(phase=Phase.PORTRAIT, framing_done_at=timezone.now())
    MembershipFactory(appraisal=appraisal, user=lead)
    steps = as_lead.get(url(appraisal)).context["steps"]
    assert [(step.label, step.css_class, bool(step.url)) for step in steps] == [
        ("Décider", "done", True),
        ("Portrait", "now", True),
        ("Mobiliser", "later", True),
        ("Rencontre", "later", False),
        ("Restituer", "later", False),
        ("Choisir", "later", False),
        ("Partager", "later", False),
        ("Suivre", "later", False),
    ]


@pytest.mark.parametrize(
    ("prepare", "title"),
    [
        (lambda a: None, "Planifiez la rencontre"),
        (lambda a: MeetingFactory(appraisal=a), "Ouvrez la rencontre le soir venu"),
        (lambda a: MeetingFactory(appraisal=a, open=True), "La rencontre est ouverte"),
    ],
)
def test_the_next_thing_follows_the_meeting(lead, as_lead, prepare, title):
    appraisal = AppraisalFactory(at_meeting=True)
    MembershipFactory(appraisal=appraisal, user=lead)
    prepare(appraisal)
    assert as_lead.get(url(appraisal)).context["thing"].title == title


def test_the_next_thing_follows_what_is_written(lead, as_lead):
    appraisal = AppraisalFactory(phase=Phase.PORTRAIT, framing_done_at=timezone.now())
    MembershipFactory(appraisal=appraisal, user=lead)
    assert as_lead.get(url(appraisal)).context["thing"].title == "Préparez le portrait"
    PhaseRecord.objects.create(appraisal=appraisal, phase=Phase.PORTRAIT, text="312 habitants.")
    assert as_lead.get(url(appraisal)).context["thing"].title == "Terminez le portrait"


def test_an_observer_sees_the_step_but_no_invitation_to_act(appraisal, as_observer):
    content = as_observer.get(url(appraisal)).content.decode()
    assert "Décidez du cadre de la démarche" in content
    assert "button--invite" not in content
    assert "/etat/" not in content


def test_a_paused_appraisal_is_resumed_first(appraisal, as_lead):
    Appraisal.objects.filter(pk=appraisal.pk).update(state="dormant")
    response = as_lead.get(url(appraisal))
    assert response.context["thing"].title == "Reprenez la démarche quand vous serez prêts"
    address = f"/espace/demarches/{appraisal.reference}/etat/?geste=resume"
    assert response.context["thing_url"] == address


@pytest.mark.parametrize(
    ("expected_on", "words"),
    [
        ("2026-11-12", "reportée au 12 novembre 2026;"),
        (None, "reportée, sans nouvelle date encore;"),
    ],
)
def test_a_postponed_appraisal_says_until_when(appraisal, as_lead, expected_on, words):
    Appraisal.objects.filter(pk=appraisal.pk).update(state="postponed", expected_on=expected_on)
    why = as_lead.get(url(appraisal)).context["thing"].why
    assert words in why.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("members", [1, 3])
def test_queries_do_not_grow_with_the_team(appraisal, as_lead, members, django_assert_num_queries):
    for _ in range(members - 1):
        MembershipFactory(appraisal=appraisal, role="observer")
    as_lead.get(url(appraisal))
    with django_assert_num_queries(12):
        response = as_lead.get(url(appraisal))
    assert len(response.context["members"]) == members
