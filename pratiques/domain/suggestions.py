"""From the challenges of a démarche to practices: which sheets, in which order, and why.

Pure: the same situation and the same sheets give the same answer, in the same order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.typography import NBSP, fr_label
from pratiques.enums import EvidenceStatus, MilieuKind, MilieuSize

AT_MOST = 3
LADDER = list(EvidenceStatus.values)
SIZES = list(MilieuSize.values)
UNKNOWN_DISTANCE = len(SIZES)
LIKE_YOURS = {
    MilieuKind.VILLAGE: "Cela s’est fait dans un village ou un milieu rural, comme chez vous.",
    MilieuKind.TOWN: "Cela s’est fait dans une petite ville, comme chez vous.",
    MilieuKind.NEIGHBOURHOOD: "Cela s’est fait dans un quartier, comme chez vous.",
    MilieuKind.FIRST_NATION: "Cela s’est fait dans une communauté autochtone, comme chez vous.",
    MilieuKind.TERRITORY: "Cela s’est fait à l’échelle d’un territoire, comme chez vous.",
}
PROVED = {
    EvidenceStatus.RECOGNIZED: "Elle a été reprise ailleurs: c’est une pratique reconnue.",
    EvidenceStatus.SUPPORTED: "Le milieu la reconnaît: c’est une pratique porteuse.",
    EvidenceStatus.PROMISING: "Un changement a été observé: c’est une pratique prometteuse.",
    EvidenceStatus.EMERGING: "L’idée est nouvelle: c’est une pratique novatrice, à essayer.",
}


@dataclass(frozen=True)
class Challenge:
    """What a group said is hard, and the dimension it said it about (its name; empty: none)."""

    text: str
    dimension: str = ""


@dataclass(frozen=True)
class Situation:
    """What is known of a community when it looks for what others did. `issues`: their names."""

    challenges: tuple[Challenge, ...]
    issues: frozenset[str] = frozenset()
    size: str = ""
    kind: str = ""

    @property
    def dimensions(self) -> frozenset[str]:
        return frozenset(each.dimension for each in self.challenges if each.dimension)


@dataclass(frozen=True)
class Candidate:
    """What a sheet says of itself that can be compared."""

    key: int
    status: str
    size: str
    kind: str
    verified_on: dt.date | None
    dimensions: frozenset[str]
    issues: frozenset[str]


@dataclass(frozen=True)
class Match:
    """A sheet, the challenge that led to it (None: only an issue did), and why, in sentences."""

    key: int
    challenge: Challenge | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class SuggestedPractice:
    """Nothing here but what the public sheet says. `challenge` is what it was chosen for."""

    key: int
    title: str
    url: str
    full_url: str
    summary: str
    status: str
    holder: str
    whom_to_ask: str
    phone: str
    challenge: str
    reasons: tuple[str, ...]


Pick = tuple[Candidate, Challenge | None]


def match(situation: Situation, candidates: Iterable[Candidate]) -> tuple[Match, ...]:
    """Three sheets at most, nearest first.

    A sheet is a candidate when it shares a dimension with a challenge, or an issue with the
    démarche: what only looks alike (a village too) answers nothing. Nearness, in this order:
    dimension, issue, kind of milieu, size of milieu, place on the ladder, last check. Each
    challenge gets its nearest sheet before any gets a second one.
    """
    ranked = sorted(
        (each for each in candidates if _is_relevant(situation, each)),
        key=lambda each: _farness(situation, each),
    )
    picked: list[Pick] = list(_one_each(situation, ranked))
    picked += [(each, _challenge_of(situation, each)) for each in ranked if not _has(picked, each)]
    chosen = sorted(picked[:AT_MOST], key=lambda pair: _farness(situation, pair[0]))
    return tuple(
        Match(each.key, challenge, tuple(_reasons(situation, each, challenge)))
        for each, challenge in chosen
    )


def size_of(population: int | None) -> str:
    """The band of a number of people; empty when it is unknown."""
    if population is None:
        return ""
    for limit, size in ((500, SIZES[0]), (2_000, SIZES[1]), (10_000, SIZES[2])):
        if population < limit:
            return size
    return SIZES[3]


def _one_each(situation: Situation, ranked: list[Candidate]) -> Iterator[Pick]:
    taken: set[int] = set()
    served: set[str] = set()
    for challenge in situation.challenges:
        if not challenge.dimension or challenge.dimension in served:
            continue
        served.add(challenge.dimension)
        for each in ranked:
            if each.key not in taken and challenge.dimension in each.dimensions:
                taken.add(each.key)
                yield each, challenge
                break


def _has(picked: list[Pick], candidate: Candidate) -> bool:
    return any(each is candidate for each, _ in picked)


def _challenge_of(situation: Situation, candidate: Candidate) -> Challenge | None:
    shared = (each for each in situation.challenges if each.dimension in candidate.dimensions)
    return next(shared, None)


def _is_relevant(situation: Situation, candidate: Candidate) -> bool:
    return bool(situation.dimensions & candidate.dimensions or situation.issues & candidate.issues)


def _farness(situation: Situation, candidate: Candidate) -> tuple[int, ...]:
    return (
        not situation.dimensions & candidate.dimensions,
        not situation.issues & candidate.issues,
        not (situation.kind and situation.kind == candidate.kind),
        _size_distance(situation.size, candidate.size),
        -LADDER.index(candidate.status),
        -(candidate.verified_on.toordinal() if candidate.verified_on else 0),
        -candidate.key,
    )


def _size_distance(one: str, other: str) -> int:
    if not one or not other:
        return UNKNOWN_DISTANCE
    return abs(SIZES.index(one) - SIZES.index(other))


def _reasons(
    situation: Situation, candidate: Candidate, challenge: Challenge | None
) -> Iterator[str]:
    if challenge is not None:
        yield f"Elle touche la même dimension que votre défi{NBSP}: {challenge.dimension}."
    if shared := sorted(situation.issues & candidate.issues):
        yield f"Elle touche un enjeu de votre démarche{NBSP}: {', '.join(shared)}."
    if situation.kind and situation.kind == candidate.kind:
        yield LIKE_YOURS[MilieuKind(candidate.kind)]
    distance = _size_distance(situation.size, candidate.size)
    if distance <= 1:
        words = fr_label(MilieuSize(candidate.size).label)
        alike = "aussi nombreux que le vôtre" if distance == 0 else "d’une taille proche du vôtre"
        yield f"C’est un milieu {alike}{NBSP}: {words}."
    yield PROVED[EvidenceStatus(candidate.status)]
