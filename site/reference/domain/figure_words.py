"""A figure as people read it: its value with its unit, or why there is none."""

from __future__ import annotations

import re
from decimal import Decimal

from core.typography import NBSP, fr_number
from reference.domain.imports.indicator_cells import SYMBOL_WORDS
from reference.enums import SHOWN_STATUSES, ValueStatus

PLURAL_FROM = 2
INVARIABLE = ("mois",)
CLOSE_SIGNS = ("%", "$")
NOT_AT_THIS_SCALE = "pas de chiffre publié pour ce lieu"
FEWER = "< "


def value_words(value: Decimal, unit: str, decimals: int) -> str:
    """« 3 672 personnes », « 18,4 % », « 1 ménage »."""
    number = fr_number(value, decimals)
    if not unit:
        return number
    return f"{number}{NBSP}{unit_words(value, unit)}"


def unit_words(value: Decimal, unit: str) -> str:
    """Plural from two on, as in French."""
    if abs(value) >= PLURAL_FROM or unit in (*CLOSE_SIGNS, *INVARIABLE):
        return unit
    return re.sub(r"s(?=$|/)", "", unit, count=1)


def status_words(status: str, symbol: str) -> str:
    """Empty for a plain figure; otherwise what to know of it, or why it is not there."""
    if symbol.startswith(FEWER):
        return f"moins de {symbol.removeprefix(FEWER)}, masqué par la source"
    if symbol in SYMBOL_WORDS:
        return SYMBOL_WORDS[symbol]
    return "" if status == ValueStatus.PUBLISHED else str(ValueStatus(status).label)


def is_shown(value: Decimal | None, status: str) -> bool:
    return value is not None and status in SHOWN_STATUSES
