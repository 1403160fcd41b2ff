"""Computing the formulas of a workbook that we wrote, exactly: fractions, no rounding of ours.

Only what our workbooks use is known; anything else is an error. `Workbook(content).value(...)`
reads typed values and computes the rest. `fill` types values into it, as a person would.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*")|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<cell>(?:[A-Za-z]+!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"""
    r"""|(?P<name>[A-Z]+)(?=\()|(?P<sign><=|>=|<>|[-+*/(),=<>]))"""
)
Value = Any


def _xml(part: bytes) -> ET.Element:
    return ET.fromstring(part)  # noqa: S314  files that we wrote ourselves


def fill(content: bytes, typed: Mapping[str, int | str]) -> bytes:
    """The same file once its first sheet holds these values (`{"C2": 3, "D2": "NSP"}`)."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            part = source.read(name)
            copy.writestr(name, _typed(part, typed) if name.endswith("sheet1.xml") else part)
    return target.getvalue()


def _typed(part: bytes, typed: Mapping[str, int | str]) -> bytes:
    root = _xml(part)
    data = root.find(f"{MAIN}sheetData")
    rows = {row.get("r"): row for row in data}
    for place, value in typed.items():
        number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if number not in rows:
            rows[number] = ET.SubElement(data, f"{MAIN}row", r=number)
        row = rows[number]
        for cell in [cell for cell in row if cell.get("r") == place]:
            row.remove(cell)
        cell = ET.SubElement(row, f"{MAIN}c", r=place)
        if isinstance(value, int):
            ET.SubElement(cell, f"{MAIN}v").text = str(value)
        else:
            cell.set("t", "inlineStr")
            ET.SubElement(ET.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = value
    for row in data:
        row[:] = sorted(row, key=lambda cell: (len(cell.get("r")), cell.get("r")))
    return ET.tostring(root, xml_declaration=True, encoding="UTF-8")


class Workbook:
    def __init__(self, content: bytes) -> None:
        self.cells: dict[tuple[str, str], Value] = {}
        self.formulas: dict[tuple[str, str], str] = {}
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            shared = _shared(package)
            names = [
                sheet.get("name")
                for sheet in _xml(package.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
            ]
            for number, name in enumerate(names, start=1):
                self._read(name, package.read(f"xl/worksheets/sheet{number}.xml"), shared)
        self.names = names

    def _read(self, sheet: str, part: bytes, shared: list[str]) -> None:
        for cell in _xml(part).iter(f"{MAIN}c"):
            place = (sheet, cell.get("r"))
            formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
            if formula is not None:
                self.formulas[place] = formula.text
            elif cell.get("t") == "inlineStr":
                self.cells[place] = "".join(each.text or "" for each in cell.iter(f"{MAIN}t"))
            elif value is not None and cell.get("t") == "s":
                self.cells[place] = shared[int(value.text)]
            elif value is not None:
                self.cells[place] = Fraction(value.text)

    def value(self, sheet: str, place: str) -> Value:
        """A number, a text, or None for an empty cell."""
        key = (sheet, place)
        if key not in self.cells and key in self.formulas:
            self.cells[key] = _Reader(self, sheet, self.formulas[key]).result()
        return self.cells.get(key)


def _shared(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    root = _xml(package.read("xl/sharedStrings.xml"))
    return ["".join(each.text or "" for each in one.iter(f"{MAIN}t")) for one in root]


class _Reader:
    """Recursive descent: comparison, then sums, then products, then one thing."""

    def __init__(self, book: Workbook, sheet: str, formula: str) -> None:
        self.book, self.sheet = book, sheet
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(formula):
            found = TOKEN.match(formula, place)
            assert found, f"formule inconnue: {formula[place : place + 30]}"
            kind = str(found.lastgroup)
            self.tokens.append((kind, found[kind]))
            place = found.end()
        self.at = 0

    def result(self) -> Value:
        value = self._compare()()
        assert self.at == len(self.tokens)
        return value

    def _next(self, *signs: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] in [("sign", s) for s in signs]:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def _compare(self) -> Callable[[], Value]:
        left = self._sum()
        sign = self._next("<=", ">=", "<>", "=", "<", ">")
        return _each(_COMPARED[sign], left, self._sum()) if sign else left

    def _sum(self) -> Callable[[], Value]:
        left = self._product()
        while sign := self._next("+", "-"):
            left = _each(_COMPUTED[sign], left, self._product())
        return left

    def _product(self) -> Callable[[], Value]:
        left = self._one()
        while sign := self._next("*", "/"):
            left = _each(_COMPUTED[sign], left, self._one())
        return left

    def _one(self) -> Callable[[], Value]:
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return lambda: Fraction(text)
        if kind == "text":
            return lambda: text[1:-1]
        if kind == "cell":
            return lambda: self._look_up(text)
        if kind == "name":
            return self._call(text)
        assert text == "(", text
        inside = self._compare()
        assert self._next(")")
        return inside

    def _call(self, name: str) -> Callable[[], Value]:
        assert self._next("(")
        arguments = [self._compare()]
        while self._next(","):
            arguments.append(self._compare())
        assert self._next(")")
        if name == "IF":
            test, yes, no = arguments
            return lambda: yes() if test() else no()
        if name == "IFERROR":
            return lambda: _or_else(*arguments)
        return lambda: _FUNCTIONS[name](*[argument() for argument in arguments])

    def _look_up(self, text: str) -> Value:
        sheet, _, area = text.replace("$", "").rpartition("!")
        first, _, last = area.partition(":")
        if not last:
            return self.book.value(sheet or self.sheet, first)
        return [self.book.value(sheet or self.sheet, place) for place in _places(first, last)]


def _places(first: str, last: str) -> list[str]:
    (left, top), (right, bottom) = (_coordinates(place) for place in (first, last))
    return [
        f"{letters_of(column)}{row}"
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]


def _coordinates(place: str) -> tuple[int, int]:
    letters = place.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column, int(place[len(letters) :])


def letters_of(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _each(act: Callable, left: Callable[[], Value], right: Callable[[], Value]) -> Callable:
    """On two values, or on a whole column and what it is compared with."""

    def compute() -> Value:
        one, two = left(), right()
        if isinstance(one, list) and isinstance(two, list):
            return [act(a, b) for a, b in zip(one, two, strict=True)]
        if isinstance(one, list):
            return [act(a, two) for a in one]
        return act(one, two)

    return compute


def _number(value: Value) -> Value:
    return Fraction(0) if value in (None, "") else Fraction(value)


def _same(one: Value, two: Value) -> bool:
    """Text is compared without its case; an empty cell is an empty text."""
    first, second = ("" if each is None else each for each in (one, two))
    if isinstance(first, str) and isinstance(second, str):
        return first.upper() == second.upper()
    return type(first) is type(second) and first == second


_COMPARED: dict[str, Callable] = {
    "=": _same,
    "<>": lambda one, two: not _same(one, two),
    "<": lambda one, two: _number(one) < _number(two),
    ">": lambda one, two: _number(one) > _number(two),
    "<=": lambda one, two: _number(one) <= _number(two),
    ">=": lambda one, two: _number(one) >= _number(two),
}
_COMPUTED: dict[str, Callable] = {
    "+": lambda one, two: _number(one) + _number(two),
    "-": lambda one, two: _number(one) - _number(two),
    "*": lambda one, two: _number(one) * _number(two),
    "/": lambda one, two: _number(one) / _number(two),
}


def _numbers(values: list[Value]) -> list[Fraction]:
    return [value for value in values if isinstance(value, Fraction)]


def _rank(value: Fraction, values: list[Value], ascending: Fraction) -> Fraction:
    assert ascending == 1
    return Fraction(1 + sum(each < value for each in _numbers(values)))


def _match(value: Value, values: list[Value], kind: Fraction) -> int:
    assert kind == 0
    return values.index(value) + 1


def _or_else(found: Callable[[], Value], other: Callable[[], Value]) -> Value:
    try:
        return found()
    except (ValueError, ZeroDivisionError):
        return other()


def _round(value: Fraction, places: Fraction) -> Fraction:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Fraction(exact.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))


_FUNCTIONS: dict[str, Callable] = {
    "SUM": lambda *values: sum(_numbers(_flat(values)), Fraction(0)),
    "SUMPRODUCT": lambda values: sum((_number(value) for value in values), Fraction(0)),
    "COUNTA": lambda values: Fraction(sum(value is not None for value in values)),
    "COUNTIF": lambda values, wanted: Fraction(sum(_same(value, wanted) for value in values)),
    "SMALL": lambda values, place: sorted(_numbers(values))[int(place) - 1],
    "RANK": _rank,
    "ROUND": _round,
    "INDEX": lambda values, place: values[int(place) - 1],
    "MATCH": _match,
}


def _flat(values: tuple[Value, ...]) -> list[Value]:
    return [one for value in values for one in (value if isinstance(value, list) else [value])]
