"""What stands around a public sheet: related sheets, the pages that cite it, where it was born."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Q
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from pratiques.domain.queries.suggested import candidates_of, is_restricted, readable_sheets
from pratiques.domain.related import relate
from pratiques.domain.suggestions import Candidate
from pratiques.enums import EvidenceStatus

CITING_AT_MOST = 12
COMPARED = ("pk", "status", "milieu_size", "milieu_kind", "verified_on", "title", "url_path")


@dataclass(frozen=True)
class RelatedSheet:
    title: str
    url: str
    status: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Backlink:
    """A public page that names the sheet. `words`: what ties them, or what kind of page it is."""

    title: str
    url: str
    words: str


Source = Callable[[int], Iterable[Backlink]]
_sources: list[Source] = []


def register_backlinks(source: Source) -> Source:
    """For the apps above: `source(pk)` gives the public pages of theirs that name the sheet."""
    if source not in _sources:
        _sources.append(source)
    return source


def related_sheets(page: Page) -> tuple[RelatedSheet, ...]:
    """Public sheets that share an issue or a dimension with this one, in one query."""
    sheet = Candidate(
        key=page.pk,
        status=page.status,
        size=page.milieu_size,
        kind=page.milieu_kind,
        verified_on=page.verified_on,
        dimensions=frozenset(each.name for each in page.dimensions.all()),
        issues=frozenset(each.name for each in page.issues.all()),
    )
    rows = list(
        readable_sheets(with_demo=page.is_demo)
        .filter(Q(dimensions__name__in=sheet.dimensions) | Q(issues__name__in=sheet.issues))
        .values(*COMPARED, "dimensions__name", "issues__name")
    )
    shown = {row["pk"]: row for row in rows}
    return tuple(
        RelatedSheet(
            title=shown[each.key]["title"],
            url=_url(each.key, shown[each.key]["url_path"]),
            status=str(EvidenceStatus(shown[each.key]["status"]).label),
            reasons=each.reasons,
        )
        for each in relate(sheet, candidates_of(rows, issue="issues__name"))
    )


def backlinks_to(page: Page) -> tuple[Backlink, ...]:
    """Dossiers, news, ordinary pages that cite the sheet, then what the apps above know.

    Public pages only: a page that leaves takes its link along. Whether a page of the register may
    be read, the app above tells: being live there says nothing.
    """
    own = tuple(
        Backlink(each.title, _url(each.pk, each.url_path), _kind_of(each))
        for each in _citing_pages(page)
    )
    return own + tuple(link for source in _sources for link in source(page.pk))


def _citing_pages(page: Page) -> Iterable[Page]:
    of_pages = ContentType.objects.get_for_model(Page)
    citing = (
        ReferenceIndex.objects.filter(
            base_content_type=of_pages, to_content_type=of_pages, to_object_id=str(page.pk)
        )
        .annotate(number=Cast("object_id", IntegerField()))
        .values("number")
    )
    return (
        Page.objects.live()
        .filter(pk__in=citing)
        .exclude(pk=page.pk)
        .exclude(is_restricted())
        .exclude(content_type__app_label="appreciation", content_type__model="appraisalpage")
        .order_by("-last_published_at", "pk")[:CITING_AT_MOST]
    )


def _kind_of(page: Page) -> str:
    model = page.cached_content_type.model_class()
    return str(model._meta.verbose_name) if model else ""


def _url(pk: int, url_path: str) -> str:
    return Page(pk=pk, url_path=url_path).get_url() or ""
