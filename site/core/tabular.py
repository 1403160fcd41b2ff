"""Reading a spreadsheet that somebody else made: CSV or XLSX in, plain text cells out.

Nothing is guessed in silence: whatever cannot be read for certain is refused in a French sentence
that names the line. Formulas are never evaluated, nor their last value trusted.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from python_calamine import CalamineError, CalamineWorkbook

from core.csv_export import restore
from core.errors import DomainError
from core.workbook_cells import column_letters
from core.workbook_guard import inspect_workbook

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 100
MAX_PROBLEMS = 200

NOT_TABLES = {
    b"%PDF": "C’est un PDF",
    b"\xd0\xcf\x11\xe0": "C’est un ancien fichier Excel (.xls) ou un fichier protégé",
    b"\x89PNG": "C’est une image",
    b"\xff\xd8\xff": "C’est une image",
    b"GIF8": "C’est une image",
    b"\x1f\x8b": "C’est une archive",
}
SPREADSHEET_ERRORS = re.compile(
    r"#(N/A|REF!|VALUE!|VALEUR!|DIV/0!|NAME\?|NOM\?|NUM!|NOMBRE!|NULL!)"
)
BROKEN_ACCENTS = re.compile("Ã[©¨ªƒ«®´»§\N{NO-BREAK SPACE}]|\N{REPLACEMENT CHARACTER}")
"""What « é » looks like once a UTF-8 file was read as another encoding and saved again."""


@dataclass(frozen=True)
class Line:
    """`number` is the line as the spreadsheet counts it, the headings being on line 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    headings: tuple[str, ...]
    lines: tuple[Line, ...]

    def column(self, heading: str) -> int | None:
        """Where this heading stands; case, accents and doubled spaces do not count."""
        wanted = fold(heading)
        for index, known in enumerate(self.headings):
            if fold(known) == wanted:
                return index
        return None

    def value(self, line: Line, heading: str) -> str:
        """The text of one cell, empty when the file has no such column."""
        index = self.column(heading)
        return "" if index is None else line.cells[index]


def fold(text: str) -> str:
    """Headings compared as people read them: « Énoncé  » and « enonce » are the same."""
    decomposed = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).replace("’", "'")


def read_table(content: bytes, *, sheet: str | None = None) -> Table:
    """The cells of a CSV or XLSX file (its first sheet, or the one named).

    The content decides which it is, not the file's name. At most 5 MB, 50 MB unpacked, 10 000
    lines and 100 columns; empty lines are skipped.
    """
    if not content.strip():
        raise DomainError("Ce fichier est vide.")
    if len(content) > MAX_BYTES:
        raise DomainError("Ce fichier dépasse 5 Mo: coupez-le en plusieurs.")
    for start, what in NOT_TABLES.items():
        if content.startswith(start):
            raise DomainError(f"{what}, pas un tableau: enregistrez-le en .xlsx ou en .csv.")
    rows = _xlsx_rows(content, sheet) if content.startswith(b"PK") else _csv_rows(content)
    return _table(rows)


def renamed(table: Table, columns: dict[str, str]) -> Table:
    """The same table under our headings; `columns` gives our heading → theirs."""
    ours = {fold(theirs): our for our, theirs in columns.items()}
    return Table(tuple(ours.get(fold(heading), heading) for heading in table.headings), table.lines)


