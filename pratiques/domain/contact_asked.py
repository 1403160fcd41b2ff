"""Showing the e-mail of an organisation: never in a page that anybody, or any robot, opens.

QUALITY.md §4 row 19. An address is shown after a button, so many times an hour for one visitor.
"""

from __future__ import annotations

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from core.errors import DomainError

SHOWN_AT_MOST = 20
WINDOW_SECONDS = 60 * 60
TOO_MANY = (
    "Plusieurs courriels ont déjà été montrés d’ici depuis une heure. Réessayez plus tard, "
    "ou téléphonez à l’organisme."
)


def count_shown(*, visitor: str) -> None:
    """One more address shown to this visitor, of whom only an imprint is kept for an hour."""
    key = "contact:" + salted_hmac("pratiques.contact", visitor, algorithm="sha256").hexdigest()
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        shown = cache.incr(key)
    except ValueError:  # it ended between the two
        return
    if shown > SHOWN_AT_MOST:
        raise DomainError(TOO_MANY)
