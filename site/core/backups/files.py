"""The files of both storages, out and back, whatever the storage is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.core.files.storage import storages

from core.storages import read_pieces

ALIASES = ("default", "private")
CHUNK = 1024 * 1024
IGNORED = {".gitkeep"}


def imprint(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def imprint_of(path: Path) -> str:
    with path.open("rb") as file:
        return imprint(iter(lambda: file.read(CHUNK), b""))


def stored_names(alias: str, folder: str = "") -> Iterator[str]:
    """Every file of a storage. A folder that does not exist yet holds none."""
    try:
        folders, files = storages[alias].listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    for name in sorted(files):
        if name and name not in IGNORED:
            yield prefix + name
    for name in sorted(folders):
        yield from stored_names(alias, prefix + name)


def copy_out(alias: str, folder: Path) -> dict[str, str]:
    """Copy a storage's files under `folder`; return their imprints by name."""
    return {name: _copy_one_out(alias, name, folder) for name in stored_names(alias)}


def _copy_one_out(alias: str, name: str, folder: Path) -> str:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as copy:
        for piece in read_pieces(storages[alias], name):
            copy.write(piece)
    return imprint_of(target)


def _copy_one_in(alias: str, name: str, folder: Path) -> None:
    with (folder / name).open("rb") as source:
        stored = storages[alias].save(name, File(source))
    if stored != name:
        storages[alias].delete(stored)
        raise OSError(f"{alias}: {name} n’a pas pu être écrit sous son nom")


@contextmanager
def exchanged(alias: str, folder: Path, imprints: dict[str, str]) -> Iterator[None]:
    """Make the storage hold exactly these files; as before if anything inside the block fails.

    What the backup lacks is deleted last, once everything else has succeeded.
    """
    storage = storages[alias]
    present = set(stored_names(alias))
    with TemporaryDirectory(prefix="restauration-") as aside, ExitStack() as undo:
        for name, sha256 in imprints.items():
            if name in present:
                if imprint(read_pieces(storage, name)) == sha256:
                    continue
                _copy_one_out(alias, name, Path(aside))
                storage.delete(name)
                undo.callback(_copy_one_in, alias, name, Path(aside))
            _copy_one_in(alias, name, folder)
            undo.callback(storage.delete, name)
        yield
        undo.pop_all()
    for name in present - set(imprints):
        storage.delete(name)
