"""A list that is narrowed by choices, each with the number of answers it would give.

    filters = SomeFilters.from_query(request.GET)         what the address asks
    index.options("enjeu", filters, answering, chosen)    what can be chosen, counted

Things stand in an order and are one bit each; a value that can be chosen is one integer. Counting
what a choice would give is then an « and » and a `bit_count()`, for twenty things as for thousands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol, Self

from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.http import urlencode

from core.typography import fr_label

Pairs = Iterable[tuple[int, Any]]
LIST, TABLE, MAP = "liste", "tableau", "carte"
MOST_VALUES = 30
CODE = re.compile(r"[\w-]{1,60}")
YEAR = re.compile(r"[0-9]{4}", re.ASCII)
YEARS = "annee"


@dataclass(frozen=True)
class FacetFilters:
    """Nonsense is left out, never refused: old links keep working.

    `chosen`: parameter → values, for those of `FACETS` where something is chosen. A parameter may
    be repeated: « or » inside one, « and » between two. `CLOSED`: those whose values are known.
    """

    FACETS: ClassVar[tuple[str, ...]] = ()
    CLOSED: ClassVar[Mapping[str, type[TextChoices]]] = {}
    VIEWS: ClassVar[tuple[str, ...]] = (LIST, MAP)

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    view: str = LIST

    @property
    def is_empty(self) -> bool:
        """Everything is asked for, whatever the order and the view."""
        return not self.text and not self.chosen

    def keeping(self, known: Mapping[str, Container[str]]) -> Self:
        """Without the values that do not exist (any more)."""
        return self._choosing(
            {
                name: tuple(value for value in values if value in known[name])
                for name, values in self.chosen.items()
            }
        )

    def without(self, name: str, value: str) -> Self:
        left = tuple(other for other in self.chosen.get(name, ()) if other != value)
        return self._choosing({**self.chosen, name: left})

    def only(self, name: str, value: str) -> Self:
        """With one value for this facet, as a list."""
        return replace(self, chosen={**self.chosen, name: (value,)}, view=LIST)

    def as_pairs(self) -> list[tuple[str, str]]:
        """The parameters that give these filters back, always in the same order."""
        pairs = [("q", self.text), *self.beside_text()]
        pairs += [(name, value) for name in self.FACETS for value in self.chosen.get(name, ())]
        pairs += [*self.beside_view(), ("vue", "" if self.view == LIST else self.view)]
        return [(name, value) for name, value in pairs if value]

    def beside_text(self) -> list[tuple[str, str]]:
        return []

    def beside_view(self) -> list[tuple[str, str]]:
        return []

    def as_query(self, **changes: Any) -> str:
        """`?…`, or nothing. `changes`: other fields of these filters."""
        pairs = replace(self, **changes).as_pairs()
        return f"?{urlencode(pairs)}" if pairs else ""

    def _choosing(self, chosen: Mapping[str, tuple[str, ...]]) -> Self:
        return replace(self, chosen={name: values for name, values in chosen.items() if values})

    @classmethod
    def chosen_in(cls, query: QueryDict) -> dict[str, tuple[str, ...]]:
        chosen = {name: cls._values(name, query.getlist(name)) for name in cls.FACETS}
        return {name: values for name, values in chosen.items() if values}

    @classmethod
    def view_in(cls, query: QueryDict) -> str:
        view = query.get("vue", "")
        return view if view in cls.VIEWS else LIST

    @classmethod
    def _values(cls, name: str, asked: list[str]) -> tuple[str, ...]:
        values = dict.fromkeys(value.strip() for value in asked)
        return tuple([value for value in values if cls._could_be(name, value)][:MOST_VALUES])

    @classmethod
    def _could_be(cls, name: str, value: str) -> bool:
        if name in cls.CLOSED:
            return value in cls.CLOSED[name].values
        return bool((YEAR if name == YEARS else CODE).fullmatch(value))


@dataclass(frozen=True)
class Option:
    """`count`: what choosing it too would show, all the other facets staying as they are."""

    value: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class BitIndex:
    """`ids` stand in the order of the list.

    `masks[facet][value]`: the things that bear it. `names[facet][value]`: its words, in the order
    in which choices are shown, those that nothing bears too.
    """

    version: str
    ids: tuple[int, ...]
    bits: dict[int, int]
    masks: dict[str, dict[str, int]]
    names: dict[str, dict[str, str]]

    @property
    def everything(self) -> int:
        return (1 << len(self.ids)) - 1

    def mask_of(self, ids: Iterable[int]) -> int:
        """Things among these keys; others are not of the list."""
        mask = 0
        for pk in ids:
            mask |= 1 << self.bits[pk] if pk in self.bits else 0
        return mask

    def ids_in(self, mask: int) -> tuple[int, ...]:
        return tuple(pk for pk, sign in zip(self.ids, self.signs_of(mask), strict=True) if sign)

    def signs_of(self, mask: int) -> list[bool]:
        """For each thing, in order, whether it is there."""
        if not self.ids:
            return []
        return [sign == "1" for sign in f"{mask:0{len(self.ids)}b}"[::-1]]

    def chosen_masks(self, filters: FacetFilters) -> dict[str, int]:
        """For each facet where something is chosen, the things that bear one of its values."""
        found = {}
        for facet, values in filters.chosen.items():
            found[facet] = 0
            for value in values:
                found[facet] |= self.masks[facet].get(value, 0)
        return found

    def options(
        self, facet: str, filters: FacetFilters, answering: int, chosen: Mapping[str, int]
    ) -> tuple[Option, ...]:
        """Values that would show something; those that are chosen stay, so that they can be undone.

        `answering`: the things that answer the text.
        """
        others = answering
        for name, mask in chosen.items():
            if name != facet:
                others &= mask
        mine = filters.chosen.get(facet, ())
        masks = self.masks[facet]
        counted = (
            Option(value, name, (others & masks.get(value, 0)).bit_count(), value in mine)
            for value, name in self.names[facet].items()
        )
        return tuple(option for option in counted if option.count or option.is_chosen)


def masks_of(pairs: Pairs, bits: Mapping[int, int]) -> dict[Any, int]:
    masks: dict[Any, int] = defaultdict(int)
    for pk, value in pairs:
        if value and pk in bits:
            masks[value] |= 1 << bits[pk]
    return dict(masks)


def labels_of(choices: type[TextChoices]) -> dict[str, str]:
    return {value: fr_label(str(label)) for value, label in choices.choices}


@dataclass(frozen=True)
class Facet:
    """One group of choices of a page. `is_open`: something is chosen in it."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def is_open(self) -> bool:
        return any(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Tag:
    """A choice that is in force, and the address without it."""

    label: str
    name: str
    url: str


class Browsed(Protocol):
    """What a list found: the choices in force, what each other one would give, and among what."""

    @property
    def filters(self) -> FacetFilters: ...

    @property
    def facets(self) -> Mapping[str, tuple[Option, ...]]: ...

    @property
    def index(self) -> BitIndex: ...


def facets_shown(
    options: Mapping[str, tuple[Option, ...]], labels: Mapping[str, str]
) -> list[Facet]:
    """Those with something to choose: one value alone tells nothing."""
    facets = [Facet(name, labels[name], options[name]) for name in options]
    return [facet for facet in facets if len(facet.options) > 1 or facet.is_open]


def tags_of(
    filters: FacetFilters, index: BitIndex, labels: Mapping[str, str], url: str
) -> list[Tag]:
    return [
        Tag(labels[name], index.names[name][value], url + filters.without(name, value).as_query())
        for name, values in filters.chosen.items()
        for value in values
    ]


def page_of_answers(
    ids: Sequence[int], filters: FacetFilters, *, url: str, size: int, asked: str
) -> dict[str, Any]:
    """What `components/result_pages.html` needs.

    A number that is no page gives the first or the last; so does zero, the first.
    """
    paginator = Paginator(ids, size)
    results = paginator.get_page(asked if asked.lstrip("0") else 1)
    query = filters.as_query()
    return {
        "results": results,
        "page_numbers": paginator.get_elided_page_range(results.number, on_each_side=2),
        "page_start": f"{url}{query}{'&' if query else '?'}page=",
    }
