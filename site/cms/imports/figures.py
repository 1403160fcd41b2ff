"""Files of figures about places, as the admin imports them."""

from __future__ import annotations

from django.urls import reverse

from cms.imports.kinds import ImportKind, ImportWords, Report, Tell, Then, report_of
from cms.imports.models import BaseImportJob, FigureImportJob
from core.imports import ImportRefusedError
from reference.domain.figure_words import is_shown, status_words, value_words
from reference.domain.imports.indicator_mapping import (
    MAPPINGS,
    IndicatorMapping,
    load_indicator_mapping,
)
from reference.domain.imports.indicators import FigurePlan, import_indicators
from reference.domain.periods import period_words
from reference.models import IndicatorValue

SHOWN_ROWS = 10
NAMES = {
    "mamh_eau": "MAMH, eau potable",
    "mess_afdr": "Aide financière de dernier recours, un mois",
    "mess_as": "Aide sociale, un mois",
    "mess_mensuel": "Aide financière par région, plusieurs mois",
    "mess_oe": "Objectif emploi, un mois",
    "mess_prb": "Revenu de base, un mois",
    "mess_ss": "Solidarité sociale, un mois",
    "statcan_98_10_0002": "Statistique Canada, population et logements",
    "statcan_profil_complet": "Statistique Canada, profil d’une région",
    "statcan_profil_regions": "Statistique Canada, profil des régions",
    "statcan_rta": "Statistique Canada, secteurs postaux",
}
WORDS = ImportWords(
    title="Importer des chiffres",
    introduction=(
        "Envoyez un tableau de chiffres sur des lieux. Vous verrez ce qui serait ajouté, révisé ou"
        " refusé; rien n’est enregistré avant que vous le confirmiez. Chaque chiffre garde sa"
        " source, sa licence et sa ligne; une nouvelle édition ajoute ses années."
    ),
    file_help="CSV ou Excel (.xlsx): 5 Mo et 10 000 lignes au plus.",
    counts=("Chiffres ajoutés", "Chiffres révisés", "Chiffres laissés comme ils sont"),
    columns=("Où", "Lieu", "Indicateur", "Période", "Chiffre"),
    erased="Le fichier est effacé. Les chiffres restent comme ils sont.",
)


def look(content: bytes, name: str, mapping: bytes) -> Report:
    """What the file would do; what is refused is told with its lines."""
    try:
        plan = import_indicators(content, file_name=name, mapping=_mapping(mapping), dry_run=True)
    except ImportRefusedError as refusal:
        plan = FigurePlan(problems=refusal.problems)
    return _told(plan)


def write(job: BaseImportJob, content: bytes, tell: Tell) -> Report:
    tell(10, "Lecture du fichier")
    mapping = _mapping(job.mapping.encode())
    return _told(import_indicators(content, file_name=job.name, mapping=mapping))


def _then() -> Then:
    address = reverse("wagtailsnippets_reference_portraititem:list")
    return Then("Choisir ce que les portraits montrent", address)


FIGURES = ImportKind(
    url_name="figures_import",
    model=FigureImportJob,
    words=WORDS,
    mappings=MAPPINGS,
    mapping_names=NAMES,
    look=look,
    write=write,
    then=_then,
)


def _mapping(content: bytes) -> IndicatorMapping | None:
    return load_indicator_mapping(content, name="de ce fichier") if content else None


def _told(plan: FigurePlan) -> Report:
    first = [*plan.changed, *plan.created][:SHOWN_ROWS]
    return report_of(
        plan.outcome,
        changes=plan.outcome.changed,
        rows=[_row(value) for value in first],
        problems=plan.problems,
        remarks=plan.remarks,
    )


def _row(row: IndicatorValue) -> list[str]:
    indicator = row.indicator
    said = status_words(row.status, row.symbol)
    if row.value is not None and is_shown(row.value, row.status):
        words = value_words(row.value, indicator.unit, indicator.decimals)
        said = f"{words} ({said})" if said else words
    what = f"{indicator}, {row.breakdown}" if row.breakdown else str(indicator)
    return [f"Ligne {row.line}", str(row.place), what, period_words(row.period), said]
