"""Slides for the regional meeting: native charts and tables, notes to speak from, nobody ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from appreciation.domain.exports import Tell
from appreciation.interfaces.documents.report_slides import (
    BARS_ON_SLIDE,
    POINTS_ON_SLIDE,
    bars_on_slides,
    groups,
)
from appreciation.interfaces.documents.synthesis_source import SynthesisFile
from appreciation.interfaces.synthesis.matrix import CellShown, MatrixBlock, MatrixShown
from appreciation.interfaces.synthesis.presented import Presented, Said, Theme
from appreciation.interfaces.synthesis.sources import counted
from core.charts import MedianSpread
from core.charts.median_spread import SpreadRow
from core.charts.scale import MOST
from core.charts.standalone import INK, ink_on, map_svg, tint
from core.disclosure import TOO_FEW
from core.slides import Series, SlideDeck
from core.svg_images import svg_to_png
from core.typography import NBSP, fr_typo

ROWS_ON_SLIDE = 6
MAP_PIXELS = 1600
BETWEEN_FILL, PLAIN_FILL = "D3DAE4", "EEF4FB"
MANY_BLOCKS = 2
"""Beyond, the tables of the matrix stand at the end: the hall sees the spreads first."""
SPREAD_NOTES = (
    "Chaque barre compte des communautés, pas des personnes. Ne comparez pas deux communautés: "
    "demandez ce qui aide, là où c’est haut, et ce qui manque, là où c’est bas."
)
MATRIX_NOTES = "À lire par dimension, d’une ligne à l’autre; jamais pour classer des communautés."


def synthesis_slides(file: SynthesisFile, tell: Tell) -> bytes:
    tell(30, "Les diapositives se dessinent")
    shown = file.shown
    deck = SlideDeck(
        title=file.read.title,
        author=file.identity.organisation,
        footer=file.footer,
        banner=file.banner,
    )
    _opening(deck, file)
    _participation(deck, file)
    _themes(deck, shown, "strength", "Commencez par elles: on bâtit dessus.")
    for spread in shown.spreads:
        _spread(deck, spread)
    is_late = sum(len(matrix.blocks) for matrix in shown.matrices) > MANY_BLOCKS
    if not is_late:
        _matrices(deck, shown)
    for said in shown.quotes:
        deck.statement(
            "Des paroles",
            f"«{NBSP}{fr_typo(said.what.text)}{NBSP}»",
            notes=f"{said.named.name}. Laissez un silence.",
        )
    _themes(deck, shown, "challenge", "Ce sont des défis partagés, de personne.")
    _leads(deck, shown)
    _themes(deck, shown, "action_lead", "Une piste n’est pas encore une promesse.")
    _practices(deck, shown)
    for chart in shown.exits:
        bars_on_slides(deck, chart)
    for said in shown.stories:
        _story(deck, said)
    tell(70, "Les dernières diapositives se dessinent")
    _closing(deck, file)
    if is_late:
        _matrices(deck, shown)
    return deck.to_bytes()


def _opening(deck: SlideDeck, file: SynthesisFile) -> None:
    read, shown = file.read, file.shown
    inside = f"{file.copy_words} " if file.copy_words else ""
    deck.opening(
        read.title,
        f"{inside}{shown.coverage_sentence} {file.identity.organisation}",
        notes="\n".join(
            filter(
                None,
                (
                    "Souhaitez la bienvenue. Dites qui a pris part, et merci.",
                    "Données et propos fictifs: c’est une démonstration." if file.banner else "",
                    file.copy_words,
                    file.footer,
                ),
            )
        ),
    )
    if read.headline:
        deck.statement("À retenir", fr_typo(read.headline), notes="Lisez la phrase deux fois.")


def _participation(deck: SlideDeck, file: SynthesisFile) -> None:
    shown = file.shown
    told = (shown.coverage_sentence, shown.people_sentence, shown.follow_up_sentence)
    deck.points("Qui a pris part", list(filter(None, told)), notes=fr_typo(shown.participation))
    if file.map:
        deck.picture(
            "D’où viennent les communautés lues",
            svg_to_png(map_svg(file.map), MAP_PIXELS),
            alt=file.map_words,
            notes=fr_typo(f"Le tableau qui suit dit la même chose. {file.map_source}".strip()),
        )
    for group in groups(shown.coverage, ROWS_ON_SLIDE):
        deck.table(
            "Les communautés lues, par territoire",
            ("Territoire", "Communautés lues", "En tout"),
            [(line.name, str(line.appraised), str(line.communities)) for line in group],
            alt="Tableau des communautés lues, par territoire. "
            + " ".join(f"{e.name}: {e.appraised} sur {e.communities}." for e in group),
            notes=f"Source{NBSP}: {shown.source_line}",
        )


def _themes(deck: SlideDeck, shown: Presented, kind: str, notes: str) -> None:
    for code, title, themes in shown.themes:
        if code == kind:
            for group in groups(themes, POINTS_ON_SLIDE):
                deck.points(title, [_theme(each) for each in group], notes=_said(group, notes))


def _theme(theme: Theme) -> tuple[str, str]:
    many = counted(theme.count, "démarche", "démarches")
    return fr_typo(theme.recurrence.label), f"{many}. {fr_typo(theme.recurrence.definition)}"


def _said(themes, notes: str) -> str:
    """What each démarche said, for whoever speaks."""
    lines = [
        f"{said.named.name}{NBSP}: {said.what.text}" for theme in themes for said in theme.mentions
    ]
    return "\n".join((notes, *lines))


def _spread(deck: SlideDeck, chart: MedianSpread) -> None:
    """How many communities have their median at each level: a native chart, read in a hall."""
    words = {line.label: line.words for line in chart.lines}
    shown = [row for row in chart.rows if row.shown]
    values = sorted({value for row in shown for _, value in row.shown})
    title = f"Où les communautés se situent, de 1 à {len(chart.labels)}"
    for group in groups(shown, BARS_ON_SLIDE):
        said = [f"{row.label}{NBSP}: {words[row.label]}" for row in group]
        deck.bars(
            title,
            [row.label for row in group],
            [_series(chart, value, group) for value in values],
            alt=f"{title}. {chart.sentence}\n" + "\n".join(said),
            notes="\n".join((SPREAD_NOTES, *said, f"Source{NBSP}: {chart.source}")),
            under="Chaque barre compte des communautés, selon leur médiane.",
        )


def _series(chart: MedianSpread, value: Fraction, rows: list[SpreadRow]) -> Series:
    low, high = value.__floor__(), value.__ceil__()
    levels = len(chart.labels)
    counts = tuple(sum(median == value for _, median in row.shown) for row in rows)
    if low != high:
        return Series(f"entre {low} et {high}", counts, BETWEEN_FILL, INK[1:].upper())
    fill = tint(low, levels)[1:].upper() if levels <= MOST else PLAIN_FILL
    ink = ink_on(low, levels)[1:].upper() if levels <= MOST else INK[1:].upper()
    return Series(f"{low} · {chart.labels[low - 1]}", counts, fill, ink)


def _matrices(deck: SlideDeck, shown: Presented) -> None:
    for matrix in shown.matrices:
        for block in matrix.blocks:
            for rows in groups(block.rows, ROWS_ON_SLIDE):
                _matrix(deck, matrix, block, rows)


def _matrix(deck: SlideDeck, matrix: MatrixShown, block: MatrixBlock, rows) -> None:
    names = [column.name for column in block.columns]
    whole = [
        f"{dimension}{NBSP}: "
        + "; ".join(f"{name}, {cell.words}" for name, cell in zip(names, cells, strict=True))
        for dimension, cells in rows
    ]
    deck.table(
        block.caption,
        ("Dimension", *names),
        [(dimension, *map(_short, cells)) for dimension, cells in rows],
        alt=f"{block.caption}. {matrix.sentence}\n" + "\n".join(whole),
        notes="\n".join((MATRIX_NOTES, *whole, f"Source{NBSP}: {matrix.source}")),
    )


def _short(cell: CellShown) -> str:
    """What stands in a small cell; its whole words are in the notes."""
    if cell.is_hidden:
        return " · ".join(filter(None, (TOO_FEW, cell.agreed)))
    if cell.is_empty:
        return "–"
    return " · ".join(filter(None, (cell.mark, cell.agreement, cell.agreed)))


def _leads(deck: SlideDeck, shown: Presented) -> None:
    states = Counter(said.what.state for said in shown.leads if said.what.state)
    told = ", ".join(f"{state} ({times})" for state, times in states.most_common())
    for group in groups(shown.leads, POINTS_ON_SLIDE):
        deck.points(
            "Les pistes, et ce qu’elles sont devenues",
            [(fr_typo(said.what.title), _lead(said)) for said in group],
            notes=f"Soulignez ce qui a été tenu. En tout{NBSP}: {told}." if told else "",
        )


def _lead(said: Said) -> str:
    lead = said.what
    outcomes = "; ".join(lead.outcomes)
    return fr_typo(", ".join(filter(None, (said.named.name, lead.state, outcomes))))


def _practices(deck: SlideDeck, shown: Presented) -> None:
    for group in groups(shown.read.practices, POINTS_ON_SLIDE):
        deck.points(
            "Ce que d’autres ont fait",
            [(fr_typo(each.title), fr_typo(each.why)) for each in group],
            notes="Qui, dans la salle, a déjà essayé?",
        )


def _story(deck: SlideDeck, said: Said) -> None:
    story = said.what
    told = (("Forces", story.strengths), ("Défis", story.challenges), ("Pistes", story.leads))
    points = [(title, _in_one_line(lines)) for title, lines in told if lines]
    deck.points(
        f"L’histoire d’une démarche{NBSP}: {said.named.name}",
        points or [fr_typo(story.text)],
        notes=fr_typo(story.text),
    )


def _in_one_line(sentences: Iterable[str]) -> str:
    """« Les voisins s’aident. La fête tient. »: each ends with a dot of its own."""
    said = [fr_typo(sentence.strip()) for sentence in sentences]
    return " ".join(one if one.endswith((".", "!", "?", "…")) else f"{one}." for one in said)


def _closing(deck: SlideDeck, file: SynthesisFile) -> None:
    shown = file.shown
    deck.statement(shown.caution_title, fr_typo(shown.caution), notes="À dire avant les questions.")
    where = file.address or file.identity.adviser
    deck.points(
        "Pour aller plus loin",
        list(
            filter(
                None,
                (
                    f"Lire et citer{NBSP}: {where}" if where else "",
                    shown.edition_words,
                    *shown.instruments[:POINTS_ON_SLIDE],
                ),
            )
        ),
        notes=f"Source{NBSP}: {shown.source_line}\n{file.read.fingerprint}",
    )
