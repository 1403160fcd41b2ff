"""Showing the e-mail of an organisation: never in a page that anybody, or any robot, opens.

QUALITY.md §4 row 19. An address is shown after a button, so many times an hour for one visitor.
"""

from __future__ import annotations

from core.errors import DomainError
from core.slowdown import is_within

SHOWN_AT_MOST = 20
TOO_MANY = (
    "Plusieurs courriels ont déjà été montrés d’ici depuis une heure. Réessayez plus tard, "
    "ou téléphonez à l’organisme."
)


def count_shown(*, visitor: str) -> None:
    """One more address shown to this visitor, of whom only an imprint is kept for an hour."""
    if not is_within("contact", visitor=visitor, most=SHOWN_AT_MOST):
        raise DomainError(TOO_MANY)
