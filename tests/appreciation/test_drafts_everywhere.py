"""Every form of the space where something long is written keeps what is typed, or says why not."""

import json
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from accounts.models import RoleAssignment
from appreciation.domain.publications import publish
from appreciation.domain.restitution import open_restitution
from appreciation.enums import MeetingState
from appreciation.models import Draft, Meeting
from appreciation.views.stepper import SLUGS
from tests.appreciation.test_access_matrix import ROWS, frozen_synthesis
from tests.appreciation.test_query_counts import build
from tests.appreciation.views.conftest import client_of
from tests.factories import InterestRequestFactory, RoleAssignmentFactory
from tests.factories.corrections import CorrectionFactory
from tests.factories.meetings import regional_meeting, registered
from tests.factories.starter_site import ensure_site_pages

NOT_KEPT = {
    "paper_words": "what somebody wrote on a sheet stays on no other device",
}
"""Why a form with a large box keeps no draft."""

SCRIPT = "js/keep-draft.js"

WITH_A_LARGE_BOX = {
    "agreed_rating",
    "check_in",
    "corrections",
    "deliberation_dimension",
    "dots",
    "enter",
    "finding_edit",
    "finding_new",
    "frequent_question",
    "help_new",
    "help_request",
    "historical",
    "incidents",
    "interest",
    "invitees",
    "leave_team",
    "meeting_minutes",
    "meeting_photo",
    "message",
    "outcome_edit",
    "outcome_new",
    "paper_words",
    "registration",
    "replace_lead",
    "report_section",
    "review",
    "state",
    "step decider",
    "step portrait",
    "step suivre",
    "synthesis_edit",
    "synthesis_story",
    "synthesis_text",
    "team",
    "withdrawal",
    "write",
}
"""A new screen is looked at before it stands here: does it say « saved » once it is?"""


class Forms(HTMLParser):
    """The forms of a page that are posted: their attributes, and whether they hold a large box."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.found.append(given | {"large": ""})
        if tag == "textarea" and self.found and "readonly" not in given:
            self.found[-1]["large"] = "yes"
        if tag == "script":
            self.scripts.append(given.get("src") or "")

    @property
    def large(self) -> list[dict[str, str | None]]:
        return [form for form in self.found if form["large"]]


def draft_address(page: str, form: dict[str, str | None]) -> str:
    """As keep-draft.js makes it."""
    target = urljoin(page, form.get("action") or page)
    which = f"~{form['data-draft-name']}" if form.get("data-draft-name") else ""
    return page + (f">{target}{which}" if which or target != page else "")


@pytest.fixture
def pages(lead) -> dict[str, str]:
    """`{name: address}` of a world where each form of the space is open to the one who asks."""
    lead.is_superuser = True
    lead.save()
    ensure_site_pages()
    appraisal, meeting = build(lead, 1)
    coordinator = RoleAssignment.Role.COORDINATOR
    RoleAssignmentFactory(role=coordinator, place=appraisal.place.parent)
    open_restitution(appraisal=appraisal, user=lead)
    CorrectionFactory(appraisal=appraisal)
    publish(appraisal=appraisal, level="summary", user=lead)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CLOSED, entry_done_at=None)
    parts = {
        "dimension": meeting.instrument.instrument_dimensions.first().dimension.code,
        "item": meeting.instrument.instrument_dimensions.first().items.first().pk,
        "outcome": appraisal.outcomes.first().pk,
        "finding": meeting.findings.first().pk,
        "comment": 0,
        "interest": InterestRequestFactory(territory=appraisal.place.parent).pk,
        "photo": meeting.photos.first().pk,
        "help": appraisal.help_requests.first().pk,
        "invitee": appraisal.invitees.first().pk,
        "room_question": meeting.room_questions.first().pk,
    }
    synthesis = frozen_synthesis(lead, parts)
    event = regional_meeting(region=synthesis.region)
    parts |= {"event": event.pk, "registration": registered(event).pk}
    nouns = {
        "synthesis": synthesis.reference,
        "appraisal": appraisal.reference,
        "meeting": meeting.reference,
        "rehearsal": Meeting.every.get(appraisal__is_rehearsal=True).reference,
        "nothing": "",
    }
    found = {
        name: row.url(name, nouns[row.of], parts)
        for name, row in ROWS.items()
        if "GET" in row.verbs and name not in ("step", "drafts", "export_file")
    }
    base = reverse("space:appraisal", args=[appraisal.reference])
    return found | {f"step {slug}": f"{base}etapes/{slug}/" for slug in SLUGS.values()}


def test_every_large_box_of_the_space_keeps_its_draft(pages, lead):
    client = client_of(lead)
    large: dict[str, str] = {}
    forgotten = []
    for name, address in pages.items():
        response = client.get(address)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        forms = Forms(response.content.decode())
        page = address.partition("?")[0]
        for form in forms.large:
            large[name] = page
            if name in NOT_KEPT:
                continue
            kept = draft_address(page, form)
            body = json.dumps({"fields": {"0:text": "Le quai."}, "version": None, "known": None})
            answer = client.post(
                reverse("space:drafts", query={"adresse": kept}), body, "application/json"
            )
            has_script = any(SCRIPT in source for source in forms.scripts)
            if "data-draft" not in form or not has_script or answer.status_code != 200:
                forgotten.append((name, kept, answer.status_code))
    assert forgotten == []
    assert set(large) == WITH_A_LARGE_BOX
    assert Draft.objects.filter(owner=lead).count() >= len(large) - len(NOT_KEPT)
