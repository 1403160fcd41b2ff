import datetime as dt

import pytest
from wagtail.models import Site

from appreciation.domain.report import assemble_report
from appreciation.enums import FindingKind, PublicationLevel
from appreciation.models import ReportSection
from cms.settings import SiteSettings
from core.disclosure import Suppressed
from tests.factories import MeetingFactory
from tests.factories.answers import answer, finish, items_of, seats_of, spread
from tests.factories.outcomes import (
    ActionFactory,
    AgreedRatingFactory,
    CommentFactory,
    FindingFactory,
)


def test_report_of_a_appraisal_without_a_meeting_is_empty_but_whole(appraisal):
    report = assemble_report(appraisal)
    assert report.meetings == ()
    assert report.findings == ()
    assert "n’a pas encore eu lieu" in report.paragraph("introduction").text
    assert [paragraph.key for paragraph in report.paragraphs] == [
        "introduction",
        "participants",
        "method",
        "results",
        "discussion",
        "next-steps",
        "limits",
    ]


def test_report_tells_who_when_and_how_many(told_appraisal):
    report = assemble_report(told_appraisal)
    (meeting,) = report.meetings
    assert meeting.held_on == dt.date(2026, 10, 22)
    assert meeting.head_count == 12
    assert [(medium.label, medium.people) for medium in meeting.media] == [("téléphone mobile", 12)]
    assert (
        "Le 22\u00a0octobre\u00a02026, 12 personnes de Rivière-Exemple se sont réunies "
        "(Salle communautaire)"
    ) in report.paragraph("introduction").text


def test_strengths_come_first_and_hidden_answers_last(told_appraisal):
    (meeting,) = assemble_report(told_appraisal).meetings
    assert [item.code for item in meeting.items] == ["q1", "q2", "q3"]
    first, second, third = meeting.items
    assert first.distribution.levels == (0, 0, 2, 10)
    assert (first.median_words, first.agreement_words) == ("Acquis", "accord net")
    assert second.agreement_words == "avis opposés"
    assert isinstance(third.distribution, Suppressed)
    assert third.is_hidden
    assert third.agreement_words == third.median_words == ""


def test_headline_and_discussion_name_what_is_shared_and_what_is_opposed(told_appraisal):
    report = assemble_report(told_appraisal)
    strong, opposed = report.meetings[0].items[0].name, report.meetings[0].items[1].name
    assert report.headline == (
        f"On s’entend sur ses forces\u00a0: {strong}. On en discute encore\u00a0: {opposed}."
    )
    assert opposed in report.paragraph("discussion").text


def test_summary_shows_words_of_agreement_and_no_answer(told_appraisal):
    AgreedRatingFactory(
        meeting=told_appraisal.meetings.get(), item=items_of(told_appraisal)[0], reason="On le vit."
    )
    (meeting,) = assemble_report(told_appraisal, level=PublicationLevel.SUMMARY).meetings
    first = next(item for item in meeting.items if item.code == "q1")
    assert first.agreement_words == "accord net"
    assert (first.agreed.label, first.agreed.reason) == ("Bien avancé", "On le vit.")
    assert {item.distribution for item in meeting.items} == {None}
    assert {item.median_words for item in meeting.items} == {""}


@pytest.mark.parametrize("level", [PublicationLevel.SUMMARY, PublicationLevel.FULL])
def test_assembled_paragraphs_are_the_same_at_every_level(told_appraisal, level):
    report = assemble_report(told_appraisal, level=level)
    assert report.paragraphs == assemble_report(told_appraisal).paragraphs


def test_a_section_written_by_the_team_replaces_the_assembled_text(told_appraisal):
    ReportSection.objects.create(
        appraisal=told_appraisal, key="discussion", text="À nous l’autobus."
    )
    paragraph = assemble_report(told_appraisal).paragraph("discussion")
    assert (paragraph.text, paragraph.is_edited) == ("À nous l’autobus.", True)


def test_an_emptied_section_stays_empty(told_appraisal):
    ReportSection.objects.create(appraisal=told_appraisal, key="limits", text="")
    assert assemble_report(told_appraisal).paragraph("limits").text == ""


