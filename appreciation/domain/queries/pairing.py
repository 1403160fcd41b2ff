"""« Jumelage »: who led this in a community like mine, and agrees to be called.

A démarche announced « privé » pairs nobody. One that the register does not show is told without
its name, its place or its dates (an Atikamekw community, whose council has not agreed: not at all).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from appreciation.enums import EDITING_ROLES, AppraisalState, Phase, PublicationLevel
from appreciation.models import Appraisal, DirectoryEntry, Membership, Publication
from core.typography import fr_number
from reference.enums import PlaceKind

if TYPE_CHECKING:
    from accounts.models import User
    from reference.models import Place

MOST = 10
SIZES = (1_000, 2_500, 5_000, 15_000)
"""Where a band of population begins: village, big village, small town, town, city."""
DONE_WORDS = (
    (Phase.FOLLOW_UP, "suivi fini"),
    (Phase.ACTION_PLAN, "actions choisies"),
    (Phase.RESTITUTION, "restitution faite"),
    (Phase.MEETING, "rencontre tenue"),
)


@dataclass(frozen=True)
class Pairing:
    """`edition` only when everyone may read it: nothing else says which community it was."""

    entry: DirectoryEntry
    reasons: tuple[str, ...]
    edition: Publication | None
    rank: tuple[int, ...]


def pairings(appraisal: Appraisal, user: User) -> list[Pairing]:
    """One line for each person, the most alike first; those of this team know each other."""
    memberships = list(_memberships(appraisal, user))
    editions = {
        edition.appraisal_id: edition
        for edition in Publication.objects.listed()
        .light()
        .filter(appraisal__in=[one.appraisal_id for one in memberships])
        .select_related("appraisal__page")
    }
    best: dict[int, Pairing] = {}
    for membership in memberships:
        found = _pairing(appraisal, membership, editions.get(membership.appraisal_id))
        known = best.get(membership.user_id)
        if found is not None and (known is None or found.rank > known.rank):
            best[membership.user_id] = found
    return sorted(
        best.values(), key=lambda one: (*(-part for part in one.rank), str(one.entry.user))
    )[:MOST]


def _memberships(appraisal: Appraisal, user: User):
    entries = DirectoryEntry.objects.visible_to(user).filter(agrees_to_be_called=True)
    team = Membership.objects.filter(appraisal=appraisal).values("user")
    return (
        Membership.objects.filter(
            user__directory_entry__in=entries,
            role__in=EDITING_ROLES,
            appraisal__is_rehearsal=False,
            appraisal__meeting_done_at__isnull=False,
        )
        .exclude(appraisal__state=AppraisalState.CANCELLED)
        .exclude(appraisal__announced_level=PublicationLevel.PRIVATE)
        .exclude(user=user)
        .exclude(user__in=team)
        .select_related(
            "user__directory_entry__territory", "appraisal__place", "appraisal__instrument"
        )
        .order_by("pk")
    )


def _pairing(
    mine: Appraisal, membership: Membership, edition: Publication | None
) -> Pairing | None:
    """None when too little is alike: same size or same questions is the least."""
    theirs = membership.appraisal
    if edition is None and theirs.place.kind == PlaceKind.FIRST_NATION_COMMUNITY:
        return None
    band = size_band(mine.place)
    is_same_size = band is not None and band == size_band(theirs.place)
    is_same_grid = _code(mine) is not None and _code(mine) == _code(theirs)
    is_same_kind = mine.place.kind == theirs.place.kind
    if not is_same_size and not is_same_grid:
        return None
    phase, done = _done(theirs)
    reasons = []
    if is_same_size and band is not None:
        reasons.append(f"communauté de taille semblable ({size_words(band)})")
    if is_same_kind:
        reasons.append(f"même genre de milieu ({theirs.place.get_kind_display()})")
    if is_same_grid and theirs.instrument is not None:
        reasons.append(f"même grille ({theirs.instrument.name})")
    reasons.append(done if edition is not None else "rencontre déjà tenue")
    entry = membership.user.directory_entry
    entry.user = membership.user
    rank = (is_same_size + is_same_grid, int(is_same_kind), phase if edition is not None else 0)
    return Pairing(entry, tuple(reasons), edition, rank)


def _done(appraisal: Appraisal) -> tuple[int, str]:
    """How far it went, and when, in words."""
    for position, (phase, words) in enumerate(DONE_WORDS):
        at = appraisal.phase_done_at(phase)
        if at is not None:
            return len(DONE_WORDS) - position, f"{words} en {timezone.localdate(at).year}"
    return 0, "rencontre tenue"


def _code(appraisal: Appraisal) -> str | None:
    return appraisal.instrument.code if appraisal.instrument is not None else None


def size_band(place: Place) -> int | None:
    """Which band of `SIZES` its population falls in; None when it is not known."""
    return None if place.population is None else bisect_right(SIZES, place.population)


def size_words(band: int) -> str:
    if band == 0:
        return f"moins de {fr_number(SIZES[0])} personnes"
    if band == len(SIZES):
        return f"{fr_number(SIZES[-1])} personnes ou plus"
    return f"de {fr_number(SIZES[band - 1])} à {fr_number(SIZES[band] - 1)} personnes"
