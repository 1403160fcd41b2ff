"""Many new drafts under one page in a few queries: one by one, each costs a tenth of a second.

Only for drafts that refer to nothing and to which nothing refers yet: no revision, no line in the
reference index, no signal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db import connections, router, transaction
from django.db.models import F, sql
from django.utils import timezone
from django.utils.text import slugify
from modelsearch.backends import get_search_backends_with_name
from wagtail.models import Page, PageLogEntry

BATCH = 500
LONGEST_SLUG = 200


@transaction.atomic
def add_drafts(parent: Page, pages: Sequence[Page], *, user: AbstractUser | None = None) -> None:
    """Give each its place, its address and its history under `parent`, after those already there.

    All are of one type, and not saved yet. `index_drafts` comes after.
    """
    if not pages:
        return
    model = type(pages[0])
    parent = Page.objects.select_for_update().get(pk=parent.pk)
    _place(parent, pages, user)
    shared = [field.attname for field in Page._meta.concrete_fields]
    rows = [Page(**{name: getattr(page, name) for name in shared}) for page in pages]
    Page.objects.bulk_create(rows, batch_size=BATCH)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = page.page_ptr_id = row.pk
        page._state.adding = False
    _insert_own_columns(model, pages)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    _write_history(model, pages, user)


def index_drafts(
    pages: Sequence[Page], *, related: Sequence[str], tell: Callable[[int], None]
) -> None:
    """Let the admin's search find them, once all is written: slow, so in no transaction of theirs.

    `tell` is given how many are done. Only the admin looks for drafts: it may wait a minute.
    """
    for start in range(0, len(pages), BATCH):
        tell(start)
        keys = [page.pk for page in pages[start : start + BATCH]]
        model = type(pages[0])
        found = list(model.objects.filter(pk__in=keys).prefetch_related(*related))
        for _name, backend in get_search_backends_with_name(with_auto_update=True):
            backend.add_bulk(model, found)


def _place(parent: Page, pages: Sequence[Page], user: AbstractUser | None) -> None:
    siblings = parent.get_children()
    taken = set(siblings.values_list("slug", flat=True))
    last = siblings.order_by("-path").values_list("path", flat=True).first()
    numbers = Page.numconv_obj()
    step = numbers.str2int(last[-Page.steplen :]) if last else 0
    locale, now = parent.locale, timezone.now()
    content_type = ContentType.objects.get_for_model(type(pages[0]))
    for rank, page in enumerate(pages, start=step + 1):
        page.path = parent.path + numbers.int2str(rank).rjust(Page.steplen, Page.alphabet[0])
        page.depth, page.numchild = parent.depth + 1, 0
        page.slug = _free_slug(page.slug or page.title, taken)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title = page.title
        page.locale, page.content_type, page.owner = locale, content_type, user
        page.live, page.has_unpublished_changes = False, True
        page.latest_revision_created_at = now


def _free_slug(wanted: str, taken: set[str]) -> str:
    base = (
        slugify(wanted.replace("œ", "oe").replace("Œ", "Oe"))[: LONGEST_SLUG - 6].strip("-")
        or "fiche"
    )
    slug, rank = base, 1
    while slug in taken:
        rank += 1
        slug = f"{base}-{rank}"
    taken.add(slug)
    return slug


def _insert_own_columns(model: type[Page], pages: Sequence[Page]) -> None:
    """The rows of `model`'s own table; Django's bulk_create does not take a model with a parent."""
    fields = model._meta.local_concrete_fields
    connection = connections[router.db_for_write(model)]
    size = max(connection.ops.bulk_batch_size(fields, pages), 1)
    for start in range(0, len(pages), size):
        query = sql.InsertQuery(model)
        query.insert_values(fields, list(pages[start : start + size]))
        query.get_compiler(connection=connection).execute_sql()


def _write_history(model: type[Page], pages: Sequence[Page], user: AbstractUser | None) -> None:
    content_type = ContentType.objects.get_for_model(model)
    now = timezone.now()
    entries = [
        PageLogEntry(
            page=page,
            content_type=content_type,
            label=page.title,
            action="wagtail.create",
            timestamp=now,
            user=user,
            content_changed=True,
            data={},
        )
        for page in pages
    ]
    PageLogEntry.objects.bulk_create(entries, batch_size=BATCH)
