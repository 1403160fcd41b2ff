import pytest

from appreciation.domain.phases import change_state
from appreciation.models import MeetingLog
from tests.factories import MeetingFactory


def url(appraisal):
    return f"/espace/demarches/{appraisal.reference}/journal/"


def test_an_empty_journal_says_what_will_be_there(appraisal, as_lead):
    assert "Rien n’est encore inscrit" in as_lead.get(url(appraisal)).content.decode()


def test_gestures_and_evenings_are_told_the_latest_first(appraisal, lead, as_observer):
    change_state(appraisal=appraisal, name="postpone", user=lead, comment="La neige.")
    meeting = MeetingFactory(appraisal=appraisal)
    MeetingLog.objects.create(
        meeting=meeting, action="Rencontre prévue", by_label="Élise Meneuse", user=lead
    )
    response = as_observer.get(url(appraisal))
    content = response.content.decode()
    assert [entry.gesture for entry in response.context["page"]] == [
        "Rencontre prévue",
        "Date de la rencontre changée",
        "Démarche reportée",
    ]
    assert "La neige." in content
    assert "par Élise Meneuse" in content


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(appraisal, lead, as_lead, count, django_assert_num_queries):
    for _ in range(count):
        change_state(appraisal=appraisal, name="postpone", user=lead, comment="La neige.")
        change_state(appraisal=appraisal, name="resume", user=lead)
        MeetingLog.objects.create(meeting=MeetingFactory(appraisal=appraisal), action="Ouverte")
    as_lead.get(url(appraisal))
    with django_assert_num_queries(7):
        response = as_lead.get(url(appraisal))
    assert len(response.context["page"].object_list) == 4 * count
