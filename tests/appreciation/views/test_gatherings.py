"""Several meetings per démarche, by kind: planned, listed, opened, never added up."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.report import assemble_report
from appreciation.enums import MeetingKind, MeetingState
from appreciation.models import Meeting
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory
from tests.factories.answers import answer, finish, items_of
from tests.factories.outcomes import FindingFactory

FIRST = dt.datetime(2026, 10, 22, 23, tzinfo=dt.UTC)
SECOND = dt.datetime(2026, 11, 5, 23, tzinfo=dt.UTC)
EVENING = {"date": "2026-11-19", "time": "19:00", "venue": "Salle des loisirs", "version": 0}


@pytest.fixture
def appraisal(lead):
    appraisal = AppraisalFactory(at_restitution=True)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return appraisal


def url(name, noun, *args):
    return reverse(f"space:{name}", args=[noun.reference, *args])


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.text, "html.parser")


def words(node) -> str:
    return " ".join(node.get_text(" ").split())


@pytest.mark.parametrize(
    ("slug", "kind"),
    [("restitution", "restitution"), ("choix", "choice"), ("suivi", "follow_up")],
)
def test_each_kind_is_planned_from_its_page(as_lead, appraisal, slug, kind):
    response = as_lead.post(url("gathering_new", appraisal, slug), EVENING)
    meeting = Meeting.objects.get()
    assert response["Location"] == url("meeting_page", meeting)
    assert (meeting.kind, meeting.venue, meeting.state) == (kind, "Salle des loisirs", "planned")
    assert timezone.localtime(meeting.starts_at).isoformat() == "2026-11-19T19:00:00-05:00"
    page = soup(as_lead.get(response["Location"]))
    assert "du 19 novembre 2026" in words(page.h1)
    assert page.find("a", href=url("console", meeting)) is None


def test_the_same_form_sent_twice_plans_one_evening(as_lead, appraisal):
    for _ in range(2):
        as_lead.post(url("gathering_new", appraisal, "restitution"), EVENING)
    assert Meeting.objects.count() == 1
    as_lead.post(url("gathering_new", appraisal, "restitution"), EVENING | {"time": "20:00"})
    assert Meeting.objects.count() == 2


def test_a_wrong_form_keeps_what_was_typed(as_lead, appraisal):
    response = as_lead.post(
        url("gathering_new", appraisal, "choix"), {"venue": "Au quai", "date": "demain"}
    )
    page = soup(response, 422)
    assert page.find(id="id_venue")["value"] == "Au quai"
    assert "Écrivez une date comme 2026-10-22." in page.find(id="erreurs").text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("slug", ["appreciation", "appraisal", "x"])
def test_a_rating_meeting_is_not_planned_here(as_lead, appraisal, slug):
    assert as_lead.get(url("gathering_new", appraisal, slug)).status_code == 404


def test_nothing_is_rated_at_a_gathering(as_lead, appraisal):
    meeting = MeetingFactory(appraisal=appraisal, kind=MeetingKind.RESTITUTION)
    for name in ("console", "deliberation"):
        assert as_lead.get(url(name, meeting))["Location"] == url("meeting_page", meeting)
    as_lead.post(url("gesture", meeting, "ouvrir"))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    assert as_lead.get(f"/r/{meeting.join_code}/").status_code == 404


def test_date_and_place_change_and_a_conflict_shows_both(as_lead, appraisal):
    as_lead.post(url("gathering_new", appraisal, "restitution"), EVENING)
    meeting = Meeting.objects.get()
    opened_with = EVENING | {"version": meeting.revision}
    as_lead.post(url("gathering_when", meeting), opened_with | {"venue": "École"})
    meeting.refresh_from_db()
    assert meeting.venue == "École"
    late = as_lead.post(url("gathering_when", meeting), opened_with | {"venue": "Église"})
    page = soup(late, 409)
    assert "19 novembre 2026, 19 h, École" in words(page.find(class_="other-text")).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert page.find(id="id_venue")["value"] == "Église"
    again = opened_with | {"venue": "Église", "version": page.find(id="id_version")["value"]}
    assert as_lead.post(url("gathering_when", meeting), again).status_code == 302
    meeting.refresh_from_db()
    assert meeting.venue == "Église"


def test_an_evening_planned_by_mistake_is_taken_away_but_not_its_findings(as_lead, appraisal):
    empty = MeetingFactory(appraisal=appraisal, kind=MeetingKind.CHOICE)
    told = MeetingFactory(appraisal=appraisal, kind=MeetingKind.CHOICE)
    rated = MeetingFactory(appraisal=appraisal)
    FindingFactory(appraisal=appraisal, meeting=told)
    for meeting in (empty, told, rated):
        as_lead.post(url("gathering_removal", meeting))
    assert set(Meeting.objects.all()) == {told, rated}


def test_what_was_said_is_written_on_the_page_of_that_evening_only(as_lead, appraisal):
    meeting = MeetingFactory(appraisal=appraisal, kind=MeetingKind.RESTITUTION)
    other = MeetingFactory(appraisal=appraisal, kind=MeetingKind.RESTITUTION)
    response = as_lead.post(
        url("finding_new", meeting),
        {"kind": "strength", "text": "Le quai rassemble.", "dimension": "", "version": 0},
    )
    assert response["Location"] == url("meeting_page", meeting)
    assert "Le quai rassemble." in as_lead.get(url("meeting_page", meeting)).text
    assert "Le quai rassemble." not in as_lead.get(url("meeting_page", other)).text


@pytest.mark.parametrize(
    ("slug", "kind"),
    [("restituer", "restitution"), ("choisir", "choice"), ("suivre", "follow_up")],
)
def test_a_step_plans_and_opens_the_meetings_of_its_kind(as_lead, appraisal, slug, kind):
    now = timezone.now()
    for phase in ("restitution", "action_plan", "sharing"):
        setattr(appraisal, f"{phase}_done_at", now)
    appraisal.phase = "follow_up"
    appraisal.save()
    of_kind = MeetingFactory(appraisal=appraisal, kind=kind)
    rated = MeetingFactory(appraisal=appraisal)
    page = soup(as_lead.get(url("step", appraisal, slug)))
    hrefs = {link["href"] for link in page.find_all("a")}
    assert url("meeting_page", of_kind) in hrefs
    assert url("meeting_page", rated) not in hrefs
    plan = {"restituer": "restitution", "choisir": "choix", "suivre": "suivi"}[slug]
    assert url("gathering_new", appraisal, plan) in hrefs


def two_evenings(appraisal):
    """The first item: five people low on the first evening, seven high on the second."""
    item = items_of(appraisal)[0]
    evenings = []
    for starts_at, levels in ((FIRST, [1] * 5), (SECOND, [4] * 7)):
        meeting = MeetingFactory(appraisal=appraisal, starts_at=starts_at)
        answer(meeting, item, levels)
        evenings.append(finish(meeting))
    return item, evenings


def test_two_appraisal_meetings_are_listed_with_the_number_of_each(as_lead, appraisal):
    two_evenings(appraisal)
    MeetingFactory(appraisal=appraisal, kind=MeetingKind.RESTITUTION, starts_at=SECOND)
    page = soup(as_lead.get(url("meetings", appraisal)))
    lines = [words(line) for line in page.select("ul.ruled > li")]
    assert ["5 personnes ont répondu" in line for line in lines] == [True, False, False]
    assert ["7 personnes ont répondu" in line for line in lines] == [False, True, False]
    assert ["22 octobre 2026" in line for line in lines] == [True, False, False]
    assert "12 personnes" not in words(page)


def test_results_and_report_never_add_two_meetings(as_lead, appraisal):
    item, evenings = two_evenings(appraisal)
    for meeting, own, other in ((evenings[0], 5, 7), (evenings[1], 7, 5)):
        text = words(soup(as_lead.get(url("results", meeting))).main)
        assert f"{own} " in text
        assert f"{other} personnes" not in text
        assert "12 personnes" not in text
    report = assemble_report(appraisal)
    shown = [
        (each.held_on.isoformat(), one.distribution.levels)
        for each in report.meetings
        for one in each.items
        if one.code == item.code
    ]
    assert shown == [("2026-10-22", (5, 0, 0, 0)), ("2026-11-05", (0, 0, 0, 7))]
    page = soup(as_lead.get(url("report", appraisal)))
    headings = [words(heading) for heading in page.select("section h3")]
    assert "Rencontre du 22 octobre 2026" in headings
    assert "Rencontre du 5 novembre 2026" in headings
    rows = b"".join(as_lead.get(url("report_csv", appraisal))).decode("utf-8-sig")
    assert "2026-10-22" in rows
    assert "2026-11-05" in rows


def test_the_headline_speaks_of_the_last_evening_and_the_discussion_dates_each(appraisal):
    item = items_of(appraisal)[0]
    for starts_at, levels in ((FIRST, [1, 1, 1, 4, 4, 4]), (SECOND, [4] * 6)):
        meeting = MeetingFactory(appraisal=appraisal, starts_at=starts_at)
        answer(meeting, item, levels)
        finish(meeting)
    report = assemble_report(appraisal)
    assert "On s’entend sur ses forces" in report.headline
    assert "On en discute encore" not in report.headline
    discussion = " ".join(report.paragraph("discussion").text.split())
    assert discussion.startswith("Le 22 octobre 2026, les gens ne voient pas la même chose")


def queries_for(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_three_meetings_as_for_one(as_lead, appraisal, rows):
    for _ in range(rows):
        MeetingFactory(appraisal=appraisal, open=True)
    assert queries_for(as_lead, url("meetings", appraisal)) == 8
