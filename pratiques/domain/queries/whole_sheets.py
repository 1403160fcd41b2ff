"""Sheets with all that they repeat, many at once: what exports and the API are made of.

Two queries for a hundred sheets, whatever they hold. Neither e-mail nor telephone: contacts stay
on the sheet, where nobody takes them by the hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Expression, F, Model, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from pratiques.domain.queries.facet_index import FacetIndex
from pratiques.enums import Licence
from pratiques.models import PracticeMoment, PracticePage, PracticePartner, PracticeResult
from reference.domain.territories import Territory

TOGETHER = 100
WIDTH = 4
NEVER_GIVEN = ("contact_email", "contact_phone", "contact_hint", "consent_given", "consent_note")
SHARED = {
    "places": ("place", "slug"),
    "issues": ("issue", "code"),
    "dimensions": ("dimension", "code"),
    "sectors": ("sector", "code"),
}
"""What sheets have in common: the field, then what it leads to and the name of its code."""
RANKED = ("issues", "dimensions", "sectors")
Line = tuple[str, ...]


@dataclass(frozen=True)
class Named:
    code: str
    name: str


@dataclass(frozen=True)
class Moment:
    when: str
    text: str
    is_turning_point: bool


@dataclass(frozen=True)
class Result:
    text: str
    proof_kind: str
    proof: str
    proof_url: str


@dataclass(frozen=True)
class Partner:
    name: str
    support: str
    detail: str


@dataclass(frozen=True)
class WholeSheet:
    """`has_open_text`: its licence lets others carry its story away, not only its address."""

    page: PracticePage
    territories: tuple[Territory, ...]
    places: tuple[Named, ...]
    issues: tuple[Named, ...]
    dimensions: tuple[Named, ...]
    sectors: tuple[Named, ...]
    moments: tuple[Moment, ...]
    results: tuple[Result, ...]
    partners: tuple[Partner, ...]

    @property
    def has_open_text(self) -> bool:
        return self.page.licence != Licence.ALL_RIGHTS


def whole_sheets(ids: Sequence[int], index: FacetIndex) -> Iterator[WholeSheet]:
    """These sheets in this order, a hundred at a time: memory does not grow with the catalogue."""
    for start in range(0, len(ids), TOGETHER):
        yield from _together(ids[start : start + TOGETHER], index)


def _together(ids: Sequence[int], index: FacetIndex) -> Iterator[WholeSheet]:
    pages = PracticePage.objects.defer(*NEVER_GIVEN).in_bulk(list(ids))
    lines = _lines_of(list(pages))
    for pk in ids:
        if pk not in pages:  # taken away since the list was made
            continue
        rows = lines[pk]
        yield WholeSheet(
            page=pages[pk],
            territories=index.territories.get(pk, ()),
            **{kind: tuple(Named(a, b) for a, b, *_ in rows[kind]) for kind in SHARED},
            moments=tuple(Moment(a, b, bool(c)) for a, b, c, _ in rows["moments"]),
            results=tuple(Result(*row) for row in rows["results"]),
            partners=tuple(Partner(a, b, c) for a, b, c, _ in rows["partners"]),
        )


def _lines_of(ids: list[int]) -> dict[int, dict[str, list[Line]]]:
    """Four texts for each thing that a sheet repeats, in one query."""
    turning = Case(When(is_turning_point=True, then=Value("oui")), default=Value(""))
    result = (F("text"), F("proof_kind"), F("proof"), F("proof_url"))
    parts = [
        *(_shared_part(kind, ids) for kind in SHARED),
        _part("moments", PracticeMoment, ids, F("when"), F("text"), turning),
        _part("results", PracticeResult, ids, *result),
        _part("partners", PracticePartner, ids, F("name"), F("support"), F("detail")),
    ]
    found: dict[int, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for sheet, kind, _, _, *texts in sorted(parts[0].union(*parts[1:], all=True)):
        found[sheet][kind].append(tuple(texts))
    return found


def _shared_part(kind: str, ids: list[int]) -> Any:
    target, code = SHARED[kind]
    through = PracticePage._meta.get_field(kind).remote_field.through
    rows = through.objects.filter(practicepage__in=ids)
    rank = F(f"{target}__position") if kind in RANKED else Value(0)
    named = [F(f"{target}__{code}"), F(f"{target}__name")]
    return _values(rows, kind, "practicepage", (rank, Value(0)), named)


def _part(kind: str, model: type[Model], ids: list[int], *columns: Expression | F) -> Any:
    rows = model._default_manager.filter(practice__in=ids)
    return _values(rows, kind, "practice", (F("sort_order"), F("pk")), columns)


def _values(
    rows: Any, kind: str, sheet: str, order: tuple[Any, Any], columns: Iterable[Any]
) -> Any:
    """`order`: rank, then what tells two of one rank apart; after these, the texts do."""
    rank, turn = order
    padded = [*columns, *([Value("")] * WIDTH)][:WIDTH]
    texts = {
        f"text_{number}": Coalesce(Cast(column, TextField()), Value(""), output_field=TextField())
        for number, column in enumerate(padded)
    }
    return (
        rows.order_by()
        .annotate(
            sheet=F(sheet),
            kind_of_row=Value(kind, TextField()),
            rank=Coalesce(rank, Value(0)),
            turn=turn,
            **texts,
        )
        .values_list("sheet", "kind_of_row", "rank", "turn", *texts)
    )
