"""What a démarche is called in a synthesis, and in which order it stands: never by its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.crypto import salted_hmac

from appreciation.domain.synthesis.sources import PublishedAppraisal
from appreciation.enums import SourceShown

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letters_of(rank: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    before, letter = divmod(rank, len(LETTERS))
    return (letters_of(before - 1) if before else "") + LETTERS[letter]


def in_order(sources: Sequence[PublishedAppraisal], *, salt: str) -> list[PublishedAppraisal]:
    """Named ones as they came, by territory and name; the others after, in an order that says
    nothing: drawn from the site's own secret, the same at each reading.
    """
    named = [each for each in sources if each.shown == SourceShown.NAMED]
    nameless = [each for each in sources if each.shown != SourceShown.NAMED]
    drawn = sorted(
        nameless,
        key=lambda each: salted_hmac(
            "appreciation.synthesis.order", f"{salt}:{each.appraisal.pk}", algorithm="sha256"
        ).hexdigest(),
    )
    return [*named, *drawn]


def names_of(sources: Sequence[PublishedAppraisal]) -> list[str]:
    """The community's name; with the year when it stands twice; « Communauté A » without name."""
    named = [each for each in sources if each.shown == SourceShown.NAMED]
    places = Counter(each.name for each in named)
    years = Counter((each.name, each.publication.year) for each in named)
    names, rank = [], 0
    for each in sources:
        if each.shown != SourceShown.NAMED:
            names.append(nameless(rank))
            rank += 1
        elif places[each.name] == 1:
            names.append(each.name)
        elif years[each.name, each.publication.year] == 1:
            names.append(f"{each.name} ({each.publication.year})")
        else:
            names.append(f"{each.name} ({each.publication.slug})")
    return names


def nameless(rank: int) -> str:
    return f"Communauté {letters_of(rank)}"
