"""Walking the cells of a sheet as the parser will, without keeping any: where, how much, formulas.

The walk is that of a strict XML parser: whatever could be read in two ways is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.parsers import expat

from core.errors import DomainError

ADDRESS = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
VALUES = frozenset({"v", "is", "f", "t"})


class BrokenSheetError(Exception):
    """Not well-formed, or an address that is none."""


@dataclass(frozen=True)
class SheetLimits:
    """`characters` is what the cells may hold together, a shared text being counted each time."""

    rows: int
    columns: int
    characters: int


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_lengths(xml: bytes) -> list[int]:
    """Characters of each shared text, in order."""
    lengths: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            lengths.append(0)

    def characters(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    _walk(xml, StartElementHandler=start, CharacterDataHandler=characters)
    return lengths


def formulas_of(xml: bytes, limits: SheetLimits, lengths: Sequence[int]) -> tuple[str, ...]:
    """Where formulas are; DomainError for values too far away or too long together."""
    cells = _Cells(limits, lengths)
    _walk(
        xml,
        StartElementHandler=cells.start,
        EndElementHandler=cells.end,
        CharacterDataHandler=cells.characters,
        CommentHandler=cells.interruption,
        StartCdataSectionHandler=cells.interruption,
        ProcessingInstructionHandler=cells.interruption,
    )
    return tuple(cells.formulas)


class _Cells:
    """The position in a sheet: a cell or a row without address follows the one before."""

    def __init__(self, limits: SheetLimits, lengths: Sequence[int]) -> None:
        self.limits = limits
        self.lengths = lengths
        self.formulas: list[str] = []
        self.row = self.column = self.cell_row = 0
        self.told = 0
        self.is_shared = False
        self.index: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "c":
            self._cell(attributes)
        elif name in VALUES:
            self._ensure_near()
            if name == "f":
                self.formulas.append(f"{column_letters(self.column - 1)}{self.cell_row}")
            elif name == "v" and self.is_shared:
                self.index = ""
        elif name == "row":
            number = attributes.get("r", str(self.row + 1))
            if not re.fullmatch(r"\d{1,7}", number):
                raise BrokenSheetError
            self.row, self.column = int(number), 0

    def end(self, name: str) -> None:
        if self.index is None or _local(name) != "v":
            return
        if not re.fullmatch(r"\s*\d{1,9}\s*", self.index):
            raise BrokenSheetError
        number, self.index = int(self.index), None
        self.told += self.lengths[number] if number < len(self.lengths) else 0
        if self.told > self.limits.characters:
            megabytes = self.limits.characters // 1024**2
            raise DomainError(
                f"Une fois décompressé, ce fichier dépasse {megabytes} Mo: il est refusé."
            )

    def characters(self, text: str) -> None:
        if self.index is not None:
            self.index += text

    def interruption(self, *_said: str) -> None:
        """A comment inside a number cuts it for some readers and not for others."""
        if self.index is not None:
            raise BrokenSheetError

    def _cell(self, attributes: dict[str, str]) -> None:
        self.is_shared = attributes.get("t") == "s"
        address = attributes.get("r")
        if address is None:
            self.column, self.cell_row = self.column + 1, self.row
            return
        found = ADDRESS.fullmatch(address)
        if found is None:
            raise BrokenSheetError
        self.column, self.cell_row = _column_number(found.group(1)), int(found.group(2))

    def _ensure_near(self) -> None:
        rows, columns = self.limits.rows, self.limits.columns
        if self.cell_row > rows:
            raise DomainError(f"Plus de {rows - 1} lignes: coupez ce fichier en plusieurs.")
        if self.column > columns:
            raise DomainError(f"Plus de {columns} colonnes: gardez celles qui servent.")


def _walk(xml: bytes, **handlers: object) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise BrokenSheetError from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
