"""The portrait of a community: a text, a document, up to twelve sourced figures, local facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from appreciation.domain.phase_records import bump_record, lock_to_write, save_record
from appreciation.enums import Phase
from appreciation.models import Appraisal, LocalFact, PhaseRecord, PlaceFact, PortraitFigure
from core.errors import DomainError
from core.typography import fr_number
from reference.domain.figure_words import unit_words
from reference.domain.portrait import PortraitLine, portrait_of_place

if TYPE_CHECKING:
    from accounts.models import User
    from cms.models import SiteDocument

MOST_FIGURES = 12
MOST_FACTS = 20
TOO_MANY_FIGURES = (
    "Douze chiffres suffisent à une conversation: gardez ceux dont on parlera, retirez-en un."
)
TOO_MANY_FACTS = "Vingt repères suffisent: gardez ceux dont on parlera, retirez-en un."


@dataclass(frozen=True)
class FigureLine:
    """A figure as typed. The value stays a text: sources write « x », « moins de 5 », « 1 240 »."""

    label: str
    value: str
    unit: str
    year: int
    source: str


@dataclass(frozen=True)
class FactLine:
    kind: str
    words: str


@dataclass(frozen=True)
class Portrait:
    """What is told of a community before people appraise; `is_empty` when nothing is."""

    text: str
    source: str
    figures: tuple[FigureLine, ...]
    facts: tuple[tuple[str, str], ...]
    """Kind in words, then the words."""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.figures or self.facts)


def save_portrait(
    *,
    appraisal: Appraisal,
    user: User,
    version: int,
    text: str,
    source: str,
    document: SiteDocument | None,
    figures: list[FigureLine],
    facts: list[FactLine],
) -> None:
    """Keep exactly these figures and facts, in order, with the text and the document.

    Twelve figures at most, each with its source (DOMAIN.md §1.3). Refused when somebody else saved
    since `version`, unless both wrote the same.
    """
    _check_lines(figures, facts)
    with transaction.atomic():
        locked = lock_to_write(appraisal, user)
        if (figure_lines(locked), fact_lines(locked)) != (figures, facts):
            written = PhaseRecord.objects.filter(appraisal=locked, phase=Phase.PORTRAIT).first()
            theirs = written.text if written else ""
            bump_record(
                appraisal=locked, phase=Phase.PORTRAIT, user=user, version=version, theirs=theirs
            )
            version += 1
            _replace(locked, figures, facts)
        save_record(
            appraisal=locked,
            phase=Phase.PORTRAIT,
            user=user,
            version=version,
            text=text,
            source=source,
            document=document,
        )


def _check_lines(figures: list[FigureLine], facts: list[FactLine]) -> None:
    if len(figures) > MOST_FIGURES:
        raise DomainError(TOO_MANY_FIGURES)
    if len(facts) > MOST_FACTS:
        raise DomainError(TOO_MANY_FACTS)
    if any(not figure.source.strip() for figure in figures):
        raise DomainError("Dites d’où vient chaque chiffre: sans source, il ne convainc personne.")


def figure_lines(appraisal: Appraisal) -> list[FigureLine]:
    return [
        FigureLine(row.label, row.value, row.unit, row.year, row.source)
        for row in appraisal.portrait_figures.all()
    ]


def fact_lines(appraisal: Appraisal) -> list[FactLine]:
    return [FactLine(row.kind, row.words) for row in appraisal.local_facts.all()]


@dataclass(frozen=True)
class Suggestion:
    """What the public portrait of the place already says; nothing is kept before the team saves."""

    figures: tuple[FigureLine, ...] = ()
    facts: tuple[FactLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.facts)


def suggested_portrait(appraisal: Appraisal, record: PhaseRecord | None) -> Suggestion:
    """Figures and local facts of the place's own portrait, while the team has written nothing.

    In the editor's order, twelve at most, each with its source; a figure that the source hides is
    not offered.
    """
    if record is not None:
        return Suggestion()
    lines = [line for line in portrait_of_place(appraisal.place).lines if not line.is_missing]
    facts = PlaceFact.objects.filter(page__place=appraisal.place_id, page__live=True)
    return Suggestion(
        tuple(_suggested(line) for line in lines[:MOST_FIGURES]),
        tuple(FactLine(fact.kind, fact.words) for fact in facts[:MOST_FACTS]),
    )


def _suggested(line: PortraitLine) -> FigureLine:
    here, indicator = line.here, line.indicator
    if here is None or here.value is None:
        raise ValueError("Un chiffre absent ne se propose pas.")
    start, _, end = here.period.partition("/")
    label = f"{indicator.name}, {here.when}" if end else indicator.name
    source = str(here.source)
    if here.is_computed:
        source = f"{source}, calculé à partir des municipalités"
    return FigureLine(
        label=label[:120],
        value=fr_number(here.value, indicator.decimals),
        unit=unit_words(here.value, indicator.unit),
        year=int((end or start)[:4]),
        source=source[:200],
    )


def portrait_of(appraisal: Appraisal) -> Portrait:
    """The portrait as the room and the report read it."""
    record = appraisal.phase_records.filter(phase=Phase.PORTRAIT).first()
    return Portrait(
        text=record.text if record else "",
        source=record.source if record else "",
        figures=tuple(figure_lines(appraisal)),
        facts=fact_words(appraisal),
    )


def fact_words(appraisal: Appraisal) -> tuple[tuple[str, str], ...]:
    """(kind in words, words) of each local fact."""
    rows = appraisal.local_facts.all()
    return tuple((str(row.get_kind_display()), row.words) for row in rows)


def _replace(appraisal: Appraisal, figures: list[FigureLine], facts: list[FactLine]) -> None:
    appraisal.portrait_figures.all().delete()
    appraisal.local_facts.all().delete()
    PortraitFigure.objects.bulk_create(
        PortraitFigure(appraisal=appraisal, position=position, **vars(line))
        for position, line in enumerate(figures, start=1)
    )
    LocalFact.objects.bulk_create(
        LocalFact(appraisal=appraisal, position=position, **vars(line))
        for position, line in enumerate(facts, start=1)
    )
