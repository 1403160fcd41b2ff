"""What costs the machine something is given so many times an hour to one visitor."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from core.errors import DomainError
from core.origin import visitor_address

HOUR = 60 * 60


class TooManyAskedError(DomainError):
    """Answered by the page of the 429 (`consortium.middleware`)."""


def is_within(what: str, *, visitor: str, most: int, seconds: int = HOUR) -> bool:
    """Count one more `what` for this visitor, of whom only an imprint is kept that long."""
    key = f"{what}:" + salted_hmac(f"slowdown.{what}", visitor, algorithm="sha256").hexdigest()
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ended between the two
        return True


def slow_down(request: HttpRequest, what: str, *, most: int, seconds: int = HOUR) -> None:
    """TooManyAskedError beyond `most`: the same may be asked later."""
    if not is_within(what, visitor=visitor_address(request), most=most, seconds=seconds):
        raise TooManyAskedError("Il y a eu trop de demandes de suite. Réessayez plus tard.")