def parse_number(text: str) -> Decimal:
    """« 1 234,5 » or « 1234.5 ». Both a comma and a point would be a guess: refused."""
    compact = re.sub(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", "", text)
    if not re.fullmatch(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", compact):
        raise DomainError(f"« {_short(text)} » n’est pas un nombre.")
    try:
        return Decimal(compact.replace(",", "."))
    except InvalidOperation as error:
        raise DomainError(f"« {_short(text)} » n’est pas un nombre.") from error


def parse_whole(text: str) -> int:
    """A whole number; « 12,0 », as spreadsheets write it, is 12."""
    number = parse_number(text)
    if number != number.to_integral_value():
        raise DomainError(f"« {_short(text)} » n’est pas un nombre entier.")
    return int(number)


def _csv_rows(content: bytes) -> Iterator[Line]:
    text = _decoded(content)
    first_line = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=_delimiter(first_line),
        skipinitialspace=True,
        strict=True,
    )
    start = 1
    try:
        for cells in reader:
            if any(cells):  # five million empty lines are not worth five million objects
                yield Line(start, tuple(_clean(cell) for cell in cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise DomainError(
            f"Ligne {start}: un guillemet n’est pas refermé, ou la cellule est trop longue."
        ) from error


def _decoded(content: bytes) -> str:
    """UTF-8 (with or without its mark), UTF-16 with its mark, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in content:
        raise DomainError("Ce n’est pas un tableau: enregistrez-le en .xlsx ou en .csv.")
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise DomainError("Encodage inconnu: enregistrez le fichier en « CSV UTF-8 », ou en .xlsx.")
    if BROKEN_ACCENTS.search(text):
        raise DomainError(
            "Les accents de ce fichier sont abîmés (« Ã© » au lieu de « é »): reprenez l’original"
            " et enregistrez-le en « CSV UTF-8 »."
        )
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<table", "<?xml")):
        raise DomainError("C’est une page web, pas un tableau: enregistrez-la en .xlsx ou en .csv.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _delimiter(first_line: str) -> str:
    """The separator seen most often in the headings, outside quotes."""
    bare = re.sub(r'"[^"]*"', "", first_line)
    return max(";,\t", key=bare.count)


def _xlsx_rows(content: bytes, sheet: str | None) -> Iterator[Line]:
    facts = inspect_workbook(content, sheet=sheet, max_rows=MAX_ROWS + 1, max_columns=MAX_COLUMNS)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grid = workbook.get_sheet_by_name(facts.sheet)
        merged = grid.merged_cell_ranges or []
        rows = grid.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise DomainError(
            "Ce fichier Excel est abîmé: ouvrez-le, puis enregistrez-le de nouveau en .xlsx."
        ) from error
    problems = [
        f"La cellule {cell} contient une formule: remplacez-la par sa valeur."
        for cell in facts.formulas
    ]
    for (top, left), (bottom, right) in merged:
        area = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        problems.append(f"Les cellules {area} sont fusionnées: défusionnez-les.")
    if problems:
        raise DomainError(" ".join(problems[:MAX_PROBLEMS]))
    for number, row in enumerate(rows, start=1):
        yield Line(number, tuple(_clean(_text(value)) for value in row))


def _table(rows: Iterable[Line]) -> Table:
    headings: tuple[str, ...] | None = None
    lines: list[Line] = []
    problems: list[str] = []
    for row in rows:
        if not any(row.cells):
            continue
        if headings is None:
            headings = _headings(row)
        elif len(lines) == MAX_ROWS:
            raise DomainError(f"Plus de {MAX_ROWS} lignes: coupez ce fichier en plusieurs.")
        else:
            problems += _line_problems(row, headings)
            lines.append(Line(row.number, row.cells[: len(headings)]))
    if headings is None:
        raise DomainError("Ce fichier est vide.")
    if problems:
        raise DomainError("\n".join(problems[:MAX_PROBLEMS]))
    return Table(headings, tuple(lines))


def _headings(row: Line) -> tuple[str, ...]:
    cells = list(row.cells)
    while not cells[-1]:
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise DomainError(f"Plus de {MAX_COLUMNS} colonnes: gardez celles qui servent.")
    if blank := [column_letters(index) for index, cell in enumerate(cells) if not cell]:
        raise DomainError(f"Ligne {row.number}: la colonne {blank[0]} n’a pas de titre.")
    for heading, times in Counter(fold(cell) for cell in cells).items():
        if times > 1:
            raise DomainError(
                f"Ligne {row.number}: le titre « {_short(heading)} » sert {times} fois; donnez à"
                " chaque colonne le sien."
            )
    return tuple(" ".join(cell.split()) for cell in cells)


def _line_problems(row: Line, headings: tuple[str, ...]) -> Iterator[str]:
    width = len(row.cells)
    if width < len(headings) or any(row.cells[len(headings) :]):
        yield (
            f"Ligne {row.number}: {width} cellules pour {len(headings)} colonnes; un séparateur"
            " ou un guillemet manque sans doute."
        )
    for heading, cell in zip(headings, row.cells, strict=False):
        if SPREADSHEET_ERRORS.fullmatch(cell):
            yield f"Ligne {row.number}, « {heading} »: le tableur y montre une erreur ({cell})."


def _text(value: object) -> str:
    """A cell as a person would type it: 3.0 is « 3 », dates are ISO."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time.min:
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _clean(cell: str) -> str:
    """Trimmed, one kind of line break, and without the apostrophe that our exports add."""
    cell = cell.replace("\r\n", "\n").replace("\0", "").strip(" \t\n\r\N{NO-BREAK SPACE}")
    return restore(cell)


def _short(text: str) -> str:
    longest = 40
    return text if len(text) <= longest else f"{text[:longest]}…"
