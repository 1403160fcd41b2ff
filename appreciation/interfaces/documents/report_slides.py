"""Slides for the restitution: strengths first, one idea each, notes to speak from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from appreciation.domain.report import Report, ReportAction, ReportFinding, ReportItem
from appreciation.domain.wording import OPPOSED, SHARED
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.report_beside import beside_on_slides
from appreciation.interfaces.documents.report_practices import practices_on_slides
from appreciation.interfaces.documents.report_source import ReportFile, report_file
from appreciation.interfaces.report_document import MeetingPart
from core.charts import BarRow, DistributionBars
from core.charts.standalone import INK, ink_on, tint
from core.disclosure import TOO_FEW, DisclosedDistribution
from core.slides import Series, SlideDeck
from core.typography import NBSP, fr_date, fr_typo

BARS_ON_SLIDE = 5
POINTS_ON_SLIDE = 3
Each = TypeVar("Each")

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def report_slides(making: Making) -> bytes:
    making.tell(20, "Le rapport se rassemble")
    return slides_of(report_file(making))


def slides_of(file: ReportFile) -> bytes:
    report, texts = file.report, file.presented["texts"]
    deck = SlideDeck(
        title=f"Restitution, {report.place}",
        author=file.identity.organisation,
        footer=file.footer,
        banner=file.banner,
    )
    _opening(deck, file)
    deck.statement(
        "À retenir",
        report.headline,
        notes="Lisez la phrase lentement, deux fois. Demandez qui s’y reconnaît.",
    )
    _findings(deck, "Nos forces", report.strengths, "Commencez par elles: on bâtit dessus.")
    for part in file.presented["parts"]:
        _evening(deck, part)
    beside_on_slides(deck, file)
    _quotes(deck, report)
    _discussed(deck, report)
    _findings(deck, "Nos défis", report.challenges, "Ce sont des défis partagés, de personne.")
    _room_words(deck, report)
    _photos(deck, file)
    _before_and_now(deck, file)
    _findings(deck, "Des pistes d’action", report.leads, "Une piste n’est pas encore une promesse.")
    _ranking(deck, file)
    _actions(deck, report)
    practices_on_slides(deck, report)
    deck.points(
        texts["limits"].title,
        [fr_typo(said) for said in SENTENCE_END.split(texts["limits"].text) if said.strip()]
        or ["Ces résultats disent ce que les personnes présentes ont vu ce jour-là."],
        notes="À dire simplement, avant les questions.",
    )
    _closing(deck, file)
    return deck.to_bytes()


def _opening(deck: SlideDeck, file: ReportFile) -> None:
    report = file.report
    when = f"Rencontre du {fr_date(report.held_on)}. " if report.held_on else ""
    deck.opening(
        f"{report.place}{NBSP}: ce qu’on a, ce qu’on peut faire",
        f"{when}On vous rapporte ce que vous avez dit. {file.identity.organisation}",
        notes="\n".join(
            filter(
                None,
                (
                    "Souhaitez la bienvenue. Dites qui était là, et merci.",
                    "Données et propos fictifs: c’est une démonstration." if file.banner else "",
                    file.copy_words,
                    file.footer,
                ),
            )
        ),
    )


def _findings(deck: SlideDeck, title: str, findings: Sequence[ReportFinding], notes: str) -> None:
    for group in groups(findings, POINTS_ON_SLIDE):
        deck.points(title, [(_quoted(each), each.dimension) for each in group], notes=notes)


def _quoted(finding: ReportFinding) -> str:
    text = fr_typo(finding.text)
    return f"«{NBSP}{text}{NBSP}»" if finding.is_quote else text


def _evening(deck: SlideDeck, part: MeetingPart) -> None:
    for figures in part.figures:
        bars_on_slides(deck, figures.bars)
    agreed = [item for meeting in (part.meeting,) for item in meeting.items if item.agreed]
    for group in groups(agreed, POINTS_ON_SLIDE):
        deck.points(
            "Ce dont nous avons convenu",
            [_agreed(item) for item in group],
            notes="Le niveau convenu est celui que le groupe a retenu après en avoir parlé.\n"
            + "\n".join(filter(None, (item.agreed.dissent for item in group if item.agreed))),
        )
    if part.exits:
        bars_on_slides(deck, part.exits)


def _agreed(item: ReportItem) -> tuple[str, str]:
    label = item.agreed.label if item.agreed else ""
    reason = fr_typo(item.agreed.reason) if item.agreed else ""
    return f"{item.name}{NBSP}: {label or 'pas de niveau convenu'}", reason


def bars_on_slides(deck: SlideDeck, chart: DistributionBars) -> None:
    """The answers, a few statements at a time; those that stay in the room are named below."""
    shown = [row for row in chart.rows if isinstance(row.distribution, DisclosedDistribution)]
    hidden = [row.label for row in chart.rows if row not in shown]
    spoken = {bar.label: bar.spoken for bar in chart.bars}
    for group in groups(shown, BARS_ON_SLIDE):
        words = [_said(row) for row in group]
        deck.bars(
            chart.title,
            [row.label for row in group],
            _series(chart, group),
            alt=f"{chart.title} {chart.sentence}\n" + "\n".join(spoken[row.label] for row in group),
            notes="\n".join((chart.sentence, *words, f"Source{NBSP}: {chart.source}")),
            under=f"{TOO_FEW.capitalize()}{NBSP}: {', '.join(hidden)}" if hidden else "",
        )
    if hidden and not shown:
        deck.points(chart.title, [f"{label}{NBSP}: {TOO_FEW}" for label in hidden], notes="")


def _said(row: BarRow) -> str:
    return f"{row.label}{NBSP}: {', '.join(filter(None, (row.headline, row.detail)))}."


def _series(chart: DistributionBars, rows: Sequence[BarRow]) -> list[Series]:
    levels = len(chart.scale)
    counts = [
        row.distribution for row in rows if isinstance(row.distribution, DisclosedDistribution)
    ]
    series = [
        Series(
            name=entry.label,
            values=tuple(each.levels[level - 1] for each in counts),
            fill=tint(level, levels)[1:].upper(),
            ink=ink_on(level, levels)[1:].upper(),
        )
        for level, entry in enumerate(chart.scale.legend, 1)
    ]
    if chart.scale.unknown_label:
        unknown = tuple(each.does_not_know for each in counts)
        series.append(Series(chart.scale.unknown_label, unknown, "", INK[1:].upper()))
    return series


def _quotes(deck: SlideDeck, report: Report) -> None:
    for quote in report.quotes:
        deck.statement(
            "Des paroles de la rencontre",
            f"«{NBSP}{fr_typo(quote.text)}{NBSP}»",
            notes=f"Au sujet de{NBSP}: {quote.dimension}. Laissez un silence.",
        )


def _discussed(deck: SlideDeck, report: Report) -> None:
    items = [item for meeting in report.meetings for item in meeting.items]
    opposed = [item for word in (OPPOSED, SHARED) for item in items if item.agreement_words == word]
    for group in groups(opposed, POINTS_ON_SLIDE):
        deck.points(
            "Là où on diffère, on jase",
            [
                (item.name, fr_typo(item.agreed.dissent) if item.agreed else item.agreement_words)
                for item in group
            ],
            notes="Demandez pourquoi quelqu’un verrait autrement, jamais qui a répondu quoi.",
        )


def _room_words(deck: SlideDeck, report: Report) -> None:
    for group in report.room_words:
        deck.points(
            fr_typo(group.question),
            [(fr_typo(group.title), ", ".join(map(fr_typo, group.words)))],
            notes="Les mots envoyés par la salle, tels quels.",
        )


def _photos(deck: SlideDeck, file: ReportFile) -> None:
    for photo in file.photos:
        if photo.content:
            deck.picture(
                "Les grandes feuilles de la rencontre",
                photo.content,
                alt=photo.alt,
                notes="Dites ce qu’on y voit: au fond, personne ne peut lire.",
            )


def _before_and_now(deck: SlideDeck, file: ReportFile) -> None:
    compared = file.presented["compared"]
    if not compared:
        return
    for figure in compared.figures:
        bars_on_slides(deck, figure)
    for group in groups(compared.done, POINTS_ON_SLIDE):
        deck.points(
            "Ce qui s’est fait entre les deux",
            [(fr_typo(each.name), fr_typo(each.sentence)) for each in group],
            notes="Soulignez ce qui a été tenu.",
        )


def _ranking(deck: SlideDeck, file: ReportFile) -> None:
    for part in file.presented["parts"]:
        dots = part.meeting.dots
        if not dots:
            continue
        if not dots.lines:
            deck.statement("Par quoi commencer", dots.sentence, notes="")
        for group in groups(dots.lines, POINTS_ON_SLIDE):
            deck.points(
                "Par quoi commencer",
                [
                    (
                        f"{line.rank}. {fr_typo(line.text)}",
                        "" if line.dots is None else f"{line.dots} points",
                    )
                    for line in group
                ],
                notes=fr_typo(dots.sentence),
            )


def _actions(deck: SlideDeck, report: Report) -> None:
    for action in report.actions:
        deck.points(
            "La suite, en petits pas", [_action(action)], notes=f"État{NBSP}: {action.state}."
        )


def _action(action: ReportAction) -> tuple[str, str]:
    step = fr_typo(action.first_step)
    return (
        fr_typo(action.title),
        f"{step.rstrip('.')}. Porté par {action.carrier}, d’ici le {fr_date(action.due_on)}.",
    )


def _closing(deck: SlideDeck, file: ReportFile) -> None:
    adopted = file.report.adopted_on is not None
    called = f"Pour en parler{NBSP}: {file.identity.adviser}" if file.identity.adviser else ""
    deck.points(
        "Ce rapport est à vous",
        [
            f"Une erreur? Dites-le{NBSP}: une correction acceptée se lit dans le rapport.",
            file.edition if adopted else f"Il reste à l’adopter{NBSP}: qui, et quel jour?",
            *filter(None, (called,)),
        ],
        notes="Dites où lire le rapport en entier, et remerciez.",
    )


def groups(things: Sequence[Each], size: int) -> Iterator[Sequence[Each]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]
