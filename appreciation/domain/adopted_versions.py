"""« Version adoptée »: the committee's own final file comes back to its démarche."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction

from appreciation.domain.journal import log_gesture
from appreciation.domain.team import can_edit
from appreciation.models import AdoptedVersion, Appraisal
from cms.stored_documents import store_document
from core.errors import DomainError
from core.word_guard import inspect_word

if TYPE_CHECKING:
    from accounts.models import User

LARGEST = 15 * 1024 * 1024
PDF_START, PDF_END, TAIL = b"%PDF-", b"%%EOF", 2048
TOO_LARGE = "Ce fichier dépasse 15 Mo: réduisez les images, puis joignez-le de nouveau."
OTHER_KIND = "Joignez un PDF ou un document Word (.docx)."
BROKEN_PDF = "Ce PDF est incomplet ou abîmé: ouvrez-le, enregistrez-le de nouveau, puis joignez-le."
NOT_ADOPTED = "Inscrivez d’abord qui a adopté le rapport, et quand."


@transaction.atomic
def attach_adopted_version(
    *, appraisal: Appraisal, user: User, file: File | None, is_shared: bool
) -> AdoptedVersion:
    """Join the final file, or (without a file) choose again whether the last one is shared.

    By the team, once the adoption is recorded. The same file twice changes nothing; another one
    comes first and the former is kept. What is already published does not move.
    """
    locked = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    if not can_edit(locked, user):
        raise DomainError("Seule l’équipe d’animation joint la version adoptée.")
    if locked.adopted_on is None:
        raise DomainError(NOT_ADOPTED)
    current = current_version(locked)
    if file is None:
        if current is None:
            raise _refused(OTHER_KIND)
        return _share(current, is_shared=is_shared)
    content, extension = read_final_file(file)
    if current is not None and _same(current, content):
        return _share(current, is_shared=is_shared)
    document = store_document(
        content,
        name=f"version-adoptee-{locked.reference.lower()}{extension}",
        title=f"Version adoptée du rapport, {locked}",
        is_private=True,
        field="file",
        user=user,
    )
    log_gesture(locked, "adopted_version_attached", user, "Version adoptée jointe.")
    return AdoptedVersion.objects.create(
        appraisal=locked, document=document, is_shared=is_shared, attached_by=user
    )


def current_version(appraisal: Appraisal) -> AdoptedVersion | None:
    return appraisal.adopted_versions.select_related("document").first()


def _share(version: AdoptedVersion, *, is_shared: bool) -> AdoptedVersion:
    version.is_shared = is_shared
    version.save(update_fields=["is_shared"])
    return version


def read_final_file(file: File) -> tuple[bytes, str]:
    """Word or PDF, its content and extension; refused by what it holds, not by its name alone."""
    content = file.read(LARGEST + 1)
    extension = PurePath(file.name or "").suffix.lower()
    if len(content) > LARGEST:
        raise _refused(TOO_LARGE)
    if extension == ".pdf" and content.startswith(PDF_START):
        if PDF_END not in content[-TAIL:]:
            raise _refused(BROKEN_PDF)
    elif extension == ".docx":
        try:
            inspect_word(content)
        except DomainError as error:
            raise _refused(str(error)) from error
    else:
        raise _refused(OTHER_KIND)
    return content, extension


def _same(version: AdoptedVersion, content: bytes) -> bool:
    if version.document.file_size != len(content):
        return False
    try:
        with version.document.file.open("rb") as stored:
            return bool(stored.read() == content)
    except OSError:
        return False


def _refused(sentence: str) -> DomainError:
    return DomainError(sentence, fields={"file": sentence})
