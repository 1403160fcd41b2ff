"""Word templates of the Consortium: checked before they are kept, put in use, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from appreciation.domain.template_fields import FIELDS
from appreciation.domain.template_specimens import specimen, trials
from appreciation.enums import TemplateUse
from appreciation.models import DocumentTemplate
from appreciation.models.meetings import random_token
from cms.stored_documents import full_disk_refused
from core.errors import DomainError
from core.storages import delete_once_committed
from core.word_template import check_template, fill_template

if TYPE_CHECKING:
    from accounts.models import User


SPECIMEN = "SPÉCIMEN"
AT_ONCE = "Quelqu’un a envoyé un gabarit au même moment. Envoyez le vôtre de nouveau."
FILE_GONE = "Le fichier de ce gabarit n’est plus là. Ajoutez-le de nouveau, comme une version."


def check_file(use: str, content: bytes) -> None:
    """Refuse a file that could not serve: not a safe DOCX, a wrong field, or no sound document
    once filled with an example, and with nothing. All mistakes are told at once."""
    check_template(content, FIELDS[use], trials(use))


@transaction.atomic
def add_template(
    *, title: str, use: str, content: bytes, remark: str = "", user: User | None
) -> DocumentTemplate:
    """Keep a checked file as the next version for its document. It serves once it is put in use.

    Refused with nothing kept when a rule or the disk says no.
    """
    check_file(TemplateUse(use), content)
    known = DocumentTemplate.objects.select_for_update().filter(use=use)
    last = max(known.values_list("version", flat=True), default=0)
    template = DocumentTemplate(
        title=title, use=use, version=last + 1, remark=remark, added_by=user
    )
    with full_disk_refused("Gabarit non enregistré", field="file"):
        template.file.save(f"{random_token()[:16]}.docx", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:  # the very first ones, sent together: no row to lock yet
        template.file.storage.delete(str(template.file.name))
        raise DomainError(AT_ONCE) from error
    return template


@transaction.atomic
def put_in_use(*, template: DocumentTemplate) -> None:
    """From now on its document is made with it; the one that served steps back and is kept.

    Checked again first: fields may have changed since it was sent.
    """
    check_file(template.use, read_file(template))
    same = DocumentTemplate.objects.select_for_update().filter(use=template.use)
    list(same.order_by("pk"))
    same.filter(is_live=True).exclude(pk=template.pk).update(is_live=False)
    same.filter(pk=template.pk, is_live=False).update(is_live=True, live_since=timezone.now())


@transaction.atomic
def take_out_of_use(*, template: DocumentTemplate) -> None:
    """Back to the house's own layout for this document."""
    DocumentTemplate.objects.filter(pk=template.pk).update(is_live=False)


def ensure_out_of_use(template: DocumentTemplate) -> None:
    """What serves is not removed."""
    if DocumentTemplate.objects.filter(pk=template.pk, is_live=True).exists():
        raise DomainError("Ce gabarit est en service. Retirez-le du service avant de l’effacer.")


@transaction.atomic
def remove_template(*, template: DocumentTemplate) -> None:
    """Take it away, file included. Refused while it serves."""
    ensure_out_of_use(template)
    storage, name = template.file.storage, str(template.file.name)
    template.delete()
    delete_once_committed(storage, name)


def live_template(use: str) -> DocumentTemplate | None:
    return DocumentTemplate.objects.filter(use=use, is_live=True).first()


def read_file(template: DocumentTemplate) -> bytes:
    try:
        with template.file.open("rb") as file:
            return file.read()
    except OSError as error:
        raise DomainError(FILE_GONE) from error


def try_template(template: DocumentTemplate) -> bytes:
    """The document as it would be, made from an example and marked so on each page."""
    return fill_template(
        read_file(template), specimen(template.use), title=template.title, banner=SPECIMEN
    )
