"""One person, given what is held on her, erased, erased again after a restore.

Rows that only she fills go; in the others her name and address give way to « personne effacée »,
so that what was decided and counted stays (QUALITY.md §4 row 30). What is frozen or shared is
listed for somebody to look at.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from accounts.models import User
from appreciation.domain.person_search import WRITTEN, Found, find, rows_of, seek
from appreciation.models import PersonErasure
from core.errors import DomainError
from core.personal_data import Category, Erasure, read_register

logger = logging.getLogger("consortium.personal_data")

ERASED = "personne effacée"
SALT = "appreciation.person_data"


def find_person(who: str) -> list[Found]:
    """Every row of the inventory that names her, by address and account, or by full name."""
    return find(seek(who))


def export_person(who: str) -> str:
    """The same, as portable JSON."""
    rows = [
        {"quoi": found.holding.title, "numéro": str(found.pk), "contenu": found.values}
        for found in find_person(who)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class Erased:
    rows: int
    by_hand: list[Found]


def erase_person(email: str, *, by: User | None = None) -> Erased:
    """Erase her everywhere in one transaction, and write a line without her name.

    Erasing again is harmless. The count of rows says how many were touched. Nobody erases herself,
    and only an administrator erases one: somebody who administers always remains.
    """
    sought = seek(email)
    if not sought.email:
        raise DomainError(
            "On efface une personne par son courriel, ou ligne par ligne par son nom."
        )
    with transaction.atomic():
        accounts = User.objects.filter(email__iexact=sought.email)
        if by is not None:
            _check_may_erase(accounts, by)
        found = find(sought)
        by_hand = [one for one in found if one.holding.erasure == Erasure.HAND]
        for one in found:
            if one.holding.erasure != Erasure.HAND:
                _erase_row(one, sought.words)
        for account in accounts:
            _end_sessions(account)
            account.delete()
        _write_line(imprint(email), len(found) - len(by_hand), len(by_hand), by)
    return Erased(len(found) - len(by_hand), by_hand)


def erase_named(name: str, *, chosen: Collection[str], by: User | None = None) -> int:
    """Erase the chosen rows that bear this name, each looked at: others may have the same.

    What an account did is not one of them (it is erased by its address), nor what is frozen.
    """
    sought = seek(name)
    if sought.email:
        raise DomainError("Ces lignes se choisissent par le nom, pas par le courriel.")
    with transaction.atomic():
        hers = [one for one in find(sought) if one.key in chosen and can_be_chosen(one)]
        for one in hers:
            _erase_row(one, sought.words)
            _write_line(row_imprint(one.holding.label, one.pk, name), 1, 0, by)
    return len(hers)


def can_be_chosen(found: Found) -> bool:
    is_account = found.holding.label == User._meta.label
    return found.is_hers and found.holding.erasure != Erasure.HAND and not is_account


def _check_may_erase(accounts, by: User) -> None:
    for account in accounts:
        if account.pk == by.pk:
            raise DomainError("Demandez à quelqu’un d’autre d’effacer votre compte.")
        if account.is_superuser and not by.is_superuser:
            raise DomainError("Seule l’administration efface une personne qui administre le site.")


def _write_line(of_whom: str, rows: int, by_hand: int, by: User | None) -> None:
    line, is_new = PersonErasure.objects.get_or_create(
        imprint=of_whom, defaults={"rows": rows, "by_hand": by_hand, "done_by": by}
    )
    if not is_new and rows:
        line.rows += rows
        line.save(update_fields=("rows",))
    logger.info("Personne effacée: %s inscriptions, %s à la main", rows, by_hand)


def erase_again() -> int:
    """After a restore: erase whoever was erased since the copy was made. Returns how many."""
    known = set(PersonErasure.objects.values_list("imprint", flat=True))
    back = {email for email in _every_address() if known & _imprints(_of_email(email))}
    for email in back:
        erase_person(email)
    named = [row for row in _every_name() if known & _imprints(_of_row(*row))]
    for label, pk, name in named:
        erase_named(name, chosen=[f"{label}:{pk}"])
    return len(back) + len(named)


def erased_imprints() -> set[str]:
    """Read before a restore: the copy knows nothing of who was erased since. None of a new site."""
    if PersonErasure._meta.db_table not in connection.introspection.table_names():
        return set()
    return set(PersonErasure.objects.values_list("imprint", flat=True))


def remember_erased(imprints: set[str]) -> None:
    for one in imprints:
        PersonErasure.objects.get_or_create(imprint=one)


def imprint(email: str) -> str:
    """Says nothing of the address to whoever has not the site's key."""
    return salted_hmac(SALT, _of_email(email), algorithm="sha256").hexdigest()


def row_imprint(label: str, pk: Any, name: str) -> str:
    """Of one row and the name it bore: the same name elsewhere is somebody else's."""
    return salted_hmac(SALT, _of_row(label, pk, name), algorithm="sha256").hexdigest()


def _of_email(email: str) -> str:
    return email.strip().lower()


def _of_row(label: str, pk: Any, name: str) -> str:
    return f"{label}:{pk}:{' '.join(name.split()).casefold()}"


def _imprints(words: str) -> set[str]:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return {salted_hmac(SALT, words, secret=key, algorithm="sha256").hexdigest() for key in keys}


def _every_address() -> Iterator[str]:
    for holding in read_register().values():
        for name, category in holding.fields.items():
            if category == Category.EMAIL:
                yield from rows_of(holding).exclude(**{name: ""}).values_list(name, flat=True)


def _every_name() -> Iterator[tuple[str, Any, str]]:
    """(model, row, name) of every row that bears a name which may be chosen."""
    for holding in read_register().values():
        if holding.erasure == Erasure.HAND or holding.label == User._meta.label:
            continue
        for field, category in holding.fields.items():
            if category == Category.NAME:
                named = rows_of(holding).exclude(**{field: ""})
                for pk, name in named.values_list("pk", field):
                    yield holding.label, pk, name


def _erase_row(found: Found, words: tuple[str, ...]) -> None:
    row = rows_of(found.holding).filter(pk=found.pk)
    if found.holding.erasure == Erasure.ROW and found.is_hers:
        row.delete()
        return
    held = row.values().first()
    if held is None:
        return
    changes: dict[str, Any] = {}
    for name, category in found.holding.fields.items():
        if category == Category.ACCOUNT or name not in held:
            continue  # her account goes, and every key to it becomes empty or goes with it
        if found.is_hers and category in (Category.EMAIL, Category.PHONE, Category.NAME):
            changes[name] = _emptied(found, name)
        elif category in WRITTEN and name in found.values:
            changes[name] = _without(held[name], words)
    if changes and found.holding.label != User._meta.label:
        row.update(**changes)


def _emptied(found: Found, name: str) -> str | None:
    field = found.holding.model._meta.get_field(name)
    return None if getattr(field, "null", False) else ""


def _without(value: Any, words: tuple[str, ...]) -> Any:
    """The same text without her; inside lists and dictionaries too."""
    if isinstance(value, dict):
        return {key: _without(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, words) for one in value]
    if not isinstance(value, str):
        return value
    for word in words:
        position = value.lower().find(word.lower())
        while position >= 0:
            value = value[:position] + ERASED + value[position + len(word) :]
            position = value.lower().find(word.lower(), position + len(ERASED))
    return value


def _end_sessions(account: User) -> None:
    """Before the account goes: nobody stays signed in to it."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()
