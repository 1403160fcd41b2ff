"""Dots after the evening: results, report, public page, spreadsheets, the whole copy."""

import csv
import io
import json
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.publications import publish
from appreciation.domain.report import assemble_report, report_from_snapshot, report_to_snapshot
from appreciation.domain.report.guesses import free_texts
from appreciation.enums import MeetingState
from appreciation.interfaces.appraisal_archive import write_archive
from appreciation.models import DotCount, DotOption, DotPoll, DotVote
from tests.appreciation.views.conftest import client_of
from tests.factories.adopted import adopted_appraisal
from tests.factories.answers import seats_of

OVEN, PATH = "Un four à pain", "Un sentier"
FIRST = "« Un four à pain » vient en premier"


@pytest.fixture
def told(lead):
    """Adopted, entry finished; nobody has chosen anything yet."""
    return adopted_appraisal(lead=lead)


def choose(told, *, oven, path, poster=0, is_shown=True):
    """So many phones on each option, one dot each, and dots on the poster of the first."""
    meeting = told.meetings.get()
    shown_at = timezone.now() if is_shown else None
    poll = DotPoll.objects.create(meeting=meeting, per_person=1, revealed_at=shown_at)
    options = [
        DotOption.objects.create(poll=poll, text=text, position=position)
        for position, text in enumerate((OVEN, PATH), 1)
    ]
    seats = iter(seats_of(meeting, oven + path))
    for option, people in zip(options, (oven, path), strict=True):
        for _ in range(people):
            DotVote.objects.create(option=option, seat=next(seats), count=1)
    if poster:
        DotCount.objects.create(option=options[0], medium="paper", count=poster)


def page(client, name, noun, **query):
    response = client.get(reverse(f"space:{name}", args=[noun.reference]), query)
    assert response.status_code == 200
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode().replace("\xa0", " ")


def ranked(text):
    """The table of the CSV that starts with the options."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    start = next(i for i, row in enumerate(rows) if row[:1] == ["piste choisie avec des points"])
    return [row for row in rows[start : start + 3] if row]


def dots_at(told, level):
    snapshot = json.loads(json.dumps(report_to_snapshot(assemble_report(told, level=level))))
    (meeting,) = report_from_snapshot(snapshot).meetings
    return meeting.dots


def test_the_report_counts_and_the_summary_only_orders(told):
    choose(told, oven=5, path=3, poster=2)
    full = dots_at(told, "full")
    assert [(line.text, line.rank, line.dots) for line in full.lines] == [
        (OVEN, 1, 7),
        (PATH, 2, 3),
    ]
    assert (full.phones, full.from_poster) == (8, 2)
    summary = dots_at(told, "summary")
    assert [(line.text, line.rank, line.dots) for line in summary.lines] == [
        (OVEN, 1, None),
        (PATH, 2, None),
    ]
    assert (summary.phones, summary.from_poster) == (0, 0)


def test_no_dot_leaves_before_the_room_or_the_end_of_entry(told):
    choose(told, oven=5, path=3, is_shown=False)
    told.meetings.update(state=MeetingState.CLOSED, entry_done_at=None)
    assert dots_at(told, "full") is None
    told.meetings.update(state=MeetingState.ENTRY_DONE, entry_done_at=timezone.now())
    assert dots_at(told, "full").lines[0].dots == 5


def test_a_poll_without_a_dot_says_nothing(told):
    choose(told, oven=0, path=0)
    assert dots_at(told, "full") is None


@pytest.mark.parametrize("level", ["full", "region", "summary"])
def test_too_few_people_are_alike_whatever_they_chose(told, level):
    seen = []
    for few in (
        {"oven": 4, "path": 0},
        {"oven": 0, "path": 3},
        {"oven": 1, "path": 1, "poster": 9},
    ):
        choose(told, **few)
        seen.append(report_to_snapshot(assemble_report(told, level=level)))
        DotPoll.objects.all().delete()
    assert seen[0]["meetings"][0]["dots"]["is_hidden"]
    assert seen[0] == seen[1] == seen[2]


def test_screens_tell_it_in_a_sentence_and_a_table(told, lead):
    choose(told, oven=5, path=3, poster=2)
    client = client_of(lead)
    for name, noun in (("results", told.meetings.get()), ("report", told)):
        text = page(client, name, noun)
        assert f"{FIRST}, avec 7 points." in text
        assert "8 personnes par téléphone, 2 points sur l’affiche, comptés ensemble" in text
        assert f'<th scope="row">{PATH}</th><td>3</td>' in text


def test_spreadsheets_hold_the_same_numbers(told, lead):
    choose(told, oven=5, path=3, poster=2)
    client = client_of(lead)
    expected = [["piste choisie avec des points", "rang", "points"], [OVEN, "1", "7"]]
    expected.append([PATH, "2", "3"])
    assert ranked(page(client, "report_csv", told)) == expected
    assert ranked(page(client, "results_csv", told.meetings.get(), figure="points")) == expected


def test_the_public_page_counts_at_the_full_level_only(told, lead, client):
    choose(told, oven=5, path=3, poster=2)
    address = "/demarches/riviere-exemple-2026/"
    publish(appraisal=told, level="summary", user=lead)
    text = client.get(address).content.decode().replace("\xa0", " ")
    assert f"{FIRST}.</p>" in text
    assert "7 points" not in text
    publish(appraisal=told, level="full", user=lead)
    text = client.get(address).content.decode().replace("\xa0", " ")
    assert f"{FIRST}, avec 7 points.</p>" in text
    sheet = b"".join(client.get(address, {"format": "csv"}).streaming_content).decode()
    assert ranked(sheet)[1] == [OVEN, "1", "7"]


def test_options_are_read_over_before_they_leave(told):
    choose(told, oven=5, path=3)
    texts = [each.text for each in free_texts(assemble_report(told))]
    assert [text for text in texts if text in (OVEN, PATH)] == [OVEN, PATH]


def test_the_whole_copy_ranks_and_gives_no_dot_away(told):
    choose(told, oven=2, path=1, poster=2)
    file = io.BytesIO()
    write_archive(told, file)
    archive = zipfile.ZipFile(file)
    name = f"tableaux/points-{told.meetings.get().reference}.csv"
    assert ranked(archive.read(name).decode())[1:] == [[OVEN, "1", "4"], [PATH, "2", "1"]]
    tables = json.loads(archive.read("demarche.json"))["tables"]
    assert [row["text"] for row in tables["dotoption"]] == [OVEN, PATH]
    assert not {"dotvote", "dotcount"} & set(tables)
    assert "Par quoi commencer" in archive.read("rapport.html").decode()
