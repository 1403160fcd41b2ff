"""Where a document's file lies: the private storage while it is private, the public one otherwise.

The folder in the stored name tells which, so that the row alone always says where the file is,
also in the middle of a move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models.fields.files import FieldFile

from core.storages import delete_once_committed

if TYPE_CHECKING:
    from cms.models import SiteDocument

PRIVATE_FOLDER = "documents-prives/"
PUBLIC_FOLDER = "documents/"


def document_folder(document: SiteDocument, filename: str) -> str:
    return (PRIVATE_FOLDER if document.is_private else PUBLIC_FOLDER) + filename


def storage_of(name: str) -> Storage:
    return storages["private" if name.startswith(PRIVATE_FOLDER) else "default"]


class DocumentFieldFile(FieldFile):
    @property
    def storage(self) -> Storage:
        if self.name and self._committed:
            return storage_of(self.name)
        return storages["private" if self.instance.is_private else "default"]

    @storage.setter
    def storage(self, value: Storage) -> None:
        """Django sets the field's storage here; the name and the flag decide instead."""


class DocumentFileField(models.FileField):
    attr_class = DocumentFieldFile


def is_where_it_belongs(document: SiteDocument) -> bool:
    return document.file.name.startswith(PRIVATE_FOLDER) == document.is_private


def move_where_it_belongs(document: SiteDocument) -> None:
    """Copy the file to the storage its flag asks for; the old copy goes once the row is saved."""
    old_name, old_storage = document.file.name, document.file.storage
    with old_storage.open(old_name) as content:
        new_name = document_folder(document, document.filename)
        document.file.name = storage_of(new_name).save(new_name, content)
    delete_once_committed(old_storage, old_name)
