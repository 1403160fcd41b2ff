import json

import pytest

from appreciation.domain.report import assemble_report, report_from_snapshot, report_to_snapshot
from appreciation.enums import ExitLevel, ExitQuestion, PublicationLevel
from appreciation.models import ExitHandCount
from core.disclosure import Suppressed
from tests.factories.answers import items_of
from tests.factories.outcomes import (
    ActionFactory,
    AgreedRatingFactory,
    CommentFactory,
    FindingFactory,
)


@pytest.fixture
def rich_appraisal(told_appraisal):
    meeting = told_appraisal.meetings.get()
    told_appraisal.quotes_announced = True
    told_appraisal.purposes = ["family_policy"]
    AgreedRatingFactory(
        meeting=meeting, item=items_of(told_appraisal)[2], level=2, reason="R", dissent="D"
    )
    CommentFactory(meeting=meeting, item=items_of(told_appraisal)[0], is_quoted=True)
    FindingFactory(appraisal=told_appraisal, quotable=True)
    ActionFactory(appraisal=told_appraisal)
    for answer, count in ((ExitLevel.YES, 8), (ExitLevel.NO, 1)):
        ExitHandCount.objects.create(
            meeting=meeting, question=ExitQuestion.HEARD, answer=answer, count=count
        )
    return told_appraisal


@pytest.mark.parametrize("level", PublicationLevel.values)
def test_snapshot_round_trips_through_json(rich_appraisal, level):
    report = assemble_report(rich_appraisal, level=level)
    stored = json.loads(json.dumps(report_to_snapshot(report)))
    assert report_from_snapshot(stored) == report


def test_full_snapshot_carries_exit_answers_and_quotes(rich_appraisal):
    snapshot = report_to_snapshot(assemble_report(rich_appraisal))
    (exit_question,) = snapshot["meetings"][0]["exits"]
    assert exit_question["distribution"] == {"levels": [1, 0, 8], "does_not_know": 0}
    assert len(snapshot["quotes"]) == 1


def test_hidden_answers_are_not_in_the_snapshot(rich_appraisal):
    snapshot = report_to_snapshot(assemble_report(rich_appraisal))
    (hidden,) = [item for item in snapshot["meetings"][0]["items"] if item["code"] == "q3"]
    assert hidden["distribution"] == {"suppressed": True}
    assert hidden["agreed"]["label"] == "En chemin"


def test_summary_snapshot_has_no_count_of_answers(rich_appraisal):
    snapshot = report_to_snapshot(assemble_report(rich_appraisal, level=PublicationLevel.SUMMARY))
    (meeting,) = snapshot["meetings"]
    assert {item["distribution"] for item in meeting["items"]} == {None}
    assert meeting["exits"] == snapshot["quotes"] == []


def test_a_raised_k_hides_what_was_published(rich_appraisal):
    snapshot = report_to_snapshot(assemble_report(rich_appraisal))
    (meeting,) = report_from_snapshot(snapshot, outside_k=13).meetings
    assert all(isinstance(item.distribution, Suppressed) for item in meeting.items)
    assert {item.agreement_words for item in meeting.items} == {""}
    assert meeting.head_count is None
    assert {medium.people for medium in meeting.media} == {None}


def test_a_lowered_k_does_not_change_what_was_published(rich_appraisal):
    snapshot = report_to_snapshot(assemble_report(rich_appraisal))
    assert report_from_snapshot(snapshot, outside_k=3) == report_from_snapshot(snapshot)


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="Format"):
        report_from_snapshot({"schema": 99})
