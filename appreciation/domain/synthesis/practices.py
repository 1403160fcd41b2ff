"""Sheets of the catalogue beside the challenges that recur: what others did about them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from appreciation.domain.synthesis.nouns import MatchedPractice, Recurrence
from appreciation.enums import FindingKind
from core.typography import join_words
from pratiques.domain.queries.suggested import candidates_of, readable_sheets
from pratiques.domain.suggestions import Candidate, Challenge, Situation, match

MOST_BY_THEME = 2
COMPARED = ("pk", "status", "milieu_size", "milieu_kind", "verified_on", "title", "slug")


def practices_for(
    recurrences: Sequence[Recurrence], *, with_demo: bool
) -> tuple[MatchedPractice, ...]:
    """Two live sheets at most for each challenge, nearest first: same dimension, then same issue.

    Fictitious sheets answer fictitious démarches only. One query.
    """
    situations = [
        (each.label, _situation(each))
        for each in recurrences
        if each.kind == FindingKind.CHALLENGE and each.mentions
    ]
    dimensions = {name for _, asked in situations for name in asked.dimensions}
    issues = {name for _, asked in situations for name in asked.issues}
    rows = list(
        readable_sheets(with_demo=with_demo)
        .filter(Q(dimensions__name__in=dimensions) | Q(issues__name__in=issues))
        .values(*COMPARED, "dimensions__name", "issues__name")
    )
    sheets = {each.key: each for each in candidates_of(rows, issue="issues__name")}
    shown = {row["pk"]: row for row in rows}
    themes: dict[int, list[str]] = {}
    for label, situation in situations:
        for found in match(situation, sheets.values())[:MOST_BY_THEME]:
            themes.setdefault(found.key, []).append(label)
    return tuple(
        _matched(shown[key]["title"], shown[key]["slug"], sheets[key], labels, situations)
        for key, labels in sorted(themes.items(), key=lambda pair: shown[pair[0]]["title"])
    )


def practices_still_matched(
    practices: Sequence[MatchedPractice], recurrences: Sequence[Recurrence]
) -> tuple[MatchedPractice, ...]:
    """Those that the challenges left still lead to, for the reasons left."""
    kept = []
    challenges = [each for each in recurrences if each.kind == FindingKind.CHALLENGE]
    for practice in practices:
        answered = [
            each
            for each in challenges
            if each.label in practice.themes and _answers(_situation(each), practice)
        ]
        if answered:
            kept.append(
                MatchedPractice(
                    title=practice.title,
                    slug=practice.slug,
                    why=_why(
                        [_situation(each) for each in answered],
                        practice.dimensions,
                        practice.issues,
                    ),
                    themes=tuple(each.label for each in answered),
                    dimensions=practice.dimensions,
                    issues=practice.issues,
                )
            )
    return tuple(kept)


def _situation(theme: Recurrence) -> Situation:
    dimensions = dict.fromkeys(each.dimension for each in theme.mentions if each.dimension)
    return Situation(
        challenges=tuple(Challenge(theme.label, name) for name in dimensions)
        or (Challenge(theme.label),),
        issues=frozenset({theme.issue} - {""}),
    )


def _answers(situation: Situation, practice: MatchedPractice) -> bool:
    return bool(
        situation.dimensions & set(practice.dimensions) or situation.issues & set(practice.issues)
    )


def _matched(
    title: str,
    slug: str,
    sheet: Candidate,
    labels: Sequence[str],
    situations: Sequence[tuple[str, Situation]],
) -> MatchedPractice:
    asked = [situation for label, situation in situations if label in labels]
    dimensions, issues = tuple(sorted(sheet.dimensions)), tuple(sorted(sheet.issues))
    return MatchedPractice(
        title=title,
        slug=slug,
        why=_why(asked, dimensions, issues),
        themes=tuple(labels),
        dimensions=dimensions,
        issues=issues,
    )


def _why(situations: Sequence[Situation], dimensions: Sequence[str], issues: Sequence[str]) -> str:
    shared = [name for name in dimensions if any(name in each.dimensions for each in situations)]
    if shared:
        kind = "la même dimension" if len(shared) == 1 else "les mêmes dimensions"
        return f"Elle touche {kind}: {join_words(shared)}."
    shared = [name for name in issues if any(name in each.issues for each in situations)]
    kind = "le même enjeu" if len(shared) == 1 else "les mêmes enjeux"
    return f"Elle touche {kind}: {join_words(shared)}."
