"""Looking into an XLSX before any parser does: size once unpacked, entities, far-away cells.

A workbook is a zip of XML. A small one can unpack to gigabytes, declare entities, or put one value
in the last cell of the last column so that a reader makes room for billions.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from core.errors import DomainError

MAX_UNPACKED = 50 * 1024 * 1024
MAX_MEMBERS = 2_000
CHUNK = 256 * 1024
TAG = re.compile(rb"<(?:\w+:)?(row|c|f)\b([^>]*?)(/?)>")
ADDRESS = re.compile(rb'\br\s*=\s*["\']([A-Z]{0,3})(\d{1,7})["\']')
DECLARED_ENCODING = re.compile(rb'^\s*<\?xml[^>]*encoding\s*=\s*["\']([^"\']+)["\']', re.IGNORECASE)
REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BROKEN = "Ce fichier Excel est abîmé: ouvrez-le, puis enregistrez-le de nouveau en .xlsx."
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
)
NOT_A_WORKBOOK = "Ce n’est pas un tableau .xlsx: enregistrez-le en .xlsx ou en .csv."


@dataclass(frozen=True)
class WorkbookFacts:
    """Which sheet will be read, and where it holds formulas (« B2 »)."""

    sheet: str
    formulas: tuple[str, ...]


def inspect_workbook(
    content: bytes, *, sheet: str | None, max_rows: int, max_columns: int
) -> WorkbookFacts:
    """Refuse a workbook that is not safe to parse; say what its sheet holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _unpacked_parts(archive)
    except BROKEN_ZIP as error:
        raise DomainError(BROKEN) from error
    except RuntimeError as error:  # zipfile says so when a member is encrypted
        raise DomainError("Ce fichier est protégé par un mot de passe: retirez-le.") from error
    if "xl/workbook.xml" not in parts:
        raise DomainError(NOT_A_WORKBOOK)
    sheets = _sheets(parts)
    name = sheet if sheet is not None else next(iter(sheets))
    if name not in sheets:
        raise DomainError(f"Il n’y a pas de feuille « {name} » dans ce fichier.")
    formulas: tuple[str, ...] = ()
    for sheet_name, part in sheets.items():
        found = _inspect_sheet(parts.get(part, b""), max_rows, max_columns)
        if sheet_name == name:
            formulas = found
    return WorkbookFacts(name, formulas)


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _unpacked_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """XML parts by name, all members being unpacked and counted (a header may lie)."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise DomainError("Une fois décompressé, ce fichier dépasse 50 Mo: il est refusé.")
    parts: dict[str, bytes] = {}
    total = 0
    for member in members:
        pieces = []
        for piece in _pieces(archive, member):
            total += len(piece)
            if total > MAX_UNPACKED:
                raise DomainError("Une fois décompressé, ce fichier dépasse 50 Mo: il est refusé.")
            pieces.append(piece)
        if member.filename.endswith((".xml", ".rels")):
            name = member.filename.lstrip("/")
            parts[name] = b"".join(pieces)
            _refuse_unsafe_xml(parts[name])
    return parts


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        while piece := file.read(CHUNK):
            yield piece


def _refuse_unsafe_xml(xml: bytes) -> None:
    """No office program writes entities or another encoding than UTF-8 in a workbook."""
    declared = DECLARED_ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf"))
    foreign = declared and declared.group(1).lower() not in {b"utf-8", b"utf8", b"us-ascii"}
    if foreign or b"\0" in xml or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise DomainError(
            "Ce fichier contient des entités XML ou un encodage inattendu: il est refusé."
        )


def _sheets(parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet names in order, with the part that holds each."""
    try:
        workbook = ET.fromstring(parts["xl/workbook.xml"])  # noqa: S314  entities refused above
        links = ET.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<r/>"))  # noqa: S314
    except ET.ParseError as error:
        raise DomainError(BROKEN) from error
    targets = {
        link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip(
            "/"
        )
        for link in links
        if "worksheet" in link.get("Type", "")
    }
    sheets = {
        element.get("name", ""): targets[element.get(REFERENCE)]
        for element in workbook.iter()
        if element.tag.endswith("}sheet") and element.get(REFERENCE) in targets
    }
    if not sheets:
        raise DomainError(NOT_A_WORKBOOK)
    return sheets


def _inspect_sheet(xml: bytes, max_rows: int, max_columns: int) -> tuple[str, ...]:
    """Refuse values too far down or right; return where formulas are."""
    row, column, at_row, formulas = 0, 0, 0, []
    for tag in TAG.finditer(xml):
        name, attributes, closed = tag.groups()
        address = ADDRESS.search(attributes)
        if name == b"row":
            row, column = int(address.group(2)) if address else row + 1, 0
            continue
        if name == b"f":
            formulas.append(f"{column_letters(column - 1)}{at_row}")
            continue
        column = _column_number(address.group(1)) if address else column + 1
        at_row = int(address.group(2)) if address else row
        if closed:
            continue
        if at_row > max_rows:
            raise DomainError(f"Plus de {max_rows - 1} lignes: coupez ce fichier en plusieurs.")
        if column > max_columns:
            raise DomainError(f"Plus de {max_columns} colonnes: gardez celles qui servent.")
    return tuple(formulas)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
