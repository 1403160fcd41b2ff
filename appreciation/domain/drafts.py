"""What is typed and not saved, kept for its owner: her other device goes on where this one died.

Whether she may write there is the caller's question, asked as for the form itself.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appreciation.models import Appraisal, Draft
from core.errors import DomainError
from core.purges import earliest_due

if TYPE_CHECKING:
    from django.db.models import QuerySet

LARGEST = 200_000
"""In bytes, names of fields included."""
KEPT_PER_PERSON = 50
KEPT_FOR = dt.timedelta(days=30)
LARGEST_VERSION = 2**31 - 1

FIELD = re.compile(r"\d{1,4}:(?!csrfmiddlewaretoken$)(?!.*password)[\w-]{1,100}", re.ASCII)
"""Rank in the form and name: two boxes may share a name."""

MayWrite = Callable[[User, Mapping[str, Any]], bool]
"""Whether this person may write in the form at an address, by what the address holds."""
_forms_above: dict[str, MayWrite] = {}

UNREADABLE = "Ce brouillon n’est pas lisible."
TOO_LARGE = "Ce texte est trop long pour être gardé ici sans être enregistré."
WRITTEN_ELSEWHERE = "Un autre de vos appareils a gardé un texte plus récent."


class NewerDraftError(DomainError):
    """Another device kept something that this one has not seen: neither text may be lost."""


def register_kept_form(name: str, may_write: MayWrite) -> None:
    """A form of a room above keeps what is typed too; `name` is that of its address."""
    _forms_above[name] = may_write


def may_write_above(name: str, user: User, parts: Mapping[str, Any]) -> bool:
    return name in _forms_above and _forms_above[name](user, parts)


def drafts_of_page(*, owner: User, page: str) -> QuerySet[Draft]:
    """Her drafts of the forms shown on one page, wherever each of them is sent."""
    drafts = Draft.objects.filter(owner=owner)
    return drafts.filter(address=page) | drafts.filter(address__startswith=f"{page}>")


@transaction.atomic
def keep_draft(
    *,
    owner: User,
    address: str,
    appraisal: Appraisal | None,
    fields: Any,
    version: Any = None,
    known: Any = None,
) -> Draft:
    """Keep what is typed in place of her draft that this device knows, `known` being its stamp.

    Refuses with DomainError what is not text or boxes of a form, or is too long; with
    NewerDraftError when there is a draft of another stamp. Her oldest ones make room.
    """
    _check(fields, version)
    stored = Draft.objects.select_for_update().filter(owner=owner, address=address).first()
    if stored is not None and stamp(stored) != known:
        raise NewerDraftError(WRITTEN_ELSEWHERE)
    draft, _ = Draft.objects.update_or_create(
        owner=owner,
        address=address,
        defaults={
            "appraisal": appraisal,
            "fields": fields,
            "version": version,
            "saved_at": timezone.now(),
        },
    )
    kept = Draft.objects.filter(owner=owner).values_list("pk", flat=True)
    Draft.objects.filter(pk__in=list(kept[KEPT_PER_PERSON:])).delete()
    return draft


def stamp(draft: Draft) -> str:
    """When it was kept, as a device knows it and gives it back."""
    return draft.saved_at.isoformat()


def forget_draft(*, owner: User, address: str) -> None:
    """She saved, or goes back to the saved text."""
    Draft.objects.filter(owner=owner, address=address).delete()


def erase_old_drafts(now: dt.datetime) -> int:
    """Drafts of more than thirty days, and those of people who may no longer write there."""
    erased = Draft.objects.filter(saved_at__lt=now - KEPT_FOR).delete()[0]
    for owner in User.objects.filter(pk__in=Draft.objects.values("owner")):
        editable = Appraisal.objects.editable_by(owner).values("pk")
        lost = Draft.objects.filter(owner=owner, appraisal__isnull=False)
        erased += lost.exclude(appraisal__in=editable).delete()[0]
    return erased


def next_old_draft() -> dt.datetime | None:
    return earliest_due(Draft.objects.all(), "saved_at", kept=KEPT_FOR)


def _check(fields: Any, version: Any) -> None:
    if not isinstance(fields, dict) or not fields:
        raise DomainError(UNREADABLE)
    if version is not None and (type(version) is not int or not 0 <= version <= LARGEST_VERSION):
        raise DomainError(UNREADABLE)
    if len(json.dumps(fields, ensure_ascii=False).encode(errors="replace")) > LARGEST:
        raise DomainError(TOO_LARGE)
    for name, value in fields.items():
        if not FIELD.fullmatch(name) or not (isinstance(value, bool) or _is_text(value)):
            raise DomainError(UNREADABLE)


def _is_text(value: Any) -> bool:
    """Text that any database can store: no NUL, no half of a pair of surrogates."""
    return isinstance(value, str) and "\0" not in value and not re.search("[\ud800-\udfff]", value)
