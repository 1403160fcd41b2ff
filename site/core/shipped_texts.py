"""Texts of ours that are shipped as TOML files, with the typography of our pages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from core.typography import fr_typo_html


def read_shipped_texts(path: Path) -> dict[str, Any]:
    """What the file says: each text trimmed and put right, whatever holds it."""
    return _put_right(tomllib.loads(path.read_text(encoding="utf-8")))


def _put_right(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _put_right(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_put_right(one) for one in value]
    return fr_typo_html(value.strip()) if isinstance(value, str) else value
