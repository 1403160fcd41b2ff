"""The register as it is asked: which entries, in which order, and what each choice would give.

    browsing = browse(RegisterFilters.from_query(request.GET))
    browsing.total, browsing.ids            all the answers, the latest year first
    browsing.facets                         what can be chosen, with counts
    editions_of(ids)                        editions in that order (exports, feed, API)

Entries are kept in memory under the version of the public content, like the sheets of the
catalogue, and until the next one that waits for its day: what costs does not follow their number.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar

from django.db.models import Min, TextChoices
from django.http import QueryDict
from django.utils import timezone

from appreciation.domain.public_reports import with_report_files
from appreciation.enums import PUBLIC_LEVELS, Phase, PublicationLevel
from appreciation.models import Publication
from cms.models import ContentVersion
from core.facets import LIST, MAP, TABLE, BitIndex, FacetFilters, Option, labels_of, masks_of
from core.search_words import fold, search_words
from reference.domain.territories import territories

PAGE_SIZES = {LIST: 20, TABLE: 50, MAP: 20}
TOGETHER = 500
MAX_QUESTION = 200
MAX_WORDS = 8
HISTORICAL = "historique"
"""What stands for the grid of a past démarche: none of ours."""
READ: tuple[str, ...] = (
    "pk",
    "place",
    "territory",
    "year",
    "phase",
    "level",
    "instrument_code",
    "is_historical",
)
READ += ("slug", "title")


@dataclass(frozen=True)
class RegisterFilters(FacetFilters):
    FACETS: ClassVar[tuple[str, ...]] = (
        "territoire",
        "annee",
        "phase",
        "enjeu",
        "dimension",
        "instrument",
        "niveau",
    )
    CLOSED: ClassVar[Mapping[str, type[TextChoices]]] = {
        "phase": Phase,
        "niveau": PublicationLevel,
    }
    VIEWS: ClassVar[tuple[str, ...]] = (LIST, TABLE, MAP)

    @classmethod
    def from_query(cls, query: QueryDict) -> RegisterFilters:
        return cls(
            text=query.get("q", "").replace("\x00", "").strip()[:MAX_QUESTION],
            chosen=cls.chosen_in(query),
            view=cls.view_in(query),
        )


@dataclass(frozen=True)
class Sibling:
    """An entry as another of the same community names it."""

    pk: int
    slug: str
    title: str
    is_historical: bool


@dataclass(frozen=True)
class RegisterIndex(BitIndex):
    """`by_place`: the entries of each community. `until`: when the next one comes out by itself."""

    by_place: dict[int, tuple[Sibling, ...]]
    until: dt.datetime | None


@dataclass(frozen=True)
class RegisterBrowsing:
    """`filters` are those that mean something; `left_out` says that the address held others.

    `outside`: the answers that lie in no territory, whatever territories are chosen.
    """

    filters: RegisterFilters
    left_out: bool
    ids: tuple[int, ...]
    facets: dict[str, tuple[Option, ...]]
    outside: int
    index: RegisterIndex = field(repr=False)

    @property
    def total(self) -> int:
        return len(self.ids)


def browse(filters: RegisterFilters) -> RegisterBrowsing:
    index = register_index()
    kept = filters.keeping(index.names)
    answering = _answering(index, kept.text)
    chosen = index.chosen_masks(kept)
    found, elsewhere = answering, answering
    for facet, mask in chosen.items():
        found &= mask
        elsewhere &= mask if facet != "territoire" else index.everything
    for mask in index.masks["territoire"].values():
        elsewhere &= ~mask
    return RegisterBrowsing(
        filters=kept,
        left_out=kept.chosen != filters.chosen,
        ids=index.ids_in(found),
        facets={name: index.options(name, kept, answering, chosen) for name in kept.FACETS},
        outside=elsewhere.bit_count(),
        index=index,
    )


def editions_of(
    ids: Sequence[int],
    *,
    related: Sequence[str] = ("issues", "dimensions"),
    and_their_files: bool = False,
) -> Iterator[Publication]:
    """These entries in this order, without their reports; a few queries for each five hundred.

    `and_their_files`: what `public_reports.report_size` asks of them.
    """
    for start in range(0, len(ids), TOGETHER):
        part = ids[start : start + TOGETHER]
        editions = Publication.objects.filter(pk__in=part).light().select_related("territory")
        if and_their_files:
            editions = with_report_files(editions)
        found = {each.pk: each for each in editions.prefetch_related(*related)}
        yield from (found[pk] for pk in part if pk in found)


def register_index() -> RegisterIndex:
    version = ContentVersion.current()
    if not version:
        return _build(version)
    index = _index_of(version)
    if index.until is not None and index.until <= timezone.now():
        _index_of.cache_clear()
        index = _index_of(version)
    return index


@lru_cache(maxsize=2)
def _index_of(version: str) -> RegisterIndex:
    return _build(version)


def _build(version: str) -> RegisterIndex:
    now = timezone.now()
    rows = list(Publication.objects.listed().order_by("-year", "title", "pk").values(*READ))
    bits = {row["pk"]: position for position, row in enumerate(rows)}
    known = territories()
    issues, issue_names = _linked(Publication.issues.through, "issue")
    dimensions, dimension_names = _linked(Publication.dimensions.through, "dimension")
    masks = {
        "territoire": masks_of(
            ((row["pk"], known[at].code) for row in rows if (at := row["territory"]) in known), bits
        ),
        "annee": masks_of(((row["pk"], str(row["year"])) for row in rows), bits),
        "phase": masks_of(((row["pk"], row["phase"]) for row in rows), bits),
        "enjeu": masks_of(issues, bits),
        "dimension": masks_of(dimensions, bits),
        "instrument": masks_of(((row["pk"], _instrument(row)) for row in rows), bits),
        "niveau": masks_of(((row["pk"], row["level"]) for row in rows), bits),
    }
    names = {
        "territoire": {each.code: each.name for each in known.values()},
        "annee": {year: year for year in sorted(masks["annee"], reverse=True)},
        "phase": labels_of(Phase),
        "enjeu": issue_names,
        "dimension": dimension_names,
        "instrument": _instrument_names(masks["instrument"]),
        "niveau": {level: str(PublicationLevel(level).label) for level in PUBLIC_LEVELS},
    }
    return RegisterIndex(
        version=version,
        ids=tuple(bits),
        bits=bits,
        masks=masks,
        names=names,
        by_place=_by_place(rows),
        until=_next_to_come_out(now),
    )


def _by_place(rows: Iterable[Mapping[str, Any]]) -> dict[int, tuple[Sibling, ...]]:
    found: dict[int, list[Sibling]] = defaultdict(list)
    for row in rows:
        sibling = Sibling(row["pk"], row["slug"], row["title"], row["is_historical"])
        found[row["place"]].append(sibling)
    return {place: tuple(some) for place, some in found.items()}


def _answering(index: RegisterIndex, text: str) -> int:
    words = search_words(text)[:MAX_WORDS]
    if not words:
        return index.everything
    entries = Publication.objects.listed().order_by()
    for word in words:
        entries = entries.filter(search_text__contains=f" {word}")
    return index.mask_of(entries.values_list("pk", flat=True))


def _linked(through: Any, noun: str) -> tuple[list[tuple[int, str]], dict[str, str]]:
    """Which entry bears which, and the names of those that are borne."""
    rows = through.objects.order_by(f"{noun}__position", f"{noun}__pk")
    found = list(rows.values_list("publication_id", f"{noun}__code", f"{noun}__name"))
    return [(pk, code) for pk, code, _ in found], {code: name for _, code, name in found}


def _instrument(row: Mapping[str, Any]) -> str:
    return HISTORICAL if row["is_historical"] else str(row["instrument_code"])


def _instrument_names(codes: Iterable[str]) -> dict[str, str]:
    """By name, as the latest edition gives it; past démarches last."""
    newest = Publication.objects.listed().exclude(instrument_code="").order_by("published_at", "pk")
    rows = dict(newest.values_list("instrument_code", "entry__instrument"))
    names = {code: rows[code] for code in sorted(rows, key=lambda code: fold(rows[code] or code))}
    return {
        **{code: name or code for code, name in names.items()},
        **({HISTORICAL: "Historique, non comparable"} if HISTORICAL in set(codes) else {}),
    }


def _next_to_come_out(now: dt.datetime) -> dt.datetime | None:
    waiting = Publication.objects.current().filter(level__in=PUBLIC_LEVELS, embargo_until__gt=now)
    return waiting.aggregate(first=Min("embargo_until"))["first"]
