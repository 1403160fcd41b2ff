"""What is held on one person, everywhere in the inventory: found, given, erased, erased again.

Rows that only she fills go; in the others her name and address give way to « personne effacée »,
so that what was decided and counted stays (QUALITY.md §4 row 30). What is frozen or shared is
listed for somebody to look at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.utils.crypto import salted_hmac

from accounts.models import User
from appreciation.models import PersonErasure
from core.personal_data import Category, Erasure, Holding, read_register

ERASED = "personne effacée"
SHORTEST_NAME = 5
SALT = "appreciation.person_data"
WRITTEN = (Category.TEXT, Category.NAME)


@dataclass(frozen=True)
class Found:
    """One row that holds something on her; `values` are the fields that do."""

    holding: Holding
    pk: Any
    values: dict[str, str]

    @property
    def is_hers(self) -> bool:
        """Found by her own address: its other names and telephones are hers too."""
        return any(
            category == Category.EMAIL and name in self.values
            for name, category in self.holding.fields.items()
        )


def find_person(email: str) -> list[Found]:
    """Every row of the inventory that names her, by address, account, or full name."""
    words = _words_of(email)
    return [found for holding in read_register().values() for found in _in(holding, email, words)]


def export_person(email: str) -> str:
    """The same, as portable JSON."""
    rows = [
        {"quoi": found.holding.title, "numéro": str(found.pk), "contenu": found.values}
        for found in find_person(email)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class Erased:
    rows: int
    by_hand: list[Found]


@transaction.atomic
def erase_person(email: str) -> Erased:
    """Erase her everywhere in one transaction, and write a line without her name.

    Erasing again is harmless. The count of rows says how many were touched.
    """
    words = _words_of(email)
    found = find_person(email)
    by_hand = [one for one in found if one.holding.erasure == Erasure.HAND]
    for one in found:
        if one.holding.erasure != Erasure.HAND:
            _erase_row(one, words)
    for account in User.objects.filter(email__iexact=email):
        _end_sessions(account)
        account.delete()
    touched = len(found) - len(by_hand)
    line, is_new = PersonErasure.objects.get_or_create(
        imprint=imprint(email), defaults={"rows": touched, "by_hand": len(by_hand)}
    )
    if not is_new and touched:
        line.rows += touched
        line.save(update_fields=("rows",))
    return Erased(touched, by_hand)


def erase_again() -> int:
    """After a restore: erase whoever was erased since the copy was made. Returns how many."""
    known = set(PersonErasure.objects.values_list("imprint", flat=True))
    back = {email for email in _every_address() if known & _imprints(email)}
    for email in back:
        erase_person(email)
    return len(back)


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
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()


def _imprints(email: str) -> set[str]:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    lowered = email.strip().lower()
    return {salted_hmac(SALT, lowered, secret=key, algorithm="sha256").hexdigest() for key in keys}


def _every_address() -> Iterator[str]:
    for holding in read_register().values():
        for name, category in holding.fields.items():
            if category == Category.EMAIL:
                yield from _rows(holding).exclude(**{name: ""}).values_list(name, flat=True)


def _rows(holding: Holding) -> models.QuerySet:
    return holding.model._base_manager.all()


def _words_of(email: str) -> list[str]:
    """What names her in a text: her address, and the full name of her account."""
    accounts = User.objects.filter(email__iexact=email)
    names = [account.get_full_name() for account in accounts]
    return [email, *(name for name in names if len(name) >= SHORTEST_NAME)]


def _in(holding: Holding, email: str, words: list[str]) -> Iterator[Found]:
    names = [name for name, kind in holding.fields.items() if kind != Category.SECRET]
    for row in _rows(holding).iterator():
        values = {}
        for name in names:
            said = _said(holding, row, name, email, words)
            if said:
                values[name] = said
        if values:
            yield Found(holding, row.pk, values)


def _said(holding: Holding, row: models.Model, name: str, email: str, words: list[str]) -> str:
    """What the field says of her; empty when it says nothing."""
    category = holding.fields[name]
    if category == Category.ACCOUNT:
        account = getattr(row, name)
        return str(account) if account and account.email.lower() == email.lower() else ""
    text = _text(getattr(row, name))
    if category == Category.EMAIL:
        return text if text.lower() == email.lower() else ""
    if category in WRITTEN and any(word.lower() in text.lower() for word in words):
        return text
    return ""


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str) if value else ""


def _erase_row(found: Found, words: list[str]) -> None:
    row = _rows(found.holding).filter(pk=found.pk)
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
    if changes and found.holding.label != "accounts.User":
        row.update(**changes)


def _emptied(found: Found, name: str) -> str | None:
    field = found.holding.model._meta.get_field(name)
    return None if getattr(field, "null", False) else ""


def _without(value: Any, words: list[str]) -> Any:
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
