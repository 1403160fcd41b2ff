"""A ranking without a database: the sentence, the order alone, what was published read back."""

import pytest

from appreciation.domain.ranking import (
    HIDDEN,
    Ranking,
    rank_options,
    ranking_from_snapshot,
    ranking_to_snapshot,
    without_counts,
)

pytestmark = pytest.mark.once

LINES = rank_options([("Un sentier", 3), ("Un four à pain", 7), ("Un marché", 3)])
RANKING = Ranking(LINES, phones=6, from_poster=4, is_hidden=False, floor=6)


def test_the_order_leaves_without_a_number():
    ordered = without_counts(RANKING)
    assert [(line.rank, line.text, line.dots) for line in ordered.lines] == [
        (1, "Un four à pain", None),
        (2, "Un sentier", None),
        (2, "Un marché", None),
    ]
    assert not ordered.has_counts
    assert (ordered.phones, ordered.from_poster) == (0, 0)
    assert ordered.sentence == "« Un four à pain » vient en premier."
    assert without_counts(HIDDEN) == HIDDEN


def test_ties_are_said_without_a_number_too():
    tied = Ranking(rank_options([("A.", 2), ("B", 2)]), phones=5, from_poster=0, is_hidden=False)
    assert without_counts(tied).sentence == "« A » et « B » sont à égalité."


@pytest.mark.parametrize("ranking", [RANKING, without_counts(RANKING), HIDDEN])
def test_what_is_published_is_read_back(ranking):
    assert ranking_from_snapshot(ranking_to_snapshot(ranking), k=5) == ranking


@pytest.mark.parametrize(("k", "is_hidden"), [(6, False), (7, True)])
def test_a_raised_k_hides_a_published_ranking(k, is_hidden):
    read = ranking_from_snapshot(ranking_to_snapshot(without_counts(RANKING)), k=k)
    assert read.is_hidden is is_hidden
    assert (read == HIDDEN) is is_hidden
