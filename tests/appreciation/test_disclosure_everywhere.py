"""Nothing that leaves depends on what stays: two evenings that differ only in answers too few to be
shown give the same screens, the same files, the same snapshot, the same public page.
"""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from appreciation.domain.publications import publish
from appreciation.domain.report import assemble_report, report_to_snapshot
from appreciation.enums import (
    ExitLevel,
    ExitQuestion,
    MeetingState,
    PublicationLevel,
    RoundState,
)
from appreciation.interfaces.documents.public_report import public_file_of
from appreciation.interfaces.documents.report_pdf import pdf_context
from appreciation.models import (
    Appraisal,
    ExitHandCount,
    Meeting,
    Publication,
    Rating,
    RatingCount,
)
from cms.settings import SiteSettings
from tests.appreciation.views.conftest import client_of
from tests.factories.adopted import adopted_appraisal
from tests.factories.answers import answer, finish, items_of, seats_of, spread

PUBLIC_PAGE = "/demarches/riviere-exemple-2026/"
CHANGING = re.compile(
    r'csrfmiddlewaretoken\\?" value=\\?"[^"\\]*|nonce="[^"]*"|data-live-etag="[0-9a-f]{24}"'
    r'|data-selection="\d+"|/partage/\d+\.png|/utile/\d+/'
)
"""The keyed word: see test_live.py for what it may not tell. The last three are the page's number,
which PostgreSQL gives anew to each evening."""

FEW_OUTSIDE = ([1], [4], [2, 2], [1, 2, 3, 4], [-1, -1, -1], [4, 4, 4, 4], [1, -2, -2, -2])
FEW_INSIDE = ([1], [4], [-1], [1, 4], [2, 2], [3, -2])
"""Answers to one statement: under five people for the outside, under three for the room itself."""


@pytest.fixture
def told(lead) -> Appraisal:
    """Twelve people; two statements whole, the third for each test to fill."""
    return adopted_appraisal(lead=lead, quotes_announced=True)


def evenings(told: Appraisal, answers: list[list[int]]) -> Iterator[None]:
    """The same evening with each of these answers to its third statement, one after the other."""
    meeting, item = told.meetings.get(), items_of(told)[2]
    seats = seats_of(meeting, 12)
    for few in answers:
        with transaction.atomic():
            answer(meeting, item, few, seats=seats[: len(few)])
            finish(meeting)
            yield
            transaction.set_rollback(True)


def body_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return CHANGING.sub("", raw.decode())


def seen(told: Appraisal, answers: list[list[int]], look: Callable[[], object]) -> list[object]:
    """What `look` gives in each evening."""
    return [look() for _ in evenings(told, answers)]


def assert_all_alike(views: list[object]) -> None:
    assert views
    assert all(view == views[0] for view in views[1:])


OUTWARD = {
    "the report": ("report", {}),
    "its spreadsheet": ("report_csv", {}),
    **{
        f"the preview, {level}": ("privacy_preview", {"niveau": level})
        for level in PublicationLevel.values
    },
    "the draft entry": ("publication_preview", {"level": "full"}),
    "the draft summary": ("publication_preview", {"level": "summary"}),
}


@pytest.mark.parametrize(("name", "extra"), OUTWARD.values(), ids=OUTWARD.keys())
def test_what_shows_the_outside_is_the_same(told, lead, name, extra):
    kwargs = {"reference": told.reference}
    query = ""
    if name == "privacy_preview":
        query = f"?niveau={extra['niveau']}"
    else:
        kwargs |= extra
    address = reverse(f"space:{name}", kwargs=kwargs) + query
    client = client_of(lead)
    assert_all_alike(seen(told, FEW_OUTSIDE, lambda: body_of(client, address)))


@pytest.mark.parametrize("level", PublicationLevel.values)
def test_the_snapshot_is_the_same(told, level):
    def snapshot() -> str:
        return json.dumps(report_to_snapshot(assemble_report(told, level=level)), sort_keys=True)

    assert_all_alike(seen(told, FEW_OUTSIDE, snapshot))


