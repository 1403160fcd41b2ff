"""A frozen synthesis gives the same object back, and a raised k hides what it hid not."""

import json

import pytest

from appreciation.domain.synthesis.public import for_public
from appreciation.domain.synthesis.reading import read_synthesis
from appreciation.domain.synthesis.snapshot import from_snapshot, to_snapshot
from core.disclosure import DisclosedDistribution, Suppressed
from tests.factories.full_report import full_report
from tests.factories.synthesis_sources import asked, make_synthesis, publish_in

PARTS = ("findings", "quotes", "actions", "lessons")


@pytest.fixture
def read(region, user, mekinac):
    full = full_report()
    parts = {name: getattr(full, name) for name in PARTS}
    one = publish_in(
        mekinac,
        "Village-A",
        (
            asked("entraide", (0, 1, 2, 3), statement="E1"),
            asked("entraide", (1, 2, 3, 4), statement="E2"),
            asked("transport", (3, 3, 3, 3), unknown=3),
        ),
        evening={"head_count": 7},
        **parts,
    )
    two = publish_in(mekinac, "Village-B", level="summary", **parts)
    return read_synthesis(synthesis=make_synthesis(region, user, one, two))


def through_json(read):
    return json.loads(json.dumps(to_snapshot(read)))


def test_there_and_back(read):
    assert from_snapshot(through_json(read)) == read
    public = for_public(read)
    assert from_snapshot(through_json(public)) == public


def test_a_raised_k_looks_at_people_and_not_at_pooled_answers(read):
    """6 people answered the first statement: 16 answers in all hide nobody."""
    raised = from_snapshot(through_json(read), outside_k=8)
    before, now = (each.matrices[0].rows[0].cells[0] for each in (read, raised))
    assert (before.distribution.answers, before.floor) == (16, 6)
    assert now.distribution == Suppressed()
    assert (now.median, now.median_words, now.agreement_words, now.floor) == (None, "", "", None)
    transport = raised.matrices[0].rows[1].cells[0]
    assert isinstance(transport.distribution, DisclosedDistribution)
    assert raised.source("d1").people is None
    assert (read.coverage.people, raised.coverage.people) == (19, 12)
    assert "au moins 8 personnes" in raised.narrative("limits").text


def test_a_k_that_goes_down_opens_nothing(read):
    assert from_snapshot(through_json(read), outside_k=3) == read


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="inconnu"):
        from_snapshot({"schema": 99})
