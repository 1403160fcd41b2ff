"""Photos of the flip charts: cleaned on the way in, private until somebody lets one out."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin
from appreciation.domain.public_reports import forget_public_report
from appreciation.models import Meeting, MeetingPhoto
from cms.image_cleaning import clean_photo
from cms.stored_documents import store_photo
from core.errors import DomainError
from core.storages import delete_once_committed
from core.typography import fr_size

if TYPE_CHECKING:
    from accounts.models import User


LARGEST_PHOTO = 20 * 1024 * 1024
MOST_PHOTOS = 60


@dataclass(frozen=True)
class Sent:
    """`kept` counts what is there now; `refused` says, file by file, why the others are not."""

    kept: int
    refused: tuple[str, ...]


def add_photos(*, meeting: Meeting, user: User, uploads: Iterable[UploadedFile]) -> Sent:
    """Keep what can be read and say what cannot: one bad file does not lose the others.

    The same file sent again changes nothing.
    """
    kept, refused = 0, []
    for upload in uploads:
        try:
            _add(meeting, user, upload)
            kept += 1
        except DomainError as refusal:
            refused.append(f"{upload.name}: {refusal}")
    return Sent(kept, tuple(refused))


def _add(meeting: Meeting, user: User, upload: UploadedFile) -> None:
    size = upload.size or 0
    if size > LARGEST_PHOTO:
        raise DomainError(f"ce fichier dépasse {fr_size(LARGEST_PHOTO)}. Réduisez-le.")
    fingerprint = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    if meeting.photos.filter(fingerprint=fingerprint).exists():
        return
    content, (width, height) = clean_photo(io.BytesIO(upload.read()), upload.name or "")
    photo = MeetingPhoto(
        meeting=meeting, fingerprint=fingerprint, width=width, height=height, added_by=user
    )
    # Before the meeting is locked: a bucket may be slow, and the room answers meanwhile.
    store_photo(photo.file, photo.token, content)
    is_kept = False
    try:
        is_kept = _keep(photo, user)
    finally:
        if not is_kept:
            photo.file.storage.delete(str(photo.file.name))


def _keep(photo: MeetingPhoto, user: User) -> bool:
    """False when the same file came in meanwhile."""
    with transaction.atomic():
        locked = begin(photo.meeting, Actor(user=user))
        if locked.photos.filter(fingerprint=photo.fingerprint).exists():
            return False
        if locked.photos.count() >= MOST_PHOTOS:
            raise DomainError(f"une rencontre garde {MOST_PHOTOS} photos au plus.")
        photo.save()
        return True


def describe_photo(*, photo: MeetingPhoto, user: User, alt: str, in_report: bool) -> MeetingPhoto:
    """Say what is seen on it, and whether it may go into the report: never without the words."""
    if in_report and not alt.strip():
        raise DomainError(
            "Décrivez la photo avant de la laisser paraître.",
            fields={"alt": "Écrivez ce qu’on y lit, pour qui ne voit pas la photo."},
        )
    with transaction.atomic():
        begin(photo.meeting, Actor(user=user))
        photo.alt, photo.in_report = alt.strip(), in_report
        photo.save(update_fields=("alt", "in_report"))
        forget_public_report(photo.meeting.appraisal)
    return photo


def remove_photo(*, photo: MeetingPhoto, user: User) -> None:
    """Take it away, file included: reports that showed it keep its words only."""
    with transaction.atomic():
        begin(photo.meeting, Actor(user=user))
        storage, name = photo.file.storage, str(photo.file.name)
        photo.delete()
        forget_public_report(photo.meeting.appraisal)
        delete_once_committed(storage, name)
