"""Every page of the space takes as many queries with many rows as with one (issue 2, section 6).

The number is written for each page; a page without a number fails, a page that grows fails.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.help import open_help_request
from appreciation.domain.rehearsals import start_rehearsal
from appreciation.enums import MeetingState, Phase, RoundState
from appreciation.models import (
    CheckIn,
    CheckInAnswer,
    Comment,
    DiscussionTable,
    EveningPass,
    FrequentQuestion,
    HelpMessage,
    Meeting,
    MeetingLog,
    Outcome,
    PhaseTask,
    RoomQuestion,
    RoomWord,
    TableRating,
    TransitionLog,
)
from appreciation.views.stepper import SLUGS
from tests.appreciation.test_access_matrix import ROWS
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    PlaceFactory,
)
from tests.factories.directory import DirectoryEntryFactory
from tests.factories.evenings import PhotoFactory
from tests.factories.invitees import InviteeFactory
from tests.factories.outcomes import ActionFactory, AgreedRatingFactory, FindingFactory
from tests.factories.tools import ToolFactory
from tests.factories.votes import answer_round, raise_hands

FEW, MANY = 1, 4

QUERIES = {
    "adopted_version": 8,
    "adoption": 9,
    "poster": 5,
    "messages": 5,
    "message_print": 9,
    "message": 16,
    "invitation_plan": 12,
    "door": 14,
    "agreed_rating": 9,
    "appraisal": 12,
    "appraisal_answers": 7,
    "appraisal_create": 7,
    "corrections": 9,
    "calendar": 9,
    "calendar_file": 7,
    "check_in": 8,
    "check_ins": 7,
    "console": 13,
    "consultations": 9,
    "console_state": 11,
    "deliberation": 15,
    "deliberation_dimension": 23,
    "directory": 10,
    "document": 26,
    "documents": 20,
    "documents_state": 17,
    "directory_entry": 7,
    "dots": 9,
    "dots_poster": 6,
    "drafts": 4,
    "entry_grid": 9,
    "evening_passes": 6,
    "export": 6,
    "finding_edit": 8,
    "follow_up": 11,
    "finding_new": 7,
    "gathering_new": 5,
    "hall": 10,
    "hall_state": 8,
    "hands": 5,
    "home": 11,
    "help_list": 7,
    "help_new": 5,
    "help_request": 7,
    "invitee": 9,
    "invitees": 12,
    "journal": 7,
    "meeting_minutes": 6,
    "meeting_page": 10,
    "meeting_photo": 6,
    "meeting_photo_file": 4,
    "meeting_photos": 8,
    "meetings": 8,
    "outcome_edit": 7,
    "outcome_new": 7,
    "leave_team": 10,
    "replace_lead": 9,
    "pairing": 9,
    "paper_form": 9,
    "paper_words": 8,
    "portrait_sheet": 8,
    "preferences": 6,
    "practices": 13,
    "privacy_preview": 26,
    "publication": 14,
    "publication_preview": 32,
    "ratings_export": 7,
    "ratings_import": 6,
    "ratings_template": 7,
    "rehearsal": 6,
    "rehearsal_sheets": 8,
    "rehearsal_wipe": 6,
    "report": 29,
    "report_csv": 25,
    "report_section": 28,
    "remote": 10,
    "remote_state": 8,
    "restitution": 11,
    "comparison": 5,
    "comparison_csv": 3,
    "repeat": 6,
    "results": 18,
    "room_question": 11,
    "room_questions": 8,
    "results_csv": 13,
    "review": 8,
    "shared_tablet": 5,
    "state": 7,
    "task": 8,
    "table": 10,
    "tools": 10,
    "tables": 8,
    "team": 9,
    "thanks_sheet": 15,
    "withdrawal": 8,
}
STEP_QUERIES = {
    "decider": 18,
    "portrait": 18,
    "mobiliser": 24,
    "rencontre": 15,
    "restituer": 14,
    "choisir": 20,
    "partager": 14,
    "suivre": 16,
}
ELSEWHERE = ("step", "gathering_when", "export_file", "document_file")
"""Another table below; a form for evenings without rating (test_gatherings.py); files."""
PAGES = sorted(
    name for name, row in ROWS.items() if "lead" in row.readers and name not in ELSEWHERE
)
"""The historical entries, which a coordinator writes, are counted in test_historical.py."""


def build(lead, rows: int, phase: str = Phase.FOLLOW_UP):
    """A démarche with `rows` of everything: members, meetings, questions, answers, findings…"""
    done = list(Phase)[: list(Phase).index(phase)]
    appraisal = AppraisalFactory(
        phase=phase,
        instrument=InstrumentFactory(with_items=rows),
        place__parent=PlaceFactory(territory=True),
        adopted_by="le comité" if phase == Phase.FOLLOW_UP else "",
        adopted_on="2026-11-03" if phase == Phase.FOLLOW_UP else None,
        **{f"{one}_done_at": timezone.now() for one in done},
    )
    MembershipFactory(appraisal=appraisal, user=lead)
    for dimension in appraisal.instrument.instrument_dimensions.all():
        for _ in range(rows - 1):
            ItemFactory(instrument_dimension=dimension)
    meeting = MeetingFactory(appraisal=appraisal, open=True, head_count=rows * 5)
    for round_ in meeting.rounds.all():
        answer_round(round_, [1, 2, 3, 4] * rows)
        answer_round(round_, [2] * rows, medium="paper")
        raise_hands(round_, {2: rows})
    now = timezone.now()
    meeting.rounds.update(state=RoundState.REVEALED, closed_at=now, revealed_at=now)
    Meeting.objects.filter(pk=meeting.pk).update(
        current_dimension=meeting.instrument.instrument_dimensions.first(),
        state=MeetingState.ENTRY_DONE,
        closed_at=now,
        entry_done_at=now,
    )
    for number in range(rows):
        add_row(appraisal, meeting, number)
    start_rehearsal(user=lead, source=appraisal, now=now)
    return appraisal, Meeting.objects.get(pk=meeting.pk)


def add_row(appraisal, meeting, number: int) -> None:
    theirs = AppraisalFactory(at_restitution=True, instrument=appraisal.instrument)
    DirectoryEntryFactory(user=MembershipFactory(appraisal=theirs).user, agrees_to_be_called=True)
    item = meeting.instrument.instrument_dimensions.all()[number].items.first()
    member = MembershipFactory(appraisal=appraisal, role="co_facilitator")
    asked = open_help_request(
        asker=appraisal.memberships.first().user, appraisal=appraisal, text=f"Question {number}"
    )
    HelpMessage.objects.create(request=asked, author=member.user, text="Un mot")
    FrequentQuestion.objects.create(question=f"Quoi? {number}", answer="Ceci.", is_published=True)
    FindingFactory(
        appraisal=appraisal, meeting=meeting, dimension=item.instrument_dimension.dimension
    )
    FindingFactory(appraisal=appraisal, meeting=meeting, kind="action_lead")
    AgreedRatingFactory(meeting=meeting, item=item)
    Comment.objects.create(meeting=meeting, item=item, text=f"Un mot {number}")
    PhotoFactory(meeting=meeting)
    table = DiscussionTable.objects.create(meeting=meeting, number=number + 1)
    TableRating.objects.create(table=table, item=item, level=2)
    question = RoomQuestion.objects.create(meeting=meeting, text=f"Un mot {number}")
    RoomWord.objects.create(question=question, text="Beau", state="shown")
    MeetingLog.objects.create(meeting=meeting, action="Minuteur", by_label=str(member.user))
    EveningPass.objects.create(
        meeting=meeting,
        label=f"Secrétaire {number}",
        expires_at=timezone.now() + dt.timedelta(hours=6),
        created_by=member.user,
    )
    TransitionLog.objects.create(
        appraisal=appraisal,
        name="finish_framing",
        from_phase="framing",
        to_phase="portrait",
        from_state="active",
        to_state="active",
        user=member.user,
    )
    PhaseTask.objects.create(
        appraisal=appraisal,
        code=f"chose-{number}",
        phase=Phase.CONVENING,
        label=f"Chose {number}",
        position=number,
        owner=member.user,
    )
    InviteeFactory(appraisal=appraisal)
    tool = ToolFactory()
    appraisal.tool_uses.create(tool=tool, title=tool.title, version="0")
    if number < 3:
        ActionFactory(appraisal=appraisal, position=number)
    check_in = CheckIn.objects.create(
        appraisal=appraisal,
        months=(3, 6, 12, 24)[number],
        due_on="2027-01-15",
        state="answered",
        answered_at=timezone.now(),
        recorded_by=member.user,
    )
    CheckInAnswer.objects.create(
        check_in=check_in, action=appraisal.actions.last(), title=f"A {number}", reply="done"
    )
    Outcome.objects.create(
        appraisal=appraisal,
        action=appraisal.actions.first() if number else None,
        happened_on="2026-10-30",
        words="Un pas",
    )
    if number:
        MeetingFactory(appraisal=appraisal, state=MeetingState.PLANNED)


def address(name: str, appraisal, meeting) -> str:
    row = ROWS[name]
    dimension = meeting.instrument.instrument_dimensions.first()
    parts = {
        "dimension": dimension.dimension.code,
        "item": dimension.items.first().pk,
        "outcome": appraisal.outcomes.first().pk,
        "finding": meeting.findings.first().pk,
        "comment": 0,
        "interest": 0,
        "photo": meeting.photos.first().pk,
        "help": appraisal.help_requests.first().pk,
        "invitee": appraisal.invitees.first().pk,
        "room_question": meeting.room_questions.first().pk,
    }
    if row.of == "rehearsal":
        meeting = Meeting.every.get(appraisal__is_rehearsal=True)
    noun = appraisal if row.of == "appraisal" else meeting
    return row.url(name, noun.reference, parts)


def queries_of(client: Client, url: str) -> int:
    """The queries of a page opened for the second time: what is kept in memory is warm."""
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as queries:
        b"".join(client.get(url))
    return len(queries)


@pytest.fixture
def as_lead(client, lead) -> Client:
    client.force_login(lead)
    return client


@pytest.mark.parametrize("rows", [FEW, MANY])
def test_pages_take_as_many_queries_whatever_they_show(as_lead, lead, rows):
    appraisal, meeting = build(lead, rows)
    for _ in range(rows - 1):
        build(lead, 1)
    assert {
        name: queries_of(as_lead, address(name, appraisal, meeting)) for name in PAGES
    } == QUERIES


@pytest.mark.parametrize("rows", [FEW, MANY])
def test_steps_take_as_many_queries_whatever_they_show(as_lead, lead, rows):
    appraisal, _ = build(lead, rows)
    base = reverse("space:appraisal", args=[appraisal.reference])
    assert {
        slug: queries_of(as_lead, f"{base}etapes/{slug}/") for slug in SLUGS.values()
    } == STEP_QUERIES
