"""Where files live: public media that our own view serves, private files without any address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import transaction
from django.utils.http import http_date
from storages.backends.s3 import S3Storage

CHUNK = 64 * 1024


class NoPublicAddressError(NotImplementedError):
    """A private file has no address: it leaves through a view that checks who asks."""


@dataclass(frozen=True)
class FileFacts:
    """What tells one content of a file from the next."""

    size: int
    modified: datetime

    @property
    def etag(self) -> str:
        return f'"{self.size:x}-{int(self.modified.timestamp() * 1_000_000):x}"'

    @property
    def last_modified(self) -> str:
        return http_date(self.modified.timestamp())


class Named:
    """Known by its name in `STORAGES`: Wagtail writes that in the task that deletes a file.

    Upstream's own would write the folder or the keys of the bucket, which no task can hold.
    """

    alias: str

    def deconstruct(self) -> tuple[str, list[str], dict[str, object]]:
        return f"{storage_named.__module__}.{storage_named.__name__}", [self.alias], {}


def storage_named(alias: str) -> Storage:
    return storages[alias]


class MediaFolder(Named, FileSystemStorage):
    alias = "default"


class PrivateFolder(Named, FileSystemStorage):
    alias = "private"

    def url(self, name: str | None) -> str:
        raise NoPublicAddressError(name)


class BucketError(OSError):
    """The object storage refused or did not answer. Handled like a disk that fails."""


@contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise BucketError(type(error).__name__) from error


class Bucket(S3Storage):
    """S3 whose failures are `OSError`s, as those of a disk are."""

    def _save(self, name: str, content: IO[bytes]) -> str:
        with _as_os_error():
            return super()._save(name, content)

    def exists(self, name: str) -> bool:
        with _as_os_error():
            return super().exists(name)

    def delete(self, name: str) -> None:
        with _as_os_error():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _as_os_error():
            return super().listdir(name)

    def facts(self, name: str) -> FileFacts:
        """One question to the bucket, where size and date would be two."""
        entry = self.bucket.Object(self._normalize_name(name))
        return FileFacts(entry.content_length, entry.last_modified)

    def read_whole(self, name: str) -> Iterator[bytes]:
        """The file piece by piece, for a copy."""
        with _as_os_error():
            body = self.bucket.Object(self._normalize_name(name)).get()["Body"]
            with body:
                yield from body.iter_chunks(CHUNK)

    def stream(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """`length` bytes from `start`, as they come: the file is never read whole."""
        body = self.bucket.Object(self._normalize_name(name)).get(
            Range=f"bytes={start}-{start + length - 1}"
        )["Body"]
        with body:
            yield from body.iter_chunks(CHUNK)


class MediaBucket(Named, Bucket):
    """Public files. Without a domain of ours they are served by our `/media/`: no third party."""

    alias = "default"

    def url(self, name: str, parameters=None, expire=None, http_method=None) -> str:
        if self.custom_domain:
            return f"https://{self.custom_domain}/{quote(self._normalize_name(name))}"
        return f"{settings.MEDIA_URL}{quote(name)}"


class PrivateBucket(Named, Bucket):
    alias = "private"

    def url(self, name: str, parameters=None, expire=None, http_method=None) -> str:
        raise NoPublicAddressError(name)


def facts_of(storage: Storage, name: str) -> FileFacts:
    """`OSError` or the bucket's own error when there is no such file."""
    if isinstance(storage, Bucket):
        return storage.facts(name)
    if not Path(storage.path(name)).is_file():
        raise FileNotFoundError(name)
    return FileFacts(storage.size(name), storage.get_modified_time(name))


def read_pieces(storage: Storage, name: str) -> Iterator[bytes]:
    """A stored file piece by piece, for a copy or an imprint, whatever the storage."""
    if isinstance(storage, Bucket):
        yield from storage.read_whole(name)
        return
    with storage.open(name) as file:
        yield from iter(lambda: file.read(CHUNK), b"")


def stream_file(storage: Storage, name: str, start: int, length: int) -> Iterator[bytes]:
    """`length` bytes of a stored file from `start`, whatever the storage."""
    if isinstance(storage, Bucket):
        yield from storage.stream(name, start, length)
        return
    with storage.open(name) as file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk


def delete_once_committed(storage: Storage, name: str) -> None:
    """No rollback gives a file back: it goes once its row is changed for good.

    What the storage will not delete is logged, and stops nothing.
    """
    transaction.on_commit(partial(storage.delete, name), robust=True)
