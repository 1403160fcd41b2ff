"""What may be compared between démarches, and why the rest may not, in words (DOMAIN.md §7.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from appreciation.domain.report import ReportItem, ReportMeeting
from appreciation.domain.results import LOW_GROUP
from appreciation.domain.synthesis.sources import PublishedAppraisal
from appreciation.enums import PUBLICATION_ORDER, Medium, PublicationLevel
from core.disclosure import DisclosedDistribution

OLD_AFTER = 5
"""Years: a community has changed since (the region looks back that far, no further)."""

HISTORICAL = "Historique, non comparable: ses constats comptent, aucun chiffre n’en est tiré."
NO_EVENING = "Aucune soirée n’y est racontée: il n’y a pas de réponses à lire."
FEW = (
    f"Moins de {LOW_GROUP} personnes ont répondu à une dimension au moins: une voix de plus peut "
    "changer les mots de l’accord."
)
ALL_HIDDEN = "Trop peu de réponses: ses répartitions restent dans la salle."
SEVERAL_EVENINGS = "Plusieurs soirées: seule la dernière est lue, elles ne s’additionnent pas."
BY_LEVEL = {
    PublicationLevel.SUMMARY: "Sommaire public: l’accord se lit en mots, sans répartition.",
    PublicationLevel.REGION: "Niveau « région »: ses résultats ne sortent pas de la région.",
}
BY_MEDIUM = {
    str(Medium.HANDS.label): "Des mains levées: chacun a vu la réponse des autres.",
    str(Medium.TELEPHONE.label): "Des réponses par appel téléphonique: quelqu’un les a notées.",
}


@dataclass(frozen=True)
class Usual:
    """What most of the démarches beside it use: the instrument, its version, the scale's length."""

    instrument: str
    version: str
    scale_length: int | None


def scale_length_of(meeting: ReportMeeting | None) -> int | None:
    """The length that most of its statements use."""
    lengths = Counter(len(item.labels) for item in meeting.items) if meeting else Counter()
    return max(lengths, key=lambda length: (lengths[length], length), default=None)


def usual_of(sources: Iterable[PublishedAppraisal]) -> Usual:
    """The most common instrument and version, the most common length; the first name at a tie."""
    evenings = [each.last_evening for each in sources if each.last_evening]
    instruments = Counter((each.instrument, each.instrument_version) for each in evenings)
    lengths = Counter(scale_length_of(each) for each in evenings)
    instrument, version = min(
        instruments, key=lambda pair: (-instruments[pair], pair), default=("", "")
    )
    length = min(lengths, key=lambda each: (-lengths[each], each or 0), default=None)
    return Usual(instrument, version, length)


def reasons_apart(source: PublishedAppraisal, usual: Usual, *, year: int) -> tuple[str, ...]:
    """Why its figures stand apart, are missing or must be read with care; empty: nothing to say."""
    reasons = [HISTORICAL] if source.publication.is_historical else []
    evening = source.last_evening
    if source.report and evening is None:
        reasons.append(NO_EVENING)
    if source.report and evening:
        reasons += [*_instrument(evening, usual), *_people(evening)]
        if len(source.report.meetings) > 1:
            reasons.append(SEVERAL_EVENINGS)
        reasons += [BY_MEDIUM[each.label] for each in evening.media if each.label in BY_MEDIUM]
    if year - source.publication.year > OLD_AFTER:
        reasons.append(f"Elle date de {source.publication.year}: la communauté a pu changer.")
    return (*reasons, *_consent(source))


def mixed_dimensions(evening: ReportMeeting) -> tuple[str, ...]:
    """Dimensions whose statements do not share one scale: they cannot be put together."""
    lengths: dict[str, set[int]] = {}
    for item in evening.items:
        lengths.setdefault(item.dimension, set()).add(len(item.labels))
    return tuple(name for name, found in lengths.items() if len(found) > 1)


def by_dimension(items: Iterable[ReportItem]) -> dict[str, list[ReportItem]]:
    grouped: dict[str, list[ReportItem]] = {}
    for item in items:
        grouped.setdefault(item.dimension_code, []).append(item)
    return grouped


def _instrument(evening: ReportMeeting, usual: Usual) -> list[str]:
    reasons = []
    if usual.instrument and evening.instrument != usual.instrument:
        reasons.append(
            f"Autre instrument (« {evening.instrument} »): les mêmes dimensions, d’autres énoncés."
        )
    elif evening.instrument_version != usual.version:
        reasons.append(
            f"Version {evening.instrument_version} de l’instrument; les autres ont surtout la "
            f"version {usual.version}: les énoncés ont pu changer."
        )
    length = scale_length_of(evening)
    if length and usual.scale_length and length != usual.scale_length:
        reasons.append(
            f"Échelle de {length} niveaux: elle est lue à part de celles de "
            f"{usual.scale_length} niveaux."
        )
    reasons += [
        f"« {name} » mêle deux échelles: cette dimension n’entre dans aucun tableau."
        for name in mixed_dimensions(evening)
    ]
    return reasons


def _people(evening: ReportMeeting) -> list[str]:
    shown = [item for item in evening.items if item.distribution is not None]
    counted = [
        item.distribution.respondents
        for item in shown
        if isinstance(item.distribution, DisclosedDistribution)
    ]
    if evening.items and all(item.is_hidden for item in shown or evening.items):
        return [ALL_HIDDEN]
    return [FEW] if counted and min(counted) < LOW_GROUP else []


def _consent(source: PublishedAppraisal) -> Sequence[str]:
    edition, appraisal = source.publication, source.appraisal
    if edition.is_historical:
        return ()
    level = PublicationLevel(edition.level)
    reasons = [BY_LEVEL[level]] if level in BY_LEVEL else []
    announced = PublicationLevel(appraisal.announced_level)
    if PUBLICATION_ORDER.index(announced) > PUBLICATION_ORDER.index(level):
        reasons.append(
            f"Annoncé aux participants jusqu’à « {announced.label} », publié « {level.label} »: "
            "l’équipe peut en montrer plus par une nouvelle édition."
        )
    return reasons
