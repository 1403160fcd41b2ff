"""From challenges to practices: relevance first, then likeness; each with why."""

import datetime as dt
from itertools import pairwise

from pratiques.domain.suggestions import Candidate, Challenge, Situation, match, size_of

RIDES = Challenge("Pas de transport le soir", "Services de proximité")
YOUTH = Challenge("Les jeunes partent", "Appartenance")


def candidate(key, **values):
    return Candidate(
        **{
            "key": key,
            "status": "emerging",
            "size": "",
            "kind": "",
            "verified_on": None,
            "dimensions": frozenset({RIDES.dimension}),
            "issues": frozenset(),
        }
        | values
    )


def keys(situation, *candidates):
    return [each.key for each in match(situation, candidates)]


def test_what_only_looks_alike_answers_nothing():
    situation = Situation((RIDES,), size="under_500", kind="village")
    alike = candidate(
        1, size="under_500", kind="village", status="recognized", dimensions=frozenset({"Autre"})
    )
    assert match(situation, [alike]) == ()


def test_dimension_then_issue_then_kind_then_size_then_proof_then_date():
    situation = Situation(
        (RIDES,), issues=frozenset({"Transport"}), size="under_2000", kind="village"
    )
    issue_only = candidate(1, dimensions=frozenset(), issues=frozenset({"Transport"}))
    bare = candidate(2)
    checked = candidate(3, verified_on=dt.date(2026, 5, 1))
    proved = candidate(4, status="supported")
    sized = candidate(5, size="under_500")
    kindred = candidate(6, kind="village")
    both = candidate(7, issues=frozenset({"Transport"}))
    order = [both, kindred, sized, proved, checked, bare, issue_only]
    for first, second in pairwise(order):
        assert keys(situation, second, first) == [first.key, second.key]


def test_three_at_most_and_the_same_whatever_the_order_they_come_in():
    many = [candidate(key) for key in range(1, 8)]
    situation = Situation((RIDES,))
    assert keys(situation, *many) == [7, 6, 5]
    assert keys(situation, *reversed(many)) == [7, 6, 5]


def test_each_challenge_gets_one_before_any_gets_a_second():
    situation = Situation((RIDES, YOUTH), kind="village")
    near = [candidate(key, kind="village") for key in (1, 2, 3)]
    far = candidate(9, dimensions=frozenset({YOUTH.dimension}))
    found = match(situation, [*near, far])
    assert [each.key for each in found] == [3, 2, 9]
    assert [each.challenge for each in found] == [RIDES, RIDES, YOUTH]


def test_two_challenges_of_one_dimension_do_not_take_two_places():
    again = Challenge("Pas de taxi", RIDES.dimension)
    situation = Situation((RIDES, again, YOUTH))
    found = match(
        situation,
        [
            candidate(1),
            candidate(2),
            candidate(3),
            candidate(4, dimensions=frozenset({"Appartenance"})),
        ],
    )
    assert {each.key for each in found} == {4, 3, 2}


def test_why_is_told_in_plain_words():
    situation = Situation(
        (RIDES,), issues=frozenset({"Transport collectif"}), size="under_2000", kind="village"
    )
    sheet = candidate(
        1,
        status="recognized",
        size="under_500",
        kind="village",
        issues=frozenset({"Transport collectif", "Habitation"}),
    )
    (found,) = match(situation, [sheet])
    assert [reason.replace("\xa0", " ") for reason in found.reasons] == [
        "Elle touche la même dimension que votre défi : Services de proximité.",
        "Elle touche un enjeu de votre démarche : Transport collectif.",
        "Cela s’est fait dans un village ou un milieu rural, comme chez vous.",
        "C’est un milieu d’une taille proche du vôtre : moins de 500 personnes.",
        "Elle a été reprise ailleurs: c’est une pratique reconnue.",
    ]


def test_an_issue_alone_names_no_challenge():
    situation = Situation((RIDES,), issues=frozenset({"Transport"}))
    (found,) = match(
        situation, [candidate(1, dimensions=frozenset(), issues=frozenset({"Transport"}))]
    )
    assert found.challenge is None
    assert "défi" not in " ".join(found.reasons)


def test_bands_of_population_begin_where_they_say():
    bands = [size_of(people) for people in (None, 0, 499, 500, 1999, 2000, 9999, 10000)]
    assert bands == [
        "",
        "under_500",
        "under_500",
        "under_2000",
        "under_2000",
        "under_10000",
        "under_10000",
        "over_10000",
    ]
