"""« Qui n’est pas encore là? »: who is in the room, beside who lives in the place.

For the team only. A question to ask oneself: nobody is counted who did not raise a hand, and in a
small room one person more or less changes everything (DOMAIN.md §3.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from appreciation.domain.attendance import group_tallies
from appreciation.enums import RoomGroup
from appreciation.models import Appraisal, Meeting
from core.typography import NBSP, fr_typo, join_words, of_name
from reference.domain.census_mix import AGES, GENDERS, HUNDRED, CensusShare, census_mix
from reference.domain.figure_words import value_words

USUAL_PEOPLE = 12
FEWEST_EXPECTED = 2
"""Under two people, nothing can be said to be missing."""
SMALL_ROOM = 50

UNDER_15, FROM_15_TO_64, FROM_65 = AGES
WOMEN, MEN = GENDERS


@dataclass(frozen=True)
class MixClass:
    """Groups counted together; `census` is the code of the same class there, if it has one."""

    label: str
    groups: tuple[RoomGroup, ...]
    census: str = ""


BY_AGE = (
    MixClass("moins de 15 ans", (RoomGroup.UNDER_15,), UNDER_15),
    MixClass("15 à 64 ans", (RoomGroup.FROM_15, RoomGroup.FROM_30), FROM_15_TO_64),
    MixClass("dont 15 à 29 ans", (RoomGroup.FROM_15,)),
    MixClass("65 ans et plus", (RoomGroup.FROM_65,), FROM_65),
)
BY_GENDER = (
    MixClass("femmes", (RoomGroup.WOMEN,), WOMEN),
    MixClass("hommes", (RoomGroup.MEN,), MEN),
)


@dataclass(frozen=True)
class MixLine:
    """`here` is None before the evening; `expected`, a room of that size in the census's image."""

    label: str
    here: int | None
    expected: int | None
    census: CensusShare | None

    @property
    def census_words(self) -> str:
        return value_words(self.census.percent, "%", 1) if self.census else "pas séparé"

    @property
    def is_missing(self) -> bool:
        """Less than half of what the census would give."""
        if self.here is None or self.expected is None:
            return False
        return self.expected >= FEWEST_EXPECTED and self.here * 2 < self.expected


@dataclass(frozen=True)
class RoomMix:
    """`people`: who raised a hand for their age, or how many are awaited; `is_counted` tells."""

    place: str
    people: int
    is_counted: bool
    lines: tuple[MixLine, ...]

    @cached_property
    def compared(self) -> list[MixLine]:
        return [line for line in self.lines if line.census is not None]

    @property
    def sentence(self) -> str:
        if not self.is_counted:
            told = [f"{line.expected} de «{NBSP}{line.label}{NBSP}»" for line in self.compared]
            where = self.compared[0].census
            said = where.where if where else self.place
            return fr_typo(
                f"À l’image {of_name(said)}, une salle de {self.people} personnes compterait"
                f" environ {join_words(told)}."
            )
        missing = [f"«{NBSP}{line.label}{NBSP}»" for line in self.compared if line.is_missing]
        if not missing:
            return "Aucun groupe compté n’est deux fois moins présent qu’au recensement."
        return f"Moins de la moitié de ce que donnerait le recensement: {join_words(missing)}."

    @property
    def limits(self) -> list[str]:
        """What these numbers do not say, from the widest to the narrowest."""
        shares = [line.census for line in self.compared if line.census]
        places = list(dict.fromkeys(share.where for share in shares if share.is_elsewhere))
        bases = dict.fromkeys(f"{share.where}, {share.when}, {share.base}" for share in shares)
        told = [
            f"Le recensement chargé ne donne pas ces parts pour {self.place}: ce sont celles"
            f" {join_words([of_name(place) for place in places])}."
            if places
            else "",
            f"Base du recensement: {'; '.join(bases)}." if bases else "",
            "Ne sont comptées ici que les personnes qui ont levé la main."
            if self.is_counted
            else "",
            f"Dans une salle de {self.people}, une personne de plus ou de moins change tout: c’est"
            " une question à se poser, pas un verdict."
            if self.people < SMALL_ROOM
            else "",
        ]
        return [fr_typo(each) for each in told if each]

    @property
    def sources(self) -> list[str]:
        found = (line.census.source for line in self.compared if line.census)
        return list(dict.fromkeys(str(source) for source in found))


def awaited_mix(appraisal: Appraisal) -> RoomMix | None:
    """What a room in the image of the place would be; None when no census is loaded."""
    people = appraisal.expected_attendance or USUAL_PEOPLE
    shares = census_mix(appraisal.place)
    image = _in_the_image(shares, people)
    lines = tuple(
        MixLine(each.label, None, image[each.census], shares[each.census])
        for each in (*BY_AGE, *BY_GENDER)
        if each.census in shares
    )
    return RoomMix(str(appraisal.place), people, is_counted=False, lines=lines) if lines else None


def room_mix(meeting: Meeting) -> RoomMix | None:
    """The evening beside the census; None when nobody counted ages nor genders at the door."""
    counted = group_tallies(meeting)
    if not any(counted.values()):
        return None
    place = meeting.appraisal.place
    shares = census_mix(place)
    lines = (*_lines(BY_AGE, counted, shares), *_lines(BY_GENDER, counted, shares))
    people = max(_people(BY_AGE, counted), _people(BY_GENDER, counted))
    return RoomMix(str(place), people, is_counted=True, lines=lines)


def _lines(
    classes: tuple[MixClass, ...], counted: Mapping[str, int], shares: Mapping[str, CensusShare]
) -> tuple[MixLine, ...]:
    """Of an axis that was counted; its people are those who raised a hand for it."""
    people = _people(classes, counted)
    if not people:
        return ()
    image = _in_the_image(shares, people)
    return tuple(
        MixLine(
            each.label,
            sum(counted.get(group, 0) for group in each.groups),
            image.get(each.census),
            shares.get(each.census),
        )
        for each in classes
    )


def _people(classes: tuple[MixClass, ...], counted: Mapping[str, int]) -> int:
    groups = {group for each in classes for group in each.groups}
    return sum(counted.get(group, 0) for group in groups)


def _in_the_image(shares: Mapping[str, CensusShare], people: int) -> dict[str, int]:
    """Whole people, as many as there are: the largest remainders get those left over."""
    room: dict[str, int] = {}
    for axis in (AGES, GENDERS):
        exact = {code: shares[code].percent * people / HUNDRED for code in axis if code in shares}
        whole = {code: int(part) for code, part in exact.items()}
        total = int(sum(exact.values(), Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP))
        by_remainder = sorted(exact, key=lambda code: whole[code] - exact[code])
        for code in by_remainder[: total - sum(whole.values())]:
            whole[code] += 1
        room |= whole
    return room
