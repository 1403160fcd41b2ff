"""The mark of what is public: it changes with whatever a public page may show.

Every statement that writes is looked at, whoever sends it (a form, a bulk update, an import, the
worker): unless its table is known never to be shown, the mark changes once the transaction is in.
A table that is forgotten here costs a page made anew; one that is shown must never be named.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from core.prepared_query import PreparedQuery

WRITES = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
ONLY_ROW = 1

_never_shown = {
    "cms_publicmark",
    "cms_publicformsending",
    "django_session",
    "django_content_type",
    "auth_permission",
    "account_emailaddress",
    "account_emailconfirmation",
    "accounts_invitation",
    "mfa_authenticator",
    "usersessions_usersession",
    "wagtailadmin_editingsession",
    "wagtailadmin_formstate",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_revision",
    "wagtailcore_comment",
    "wagtailcore_commentreply",
    "wagtailcore_pagesubscription",
    "wagtailcore_uploadedfile",
    "background_outgoingmail",
    "background_mailpreference",
    "background_jobrun",
}


class PublicMark(models.Model):
    """One row, which every process reads before it gives a copy of a page (`core.last_good`)."""

    value = models.CharField("marque", max_length=32)

    class Meta:
        verbose_name = "marque de ce qui est public"
        verbose_name_plural = "marques de ce qui est public"

    def __str__(self) -> str:
        return self.value


MARK = PreparedQuery(lambda key: PublicMark.objects.filter(pk=key).values_list("value"))


def register_never_shown(*models_or_tables: type[models.Model]) -> None:
    """Say that no public page shows these: what phones write all evening, above all."""
    _never_shown.update(model._meta.db_table for model in models_or_tables)


def read_mark() -> str:
    rows = MARK.rows(ONLY_ROW)
    return rows[0][0] if rows else _first_mark()


def _first_mark() -> str:
    made, _ = PublicMark.objects.get_or_create(pk=ONLY_ROW, defaults={"value": _new_value()})
    return made.value


def change_mark() -> None:
    """Outdate every copy; while nobody has read the mark there is none.

    One UPDATE: on SQLite, the statement that was just watched may be giving its rows back still.
    """
    PublicMark.objects.filter(pk=ONLY_ROW).update(value=_new_value())


def _new_value() -> str:
    """At random: a restored backup never brings an old mark back."""
    return secrets.token_hex(16)


def watch_writes(connection: Any, **_signal: object) -> None:
    """For `connection_created`: look at what this connection writes from now on.

    First in the row: whoever puts a wrapper on for a while takes the last one off.
    """
    if connection.alias == DEFAULT_DB_ALIAS and _look_at not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _look_at)


def _look_at(execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
    result = execute(sql, params, many, context)
    if settings.PAGE_COPIES_FRESH_SECONDS and _may_be_shown(sql):
        context["connection"].has_changed_the_public = True
        transaction.on_commit(_change_mark_once, robust=True)
    return result


def _change_mark_once() -> None:
    """Once for a transaction, however much it wrote."""
    connection = connections[DEFAULT_DB_ALIAS]
    if getattr(connection, "has_changed_the_public", False):
        connection.has_changed_the_public = False
        if _has_table(connection):
            change_mark()


def _has_table(connection: Any) -> bool:
    """The first migrations write before the one that makes the table."""
    if not getattr(connection, "has_public_mark", False):
        tables = connection.introspection.table_names()
        connection.has_public_mark = PublicMark._meta.db_table in tables
    return connection.has_public_mark


def _may_be_shown(sql: Any) -> bool:
    written = WRITES.match(sql) if isinstance(sql, str) else None
    return written is not None and written[1] not in _never_shown
