"""Nothing about fewer than k people may leave, directly or by subtraction."""

import dataclasses
import itertools
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosure import (
    ROOM_K,
    AnswerCounts,
    DisclosedCut,
    DisclosedDimension,
    DisclosedDistribution,
    Suppressed,
    disclose_cut,
    disclose_dimension,
    disclose_distribution,
    from_snapshot,
    to_snapshot,
)

LEVELS = 4
counts_of_an_item = st.builds(
    AnswerCounts,
    levels=st.tuples(*[st.integers(0, 4)] * LEVELS),
    does_not_know=st.integers(0, 3),
)
thresholds = st.integers(3, 12)


def add(*parts: AnswerCounts) -> AnswerCounts:
    levels = tuple(map(sum, zip(*(part.levels for part in parts), strict=True)))
    return AnswerCounts(levels, sum(part.does_not_know for part in parts))


# --- One distribution ---------------------------------------------------------------------------
def test_five_respondents_leave_whole():
    disclosed = disclose_distribution(AnswerCounts((1, 0, 3, 1)))
    assert (disclosed.levels, disclosed.does_not_know) == ((1, 0, 3, 1), 0)
    assert (disclosed.answers, disclosed.respondents) == (5, 5)


def test_four_respondents_stay_without_a_number():
    disclosed = disclose_distribution(AnswerCounts((0, 0, 4, 0)))
    assert disclosed == Suppressed()
    assert str(disclosed) == "trop peu de réponses"
    assert dataclasses.asdict(disclosed) == {"reason": "trop peu de réponses"}


def test_the_room_sees_three_and_not_two():
    assert isinstance(
        disclose_distribution(AnswerCounts((1, 2, 0)), k=ROOM_K), DisclosedDistribution
    )
    assert disclose_distribution(AnswerCounts((1, 1, 0)), k=ROOM_K) == Suppressed()


def test_does_not_know_is_a_respondent_but_not_an_answer():
    disclosed = disclose_distribution(AnswerCounts((1, 1, 0, 1), does_not_know=2))
    assert (disclosed.answers, disclosed.respondents) == (3, 5)


def test_nobody_is_suppressed_too():
    assert disclose_distribution(AnswerCounts((0, 0, 0, 0))) == Suppressed()


def test_k_may_be_raised():
    assert disclose_distribution(AnswerCounts((3, 3, 3)), k=10) == Suppressed()


@pytest.mark.parametrize("k", [2, 1, 0, -5, True, 3.0, None])
def test_k_is_never_under_three(k):
    counts = AnswerCounts((9, 9, 9))
    for disclose in (
        lambda: disclose_distribution(counts, k=k),
        lambda: disclose_dimension({"a": counts}, k=k),
        lambda: disclose_cut({"a": counts}, total=counts, k=k),
        lambda: from_snapshot({"suppressed": True}, k=k),
    ):
        with pytest.raises(ValueError, match="seuil"):
            disclose()


@pytest.mark.parametrize("levels", [(1, -1, 2), (1, 2.0, 3), (True, 1, 1), ("1", 2, 3)])
def test_raw_counts_are_whole_and_positive(levels):
    with pytest.raises(ValueError, match="effectif"):
        AnswerCounts(levels)


def test_raw_does_not_know_is_checked_too():
    with pytest.raises(ValueError, match="effectif"):
        AnswerCounts((1, 1, 1), does_not_know=-1)


# --- The seal -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("outward", "fields"),
    [
        (DisclosedDistribution, {"levels": (1, 0, 0), "does_not_know": 0}),
        (DisclosedDimension, {"items": (), "respondents": 1, "pooled": None}),
        (DisclosedCut, {"groups": (), "remainder": None, "total": None}),
    ],
)
def test_only_this_module_builds_what_leaves(outward, fields):
    with pytest.raises(TypeError):
        outward(**fields)
    with pytest.raises(TypeError, match=r"core\.disclosure"):
        outward(seal=object(), **fields)


