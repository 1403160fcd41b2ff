"""All that one sheet repeats (moments, results, photos, places…), read in one query.

A sheet has a dozen kinds of rows: a query for each would be two thirds of the page's. Each kind
becomes lines of text of the same width, joined by UNION ALL, then objects again. They are put on
the page as unsaved rows are: the templates and the rules read a preview and a live page alike.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Case, Expression, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page

from cms.models import Rendition, SiteDocument, SiteImage
from cms.renditions import SPECS
from core.prepared_query import PreparedQuery
from pratiques.domain.linked_appraisals import readable_pages
from reference.enums import PlaceKind
from reference.models import Dimension, Issue, Place, Sector

if TYPE_CHECKING:
    from pratiques.models import PracticePage

WIDTH = 7
Lines = dict[str, list[tuple[Any, ...]]]


def load_rows(page: PracticePage) -> None:
    """Put on the page what it repeats, and what it links to as `linked_pages` and `video`."""
    lines = _lines_of(page)
    page.moments = [
        _row("PracticeMoment", pk, when=a, text=b, is_turning_point=bool(c))
        for pk, a, b, c, *_ in lines["moment"]
    ]
    page.results = [
        _row("PracticeResult", pk, text=a, proof_kind=b, proof=c, proof_url=d)
        for pk, a, b, c, d, *_ in lines["result"]
    ]
    page.partners = [
        _row("PracticePartner", pk, name=a, support=b, detail=c)
        for pk, a, b, c, *_ in lines["partner"]
    ]
    page.criteria = [
        _row("PracticeCriterion", pk, criterion=a, explanation=b)
        for pk, a, b, *_ in lines["criterion"]
    ]
    page.photos = _photos(lines)
    page.files = [_file(line) for line in lines["file"]]
    page.issues = [Issue(pk=pk, code=a, name=b) for pk, a, b, *_ in lines["issue"]]
    page.dimensions = [Dimension(pk=pk, code=a, name=b) for pk, a, b, *_ in lines["dimension"]]
    page.sectors = [Sector(pk=pk, code=a, name=b) for pk, a, b, *_ in lines["sector"]]
    page.places = [_place(line) for line in lines["place"]]
    page.linked_pages = _readable([int(a) for _, a, *_ in lines["appraisal"]])
    page.video = next((Page(pk=pk, title=a, url_path=b) for pk, a, b, *_ in lines["video"]), None)


def load_links(page: PracticePage) -> None:
    """The same links for a preview, whose rows come from the form."""
    chosen = [link.register_page_id for link in page.appraisal_links.all()]
    page.linked_pages = _readable(chosen)
    page.video = Page.objects.live().filter(pk=page.video_page_id).first()


def _readable(chosen: list[int]) -> list[Page]:
    """Most sheets have none: then nothing is asked."""
    return list(readable_pages().filter(pk__in=chosen)) if chosen else []


def _lines_of(page: PracticePage) -> Lines:
    found: Lines = defaultdict(list)
    for kind, _position, pk, *texts in sorted(ROWS.rows(page.pk)):
        found[kind].append((pk, *texts))
    return found


def _all_parts(page: int) -> QuerySet:
    first, *others = [*_own_parts(page), *_shared_parts(page)]
    return first.union(*others, all=True)


def _own_parts(page: int) -> list[QuerySet]:
    def rows(model: str) -> QuerySet:
        return apps.get_model("pratiques", model).objects.filter(practice=page)

    turning = Case(When(is_turning_point=True, then=Value("oui")), default=Value(""))
    photos = rows("PracticePhoto")
    sizes = photos.filter(image__renditions__filter_spec__in=SPECS).filter(
        image__renditions__focal_point_key=""
    )
    size = [F(f"image__renditions__{name}") for name in ("filter_spec", "file", "width", "height")]
    result = (F("text"), F("proof_kind"), F("proof"), F("proof_url"))
    return [
        _part("moment", rows("PracticeMoment"), F("when"), F("text"), turning),
        _part("result", rows("PracticeResult"), *result),
        _part("partner", rows("PracticePartner"), F("name"), F("support"), F("detail")),
        _part("criterion", rows("PracticeCriterion"), F("criterion"), F("explanation")),
        _part(
            "photo",
            photos,
            *(F("alternative_text"), F("caption"), F("credit"), F("image_id")),
            *(F("image__file"), F("image__width"), F("image__height")),
        ),
        _part("size", sizes, F("image_id"), *size),
        _part(
            "file",
            rows("PracticeDocument").exclude(document__is_private=True),
            *(F("title"), F("url"), F("document_id"), F("document__file")),
            F("document__file_size"),
        ),
        _part("appraisal", rows("PracticeAppraisal"), F("register_page_id")),
    ]


def _shared_parts(page: int) -> list[QuerySet]:
    territory = Case(
        *(
            When(**{f"{path}kind": PlaceKind.TERRITORY}, then=F(f"{path}name"))
            for path in ("", "parent__", "parent__parent__")
        ),
        default=Value(""),
    )
    words = [
        _part(
            str(model._meta.model_name), model.objects.filter(practices=page), F("code"), F("name")
        )
        for model in (Issue, Dimension, Sector)
    ]
    places = Place.objects.filter(practices=page)
    sheet = apps.get_model("pratiques", "PracticePage").objects.filter(pk=page)
    video = Page.objects.live().filter(pk__in=sheet.values("video_page"))
    return [
        *words,
        _part("place", places, F("name"), F("slug"), F("kind"), territory),
        _part("video", video, F("title"), F("url_path")),
    ]


ROWS = PreparedQuery(_all_parts)


def _part(kind: str, rows: QuerySet, *columns: Expression | F) -> QuerySet:
    """`kind, position, pk`, then seven texts: what every other part has too."""
    fields = {field.name for field in rows.model._meta.get_fields()}
    position = next((name for name in ("sort_order", "position") if name in fields), "")
    padded = [*columns, *([Value("")] * (WIDTH - len(columns)))]
    texts = {
        f"text_{number}": Coalesce(Cast(column, TextField()), Value(""), output_field=TextField())
        for number, column in enumerate(padded)
    }
    rank = Coalesce(F(position), Value(0)) if position else Value(0)
    return (
        rows.order_by()
        .annotate(kind_of_row=Value(kind, TextField()), rank=rank, **texts)
        .values_list("kind_of_row", "rank", "pk", *texts)
    )


def _row(model: str, pk: int, /, **values: Any) -> Any:
    return apps.get_model("pratiques", model)(pk=pk, **values)


def _file(line: tuple[Any, ...]) -> Any:
    pk, title, url, document_id, name, size, *_ = line
    document = None
    if document_id:
        document = SiteDocument(
            pk=int(document_id),
            file=name,
            file_size=int(size or 0),
            is_private=False,
            collection_id=None,
        )
    return _row("PracticeDocument", pk, title=title, url=url, document=document)


def _place(line: tuple[Any, ...]) -> Place:
    pk, name, slug, kind, territory, *_ = line
    place = Place(pk=pk, name=name, slug=slug, kind=kind)
    if territory and kind != PlaceKind.TERRITORY:
        place.parent = Place(name=territory, kind=PlaceKind.TERRITORY)
    return place


def _photos(lines: Lines) -> list[Any]:
    sizes: dict[int, dict[str, Rendition]] = defaultdict(dict)
    for _, image_id, spec, name, width, height, *_ in lines["size"]:
        sizes[int(image_id)][spec] = Rendition(
            image_id=int(image_id), filter_spec=spec, file=name, width=width, height=height
        )
    photos = []
    for pk, alternative_text, caption, credit, image_id, name, width, height in lines["photo"]:
        image = SiteImage(
            pk=int(image_id), collection_id=None, file=name, width=int(width), height=int(height)
        )
        # What `prefetch_related("renditions")` would have put there, with a query less.
        known = [*sizes[image.pk].values()]
        image._prefetched_objects_cache = {"renditions": known}  # noqa: SLF001  Django has no public way
        photos.append(
            _row(
                "PracticePhoto",
                pk,
                image=image,
                alternative_text=alternative_text,
                caption=caption,
                credit=credit,
            )
        )
    return photos