@pytest.mark.parametrize("level", [PublicationLevel.SUMMARY, PublicationLevel.FULL])
def test_what_the_public_reads_is_the_same(told, lead, level, client):
    addresses = [PUBLIC_PAGE, "/demarches/", "/demarches/?format=csv", "/demarches/?format=json"]
    if level == PublicationLevel.FULL:
        addresses.append(f"{PUBLIC_PAGE}?format=csv")

    def published() -> dict[str, str]:
        publish(appraisal=told, level=level, user=lead)
        edition = Publication.objects.get()
        paper = render_to_string("documents/report_pdf.html", pdf_context(public_file_of(edition)))
        seen_there = {each: body_of(client, each) for each in addresses}
        return {"empreinte": edition.fingerprint, "papier": paper} | seen_there

    assert_all_alike(seen(told, FEW_OUTSIDE, published))


@pytest.mark.parametrize(
    "name", ["results", "results_csv", "deliberation", "hall", "hall_state", "report"]
)
def test_two_answers_are_hidden_from_the_room_itself(told, lead, name):
    noun = told if name == "report" else told.meetings.get()
    address = reverse(f"space:{name}", args=[noun.reference])
    client = client_of(lead)
    assert_all_alike(seen(told, FEW_INSIDE, lambda: body_of(client, address)))


def test_the_talk_on_a_hidden_dimension_is_the_same(told, lead):
    code = items_of(told)[2].instrument_dimension.dimension.code
    address = reverse("space:deliberation_dimension", args=[told.meetings.get().reference, code])
    client = client_of(lead)
    assert_all_alike(seen(told, FEW_INSIDE, lambda: body_of(client, address)))


@pytest.mark.parametrize(
    "name",
    ["results", "results_csv", "deliberation", "hall", "hall_state", "console", "console_state"],
)
def test_a_vote_in_progress_shows_numbers_received_only(told, lead, name):
    meeting, item = told.meetings.get(), items_of(told)[2]
    address = reverse(f"space:{name}", args=[meeting.reference])
    client, seats = client_of(lead), seats_of(meeting, 12)
    views = []
    for answers in ([1] * 12, [4] * 12, spread(3, 3, 3, 3), spread(6, 0, 0, 0, does_not_know=6)):
        with transaction.atomic():
            round_ = answer(meeting, item, answers, seats=seats)
            Meeting.objects.update(state=MeetingState.OPEN, closed_at=None, entry_done_at=None)
            type(round_).objects.update(state=RoundState.OPEN, closed_at=None, revealed_at=None)
            views.append(body_of(client, address))
            transaction.set_rollback(True)
    assert_all_alike(views)


def test_five_answers_do_leave(told):
    """The witness: the same comparison sees a difference as soon as there is one to see."""
    views = seen(
        told,
        [spread(5, 0, 0, 0), spread(0, 0, 0, 5)],
        lambda: report_to_snapshot(assemble_report(told)),
    )
    assert views[0] != views[1]


@pytest.mark.parametrize("level", [PublicationLevel.FULL, PublicationLevel.SUMMARY])
def test_few_exit_answers_are_the_same_outside(told, level):
    finish(told.meetings.get())

    def snapshot(levels: dict[str, int]) -> dict:
        with transaction.atomic():
            for answer_level, count in levels.items():
                ExitHandCount.objects.create(
                    meeting=told.meetings.get(),
                    question=ExitQuestion.HEARD,
                    answer=answer_level,
                    count=count,
                )
            taken = report_to_snapshot(assemble_report(told, level=level))
            transaction.set_rollback(True)
        return taken

    assert_all_alike(
        [
            snapshot({ExitLevel.NO: 1}),
            snapshot({ExitLevel.YES: 4}),
            snapshot({ExitLevel.NO: 2, ExitLevel.SOMEWHAT: 2}),
        ]
    )


def test_a_raised_k_hides_what_is_already_public(told, lead, client):
    publish(appraisal=told, level=PublicationLevel.FULL, user=lead)
    before = body_of(client, PUBLIC_PAGE)
    assert "Trop peu de réponses" not in before
    assert ";10;" in body_of(client, f"{PUBLIC_PAGE}?format=csv")
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"disclosure_k": 13}
    )
    after = body_of(client, PUBLIC_PAGE)
    assert after.count("Trop peu de réponses") >= 2
    assert ";10;" not in body_of(client, f"{PUBLIC_PAGE}?format=csv")


def test_the_rows_that_are_stored_do_differ(told):
    """The other witness: the evenings compared above are not one and the same."""
    stored = seen(
        told,
        FEW_OUTSIDE,
        lambda: (
            sorted(Rating.objects.values_list("seat", "item", "answer")),
            sorted(RatingCount.objects.values_list("item", "answer", "count")),
        ),
    )
    assert len({repr(each) for each in stored}) == len(FEW_OUTSIDE)
