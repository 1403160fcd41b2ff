"""The texts of a page, read from the fields that it says are searched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wagtail.search.index import RelatedFields, SearchField

if TYPE_CHECKING:
    from cms.models import BasePage

ASIDE = ("title", "indexed_stems")


def searched_texts(page: BasePage) -> list[str]:
    """Plain texts of every searched field but the title, in the order of the fields."""
    return [text for field in page.get_search_fields() for text in _read(page, field)]


def _read(holder: Any, field: object) -> Iterator[str]:
    if isinstance(field, SearchField) and field.field_name not in ASIDE:
        yield from _strings(field.get_value(holder))
    elif isinstance(field, RelatedFields):
        related = field.get_value(holder)
        rows = related.all() if hasattr(related, "all") else [related] if related else []
        for row in rows:
            for below in field.fields:
                yield from _read(row, below)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if text := value.strip():
            yield text
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
