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
from core.workbook_cells import BrokenSheetError, SheetLimits, formulas_of, text_lengths

MAX_UNPACKED = 50 * 1024 * 1024
MAX_MEMBERS = 2_000
CHUNK = 256 * 1024
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
    if sheets[name] not in parts:
        raise DomainError(BROKEN)
    limits = SheetLimits(rows=max_rows, columns=max_columns, characters=MAX_UNPACKED)
    shared = [xml for part, xml in parts.items() if part.lower().endswith("sharedstrings.xml")]
    if len(shared) > 1:  # the one that is measured here may not be the one that is read
        raise DomainError(BROKEN)
    try:
        lengths = text_lengths(shared[0]) if shared else []
        # Whatever the workbook calls it, a part with cells is one that the parser could open.
        found = {
            part: formulas_of(xml, limits, lengths)
            for part, xml in parts.items()
            if b"sheetData" in xml
        }
    except BrokenSheetError as error:
        raise DomainError(BROKEN) from error
    return WorkbookFacts(name, found.get(sheets[name], ()))


def _unpacked_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """XML parts by name, all members being unpacked and counted (a header may lie)."""
    members = archive.infolist()
    # Two readers could each take another of two twins.
    if len({_part_name(member).lower() for member in members}) < len(members):
        raise DomainError(BROKEN)
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
        if member.filename.lower().endswith((".xml", ".rels")):
            name = _part_name(member)
            parts[name] = b"".join(pieces)
            _refuse_unsafe_xml(parts[name])
    return parts


def _part_name(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").lstrip("/")


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
