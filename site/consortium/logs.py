"""Logs without personal data: whatever a record says, e-mails, codes and tokens are blotted out.

The rule (QUALITY.md §4 row 29): an address of a participant, a link that opens a door, an e-mail,
what somebody typed and a whole IP address never reach a log, tracebacks included. Of an exception
only the kind and the place are kept: its message may repeat what somebody typed.
"""

from __future__ import annotations

import logging
import re
import traceback

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.template import TemplateDoesNotExist

BLOT = "[…]"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # PostgreSQL repeats the refused values after these words.
    (re.compile(r"(DETAIL:|Failing row contains|CONTEXT:).*"), rf"\1 {BLOT}"),
    (re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+"), BLOT),
    # What follows these addresses opens a door: join codes, evening links, invitations, resets.
    (
        re.compile(r"(/r/(?:(?:soir|photos|tablette)/)?)(?!(?:soir|photos|tablette)/)[^\s'\"?/]+"),
        rf"\1{BLOT}",
    ),
    (re.compile(r"(/suivre/(?:confirmer|arreter)/)[^\s'\"?/]+"), rf"\1{BLOT}"),
    (re.compile(r"(/courriels/arreter/)[^\s'\"?/]+"), rf"\1{BLOT}"),
    (re.compile(r"(/suivi/)[^\s'\"?/]+"), rf"\1{BLOT}"),
    (
        re.compile(
            r"(/pratiques/(?:verification|propositions(?:/confirmer)?)/)(?!confirmer/)[^\s'\"?/]+"
        ),
        rf"\1{BLOT}",
    ),
    (re.compile(r"(/rencontres/inscriptions/)[^\s'\"?/]+"), rf"\1{BLOT}"),
    (re.compile(r"(/invitation/)[^\s'\"?/]+"), rf"\1{BLOT}"),
    (re.compile(r"(/rencontre/[\w-]+/rappel/)[^\s'\"?/]+"), rf"\1{BLOT}"),
    (re.compile(r"(/comptes/invitations/accepter/)[^\s'\"?/]+"), rf"\1{BLOT}"),
    (re.compile(r"(/comptes/mot-de-passe/nouveau/)[^\s'\"?/]+"), rf"\1{BLOT}"),
    (re.compile(r"(/comptes/courriel/confirmer/)[^\s'\"?/]+"), rf"\1{BLOT}"),
    (re.compile(r"\?[\w%-]+=[^\s'\"]*"), f"?{BLOT}"),
    (
        re.compile(
            r"(?i)\b(sessionid|csrftoken|csrfmiddlewaretoken|password|token|secret|comment"
            r"|comment(?:aire)?|authorization|cookie)(['\"]?\s*[:=]\s*)(?:'[^']*'|\"[^\"]*\"|\S+)"
        ),
        rf"\1\2{BLOT}",
    ),
    (re.compile(r"\b(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\b"), r"\1.0"),
    (
        re.compile(r"\b([0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}):[0-9a-f:]+", re.IGNORECASE),
        r"\1::",
    ),
    # Anything long and random.
    (re.compile(r"\b(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{24,}\b"), BLOT),
)
# What these say comes from the machine; any other message may repeat what somebody typed.
_TOLD = (OperationalError, InterfaceError, ImproperlyConfigured, ImportError, TemplateDoesNotExist)


def scrub(text: str) -> str:
    """The same text with everything personal blotted out."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


class ReferenceFilter(logging.Filter):
    """Give each record the reference number that the visitor saw on her error page."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.reference = getattr(request, "reference", "-")
        return True


class DiscreetFormatter(logging.Formatter):
    """The last step before a line is written: nothing personal goes through."""

    def format(self, record: logging.LogRecord) -> str:
        if not hasattr(record, "reference"):
            record.reference = "-"
        # A traceback formatted by another handler is kept on the record, unscrubbed.
        record.exc_text = None
        return scrub(super().format(record))

    def formatException(self, ei) -> str:  # noqa: N802  the name is logging's
        """Where it broke and the kind of error, for each of the chain, the first one first."""
        chain: list[BaseException] = []
        error = ei[1]
        while error is not None and error not in chain:
            chain.append(error)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(_told(error) for error in reversed(chain))


def _told(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    message = str(error) if isinstance(error, _TOLD) else BLOT
    return f"Traceback (most recent call last):\n{frames}{type(error).__qualname__}: {message}"
