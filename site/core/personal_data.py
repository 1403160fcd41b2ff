"""The inventory of what we hold on people (Loi 25), read from `PERSONAL_DATA_REGISTER`.

One table per model: whose data, what for, until when, who sees it; `fields` says what each field
holds, `without` lists those that were looked at and hold nothing on a person. A new field that is
in neither fails the tests.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models


class Category(StrEnum):
    """What a field says of a person; the value is what the screens write."""

    NAME = "nom"
    EMAIL = "courriel"
    PHONE = "téléphone"
    ACCOUNT = "compte"
    """Which account did it."""
    TEXT = "texte libre"
    """Nobody is asked to name someone there; somebody may."""
    FILE = "fichier"
    TRACE = "trace technique"
    SECRET = "secret"  # noqa: S105  the word on screen


class Erasure(StrEnum):
    """What the erasure of a person does to her rows."""

    FIELDS = "fields"
    """Her fields are emptied: the row goes on counting."""
    ROW = "row"
    """The row is hers alone and goes."""
    HAND = "hand"
    """Frozen or shared with others: somebody must look at it."""


WORDS_OF_FIELDS = {
    "added_by": "ajouté par",
    "address_key": "clé de l’adresse IP",
    "coded_by": "classé par",
    "confirmation_token": "clé de confirmation",
    "created_by": "créé par",
    "data": "contenu",
    "decided_by": "décidé par",
    "description": "description",
    "done_by": "fait par",
    "frozen_by": "figé par",
    "ip": "adresse IP",
    "key": "clé",
    "label": "nom de l’objet",
    "observations": "observations",
    "photo": "photo",
    "published_by": "publié par",
    "resolved_by": "réglé par",
    "sent_from": "clé de l’appareil",
    "settled_by": "réglé par",
    "source": "source",
    "text": "texte",
    "token": "clé du lien",
    "token_hash": "empreinte de la clé",
    "updated_by": "modifié par",
    "user": "personne",
    "user_agent": "navigateur",
    "written_by": "écrit par",
}
"""Of fields that were given no name: Django writes theirs out of the code, in English."""


@dataclass(frozen=True)
class Holding:
    """What one model holds on people. `called`: its French name, where a library gives none."""

    label: str
    who: str
    purpose: str
    kept: str
    seen_by: str
    erasure: Erasure
    fields: dict[str, Category]
    called: str = ""

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def title(self) -> str:
        return self.called or str(self.model._meta.verbose_name_plural)

    @property
    def contents(self) -> list[str]:
        """« courriel (courriel) » is said once: « courriel »."""
        said = []
        for name, category in self.fields.items():
            words = _words_of(self.model._meta.get_field(name), name)
            said.append(words if words == category else f"{words} ({category})")
        return said


def _words_of(field: object, name: str) -> str:
    words = str(getattr(field, "verbose_name", name))
    return WORDS_OF_FIELDS.get(name, words) if words == name.replace("_", " ") else words


def read_register() -> dict[str, Holding]:
    """Every model that holds something on people, by label."""
    return {
        label: Holding(
            label=label,
            who=table["who"],
            purpose=table["purpose"],
            kept=table["kept"],
            seen_by=table["seen_by"],
            erasure=Erasure(table.get("erasure", Erasure.FIELDS)),
            fields={name: Category(word) for name, word in table["fields"].items()},
            called=table.get("called", ""),
        )
        for label, table in _tables().items()
        if table.get("fields")
    }


def reviewed_without() -> dict[str, set[str]]:
    """Fields that were looked at and hold nothing on a person, by label of their model."""
    return {label: set(table.get("without", ())) for label, table in _tables().items()}


def _tables() -> dict[str, dict]:
    return _read(Path(settings.PERSONAL_DATA_REGISTER))


@cache
def _read(file: Path) -> dict[str, dict]:
    """Once: it changes with the code only, and an archive asks two hundred times."""
    return tomllib.loads(file.read_text(encoding="utf-8"))
