"""Looking into an XLSX before any parser does: size once unpacked, entities, far-away cells.

A small one can put one value in the last cell of the last column, so that a reader makes room for
billions.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from core.errors import DomainError
from core.package_guard import PackageLimits, read_package
from core.workbook_cells import BrokenSheetError, SheetLimits, formulas_of, text_lengths

REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BROKEN = "Ce fichier Excel est abîmé: ouvrez-le, puis enregistrez-le de nouveau en .xlsx."
LIMITS = PackageLimits(broken=BROKEN)
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
    parts = read_package(content, LIMITS).parts
    if "xl/workbook.xml" not in parts:
        raise DomainError(NOT_A_WORKBOOK)
    sheets = _sheets(parts)
    name = sheet if sheet is not None else next(iter(sheets))
    if name not in sheets:
        raise DomainError(f"Il n’y a pas de feuille « {name} » dans ce fichier.")
    if sheets[name] not in parts:
        raise DomainError(BROKEN)
    limits = SheetLimits(rows=max_rows, columns=max_columns, characters=LIMITS.unpacked)
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
