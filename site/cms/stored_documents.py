"""Files that people join to their work become documents here: one way in, refusals in words."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from cms.document_access import held_privately
from cms.image_cleaning import clean_image
from cms.models import SiteDocument
from core.errors import DomainError

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models.fields.files import FieldFile

logger = logging.getLogger("consortium.uploads")

PICTURES = {".jpg", ".jpeg", ".png"}
NO_ROOM = (
    "Ce fichier n’a pas pu être enregistré: le disque est plein ou ne répond pas."
    " Rien n’a changé. Prévenez la personne qui s’occupe du serveur, puis réessayez."
)


def store_document(
    content: bytes,
    *,
    name: str,
    title: str,
    is_private: bool,
    field: str,
    user: AbstractBaseUser | None = None,
    former: SiteDocument | None = None,
) -> SiteDocument:
    """Keep `content` as a document; a picture loses its metadata (place, device) on the way.

    `former`: what stands there now, and stays when the same file is sent again.

    DomainError on `field` when the picture cannot be read or the disk is full: nothing is kept.
    """
    if PurePath(name).suffix.lower() in PICTURES:
        try:
            content = clean_image(io.BytesIO(content), name)
        except DomainError as error:
            raise DomainError(str(error), fields={field: str(error)}) from error
    imprint = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    if former is not None and former.file_hash == imprint:
        return former
    document = SiteDocument(
        title=title[:255],
        is_private=is_private,
        uploaded_by_user=user,
        file_size=len(content),
        file_hash=imprint,
    )
    with full_disk_refused("Document non enregistré", field=field):
        document.file.save(name, ContentFile(content), save=False)
    document.save()
    return document


@contextmanager
def full_disk_refused(logged: str, *, field: str = "") -> Iterator[None]:
    """A disk or a bucket that takes no file: `logged`, then a DomainError, on `field` if any."""
    try:
        yield
    except OSError as error:
        logger.error("%s: %s", logged, type(error).__name__)  # noqa: TRY400
        raise DomainError(NO_ROOM, fields={field: NO_ROOM} if field else None) from error


def store_photo(file: FieldFile, token: str, content: bytes) -> None:
    """Keep a clean picture in the storage of its row, which is not saved yet."""
    with full_disk_refused("Photo non enregistrée"):
        file.save(f"{token[:16]}.jpg", ContentFile(content), save=False)


def forget_unheld(document: SiteDocument | None) -> None:
    """Erase a private file that was replaced, or whose place is gone, unless held elsewhere.

    Nobody of its démarche would find it again; whoever looks after the library would.
    """
    if document is None:
        return
    private = SiteDocument.objects.filter(pk=document.pk, is_private=True)
    for unheld in private.exclude(held_privately()):
        unheld.delete()
