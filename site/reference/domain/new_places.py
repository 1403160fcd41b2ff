"""What follows when an editor or a file makes or changes places."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from reference.models import Place

Follower = Callable[[QuerySet[Place]], object]

_followers: dict[str, Follower] = {}


def register_place_follower(name: str, follow: Follower) -> None:
    """`follow` is given these places, in the same transaction; the same places again are harmless.

    Those that ship with the site are not told: the command that makes its pages sees to them.
    """
    _followers[name] = follow


def tell_places(places: QuerySet[Place]) -> None:
    for follow in _followers.values():
        follow(places)
