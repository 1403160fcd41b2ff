"""What stands around a public sheet: related sheets, the pages that cite it, where it was born."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from core.prepared_query import PreparedQuery
from pratiques.domain.queries.facet_index import Beside, FacetIndex, facet_index
from pratiques.domain.queries.nearest import nearest
from pratiques.domain.queries.suggested import is_restricted
from pratiques.domain.related import relate
from pratiques.domain.suggestions import Candidate
from pratiques.enums import EvidenceStatus

CITING_AT_MOST = 12


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
    """Public sheets that share an issue or a dimension with this one: the catalogue's bits know."""
    sheet = Candidate(
        key=page.pk,
        status=page.status,
        size=page.milieu_size,
        kind=page.milieu_kind,
        verified_on=page.verified_on,
        dimensions=frozenset(each.code for each in page.dimensions.all()),
        issues=frozenset(each.code for each in page.issues.all()),
    )
    index = facet_index()
    others = [
        _candidate(index.sheets[key], index)
        for key in nearest(sheet, index, with_demo=page.is_demo)
    ]
    catalogue = (page.get_url() or "").removesuffix(f"{page.slug}/")
    return tuple(
        RelatedSheet(
            title=index.sheets[each.key].title,
            url=f"{catalogue}{index.sheets[each.key].slug}/",
            status=str(EvidenceStatus(index.sheets[each.key].status).label),
            reasons=each.reasons,
        )
        for each in relate(_by_name(sheet, index), others)
    )


def _candidate(row: Beside, index: FacetIndex) -> Candidate:
    bit = 1 << index.bits[row.pk]
    issues, dimensions = (
        frozenset(code for code, mask in index.masks[facet].items() if mask & bit)
        for facet in ("enjeu", "dimension")
    )
    values = (row.pk, row.status, row.milieu_size, row.milieu_kind, row.verified_on)
    return _by_name(Candidate(*values, dimensions=dimensions, issues=issues), index)


def _by_name(sheet: Candidate, index: FacetIndex) -> Candidate:
    """What is shared is said in words."""
    issues, dimensions = index.names["enjeu"], index.names["dimension"]
    return replace(
        sheet,
        issues=frozenset(issues.get(code, code) for code in sheet.issues),
        dimensions=frozenset(dimensions.get(code, code) for code in sheet.dimensions),
    )


def backlinks_to(page: Page) -> tuple[Backlink, ...]:
    """Dossiers, news, ordinary pages that cite the sheet, then what the apps above know.

    Public pages only: a page that leaves takes its link along. Whether a page of the register may
    be read, the app above tells: being live there says nothing.
    """
    own = tuple(
        Backlink(title, _url(pk, url_path), _kind_of(content_type))
        for pk, title, url_path, content_type in CITING.rows(page.pk)
    )
    return own + tuple(link for source in _sources for link in source(page.pk))


def _citing_pages(sheet: int) -> QuerySet:
    of_pages = ContentType.objects.get_for_model(Page)
    # A key of any kind is kept as text there.
    citing = (
        ReferenceIndex.objects.filter(
            base_content_type=of_pages, to_content_type=of_pages, to_object_id=str(sheet)
        )
        .annotate(number=Cast("object_id", IntegerField()))
        .values("number")
    )
    return (
        Page.objects.live()
        .filter(pk__in=citing)
        .exclude(pk=sheet)
        .exclude(is_restricted())
        .exclude(content_type__app_label="appreciation", content_type__model="appraisalpage")
        .order_by("-last_published_at", "pk")
        .values_list("pk", "title", "url_path", "content_type")[:CITING_AT_MOST]
    )


CITING = PreparedQuery(_citing_pages)


def _kind_of(content_type: int) -> str:
    model = ContentType.objects.get_for_id(content_type).model_class()
    return str(model._meta.verbose_name) if model else ""


def _url(pk: int, url_path: str) -> str:
    return Page(pk=pk, url_path=url_path).get_url() or ""
