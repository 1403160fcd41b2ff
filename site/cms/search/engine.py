"""The search of the admin's lists and choosers: the database's own, which nothing typed breaks.

Upstream on SQLite, one quotation mark is a syntax error; and a list that is searched within a
filter (« a des sous-pages », an étiquette) is refused when the filter's column is not in the index.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from wagtail.search.backends import database


class Forgiving:
    """Before the class of the engine: what is typed is words, and the queryset filters itself."""

    def _search(self, compiler: type, query: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            query = " ".join(query.replace('"', " ").split())
        return super()._search(_without_check(compiler), query, *args, **kwargs)  # type: ignore[misc]


class FilteredByItself:
    """These engines search within the queryset: its filters need not be in the index."""

    def _get_filters_from_queryset(self, check_only: bool = False) -> None:
        return None


@cache
def _without_check(compiler: type) -> type:
    return type(compiler.__name__, (FilteredByItself, compiler), {})


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 (the name that is looked for)
    """The engine of this database, made forgiving."""
    engine: Any = type(database.SearchBackend(params))
    return _forgiving(engine)(params)


@cache
def _forgiving(engine: type) -> type:
    return type(engine.__name__, (Forgiving, engine), {})
