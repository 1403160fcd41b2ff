"""The search of the whole site: every public page that answers, counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.utils.encoding import iri_to_uri
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.search.asking import answering
from cms.search.excerpts import excerpts_of, highlighted
from cms.search.models import SearchWord
from cms.search.question import Question, read_question
from home.domain.search_kinds import BY_NAME, KINDS, OTHER, Kind, kind_of

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

PAGE_SIZE = 20


@dataclass(frozen=True)
class Asked:
    """What an address asks. Nonsense is left out, never refused."""

    text: str = ""
    kind: Kind | None = None
    exactly: bool = False
    page: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Asked:
        number = query.get("page", "")
        return cls(
            text=query.get("q", ""),
            kind=BY_NAME.get(query.get("type", "")),
            exactly=query.get("mot") == "exact",
            page=number if number.lstrip("0") else "1",
        )


@dataclass(frozen=True)
class Choice:
    words: str
    count: int
    query: str
    is_chosen: bool


class Row(NamedTuple):
    """What a line reads of its page: a page object would cost more than the rest of the line."""

    pk: int
    title: str
    url_path: str
    model: str
    told_on: date | None


@dataclass(frozen=True)
class Line:
    """`told_on`: of a piece of news."""

    url: str
    kind: Kind
    title: SafeString
    text: SafeString
    told_on: date | None


@dataclass(frozen=True)
class SiteResults:
    asked: Asked
    question: Question
    counts: dict[str, int]
    results: ResultsPage
    lines: list[Line]
    choices: list[Choice]

    @property
    def total(self) -> int:
        return self.results.paginator.count

    @property
    def total_of_all_kinds(self) -> int:
        return sum(self.counts.values())

    @property
    def is_browsing(self) -> bool:
        """Nothing is asked for yet: the page shows what there is."""
        return self.question.is_empty and self.asked.kind is None


def search_site(asked: Asked, *, root: str) -> SiteResults:
    """Read the question, count what answers by kind, and show one page of it.

    `root` is the path of the home page in the tree: addresses begin there. Five queries at most,
    one more where a word must be corrected; none grows with the site.
    """
    question = read_question(asked.text, exactly=asked.exactly)
    found = answering(question, _public_pages())
    counts = _counted(found)
    chosen = asked.kind
    total = counts.get(chosen.name, 0) if chosen else sum(counts.values())
    results = _one_page(_of_kind(found, chosen), asked.page, total)
    return SiteResults(
        asked=asked,
        question=question,
        counts=counts,
        results=results,
        lines=_lines(results, question, root),
        choices=_choices(counts, question, asked),
    )


def words_alone(question: Question) -> list[str]:
    """Of a question that finds nothing, the words that some page bears, to try one by one."""
    if len(question.stems) < 2:  # noqa: PLR2004  one word was already tried alone
        return []
    words = SearchWord.objects.filter(stem__in=question.stems).order_by("-pages", "word")
    best: dict[str, str] = {}
    for word in words:
        best.setdefault(word.stem, word.written)
    return [best[stem] for stem in question.stems if stem in best]


def _public_pages() -> PageQuerySet:
    """PostgreSQL takes « no restriction beside it » for rare, and then reads every text: it is
    asked for the pages that are not restricted (0.6 s became 0.02 s with 2,000 sheets)."""
    return Page.objects.live().exclude(view_restrictions__isnull=False)


def _counted(found: PageQuerySet) -> dict[str, int]:
    rows = (
        found.order_by()
        .values(model=F("content_type__model"))
        .annotate(number=Count("pk"))
        .order_by()
    )
    counts: Counter[str] = Counter()
    for row in rows:
        counts[kind_of(row["model"]).name] += row["number"]
    return {kind.name: counts[kind.name] for kind in KINDS if counts[kind.name]}


def _of_kind(found: PageQuerySet, kind: Kind | None) -> PageQuerySet:
    if kind is None:
        return found
    if kind is OTHER:
        named = [model for one in KINDS for model in one.models]
        return found.exclude(content_type__model__in=named)
    return found.filter(content_type__model__in=kind.models)


def _one_page(found: PageQuerySet, number: str, total: int) -> ResultsPage:
    rows = found.values_list(
        *("pk", "title", "url_path", "content_type__model", "newspage__published_on")
    )
    paginator = Paginator(rows, PAGE_SIZE)
    paginator.count = total  # known already: it is the sum of the kinds
    return paginator.get_page(number)


def _lines(results: ResultsPage, question: Question, root: str) -> list[Line]:
    rows = [Row(*row) for row in results.object_list]
    excerpts = excerpts_of([row.pk for row in rows], question.stems) if rows else {}
    return [
        Line(
            url=iri_to_uri(f"/{row.url_path.removeprefix(root)}"),
            kind=kind_of(row.model),
            title=highlighted(row.title, question.stems),
            text=excerpts.get(row.pk, SafeString("")),
            told_on=row.told_on,
        )
        for row in rows
    ]


def _choices(counts: dict[str, int], question: Question, asked: Asked) -> list[Choice]:
    """« Tout », then each kind that answers; the one that is chosen stays, even empty."""
    shown = [kind for kind in KINDS if counts.get(kind.name) or kind == asked.kind]
    everything = Choice("Tout", sum(counts.values()), _address(question, asked), asked.kind is None)
    return [
        everything,
        *(
            Choice(
                kind.many,
                counts.get(kind.name, 0),
                _address(question, asked, kind),
                kind == asked.kind,
            )
            for kind in shown
        ),
    ]


def _address(question: Question, asked: Asked, kind: Kind | None = None) -> str:
    pairs = [
        ("q", question.typed),
        ("mot", "exact" if asked.exactly and question.typed else ""),
        ("type", kind.name if kind else ""),
    ]
    return f"?{urlencode([pair for pair in pairs if pair[1]])}"


def exact_address(question: Question, asked: Asked) -> str:
    """The same question, each word as it was typed."""
    pairs = [
        ("q", question.typed),
        ("mot", "exact"),
        ("type", asked.kind.name if asked.kind else ""),
    ]
    return f"?{urlencode([pair for pair in pairs if pair[1]])}"
