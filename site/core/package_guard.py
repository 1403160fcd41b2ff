"""Looking into an office file before any parser does: size once unpacked, entities, twins.

An XLSX or a DOCX is a zip of XML. A small one can unpack to gigabytes or declare entities.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from core.errors import DomainError

CHUNK = 256 * 1024
MEGABYTE = 1024 * 1024
DECLARED_ENCODING = re.compile(rb'^\s*<\?xml[^>]*encoding\s*=\s*["\']([^"\']+)["\']', re.IGNORECASE)
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
)


@dataclass(frozen=True)
class PackageLimits:
    """`ratio`: how many times its packed size a big member may take; `broken`: what is said of a
    file that is no sound package."""

    broken: str
    unpacked: int = 50 * MEGABYTE
    members: int = 2_000
    ratio: int | None = None

    @property
    def too_big(self) -> str:
        return (
            f"Une fois décompressé, ce fichier dépasse {self.unpacked // MEGABYTE} Mo: "
            "il est refusé."
        )


@dataclass(frozen=True)
class Package:
    """XML parts by name, and the names of all members."""

    parts: dict[str, bytes]
    names: tuple[str, ...]


def read_package(content: bytes, limits: PackageLimits) -> Package:
    """The XML of an office file. Refuses what is broken, locked, too big, or not plain XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpacked(archive, limits)
    except BROKEN_ZIP as error:
        raise DomainError(limits.broken) from error
    except RuntimeError as error:  # zipfile says so when a member is encrypted
        raise DomainError("Ce fichier est protégé par un mot de passe: retirez-le.") from error


def refuse_bomb(file: IO[bytes], limits: PackageLimits) -> None:
    """For a zip that is kept and handed on, never unpacked here: what its headers announce."""
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_announced(archive, limits)
    except BROKEN_ZIP as error:
        raise DomainError(limits.broken) from error


def _refuse_announced(archive: zipfile.ZipFile, limits: PackageLimits) -> None:
    members = archive.infolist()
    # Two readers could each take another of two twins.
    if len({_part_name(member).lower() for member in members}) < len(members):
        raise DomainError(limits.broken)
    if len(members) > limits.members or sum(m.file_size for m in members) > limits.unpacked:
        raise DomainError(limits.too_big)
    if limits.ratio and any(_swells(member, limits.ratio) for member in members):
        raise DomainError(limits.too_big)


def _unpacked(archive: zipfile.ZipFile, limits: PackageLimits) -> Package:
    """What headers announce is refused unopened; then all is counted, for a header may lie."""
    _refuse_announced(archive, limits)
    members = archive.infolist()
    names = tuple(_part_name(member) for member in members)
    parts: dict[str, bytes] = {}
    total = 0
    for member, name in zip(members, names, strict=True):
        pieces = []
        for piece in _pieces(archive, member):
            total += len(piece)
            if total > limits.unpacked:
                raise DomainError(limits.too_big)
            pieces.append(piece)
        if name.lower().endswith((".xml", ".rels")):
            parts[name] = b"".join(pieces)
            _refuse_unsafe_xml(parts[name])
    return Package(parts, names)


def _swells(member: zipfile.ZipInfo, ratio: int) -> bool:
    return member.file_size > MEGABYTE and member.file_size > ratio * max(member.compress_size, 1)


def _part_name(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").lstrip("/")


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        while piece := file.read(CHUNK):
            yield piece


def _refuse_unsafe_xml(xml: bytes) -> None:
    """No office program writes entities or another encoding than UTF-8 in its files."""
    declared = DECLARED_ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf"))
    foreign = declared and declared.group(1).lower() not in {b"utf-8", b"utf8", b"us-ascii"}
    if foreign or b"\0" in xml or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise DomainError(
            "Ce fichier contient des entités XML ou un encodage inattendu: il est refusé."
        )
