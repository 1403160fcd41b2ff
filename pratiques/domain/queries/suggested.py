"""Live sheets that answer a situation, as cards: why this one, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.page_addresses import whole_address
from pratiques.domain.suggestions import (
    Candidate,
    Match,
    Situation,
    SuggestedPractice,
    match,
)
from pratiques.enums import EvidenceStatus
from reference.models import Issue

COMPARED = ("pk", "status", "milieu_size", "milieu_kind", "verified_on")
SHOWN = ("title", "url_path", "summary", "holder_name", "contact_hint", "contact_phone")


@dataclass(frozen=True)
class SheetsAround:
    """`suggested`: what answers the challenges. `linked`: what is tied to the démarche already."""

    suggested: tuple[SuggestedPractice, ...] = ()
    linked: tuple[SuggestedPractice, ...] = ()


def sheets_around(
    situation: Situation,
    *,
    issues: QuerySet[Issue],
    without: QuerySet,
    linked: QuerySet | None = None,
    with_demo: bool = False,
) -> SheetsAround:
    """Live, public sheets around a démarche, in one query.

    `issues`: those of the démarche. `without`: sheets set aside. `linked`: sheets tied to it, never
    suggested again. Fictitious sheets answer fictitious démarches only (`with_demo`).
    """
    asked = issues.values("pk")
    answers = Q(dimensions__name__in=situation.dimensions) | Q(issues__in=asked)
    answers &= ~Q(pk__in=without)
    tied = Q(pk__in=linked) if linked is not None else Q(pk__in=())
    shared_issue = Case(When(issues__in=asked, then=F("issues__name")), output_field=CharField())
    is_linked = Case(When(tied, then=Value(1)), default=Value(0))
    rows = list(
        readable_sheets(with_demo=with_demo)
        .filter(answers | tied)
        .annotate(shared_issue=shared_issue, is_linked=is_linked)
        .values(*COMPARED, *SHOWN, "is_linked", "dimensions__name", "shared_issue")
    )
    shared = frozenset(row["shared_issue"] for row in rows) - {None}
    shown = {row["pk"]: row for row in rows}
    free = [row for row in rows if not row["is_linked"]]
    found = match(replace(situation, issues=shared), candidates_of(free, issue="shared_issue"))
    tied_rows = sorted(
        (row for row in shown.values() if row["is_linked"]), key=lambda row: row["title"]
    )
    return SheetsAround(
        suggested=tuple(_card(shown[each.key], each) for each in found),
        linked=tuple(_card(row, Match(row["pk"], None, ())) for row in tied_rows),
    )


def readable_sheets(*, with_demo: bool) -> PageQuerySet:
    """What everyone may read; fictitious sheets only among fictitious things."""
    sheets = apps.get_model("pratiques", "PracticePage").objects.live().exclude(is_restricted())
    return sheets if with_demo else sheets.filter(is_demo=False)


def is_restricted() -> Exists:
    """Like `public()`, without a query of its own: the page or one above it is for a few."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(asked=path)
    return Exists(above.filter(asked__startswith=F("page__path")))


def candidates_of(rows: list[dict], *, issue: str) -> list[Candidate]:
    """A sheet comes once per pair of dimension and issue: each of them once again here."""
    dimensions: dict[int, set[str]] = {}
    issues: dict[int, set[str]] = {}
    for row in rows:
        dimensions.setdefault(row["pk"], set()).add(row["dimensions__name"])
        issues.setdefault(row["pk"], set()).add(row[issue])
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
    page = Page(pk=row["pk"], url_path=row["url_path"])
    return SuggestedPractice(
        key=row["pk"],
        title=row["title"],
        url=page.get_url() or "",
        full_url=whole_address(page) or "",
        summary=row["summary"],
        status=str(EvidenceStatus(row["status"]).label),
        holder=row["holder_name"],
        whom_to_ask=row["contact_hint"],
        phone=row["contact_phone"],
        challenge=found.challenge.text if found.challenge else "",
        reasons=found.reasons,
    )
