"""van der Eijk's A as formulas: what `statistics.agreement` computes, a row for each layer.

A layer is what is left once the smaller ones are peeled off: the k-th smallest count is its
threshold, the levels that reach it are its pattern, and its height is what it adds to the one
below. A layer of no height weighs nothing.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

SHEET = "Calcul"
THRESHOLD, HEIGHT, FILLED, UNIMODAL, BIMODAL, WEIGHT, FIRST_BIT = range(2, 9)
HEADINGS = ("N°", "Couche", "Seuil", "Hauteur", "Niveaux", "110 ou 011", "101", "Accord × poids")


class AgreementPage:
    """The page « Calcul »: `write` adds a question and gives the formula of its agreement."""

    def __init__(self, book, count_sheet: str) -> None:
        self.book, self.count_sheet, self.row = book, count_sheet, 1
        self.sheet = book.add_worksheet(SHEET)
        self.sheet.write_row(0, 0, HEADINGS, book.add_format({"bold": True}))

    def write(self, rank: int, levels: list[str]) -> str:
        """`levels` are the cells that count each level, from the first to the last."""
        first = self.row
        for layer in range(1, len(levels) + 1):
            self._write_layer(rank, layer, [f"{self.count_sheet}!{level}" for level in levels])
            self.row += 1
        weights = f"{SHEET}!{_cell(first, WEIGHT)}:{_cell(self.row - 1, WEIGHT)}"
        return f"SUM({weights})/SUM({levels[0]}:{levels[-1]})"

    def close(self) -> None:
        self.sheet.set_column(0, FIRST_BIT + 7, 11)
        self.sheet.protect()

    def _write_layer(self, rank: int, layer: int, levels: list[str]) -> None:
        row, size = self.row, len(levels)
        self.sheet.write_number(row, 0, rank)
        self.sheet.write_number(row, 1, layer)
        threshold, below = _cell(row, THRESHOLD), _cell(row - 1, THRESHOLD)
        every = f"{levels[0]}:{levels[-1].partition('!')[2]}"
        bits = [_cell(row, FIRST_BIT + place) for place in range(size)]
        found = {
            THRESHOLD: f"SMALL({every},{layer})",
            HEIGHT: f"{threshold}-{below}" if layer > 1 else threshold,
            FILLED: f"SUM({bits[0]}:{bits[-1]})",
            UNIMODAL: _triples(bits, _cell(row, FILLED), "({b}*({b}-1)+{a}*({a}-1))/2"),
            BIMODAL: _triples(bits, _cell(row, FILLED), "{b}*{a}"),
            WEIGHT: _weight(row, size),
        }
        for place, level in enumerate(levels):
            found[FIRST_BIT + place] = f"IF({level}>={threshold},1,0)"
        for column, formula in found.items():
            self.sheet.write_formula(row, column, f"={formula}", None, "")


def _triples(bits: list[str], filled: str, pairs: str) -> str:
    """Counted from each empty level: `b` levels are filled before it, `a` after it."""
    terms = []
    for place, bit in enumerate(bits):
        before = f"SUM({bits[0]}:{bits[place - 1]})" if place else "0"
        around = pairs.format(b=before, a=f"({filled}-{before})")
        terms.append(f"(1-{bit})*{around}")
    return "+".join(terms)


def _weight(row: int, size: int) -> str:
    """The layer's agreement, as many times as it holds answers."""
    filled, uni, bi = (_cell(row, column) for column in (FILLED, UNIMODAL, BIMODAL))
    unimodality = f"({size - 2}*{uni}-{size - 1}*{bi})/({size - 2}*({uni}+{bi}))"
    layer = f"IF({filled}=1,1,IF({uni}+{bi}=0,0,{unimodality}*(1-({filled}-1)/{size - 1})))"
    return f"{_cell(row, HEIGHT)}*{filled}*{layer}"


def _cell(row: int, column: int) -> str:
    return f"${xl_col_to_name(column)}${row + 1}"
