"""Live sheets that answer a situation, as cards: why this one, and whom to call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from wagtail.models import PageViewRestriction

from pratiques.domain.suggestions import (
    Candidate,
    Match,
    Situation,
    SuggestedPractice,
    match,
)
from pratiques.enums import EvidenceStatus
from pratiques.models import PracticePage
from reference.models import Issue

COMPARED = ("pk", "status", "milieu_size", "milieu_kind", "verified_on")
SHOWN = ("title", "url_path", "summary", "holder_name", "contact_hint", "contact_phone")


def suggested_practices(
    situation: Situation,
    *,
    issues: QuerySet[Issue],
    without: QuerySet | Iterable[int] = (),
    with_demo: bool = False,
) -> tuple[SuggestedPractice, ...]:
    """Three live, public sheets at most, in one query.

    `issues`: those of the démarche. `without`: sheets set aside. Fictitious sheets answer
    fictitious démarches only (`with_demo`).
    """
    sheets = PracticePage.objects.live().exclude(_is_restricted()).exclude(pk__in=without)
    if not with_demo:
        sheets = sheets.filter(is_demo=False)
    asked = issues.values("pk")
    is_asked = Case(When(issues__in=asked, then=F("issues__name")), output_field=CharField())
    rows = list(
        sheets.filter(Q(dimensions__name__in=situation.dimensions) | Q(issues__in=asked))
        .annotate(shared_issue=is_asked)
        .values(*COMPARED, *SHOWN, "dimensions__name", "shared_issue")
    )
    shared = frozenset(row["shared_issue"] for row in rows) - {None}
    shown = {row["pk"]: row for row in rows}
    found = match(replace(situation, issues=shared), _candidates(rows))
    return tuple(_card(shown[each.key], each) for each in found)


def _is_restricted() -> Exists:
    """Like `public()`, without a query of its own: the page or one above it is for a few."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(asked=path)
    return Exists(above.filter(asked__startswith=F("page__path")))


def _candidates(rows: list[dict]) -> list[Candidate]:
    """A sheet comes once per pair of dimension and issue: each of them once again here."""
    dimensions: dict[int, set[str]] = {}
    issues: dict[int, set[str]] = {}
    for row in rows:
        dimensions.setdefault(row["pk"], set()).add(row["dimensions__name"])
        issues.setdefault(row["pk"], set()).add(row["shared_issue"])
    return [
        Candidate(
            key=row["pk"],
            status=row["status"],
            size=row["milieu_size"],
            kind=row["milieu_kind"],
            verified_on=row["verified_on"],
            dimensions=frozenset(dimensions[row["pk"]] - {None}),
            issues=frozenset(issues[row["pk"]] - {None}),
        )
        for row in {row["pk"]: row for row in rows}.values()
    ]


def _card(row: dict, found: Match) -> SuggestedPractice:
    page = PracticePage(pk=row["pk"], url_path=row["url_path"])
    return SuggestedPractice(
        key=row["pk"],
        title=row["title"],
        url=page.get_url() or "",
        full_url=page.get_full_url() or "",
        summary=row["summary"],
        status=str(EvidenceStatus(row["status"]).label),
        holder=row["holder_name"],
        whom_to_ask=row["contact_hint"],
        phone=row["contact_phone"],
        challenge=found.challenge.text if found.challenge else "",
        reasons=found.reasons,
    )
