"""What is held on one person, everywhere in the inventory: by her address, or by her full name.

By address: her address itself, what her account did, and her name in others' words. By name: the
rows that bear it and the words that hold it; somebody else may have the same name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import User
from core.errors import DomainError
from core.personal_data import Category, Erasure, Holding, read_register

SHORTEST_NAME = 5
WRITTEN = (Category.TEXT, Category.NAME)
HERS = (Category.NAME, Category.EMAIL, Category.PHONE)
ASCII_RUN = re.compile(r"[A-Za-z0-9@._' -]+")


@dataclass(frozen=True)
class Sought:
    """`words` name her in a text; `accounts` are hers, or of whoever has the same name."""

    email: str
    words: tuple[str, ...]
    accounts: frozenset[int]

    @property
    def name(self) -> str:
        """What she was looked for by; empty when it was her address."""
        return "" if self.email else self.words[0]


@dataclass(frozen=True)
class Found:
    """One row that holds something on her; `values` are the fields that do."""

    holding: Holding
    pk: Any
    values: dict[str, str]
    is_hers: bool
    """Her own address or name is what the row is about: its other names and telephones are hers."""

    @property
    def key(self) -> str:
        return f"{self.holding.label}:{self.pk}"

    @property
    def is_trace(self) -> bool:
        """It says only that her account did it."""
        return all(self.holding.fields[name] == Category.ACCOUNT for name in self.values)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Each field by its name on screens, and what it says."""
        meta = self.holding.model._meta
        return [
            (str(getattr(meta.get_field(name), "verbose_name", name)), value)
            for name, value in self.values.items()
        ]


def seek(who: str) -> Sought:
    """An address, or a full name: a first name alone would find everybody's."""
    who = " ".join(who.split())
    if "@" in who:
        accounts = list(User.objects.filter(email__iexact=who))
        names = [account.get_full_name() for account in accounts]
        words = (who, *(name for name in names if len(name) >= SHORTEST_NAME))
        return Sought(who, words, frozenset(account.pk for account in accounts))
    if len(who) < SHORTEST_NAME or " " not in who:
        message = "Écrivez un courriel, ou un prénom et un nom."
        raise DomainError(message, fields={"who": message})
    alike = User.objects.filter(_holds("last_name", who.split()[-1]))
    same = [user.pk for user in alike if user.get_full_name().casefold() == who.casefold()]
    return Sought("", (who,), frozenset(same))


def find(sought: Sought) -> list[Found]:
    return [one for holding in read_register().values() for one in _in(holding, sought)]


def rows_of(holding: Holding) -> QuerySet:
    return holding.model._base_manager.all()


def _in(holding: Holding, sought: Sought) -> Iterator[Found]:
    """The database narrows, this decides: accents are not the same for every engine."""
    for row in _candidates(holding, sought).iterator():
        values = {}
        for name in _names_to_read(holding, row, sought):
            said = _said(holding, row, name, sought)
            if said:
                values[name] = said
        if values:
            is_hers = _is_hers(holding, row, values, sought)
            yield Found(holding, row.pk, _complete(holding, row, values, is_hers=is_hers), is_hers)


def _names_to_read(holding: Holding, row: Model, sought: Sought) -> list[str]:
    """Not the name beside another address, when she is looked for by hers: a namesake's."""
    hidden = {Category.SECRET}
    if sought.email:
        addresses = [n for n, kind in holding.fields.items() if kind == Category.EMAIL]
        written = {text_of(getattr(row, n)).lower() for n in addresses} - {""}
        if written and sought.email.lower() not in written:
            hidden.add(Category.NAME)
    return [name for name, kind in holding.fields.items() if kind not in hidden]


def _candidates(holding: Holding, sought: Sought) -> QuerySet:
    rows = rows_of(holding)
    wanted = Q()
    for name, category in holding.fields.items():
        if category == Category.ACCOUNT:
            wanted |= Q(**{f"{name}__in": sought.accounts})
        elif category == Category.EMAIL and sought.email:
            wanted |= Q(**{f"{name}__iexact": sought.email})
        elif category in WRITTEN:
            rows = rows.alias(**{f"{name}_as_text": Cast(name, TextField())})
            for word in sought.words:
                wanted |= _holds(f"{name}_as_text", word)
    if holding.label == User._meta.label:
        wanted |= Q(pk__in=sought.accounts)
    return rows.filter(wanted) if wanted else rows.none()


def _holds(field: str, word: str) -> Q:
    """Rows whose text may hold the word: by what every engine compares alike, and JSON keeps."""
    needle = max(ASCII_RUN.findall(word), key=len, default="")
    return Q(**{f"{field}__icontains": needle})


def _said(holding: Holding, row: Model, name: str, sought: Sought) -> str:
    """What the field says of her; empty when it says nothing."""
    category = holding.fields[name]
    if category == Category.ACCOUNT:
        account = getattr(row, name)
        return str(account) if account and account.pk in sought.accounts else ""
    text = text_of(getattr(row, name))
    if category == Category.EMAIL:
        return text if sought.email and text.lower() == sought.email.lower() else ""
    if holding.label == User._meta.label:
        return text if row.pk in sought.accounts and category == Category.NAME else ""
    if category in WRITTEN and any(word.lower() in text.lower() for word in sought.words):
        return text
    return ""


def _is_hers(holding: Holding, row: Model, values: dict[str, str], sought: Sought) -> bool:
    wanted = (sought.email or sought.name).casefold()
    category = Category.EMAIL if sought.email else Category.NAME
    return any(
        holding.fields[name] == category and said.casefold() == wanted
        for name, said in values.items()
    ) or (holding.label == User._meta.label and row.pk in sought.accounts)


def _complete(
    holding: Holding, row: Model, values: dict[str, str], *, is_hers: bool
) -> dict[str, str]:
    """What is given to her is all that her row says of her, in the order of the inventory."""
    owned = is_hers or any(
        holding.fields[name] == Category.ACCOUNT
        and getattr(holding.model._meta.get_field(name), "unique", False)
        for name in values
    )
    if not owned:
        return values
    more = (*HERS, Category.TEXT) if holding.erasure == Erasure.ROW else HERS
    return {
        name: values.get(name) or text_of(getattr(row, name))
        for name, category in holding.fields.items()
        if name in values or (category in more and text_of(getattr(row, name)))
    }


def text_of(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str) if value else ""
