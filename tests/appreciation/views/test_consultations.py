import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from appreciation.enums import Phase
from appreciation.models import Appraisal, OtherConsultation
from tests.factories import AppraisalFactory, MembershipFactory, PlaceFactory

TYPED = {"title": "Sondage", "organizer": "MRC", "month": "2026-05", "asked": "Les aînés"}


@pytest.fixture(autouse=True)
def _may_2027():
    with time_machine.travel("2027-05-20T12:00:00-04:00", tick=False):
        yield


def url(appraisal) -> str:
    return f"/espace/demarches/{appraisal.reference}/consultations/"


def test_one_more_is_listed_here_and_at_both_steps(appraisal, as_lead):
    response = as_lead.post(url(appraisal), TYPED, follow=True)
    assert "C’est dans la liste." in response.content.decode()
    assert OtherConsultation.objects.get().month == dt.date(2026, 5, 1)
    Appraisal.objects.filter(pk=appraisal.pk).update(
        framing_done_at=timezone.now(), phase=Phase.CONVENING
    )
    for slug in ("decider", "mobiliser"):
        step = f"/espace/demarches/{appraisal.reference}/etapes/{slug}/"
        content = as_lead.get(step).content.decode()
        assert "Sondage, MRC, mai 2026" in content
        assert "Une autre occasion de se prononcer" in content
        assert url(appraisal) in content


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Nommez la consultation."),
        ({"organizer": ""}, "Dites quel organisme l’a menée."),
        ({"month": ""}, "Choisissez un mois."),
        ({"month": "mai"}, "Écrivez un mois comme 2026-05."),
        ({"month": "2026-13"}, "Écrivez un mois comme 2026-05."),
        ({"month": "2027-06"}, "Elle n’a pas encore eu lieu"),
        ({"title": "x" * 201}, "200"),
    ],
)
def test_a_refusal_keeps_what_was_typed(appraisal, as_lead, changes, sentence):
    content = as_lead.post(url(appraisal), TYPED | changes).content.decode()
    assert sentence in content
    assert 'value="Les aînés"' in content
    assert not OtherConsultation.objects.exists()


def test_sent_twice_is_kept_once_and_removed(appraisal, as_lead):
    for _ in range(2):
        as_lead.post(url(appraisal), TYPED)
    one = OtherConsultation.objects.get()
    assert as_lead.get(f"{url(appraisal)}{one.pk}/retirer/").status_code == 405
    as_lead.post(f"{url(appraisal)}{one.pk}/retirer/")
    assert not OtherConsultation.objects.exists()


def test_an_observer_reads_the_list_only(appraisal, as_lead, as_observer):
    as_lead.post(url(appraisal), TYPED)
    content = as_observer.get(url(appraisal)).content.decode()
    assert "Sondage" in content
    assert "Ajouter à la liste" not in content
    assert "Retirer" not in content


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(appraisal, lead, as_lead, count, django_assert_num_queries):
    appraisal.place.parent = PlaceFactory(territory=True)
    appraisal.place.save()
    for number in range(count):
        as_lead.post(url(appraisal), TYPED | {"title": f"Sondage {number}"})
        other = AppraisalFactory(place__parent=appraisal.place.parent)
        MembershipFactory(appraisal=other, user=lead)
    as_lead.get(url(appraisal))
    with django_assert_num_queries(9):
        response = as_lead.get(url(appraisal))
    assert response.context["solicitation"].count == 2 * count


def test_the_purposes_of_the_evaluation_are_kept_and_shown(appraisal, as_lead):
    step = f"/espace/demarches/{appraisal.reference}/etapes/decider/"
    form = as_lead.get(step).context["form"]
    answers = {name: value for name, value in form.initial.items() if value not in (None, False)}
    answers |= {
        "evaluation_purposes": ["understand", "learn"],
        "purposes": ["family_policy"],
        "contact_name": "Noé",
    }
    as_lead.post(step, answers)
    appraisal.refresh_from_db()
    assert appraisal.evaluation_purposes == ["understand", "learn"]
    content = as_lead.get(f"/espace/demarches/{appraisal.reference}/").content.decode()
    for words in (
        "apprendre pour faire mieux; mieux comprendre le développement des communautés",
        "politique familiale ou des personnes aînées",
        "Noé",
        "sommaire public",
        "Comité de citoyennes et de citoyens",
    ):
        assert words in content, words
    refused = as_lead.post(step, answers | {"evaluation_purposes": ["invented"]})
    assert refused.status_code == 200
    assert "evaluation_purposes" in refused.context["form"].errors
