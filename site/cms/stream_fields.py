"""A field of blocks whose migrations do not repeat the blocks (STYLE.md §2.3, §2.8)."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class BlocksField(StreamField):
    """Blocks may be added, renamed in words or refined without a migration.

    The price: in a migration its rows look empty. A migration of contents reads and writes the
    column itself (`update`, JSON), it never saves such a row.
    """

    def __init__(self, block_types: Any = (), **kwargs) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
