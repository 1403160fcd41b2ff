"""« Ma sélection »: pages that a reader keeps on her device. Nothing about her is kept here.

The numbers of the pages come in the address; what may be read of them is decided at each reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from appreciation.domain.editions import Entry
from appreciation.models import AppraisalPage, Publication
from cms.page_addresses import whole_address
from pratiques.domain.queries.suggested import is_restricted
from pratiques.models import PracticePage

AT_MOST = 40
LONGEST_ASKED = 1_000
NUMBER = re.compile(r"[0-9]{1,9}")
SITE_DEPTH = 2
"""The home page stands there; the root above it is no page."""


@dataclass(frozen=True)
class SelectedPage:
    """`call`: whom to call, for a sheet."""

    key: int
    kind: str
    title: str
    url: str
    full_url: str
    summary: str
    call: str = ""


@dataclass(frozen=True)
class Step:
    """A page where it stands in the list, and the lists in which it is one place higher or lower.

    Nothing where it already is the first, or the last.
    """

    page: SelectedPage
    higher: str
    lower: str


@dataclass(frozen=True)
class Selection:
    """`gone`: how many of the pages asked for are not online any more, or never were."""

    pages: tuple[SelectedPage, ...]
    gone: int
    is_cut: bool

    @property
    def query(self) -> str:
        return _address([page.key for page in self.pages])

    @property
    def steps(self) -> list[Step]:
        keys = [page.key for page in self.pages]
        last = len(keys) - 1
        return [
            Step(
                page,
                higher=_address(_swapped(keys, at - 1)) if at else "",
                lower=_address(_swapped(keys, at)) if at < last else "",
            )
            for at, page in enumerate(self.pages)
        ]


def asked_keys(text: str) -> tuple[list[int], bool]:
    """Numbers of an address, once each, in order; whether some were left out beyond the most.

    Anything that is not a number is passed over: a link cut by a mail still opens.
    """
    found = [int(number) for number in NUMBER.findall(text[:LONGEST_ASKED])]
    keys = list(dict.fromkeys(found))
    return keys[:AT_MOST], len(keys) > AT_MOST or len(text) > LONGEST_ASKED


def selection_of(text: str) -> Selection:
    """What everyone may read of the pages asked for, in the order asked, in three queries."""
    keys, is_cut = asked_keys(text)
    pages = _readable(keys)
    sheets = PracticePage.objects.in_bulk(list(pages))
    editions = {
        edition.appraisal.page.pk: edition
        for edition in Publication.objects.listed()
        .light()
        .filter(appraisal__page__in=list(pages))
        .select_related("appraisal__page")
    }
    found = tuple(
        _selected(pages[key], sheets.get(key), editions.get(key)) for key in keys if key in pages
    )
    return Selection(found, gone=len(keys) - len(found), is_cut=is_cut)


def _swapped(keys: Sequence[int], at: int) -> list[int]:
    return [*keys[:at], keys[at + 1], keys[at], *keys[at + 2 :]]


def _address(keys: Sequence[int]) -> str:
    return ",".join(map(str, keys))


def _readable(keys: Sequence[int]) -> dict[int, Page]:
    """Live and for everyone; a page of the register, while its démarche is published."""
    if not keys:
        return {}
    listed = Publication.objects.listed().values("appraisal__page")
    of_register = AppraisalPage.objects.values("pk")
    pages = (
        Page.objects.live()
        .filter(pk__in=keys, depth__gte=SITE_DEPTH)
        .exclude(is_restricted())
        .filter(~Q(pk__in=of_register) | Q(pk__in=listed))
    )
    return {page.pk: page for page in pages if page.get_url()}


def _selected(page: Page, sheet: PracticePage | None, edition: Publication | None) -> SelectedPage:
    model = page.cached_content_type.model_class()
    kind = str(model._meta.verbose_name) if model else "page"
    title, summary, call = page.title, page.search_description, ""
    if sheet is not None:
        summary = sheet.summary
        parts = (sheet.holder_name, sheet.contact_hint, sheet.contact_phone)
        call = ", ".join(filter(None, parts))
    elif edition is not None:
        entry = Entry.from_json(edition.entry)
        kind, title, summary = "démarche", entry.title, entry.summary
    return SelectedPage(
        key=page.pk,
        kind=kind,
        title=title,
        url=page.get_url() or "",
        full_url=whole_address(page) or "",
        summary=summary,
        call=call,
    )