def test_quotes_leave_only_when_announced_picked_and_not_hidden(told_appraisal):
    meeting, item = told_appraisal.meetings.get(), items_of(told_appraisal)[0]
    CommentFactory(meeting=meeting, item=item, text="Choisi", is_quoted=True)
    CommentFactory(meeting=meeting, item=item, text="Masqué", is_quoted=True, is_hidden=True)
    CommentFactory(meeting=meeting, item=item, text="Pas choisi")
    FindingFactory(appraisal=told_appraisal, text="On se connaît.", quotable=True)
    assert assemble_report(told_appraisal).quotes == ()
    assert not assemble_report(told_appraisal).findings[0].is_quote

    told_appraisal.quotes_announced = True
    report = assemble_report(told_appraisal)
    assert [quote.text for quote in report.quotes] == ["Choisi"]
    assert report.findings[0].is_quote
    summary = assemble_report(told_appraisal, level=PublicationLevel.SUMMARY)
    assert summary.quotes == ()
    assert not summary.findings[0].is_quote


def test_findings_and_actions_are_sorted_by_kind(told_appraisal):
    FindingFactory(appraisal=told_appraisal, kind=FindingKind.CHALLENGE, text="L’autobus")
    FindingFactory(appraisal=told_appraisal, kind=FindingKind.ACTION_LEAD, text="Covoiturer")
    ActionFactory(appraisal=told_appraisal, title="Compter les déplacements")
    report = assemble_report(told_appraisal)
    assert report.strengths == ()
    assert [finding.text for finding in report.challenges] == ["L’autobus"]
    assert [finding.text for finding in report.leads] == ["Covoiturer"]
    assert [(action.title, action.state) for action in report.actions] == [
        ("Compter les déplacements", "à faire")
    ]
    assert "premières actions" in report.paragraph("next-steps").text


def test_a_small_group_is_not_counted_outside(appraisal):
    meeting = MeetingFactory(appraisal=appraisal, head_count=4)
    answer(meeting, items_of(appraisal)[0], spread(0, 2, 2, 0))
    finish(meeting)
    (told,) = assemble_report(appraisal).meetings
    assert told.head_count is None
    assert [(medium.label, medium.people) for medium in told.media] == [("téléphone mobile", None)]


def test_media_are_counted_only_when_each_is_a_crowd(told_appraisal):
    meeting = told_appraisal.meetings.get()
    two_on_paper = seats_of(meeting, 2, medium="paper")
    answer(meeting, items_of(told_appraisal)[0], [4, 4], seats=two_on_paper)
    (told,) = assemble_report(told_appraisal).meetings
    assert [(medium.label, medium.people) for medium in told.media] == [
        ("téléphone mobile", None),
        ("papier", None),
    ]


def test_only_the_final_round_leaves(told_appraisal):
    meeting, item = told_appraisal.meetings.get(), items_of(told_appraisal)[1]
    answer(meeting, item, spread(0, 6, 6, 0), number=2)
    finish(meeting)
    (told,) = assemble_report(told_appraisal).meetings
    second = next(item for item in told.items if item.code == "q2")
    assert second.distribution.levels == (0, 6, 6, 0)


def test_a_region_that_raises_k_hides_more(told_appraisal):
    SiteSettings.objects.create(site=Site.objects.get(), disclosure_k=13)
    (meeting,) = assemble_report(told_appraisal).meetings
    assert all(item.is_hidden for item in meeting.items)
    assert meeting.head_count is None


def test_a_planned_meeting_is_not_in_the_report(told_appraisal):
    MeetingFactory(appraisal=told_appraisal)
    assert len(assemble_report(told_appraisal).meetings) == 1


def test_two_evenings_are_told_apart(told_appraisal):
    other = MeetingFactory(appraisal=told_appraisal, head_count=9)
    answer(other, items_of(told_appraisal)[0], spread(9, 0, 0, 0))
    finish(other)
    counts = [
        item.distribution.levels
        for meeting in assemble_report(told_appraisal).meetings
        for item in meeting.items
        if item.code == "q1"
    ]
    assert sorted(counts) == [(0, 0, 2, 10), (9, 0, 0, 0)]
