"""The synthesis in Word: the same parts as the PDF, in styles, for a committee that goes on."""

from __future__ import annotations

from collections.abc import Sequence

from appreciation.domain.exports import Tell
from appreciation.interfaces.documents.report_word import BAR_CM, BAR_PIXELS, bars_in_word
from appreciation.interfaces.documents.synthesis_source import SynthesisFile
from appreciation.interfaces.synthesis.matrix import MatrixShown
from appreciation.interfaces.synthesis.presented import Presented, Theme
from core.charts import MedianSpread
from core.charts.standalone import map_svg, spread_svg, tint
from core.svg_images import svg_to_png
from core.typography import NBSP, fr_typo
from core.word import TEXT_WIDTH_CM, CellPicture, WordDocument

FIRST_CM = 3.6
SPREAD_WIDTHS = (4.6, 7.6, 5.0)
MAP_CM, MAP_PIXELS = 14, 1200


def synthesis_word(file: SynthesisFile, tell: Tell) -> bytes:
    tell(30, "Le texte s’écrit")
    shown = file.shown
    word = WordDocument(
        title=file.read.title,
        author=file.identity.organisation,
        subject=file.read.reference,
        footer=file.footer,
        banner=file.banner,
    )
    _front(word, file)
    _participation(word, file)
    _matrices(word, shown)
    for spread in shown.spreads:
        _spread(word, spread)
    _themes(word, shown)
    _leads(word, shown)
    _practices(word, shown)
    tell(70, "Les figures se dessinent")
    _evaluation(word, shown)
    _voices(word, shown)
    _sources(word, file)
    return word.to_bytes()


def _front(word: WordDocument, file: SynthesisFile) -> None:
    read, shown = file.read, file.shown
    word.title(read.title, f"{read.region}, {read.year}. {file.identity.organisation}")
    if file.banner:
        word.paragraph("Les données et les propos sont fictifs.", strong="Démonstration.")
    if file.copy_words:
        word.paragraph(file.copy_words)
    if read.headline:
        word.paragraph(fr_typo(read.headline), style="Headline")
    if shown.texts.get("introduction"):
        word.heading("En bref")
        word.paragraph(fr_typo(shown.texts["introduction"]))
    word.heading(shown.caution_title)
    word.paragraph(fr_typo(shown.caution))


def _participation(word: WordDocument, file: SynthesisFile) -> None:
    shown = file.shown
    word.heading("Qui a pris part")
    word.paragraph(fr_typo(shown.participation))
    if file.map:
        drawing = svg_to_png(map_svg(file.map), MAP_PIXELS)
        caption = "D’où viennent les communautés lues"
        word.picture(drawing, alt=file.map_words, width_cm=MAP_CM, caption=caption)
        if file.map_source:
            word.source(file.map_source)
    if shown.coverage:
        word.table(
            ("Territoire", "Communautés lues", "En tout"),
            [(line.name, line.appraised, line.communities) for line in shown.coverage],
            caption="Les communautés lues, par territoire",
            widths_cm=(9.2, 4, 4),
            source=f"Source{NBSP}: {shown.source_line}",
        )


def _matrices(word: WordDocument, shown: Presented) -> None:
    if not shown.matrices:
        return
    word.heading("Ce que chaque communauté a vu")
    if shown.texts.get("results"):
        word.paragraph(fr_typo(shown.texts["results"]))
    for matrix in shown.matrices:
        _matrix(word, matrix)
    if shown.apart:
        word.heading("Ce qui ne se compare pas, et pourquoi", 2)
        word.bullets((f"{names}.", fr_typo(reasons)) for names, reasons in shown.apart)


def _matrix(word: WordDocument, matrix: MatrixShown) -> None:
    word.heading(matrix.title, 2)
    word.paragraph(fr_typo(matrix.sentence), style="Sentence")
    levels = len(matrix.legend)
    word.legend(
        ("■", tint(level.number, levels)[1:].upper(), f"{level.number}{NBSP}· {level.label}")
        for level in matrix.legend
    )
    if matrix.caution:
        word.paragraph(matrix.caution)
    for block in matrix.blocks:
        width = (TEXT_WIDTH_CM - FIRST_CM) / len(block.columns)
        word.table(
            ("Dimension", *(column.name for column in block.columns)),
            [(name, *(cell.words for cell in cells)) for name, cells in block.rows],
            caption=block.caption,
            widths_cm=(FIRST_CM, *(width,) * len(block.columns)),
            source=f"Source{NBSP}: {matrix.source}",
        )


