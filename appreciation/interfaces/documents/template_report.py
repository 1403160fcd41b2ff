"""What fills the template of the report: the same report as on screen, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appreciation.domain.report import Report, ReportFinding, ReportItem
from appreciation.interfaces.documents.report_source import ReportFile
from appreciation.interfaces.report_document import MeetingPart
from core.charts import DistributionBars, FactsBeside
from core.charts.standalone import bar_svg
from core.disclosure import TOO_FEW
from core.svg_images import svg_to_png
from core.typography import fr_date, fr_typo
from core.word_template import Filling, Picture

BAR_PIXELS, BAR_CM, PHOTO_CM = 900, 9, 14
TEAM_COPY = "COPIE DE L’ÉQUIPE"
NO_LEVEL = "pas de niveau convenu"


def filling_of(file: ReportFile) -> Filling:
    """A copy that tells more than was announced says so on each page, whatever the template."""
    report = file.report
    evenings = [_evening(part) for part in file.presented["parts"]]
    banner = " · ".join(filter(None, (file.banner, TEAM_COPY if file.copy_words else "")))
    values = {
        **_about(file),
        **_texts(file),
        **_said(file),
        "cote_a_cote": [_beside(each) for each in file.presented["beside"]],
        "rencontres": evenings,
        "enonces": evenings[-1]["enonces"] if evenings else [],
    }
    return Filling(values, report.title, file.identity.organisation, banner)


def _about(file: ReportFile) -> dict[str, Any]:
    report, last = file.report, file.report.meetings[-1] if file.report.meetings else None
    return {
        "titre": report.title,
        "communaute": report.place,
        "territoire": report.territory,
        "reference": report.reference,
        "demande_par": report.requested_by,
        "date_rencontre": fr_date(last.held_on) if last and last.held_on else "",
        "lieu": last.venue if last else "",
        "personnes_presentes": (last.head_count if last else None) or "",
        "instrument": f"{last.instrument}, version {last.instrument_version}" if last else "",
        "en_bref": report.headline,
        "version": file.edition,
        "avertissement": file.copy_words,
        "organisme": file.identity.organisation,
        "devise": file.identity.motto,
        "conseil": file.identity.adviser,
        "buts": list(report.purposes),
    }


def _texts(file: ReportFile) -> dict[str, str]:
    keys = {
        "introduction": "introduction",
        "participants": "participants",
        "methode": "method",
        "resultats": "results",
        "discussion": "discussion",
        "suites": "next-steps",
        "limites": "limits",
    }
    found = {name: file.report.paragraph(key) for name, key in keys.items()}
    texts = {name: fr_typo(each.text) if each else "" for name, each in found.items()}
    return texts | {"lecons": fr_typo(file.report.lessons)}


def _said(file: ReportFile) -> dict[str, list[dict[str, Any]]]:
    report = file.report
    return {
        "forces": [_finding(each) for each in report.strengths],
        "defis": [_finding(each) for each in report.challenges],
        "pistes": [_finding(each) for each in report.leads],
        "citations": [
            {"texte": fr_typo(each.text), "dimension": each.dimension} for each in report.quotes
        ],
        "mots": [
            {"question": each.question, "titre": each.title, "mots": ", ".join(each.words)}
            for each in report.room_words
        ],
        "choix": _ranking(report),
        "photos": [
            {
                "image": Picture(each.content, each.alt, PHOTO_CM) if each.content else "",
                "texte": each.alt,
            }
            for each in file.photos
        ],
        "actions": [
            {
                "titre": fr_typo(each.title),
                "premier_pas": fr_typo(each.first_step),
                "porteur": each.carrier,
                "echeance": fr_date(each.due_on),
                "etat": each.state,
            }
            for each in report.actions
        ],
        **_portrait(report),
    }


def _portrait(report: Report) -> dict[str, list[dict[str, Any]]]:
    portrait = report.portrait
    return {
        "chiffres": [
            {
                "nom": fr_typo(each.label),
                "valeur": f"{each.value} {each.unit}".strip(),
                "annee": each.year,
                "source": fr_typo(each.source),
            }
            for each in (portrait.figures if portrait else ())
        ],
        "reperes": [
            {"genre": kind, "texte": fr_typo(words)}
            for kind, words in (portrait.facts if portrait else ())
        ],
    }


def _beside(figure: FactsBeside) -> dict[str, Any]:
    """The cells of the figure's own table."""
    columns = ("quoi", "sorte", "ici", "ailleurs")
    return {
        "dimension": figure.title,
        "phrase": figure.sentence,
        "lignes": [
            dict(zip(columns, (fr_typo(str(cell)) for cell in row), strict=True))
            for row in figure.table().rows
        ],
        "source": figure.source,
    }


def _finding(finding: ReportFinding) -> dict[str, str]:
    text = fr_typo(finding.text)
    said = fr_typo(f"« {text} »") if finding.is_quote else text
    return {"texte": said, "dimension": finding.dimension}


def _ranking(report: Report) -> list[dict[str, Any]]:
    """Of the last evening where dots were put."""
    rankings = [each.dots for each in report.meetings if each.dots]
    lines = rankings[-1].lines if rankings else ()
    return [{"rang": line.rank, "texte": fr_typo(line.text)} for line in lines]


def _evening(part: MeetingPart) -> dict[str, Any]:
    meeting = part.meeting
    bars = {
        bar.label: (bar, len(figures.bars.scale))
        for figures in part.figures
        for bar in figures.bars.bars
        if not bar.is_suppressed
    }
    return {
        "date": fr_date(meeting.held_on) if meeting.held_on else "sans date",
        "lieu": meeting.venue,
        "personnes": meeting.head_count or "",
        "legende": " ".join(dict.fromkeys(_legend(each.bars) for each in part.figures)),
        "source": part.source,
        "enonces": [_statement(item, bars) for item in meeting.items],
    }


def _legend(chart: DistributionBars) -> str:
    """In words: a template has no colour to show."""
    words = f"De gauche à droite: {', '.join(each.label for each in chart.scale.legend)}"
    words += f"; hachures: {chart.scale.unknown_label}" if chart.scale.unknown_label else ""
    return fr_typo(words + ("; triangle: niveau convenu." if chart.has_agreed_levels else "."))


def _statement(item: ReportItem, bars: Mapping[str, Any]) -> dict[str, Any]:
    agreed = item.agreed
    drawn = bars.get(item.name) if item.distribution is not None else None
    return {
        "dimension": item.dimension,
        "nom": item.name,
        "niveau_convenu": (agreed.label or NO_LEVEL) if agreed else "",
        "pourquoi": fr_typo(agreed.reason) if agreed else "",
        "autre_avis": fr_typo(agreed.dissent) if agreed else "",
        "accord": TOO_FEW if item.is_hidden else item.agreement_words,
        "milieu": item.median_words,
        "ne_sait_pas": item.does_not_know_words,
        "barre": _picture(*drawn) if drawn else "",
    }


def _picture(bar, levels: int) -> Picture:
    return Picture(svg_to_png(bar_svg(bar, levels), BAR_PIXELS), bar.spoken, BAR_CM)
