"""What follows when an editor or a file makes or changes places, and what goes with one."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model, QuerySet

from reference.models import Place

Follow = Callable[[QuerySet[Place]], object]
Companion = Callable[[Place], Model | None]

_followers: dict[str, tuple[Follow, Companion]] = {}


def register_place_follower(name: str, follow: Follow, companion: Companion) -> None:
    """`follow` is given these places, in the same transaction; the same places again are harmless.

    `companion` is what it made of a place, as long as nobody wrote in it: it goes with the place.
    Places that ship with the site are not told: the command that makes its pages sees to them.
    """
    _followers[name] = (follow, companion)


def tell_places(places: QuerySet[Place]) -> None:
    for follow, _companion in _followers.values():
        follow(places)


def companions_of(place: Place) -> list[Model]:
    found = (companion(place) for _follow, companion in _followers.values())
    return [each for each in found if each is not None]