def _spread(word: WordDocument, chart: MedianSpread) -> None:
    word.heading(chart.title, 2)
    word.paragraph(fr_typo(chart.sentence), style="Sentence")
    levels = enumerate(chart.labels, 1)
    word.paragraph("; ".join(f"{level}{NBSP}· {label}" for level, label in levels), style="Legend")
    word.table(
        (chart.row_heading, f"De 1 à {len(chart.labels)}", "Médianes, par territoire"),
        [
            (
                line.label,
                CellPicture(svg_to_png(spread_svg(chart, line), BAR_PIXELS), line.spoken, BAR_CM),
                line.words,
            )
            for line in chart.lines
        ],
        caption=chart.title,
        widths_cm=SPREAD_WIDTHS,
        kind="Figure",
        source=f"Source{NBSP}: {chart.source}",
    )


def _themes(word: WordDocument, shown: Presented) -> None:
    if not shown.themes:
        return
    word.heading("Ce qui revient")
    if shown.texts.get("recurring"):
        word.paragraph(fr_typo(shown.texts["recurring"]))
    for _, title, themes in shown.themes:
        word.heading(title, 2)
        for theme in themes:
            word.paragraph(_theme_words(theme), strong=f"{fr_typo(theme.recurrence.label)}.")
            word.bullets(_mentions(theme))


def _theme_words(theme: Theme) -> str:
    many = f"{theme.count}{NBSP}démarche{'s' if theme.count > 1 else ''}"
    told = (many, theme.recurrence.definition)
    return fr_typo(". ".join(filter(None, told)))


def _mentions(theme: Theme) -> Sequence[tuple[str, str]]:
    return [
        (f"{said.named.name}.", f"«{NBSP}{text}{NBSP}»" if said.what.is_quote else text)
        for said in theme.mentions
        for text in (fr_typo(said.what.text),)
    ]


def _leads(word: WordDocument, shown: Presented) -> None:
    if not shown.leads:
        return
    word.heading("Les pistes, et ce qu’elles sont devenues")
    if shown.texts.get("leads"):
        word.paragraph(fr_typo(shown.texts["leads"]))
    word.table(
        ("Démarche", "Piste ou action", "Porté par", "État", "Ce que ça a donné"),
        [
            (
                said.named.name,
                fr_typo(said.what.title),
                said.what.carrier,
                said.what.state,
                fr_typo("; ".join(said.what.outcomes)),
            )
            for said in shown.leads
        ],
        caption="Les pistes, et ce qu’elles sont devenues",
        widths_cm=(3.2, 4.6, 3, 2.4, 4),
        source=f"Source{NBSP}: {shown.source_line}",
    )


def _practices(word: WordDocument, shown: Presented) -> None:
    if not shown.read.practices:
        return
    word.heading("Ce que d’autres ont fait")
    if shown.texts.get("practices"):
        word.paragraph(fr_typo(shown.texts["practices"]))
    word.bullets((f"{fr_typo(each.title)}.", fr_typo(each.why)) for each in shown.read.practices)


def _evaluation(word: WordDocument, shown: Presented) -> None:
    if not (shown.exits or shown.texts.get("evaluation")):
        return
    word.heading("Les démarches elles-mêmes")
    if shown.texts.get("evaluation"):
        word.paragraph(fr_typo(shown.texts["evaluation"]))
    for chart in shown.exits:
        bars_in_word(word, chart)


def _voices(word: WordDocument, shown: Presented) -> None:
    if shown.quotes:
        word.heading("Des paroles")
    for said in shown.quotes:
        about = ", ".join(filter(None, (said.named.name, said.what.dimension)))
        word.quote(fr_typo(said.what.text), about)
    for said in shown.stories:
        word.page_break()
        word.heading(f"L’histoire d’une démarche{NBSP}: {said.named.name}")
        word.paragraph(" · ".join(said.named.facts), style="Source")
        word.paragraph(fr_typo(said.what.text))
        for title, lines in _beside(said.what):
            word.heading(title, 2)
            word.bullets(map(fr_typo, lines))


def _beside(story) -> list[tuple[str, tuple[str, ...]]]:
    told = (("Forces", story.strengths), ("Défis", story.challenges), ("Pistes", story.leads))
    return [(title, lines) for title, lines in told if lines]


def _sources(word: WordDocument, file: SynthesisFile) -> None:
    read, shown = file.read, file.shown
    word.page_break()
    word.heading("Les démarches lues, et les sources")
    if shown.texts.get("method"):
        word.paragraph(fr_typo(shown.texts["method"]))
    word.table(
        ("Démarche", "En détail"),
        [
            (each.name, " · ".join(each.facts) or fr_typo(" ".join(each.source.reasons)))
            for each in shown.sources
        ],
        caption="Les démarches lues",
        widths_cm=(5.2, 12),
    )
    rows = [("Figures", shown.source_line), ("Version", shown.edition_words)]
    rows += [("Instrument", each) for each in shown.instruments]
    if read.fingerprint:
        rows.append(("Empreinte SHA-256", read.fingerprint))
    if file.address:
        rows.append(("À lire en ligne", file.address))
    word.table(("Source", "En détail"), rows, caption="Les sources", widths_cm=(4.2, 13))