def test_a_disclosed_distribution_cannot_be_changed():
    disclosed = disclose_distribution(AnswerCounts((5, 0, 0)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        disclosed.levels = (1, 0, 0)
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(disclosed, levels=(1, 0, 0))


def test_a_disclosed_distribution_survives_a_cache():
    disclosed = disclose_distribution(AnswerCounts((5, 0, 1), 2))
    assert pickle.loads(pickle.dumps(disclosed)) == disclosed  # noqa: S301  our own bytes


def test_a_snapshot_goes_through_the_rule_again():
    disclosed = disclose_distribution(AnswerCounts((4, 0, 1), 2))
    snapshot = json.loads(json.dumps(to_snapshot(disclosed)))
    assert snapshot == {"levels": [4, 0, 1], "does_not_know": 2}
    assert from_snapshot(snapshot) == disclosed
    assert from_snapshot(snapshot, k=8) == Suppressed()
    assert from_snapshot(to_snapshot(Suppressed())) == Suppressed()


# --- A dimension --------------------------------------------------------------------------------
def test_a_dimension_counts_its_least_answered_item():
    disclosed = disclose_dimension(
        {
            "a": AnswerCounts((2, 2, 2), 1),
            "b": AnswerCounts((1, 3, 1)),
            "c": AnswerCounts((9, 9, 9)),
        }
    )
    assert disclosed.respondents == 5
    assert disclosed.pooled.levels == (12, 14, 12)
    assert disclosed.pooled.does_not_know == 1
    assert [code for code, _ in disclosed.items] == ["a", "b", "c"]


def test_one_item_under_k_hides_the_dimension():
    items = {"a": AnswerCounts((9, 9, 9)), "b": AnswerCounts((1, 3, 0))}
    assert disclose_dimension(items) == Suppressed()


def test_items_of_different_scales_are_not_added():
    items = {"a": AnswerCounts((2, 2, 2)), "b": AnswerCounts((2, 2, 2, 2))}
    assert disclose_dimension(items).pooled is None


def test_a_dimension_without_items_is_refused():
    with pytest.raises(ValueError, match="énoncé"):
        disclose_dimension({})


# --- A cut --------------------------------------------------------------------------------------
def test_a_cut_with_every_group_large_enough():
    groups = {"communautaire": AnswerCounts((1, 2, 3)), "municipal": AnswerCounts((4, 1, 0))}
    disclosed = disclose_cut(groups, total=add(*groups.values()))
    assert [(name, shown.levels) for name, shown in disclosed.groups] == [
        ("communautaire", (1, 2, 3)),
        ("municipal", (4, 1, 0)),
    ]
    assert disclosed.remainder is None
    assert disclosed.total.levels == (5, 3, 3)


def test_small_groups_melt_in_a_large_enough_remainder():
    groups = {
        "communautaire": AnswerCounts((1, 2, 3)),
        "municipal": AnswerCounts((2, 1, 0)),
        "santé": AnswerCounts((0, 0, 2)),
    }
    disclosed = disclose_cut(groups, total=add(*groups.values()))
    assert [name for name, _ in disclosed.groups] == ["communautaire"]
    assert disclosed.remainder.levels == (2, 1, 2)


def test_a_lone_small_group_takes_the_smallest_shown_one_with_it():
    groups = {
        "communautaire": AnswerCounts((4, 4, 4)),
        "municipal": AnswerCounts((2, 2, 2)),
        "santé": AnswerCounts((0, 0, 1)),
    }
    disclosed = disclose_cut(groups, total=add(*groups.values()))
    assert [name for name, _ in disclosed.groups] == ["communautaire"]
    assert disclosed.remainder.respondents == 7


def test_two_groups_one_small_leave_no_cut():
    groups = {"communautaire": AnswerCounts((4, 4, 4)), "santé": AnswerCounts((0, 1, 1))}
    assert disclose_cut(groups, total=add(*groups.values())) == Suppressed()


def test_people_without_a_group_are_a_remainder():
    groups = {"communautaire": AnswerCounts((2, 2, 2))}
    assert disclose_cut(groups, total=AnswerCounts((3, 3, 3))) == Suppressed()
    disclosed = disclose_cut(groups, total=AnswerCounts((4, 4, 4), 1))
    assert (disclosed.remainder.levels, disclosed.remainder.does_not_know) == ((2, 2, 2), 1)


def test_a_total_under_k_has_no_cut():
    assert (
        disclose_cut({"a": AnswerCounts((4, 0, 0))}, total=AnswerCounts((4, 0, 0))) == Suppressed()
    )


def test_a_cut_without_groups_says_nothing():
    assert disclose_cut({}, total=AnswerCounts((9, 9, 9))) == Suppressed()


@pytest.mark.parametrize(
    ("group", "message"),
    [
        (AnswerCounts((9, 0, 0)), "plus de réponses"),
        (AnswerCounts((0, 0, 0), 9), "plus de réponses"),
        (AnswerCounts((1, 1, 1, 3)), "niveaux"),
        (AnswerCounts((0, 1)), "niveaux"),
    ],
)
def test_groups_must_be_parts_of_the_total(group, message):
    with pytest.raises(ValueError, match=message):
        disclose_cut({"a": group}, total=AnswerCounts((5, 5, 5), 1))


# --- Laws ---------------------------------------------------------------------------------------
@given(counts_of_an_item, thresholds)
def test_a_distribution_leaves_exactly_from_k(counts, k):
    disclosed = disclose_distribution(counts, k=k)
    assert isinstance(disclosed, DisclosedDistribution) is (counts.respondents >= k)


@given(st.lists(counts_of_an_item, min_size=1, max_size=7), counts_of_an_item, thresholds)
def test_no_crowd_under_k_can_be_subtracted(parts, without_group, k):
    groups = {str(number): part for number, part in enumerate(parts)}
    disclosed = disclose_cut(groups, total=add(*parts, without_group), k=k)
    if isinstance(disclosed, Suppressed):
        return
    shown = [group.respondents for _, group in disclosed.groups]
    for size in range(len(shown) + 1):
        for subset in itertools.combinations(shown, size):
            left = disclosed.total.respondents - sum(subset)
            assert left == 0 or left >= k
    assert min(shown) >= k


@given(st.lists(counts_of_an_item, min_size=1, max_size=6), counts_of_an_item, thresholds)
def test_a_cut_is_made_of_the_true_parts(parts, without_group, k):
    groups = {str(number): part for number, part in enumerate(parts)}
    total = add(*parts, without_group)
    disclosed = disclose_cut(groups, total=total, k=k)
    if isinstance(disclosed, Suppressed):
        return
    for name, group in disclosed.groups:
        assert (group.levels, group.does_not_know) == (
            groups[name].levels,
            groups[name].does_not_know,
        )
    left = disclosed.remainder.respondents if disclosed.remainder else 0
    assert left + sum(group.respondents for _, group in disclosed.groups) == total.respondents


@given(st.dictionaries(st.text(max_size=3), counts_of_an_item, min_size=1, max_size=5), thresholds)
def test_no_item_under_k_can_be_subtracted_from_its_dimension(items, k):
    disclosed = disclose_dimension(items, k=k)
    smallest = min(counts.respondents for counts in items.values())
    assert isinstance(disclosed, DisclosedDimension) is (smallest >= k)


@given(
    st.lists(counts_of_an_item, min_size=1, max_size=6),
    counts_of_an_item,
    thresholds,
    st.randoms(use_true_random=False),
)
def test_who_is_hidden_could_have_answered_otherwise(parts, without_group, k, chance):
    """Deal the answers of the remainder again among the same hidden people: nothing moves outside.

    So no cell of a hidden group can be computed from the total, the groups shown and the remainder.
    """
    groups = {str(number): part for number, part in enumerate(parts)}
    total = add(*parts, without_group)
    disclosed = disclose_cut(groups, total=total, k=k)
    shown = [] if isinstance(disclosed, Suppressed) else [name for name, _ in disclosed.groups]
    hidden = {name: part for name, part in groups.items() if name not in shown}
    answers = [answer for part in (*hidden.values(), without_group) for answer in told_by(part)]
    chance.shuffle(answers)
    dealt = dict(groups)
    for name, part in hidden.items():
        dealt[name] = counts_from([answers.pop() for _ in range(part.respondents)])
    assert disclose_cut(dealt, total=total, k=k) == disclosed


def told_by(counts: AnswerCounts) -> list[int]:
    """The answers one by one; LEVELS stands for « ne sait pas »."""
    pairs = enumerate((*counts.levels, counts.does_not_know))
    return [level for level, count in pairs for _ in range(count)]


def counts_from(answers: list[int]) -> AnswerCounts:
    counted = [answers.count(level) for level in range(LEVELS + 1)]
    return AnswerCounts(tuple(counted[:LEVELS]), counted[LEVELS])


@given(
    st.dictionaries(st.text(max_size=3), counts_of_an_item, min_size=1, max_size=5),
    st.integers(0, 4),
    st.lists(st.integers(0, LEVELS), max_size=4),
    thresholds,
)
def test_a_hidden_dimension_says_the_same_whatever_its_few_answers(items, place, few, k):
    name = sorted(items)[place % len(items)]
    few = few[: k - 1]
    assert disclose_dimension(items | {name: counts_from(few)}, k=k) == Suppressed()
