"""A `Report` with something in every place, and one whose every text is hostile."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from appreciation.domain.ranking import RankedOption, Ranking
from appreciation.domain.report import (
    ComparedItem,
    Comparison,
    Report,
    ReportAction,
    ReportAgreed,
    ReportExit,
    ReportFinding,
    ReportItem,
    ReportMedium,
    ReportMeeting,
    ReportParagraph,
    ReportQuote,
    Side,
)
from appreciation.domain.report.nouns import (
    DimensionStatistics,
    LeftOut,
    ReportFigure,
    ReportPortrait,
    ReportStatistic,
    ReportWords,
    StatisticMark,
)
from appreciation.domain.report.texts import SECTION_TITLES
from core.disclosure import (
    AnswerCounts,
    DisclosedDistribution,
    Suppressed,
    disclose_distribution,
)

LABELS = ("À peine amorcé", "En chemin", "Bien avancé", "Acquis")
EXIT_LABELS = ("pas du tout", "un peu", "assez", "beaucoup")
DAY = dt.date(2026, 10, 22)


def counted(*levels: int, unknown: int = 0) -> DisclosedDistribution | Suppressed:
    return disclose_distribution(AnswerCounts(levels, unknown))


def item(name: str, **values: Any) -> ReportItem:
    plain: dict[str, Any] = {
        "dimension_code": name.lower(),
        "dimension": name,
        "code": name[:3].upper(),
        "text": f"Ici, {name.lower()} va de soi.",
        "is_alone": True,
        "labels": LABELS,
        "distribution": counted(0, 1, 4, 7),
        "median_words": "Acquis",
        "agreement_words": "accord net",
        "does_not_know_words": "",
        "agreed": None,
        "is_hidden": False,
    }
    return ReportItem(**plain | values)


def meeting(**values: Any) -> ReportMeeting:
    agreed = ReportAgreed(3, "Bien avancé", "On l’a vu pendant les inondations.", "Pas au rang 4.")
    loose = ReportAgreed(None, "", "", "Le transport dépend du rang où l’on vit.")
    plain: dict[str, Any] = {
        "held_on": DAY,
        "venue": "salle communautaire",
        "head_count": 12,
        "media": (ReportMedium("téléphone", 7), ReportMedium("feuille de papier", 5)),
        "fill_mode": "chacun pour soi, puis ensemble",
        "instrument": "Neuf dimensions",
        "instrument_version": "2",
        "instrument_notice": "version de travail",
        "instrument_source": "Nos mots",
        "items": (
            item("Entraide", agreed=agreed),
            item("École", distribution=counted(1, 2, 6, 3), median_words="Bien avancé"),
            item(
                "Transport",
                distribution=counted(5, 1, 0, 5, unknown=1),
                median_words="entre « À peine amorcé » et « Acquis »",
                agreement_words="avis opposés",
                does_not_know_words="1 personne ne sait pas",
                agreed=loose,
            ),
            item(
                "Eau",
                distribution=Suppressed(),
                median_words="",
                agreement_words="",
                is_hidden=True,
            ),
            item("Relève", distribution=None, median_words="", agreement_words=""),
        ),
        "exits": (ReportExit("Ai-je pu dire ce que je pense?", EXIT_LABELS, counted(0, 1, 3, 8)),),
        "dots": Ranking(
            lines=(
                RankedOption(1, "Une navette le jeudi", 9, is_tied=False),
                RankedOption(2, "Un jardin à l’école", 4, is_tied=False),
            ),
            phones=8,
            from_poster=5,
            is_hidden=False,
        ),
    }
    return ReportMeeting(**plain | values)


def comparison() -> Comparison:
    before = Side(counted(3, 5, 3, 1), 12, "En chemin", "accord partiel", None, "")
    now = Side(counted(0, 1, 4, 7), 12, "Acquis", "accord net", 3, "Bien avancé")
    return Comparison(
        before_reference="AC-2024-1",
        before_on=dt.date(2024, 10, 20),
        now_on=DAY,
        before_instrument="Neuf dimensions, version 1",
        now_instrument="Neuf dimensions, version 2",
        items=(ComparedItem("Entraide", LABELS, before, now),),
        left_out=(LeftOut("Relève", "Cet énoncé n’était pas posé la première fois."),),
        actions=(
            ReportAction(
                "Un babillard", "la caisse", "Trouver le mur", dt.date(2025, 3, 1), "faite"
            ),
        ),
    )


def statistics() -> DimensionStatistics:
    """Beside « Transport »: one that may be drawn, one that the source hides here."""
    source = "Statistique Canada, Recensement (Licence ouverte)"
    walked = ReportStatistic(
        "À pied ou à vélo",
        "2021",
        "arrondi par la source",
        (
            StatisticMark("here", "Village-Exemple", "4,5 %", "4.5"),
            StatisticMark("territory", "Mékinac", "5,1 %", "5.1"),
            StatisticMark("region", "Mauricie", "6,2 % (2016)"),
        ),
        source,
    )
    bus = ReportStatistic(
        "Transport en commun",
        "",
        "",
        (
            StatisticMark("here", "Village-Exemple", "masqué par la source"),
            StatisticMark("region", "Mauricie", "1,9 % (2016)"),
        ),
        source,
    )
    return DimensionStatistics("transport", "Transport", (walked, bus))


def full_report(**values: Any) -> Report:
    plain: dict[str, Any] = {
        "level": "full",
        "reference": "AC-2026-7",
        "place": "Village-Exemple",
        "territory": "Mékinac",
        "requested_by": "le comité local",
        "purposes": ("planification stratégique",),
        "is_demo": True,
        "adopted_by": "le comité local",
        "adopted_on": dt.date(2026, 11, 3),
        "headline": "On s’entend sur ses forces: Entraide.",
        "outside_k": 5,
        "meetings": (meeting(),),
        "paragraphs": tuple(
            ReportParagraph(key, title, f"Texte de {title}.\n\nSa suite.")
            for key, title in SECTION_TITLES.items()
        ),
        "findings": (
            ReportFinding("strength", "Entraide", "On s’entraide quand ça compte", is_quote=True),
            ReportFinding("challenge", "Transport", "Sans auto, on reste chez soi", is_quote=False),
            ReportFinding("action_lead", "", "Partager une auto le jeudi", is_quote=False),
        ),
        "quotes": (ReportQuote("Entraide", "Ma voisine a la clé"),),
        "actions": (
            ReportAction(
                "Une navette le jeudi",
                "la maison de la famille",
                "Appeler trois conducteurs",
                dt.date(2027, 1, 15),
                "en route",
            ),
        ),
        "room_words": (ReportWords("Un mot pour ce soir?", "Ensemble", ("ensemble", "enfin")),),
        "portrait": ReportPortrait(
            (ReportFigure("Population", "412", "personnes", 2021, "Recensement"),),
            (("école", "une école primaire, 41 élèves"),),
        ),
        "comparison": comparison(),
        "statistics": (statistics(),),
        "lessons": "Prévoir plus de chaises.",
    }
    return Report(**plain | values)


CODES = (
    *("level", "kind", "key", "dimension_code", "seal", "reference", "before_reference", "value"),
)
"""Texts that a person never types."""


def hostile(noun: Any, words: str) -> Any:
    """The same noun with `words` before every text that somebody may have typed."""
    if isinstance(noun, str):
        return f"{words}{noun}"
    if isinstance(noun, tuple):
        return tuple(hostile(each, words) for each in noun)
    if not dataclasses.is_dataclass(noun) or isinstance(noun, DisclosedDistribution | Suppressed):
        return noun
    changes = {
        field.name: hostile(getattr(noun, field.name), words)
        for field in dataclasses.fields(noun)
        if field.name not in CODES
    }
    return dataclasses.replace(noun, **changes)
