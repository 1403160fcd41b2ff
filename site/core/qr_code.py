"""A code to scan as one SVG path: modules in Python, drawing in `templates/components/qr.html`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import segno

QUIET_ZONE = 4
"""Light modules around the code: fewer, and old phones miss it (ISO/IEC 18004)."""


@dataclass(frozen=True)
class QrCode:
    """`size`: modules on a side, quiet zone included. `path`: runs of dark modules."""

    text: str
    size: int
    path: str


@lru_cache(maxsize=16)  # the wall shows the same one each second, for a whole evening
def qr_code(text: str) -> QrCode:
    """The code of a short text, with medium error correction: part of it may be hidden or dirty."""
    matrix = segno.make_qr(text, error="m").matrix
    runs: list[str] = []
    for y, row in enumerate(matrix, QUIET_ZONE):
        x = 0
        while x < len(row):
            width = 0
            while x + width < len(row) and row[x + width]:
                width += 1
            if width:
                runs.append(f"M{x + QUIET_ZONE} {y}h{width}v1h-{width}z")
            x += width + 1
    return QrCode(text, len(matrix) + 2 * QUIET_ZONE, "".join(runs))
