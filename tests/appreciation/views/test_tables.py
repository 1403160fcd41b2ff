"""Table groups then plenary: statements side by side, never averages, never respondents."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from appreciation.domain.report import assemble_report
from appreciation.domain.results import Audience, meeting_results
from appreciation.models import DiscussionTable, RatingCount, Seat, TableRating
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory
from tests.factories.answers import items_of


@pytest.fixture
def appraisal(lead):
    appraisal = AppraisalFactory(at_meeting=True)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return appraisal


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def item(appraisal):
    return items_of(appraisal)[0]


def url(name, meeting, *args):
    return reverse(f"space:{name}", args=[meeting.reference, *args])


def make(client, meeting, count):
    return client.post(url("tables", meeting), {"count": count})


def tell(client, meeting, number, item, level, *, version=0, **more):
    values = {"version": version, "people": "", f"niveau-{item.pk}": level} | more
    return client.post(url("table", meeting, number), values)


def test_tables_stand_side_by_side_on_the_deliberation(as_lead, meeting, item):
    make(as_lead, meeting, 2)
    tell(as_lead, meeting, 1, item, 1, people=4, **{f"mot-{item.pk}": "L’autobus est rare"})
    tell(as_lead, meeting, 2, item, 4)
    code = item.instrument_dimension.dimension.code
    page = BeautifulSoup(
        as_lead.get(url("deliberation_dimension", meeting, code)).text, "html.parser"
    )
    rows = [" ".join(row.get_text(" ").split()) for row in page.select(".tables tbody tr")]
    assert rows == [
        "Table 1 (4 personnes) À peine amorcé L’autobus est rare",
        "Table 2 Acquis",
    ]
    assert "moyenne" not in page.get_text()


def test_a_table_is_nobody_s_answer(as_lead, meeting, item, appraisal):
    make(as_lead, meeting, 6)
    for number in range(1, 7):
        tell(as_lead, meeting, number, item, 4, people=5)
    assert (Seat.objects.count(), RatingCount.objects.count()) == (0, 0)
    assert not meeting_results(meeting, audience=Audience.ROOM).has_answers
    report = assemble_report(appraisal)
    assert [one.distribution for each in report.meetings for one in each.items] == [None] * 3
    assert [one.agreed for each in report.meetings for one in each.items] == [None] * 3


def test_fewer_tables_never_lose_what_one_said(as_lead, meeting, item):
    make(as_lead, meeting, 3)
    tell(as_lead, meeting, 3, item, 2)
    refused = make(as_lead, meeting, 2)
    assert refused.status_code == 422
    assert "a déjà dit son niveau" in refused.text
    tell(as_lead, meeting, 3, item, "", version=1)
    assert make(as_lead, meeting, 2).status_code == 302
    assert list(DiscussionTable.objects.values_list("number", flat=True)) == [1, 2]


def test_twice_is_once_and_a_conflict_shows_the_other(as_lead, meeting, item):
    make(as_lead, meeting, 1)
    for _ in range(2):
        assert tell(as_lead, meeting, 1, item, 2).status_code == 302
    assert DiscussionTable.objects.get().version == 1
    late = tell(as_lead, meeting, 1, item, 3)
    assert late.status_code == 409
    assert "En chemin" in BeautifulSoup(late.text, "html.parser").find(class_="other-text").text
    assert TableRating.objects.get().level == 2
    assert tell(as_lead, meeting, 1, item, 3, version=1).status_code == 302
    assert TableRating.objects.get().level == 3


@pytest.mark.parametrize("level", ["9", "x", "-1"])
def test_a_level_of_no_scale_is_refused_by_the_field(as_lead, meeting, item, level):
    make(as_lead, meeting, 1)
    assert tell(as_lead, meeting, 1, item, level).status_code == 422
    assert not TableRating.objects.exists()


def test_before_the_meeting_opens_no_level_is_typed(as_lead, appraisal, item):
    planned = MeetingFactory(appraisal=appraisal)
    make(as_lead, planned, 1)
    refused = tell(as_lead, planned, 1, item, 2)
    assert refused.status_code == 422
    assert "pas encore ouverte" in refused.text


def test_an_observer_reads_only(as_lead, as_observer, meeting):
    make(as_lead, meeting, 1)
    MembershipFactory(appraisal=meeting.appraisal, role="observer")
    assert as_observer.post(url("tables", meeting), {"count": 3}).status_code == 404
    assert DiscussionTable.objects.count() == 1


@pytest.mark.parametrize("count", ["", "41", "x"])
def test_a_wrong_number_of_tables_is_said_by_the_field(as_lead, meeting, count):
    assert make(as_lead, meeting, count).status_code == 422
    assert not DiscussionTable.objects.exists()
