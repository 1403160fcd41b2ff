"""One cell of a table of figures: a number, a symbol of the source, or both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import DomainError
from core.tabular import fold, parse_number
from reference.enums import ValueStatus

SYMBOLS: dict[str, str] = {
    "x": ValueStatus.SUPPRESSED,
    "f": ValueStatus.SUPPRESSED,
    "..": ValueStatus.NOT_AVAILABLE,
    "...": ValueStatus.NOT_AVAILABLE,
    "e": ValueStatus.ESTIMATED,
    "p": ValueStatus.ESTIMATED,
    "d": ValueStatus.ESTIMATED,
    "r": ValueStatus.PUBLISHED,
    "a": ValueStatus.PUBLISHED,
    "b": ValueStatus.PUBLISHED,
    "c": ValueStatus.PUBLISHED,
    "0s": ValueStatus.ROUNDED,
}
"""Statistics Canada's: x and F hide, « .. » and « ... » lack, E, p and D call for care, r is
revised, A to C tell a good quality."""
SYMBOL_WORDS = {
    "x": "masqué par la source pour ne révéler rien de personne",
    "F": "trop peu fiable pour être publié",
    "..": "non disponible pour cette période",
    "...": "sans objet",
    "E": "à lire avec prudence",
    "D": "à lire avec prudence",
    "p": "provisoire",
    "r": "révisé",
    "0s": "arrondi à zéro",
}
WITHOUT_NUMBER = (ValueStatus.SUPPRESSED, ValueStatus.NOT_AVAILABLE)
FEWER_THAN = re.compile(r"(?:<|moins de|less than)\s*(\d+)", re.IGNORECASE)
NUMBER_THEN_SYMBOL = re.compile(r"(.*\d[%$]?)\s*([A-Fprs]|0s)")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
ENGLISH = re.compile(r"[+-]?\d{1,3}(,\d{3})*(\.\d*)?")
LONGEST_SYMBOL = 12
PLACES = Decimal("0.000001")
LARGEST = Decimal(10) ** 13


@dataclass(frozen=True)
class Told:
    """What a cell says. `number` is None exactly when the status has none to show."""

    number: Decimal | None
    status: str
    symbol: str = ""


def read_cell(
    text: str, *, flag: str = "", numbers: str = "", statuses: Mapping[str, str] | None = None
) -> Told | None:
    """The figure of a cell, with what its status column adds; None when neither says anything.

    A number beside a symbol that hides, and a symbol we do not know, are refused.
    """
    said = _status_of(flag, statuses or {}) if flag else None
    text = text.strip()
    if not text:
        if said is not None and said[0] not in WITHOUT_NUMBER:
            raise DomainError(f"le statut « {flag} » annonce un chiffre, et la case est vide.")
        return Told(None, *said) if said else None
    told = _number_or_symbol(text, numbers)
    if said is None:
        return told
    status, symbol = said
    if status in WITHOUT_NUMBER and told.number is not None:
        raise DomainError(f"le statut « {flag} » cache un chiffre, et la case en donne un.")
    if told.number is None:
        return told
    return Told(told.number, status, symbol)


def _number_or_symbol(text: str, numbers: str) -> Told:
    if text.lower() in SYMBOLS:
        symbol = "x" if text in "xX" else text
        status = SYMBOLS[text.lower()]
        if status not in WITHOUT_NUMBER:
            raise DomainError(f"« {text} » n’est pas accompagné de son chiffre.")
        return Told(None, status, symbol)
    if fewer := FEWER_THAN.fullmatch(text):
        return Told(None, ValueStatus.SUPPRESSED, f"< {fewer.group(1)}"[:LONGEST_SYMBOL])
    symbol, status = "", str(ValueStatus.PUBLISHED)
    if marked := NUMBER_THEN_SYMBOL.fullmatch(text):
        text, symbol = marked.group(1), marked.group(2)
        status = SYMBOLS[symbol.lower()]
        if status in WITHOUT_NUMBER:
            raise DomainError(f"« {symbol} » cache un chiffre, et la case en donne un.")
    return Told(_number(text.rstrip("%$ \N{NO-BREAK SPACE}"), numbers), status, symbol)


def _number(text: str, numbers: str) -> Decimal:
    if numbers == "en" and ENGLISH.fullmatch(text):
        number = Decimal(text.replace(",", ""))
    elif not numbers and THOUSANDS.fullmatch(text):
        raise DomainError(
            f"« {text} » se lit de deux façons: dites dans la correspondance si la virgule sépare"
            ' les milliers (numbers = "en") ou les décimales (numbers = "fr").'
        )
    else:
        number = parse_number(text)
    if abs(number) >= LARGEST:
        raise DomainError(f"« {text} » est trop grand pour un chiffre de portrait.")
    return number.quantize(PLACES)


def _status_of(flag: str, statuses: Mapping[str, str]) -> tuple[str, str]:
    """(status, symbol): the mapping's word for it, else a symbol of Statistics Canada."""
    if fold(flag) in statuses:
        return statuses[fold(flag)], ""
    if fold(flag) in SYMBOLS:
        return SYMBOLS[fold(flag)], flag[:LONGEST_SYMBOL]
    raise DomainError(f"statut inconnu « {flag} »: dites ce qu’il veut dire ([statuses]).")
