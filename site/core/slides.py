"""Slides for a hall: 16:9, large type, native charts, notes for whoever speaks, French.

    deck = SlideDeck(title="Restitution", footer="AC-2026-1", banner="DÉMONSTRATION")
    deck.opening("Village-Exemple", "Ce qu’on a, ce qu’on peut faire", notes="Bienvenue.")
    deck.points("Nos forces", ["On s’entraide"], notes="…")
    deck.bars("Nos réponses", chart, notes="…")
    content = deck.to_bytes()

Two slides never have the same title: a number is added. What does not fit is cut on the slide and
whole in its notes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import pptx
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from core.csv_export import neutralise
from core.plain_text import plain_text, shorten
from core.slide_look import BLUE, INK, LANGUAGE, SOFT, dress, tint
from core.slide_tables import fill_table
from core.typography import fr_typo

LEFT, TOP, WIDE, HIGH = Inches(0.7), Inches(1.65), Inches(11.93), Inches(4.9)
LONGEST_LABEL, LONGEST_TITLE, LONGEST_POINT = 70, 110, 260
LONGEST_PROPERTY = 255
SHORT_TITLE, LONG_TITLE_SIZE = 50, 24
"""Signs, then points beyond them."""
LETTERS = 18
"""Points, in a chart."""
ROWS_ALIKE, WIDEST_GAP = 5, 500
SIZES = (44, 36, 30, 24, 20, 18)
"""Points: the largest that fits is taken, to be read from the back of the hall."""
SIGN_WIDTH, LINE_HEIGHT, GAP = 0.56, 1.25, 16
"""Of the size: a sign of Verdana, which is wide, and a line. Points: what parts two items."""


@dataclass(frozen=True)
class Series:
    """One colour of stacked bars. `fill` and `ink` are « rrggbb »; no fill: hatched."""

    name: str
    values: tuple[int, ...]
    fill: str
    ink: str


class SlideDeck:
    def __init__(self, *, title: str, author: str = "", footer: str = "", banner: str = "") -> None:
        self.deck = pptx.Presentation()
        dress(self.deck, footer=plain_text(footer), banner=plain_text(banner))
        self._titles: dict[str, int] = {}
        properties = self.deck.core_properties
        properties.title = plain_text(title)[:LONGEST_PROPERTY]
        properties.author = plain_text(author)[:LONGEST_PROPERTY]
        properties.last_modified_by = ""
        properties.language = LANGUAGE

    def opening(self, title: str, subtitle: str, *, notes: str) -> None:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[0])
        slide.shapes.title.text = self._unique(title)
        slide.placeholders[1].text = shorten(subtitle, LONGEST_POINT)
        _note(slide, notes)

    def statement(self, title: str, sentence: str, *, notes: str) -> None:
        """One idea, as large as it can be."""
        slide = self._slide(title, notes, sentence)
        tint(slide)
        frame = _box(slide, LEFT, TOP, WIDE, HIGH)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        shown = shorten(sentence, LONGEST_POINT * 2)
        _write(frame.paragraphs[0], shown, size=_size([(shown, "")]), colour=BLUE, bold=True)

    def points(self, title: str, points: Sequence[str | tuple[str, str]], *, notes: str) -> None:
        """A short list; the second text of a pair is said under the first, softer."""
        pairs = [(each, "") if isinstance(each, str) else each for each in points]
        whole = "\n".join(" ".join(filter(None, pair)) for pair in pairs)
        slide = self._slide(title, notes, whole)
        frame = _box(slide, LEFT, TOP, WIDE, HIGH)
        shown = [tuple(shorten(text, LONGEST_POINT) for text in pair) for pair in pairs]
        size = _size(shown)
        for number, (text, under) in enumerate(shown):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(4 if under else GAP)
            _bullet(paragraph)
            _write(paragraph, text, size=size, colour=INK)
            if under:
                below = frame.add_paragraph()
                below.space_after = Pt(GAP)
                _indent(below)
                _write(below, under, size=_under(size), colour=SOFT)

    def bars(
        self,
        title: str,
        labels: Sequence[str],
        series: Sequence[Series],
        *,
        alt: str,
        notes: str,
        under: str = "",
    ) -> None:
        """Native stacked bars that the hall reads from top to bottom, with their numbers."""
        slide = self._slide(title, notes, "\n".join(labels))
        data = CategoryChartData()
        data.categories = [neutralise(shorten(label, LONGEST_LABEL)) for label in labels]
        for each in series:
            data.add_series(neutralise(shorten(each.name, LONGEST_LABEL)), each.values)
        frame = slide.shapes.add_chart(
            XL_CHART_TYPE.BAR_STACKED_100, LEFT, TOP, WIDE, HIGH - Inches(0.5 if under else 0), data
        )
        describe(frame, alt)
        _draw_bars(frame.chart, series)
        if under:
            line = _box(slide, LEFT, TOP + HIGH - Inches(0.5), WIDE, Inches(0.5))
            _write(line.paragraphs[0], shorten(under, LONGEST_POINT), size=18, colour=SOFT)

    def table(
        self,
        title: str,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        alt: str,
        notes: str,
    ) -> None:
        """A native table; what its cells cut is whole in the notes."""
        told = "\n".join(" · ".join(filter(None, row)) for row in rows)
        slide = self._slide(title, notes, told)
        describe(fill_table(slide, headers, rows, left=LEFT, top=TOP, width=WIDE), alt)

    def picture(self, title: str, content: bytes, *, alt: str, notes: str) -> None:
        """A picture as large as the slide allows."""
        slide = self._slide(title, notes, alt)
        shape = slide.shapes.add_picture(io.BytesIO(content), LEFT, TOP)
        scale = min(WIDE / shape.width, HIGH / shape.height)
        shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
        shape.left = Emu(int(LEFT + (WIDE - shape.width) / 2))
        describe(shape, alt)

    def to_bytes(self) -> bytes:
        for slide in self.deck.slides:
            _speak_french(slide.element)
            _speak_french(slide.notes_slide.element)
        buffer = io.BytesIO()
        self.deck.save(buffer)
        return buffer.getvalue()

    def _slide(self, title: str, notes: str, whole: str) -> Any:
        """A slide under its title; what the slide may cut is whole in its notes."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[1])
        slide.shapes.title.text = self._unique(title)
        if len(title) > SHORT_TITLE:  # on two lines, under the banner
            slide.shapes.title.text_frame.paragraphs[0].font.size = Pt(LONG_TITLE_SIZE)
        _note(slide, "\n\n".join(filter(None, (notes, plain_text(title), plain_text(whole)))))
        return slide

    def _unique(self, title: str) -> str:
        shown = shorten(title, LONGEST_TITLE)
        self._titles[shown] = self._titles.get(shown, 0) + 1
        times = self._titles[shown]
        return shown if times == 1 else f"{shown} ({times})"


def describe(shape: Any, alt: str) -> None:
    """Words for whoever does not see the shape. ValueError without them."""
    words = plain_text(alt).strip()
    if not words:
        raise ValueError("Une image ne va pas sans texte de remplacement.")
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)


def _size(pairs: Sequence[tuple[str, ...]]) -> int:
    """The largest size at which these items stand above the foot of the slide."""
    return next((size for size in SIZES if _height(pairs, size) <= HIGH.pt), SIZES[-1])


def _height(pairs: Sequence[tuple[str, ...]], size: int) -> float:
    texts = [(text, size) for text, _ in pairs] + [(under, _under(size)) for _, under in pairs]
    return GAP * len(pairs) + sum(
        ceil(len(text) * points * SIGN_WIDTH / WIDE.pt) * points * LINE_HEIGHT
        for text, points in texts
    )


def _under(size: int) -> int:
    """What is said under an item."""
    return max(SIZES[-1], size * 2 // 3)


def _box(slide: Any, left: int, top: int, width: int, height: int) -> Any:
    frame = slide.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap = True
    return frame


def _write(paragraph: Any, text: str, *, size: int, colour: str, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(colour)


def _bullet(paragraph: Any) -> None:
    """A real bullet with a hanging indent: a text box has none by itself."""
    properties = _indent(paragraph)
    properties.set("indent", str(-Inches(0.4)))
    mark = properties.makeelement(qn("a:buChar"), {"char": "•"})
    properties.append(mark)


def _indent(paragraph: Any) -> Any:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Inches(0.4)))
    return properties


def _note(slide: Any, notes: str) -> None:
    slide.notes_slide.notes_text_frame.text = fr_typo(plain_text(notes))


def _draw_bars(chart: Any, series: Iterable[Series]) -> None:
    chart.font.size, chart.font.name = Pt(LETTERS), "Verdana"
    chart.has_title, chart.has_legend = False, True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = Pt(LETTERS)
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    chart.category_axis.tick_labels.font.size = Pt(LETTERS)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    rows = len(plot.categories)
    gap = int(145 * ROWS_ALIKE / rows) - 100  # bars of about one height on every slide
    plot.gap_width, plot.overlap = max(0, min(gap, WIDEST_GAP)), 100
    for drawn, wanted in zip(plot.series, series, strict=True):
        _colour(drawn, wanted)


def _colour(drawn: Any, wanted: Series) -> None:
    fill = drawn.format.fill
    if wanted.fill:
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(wanted.fill)
    else:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = (
            RGBColor(0x71, 0x7C, 0x92),
            RGBColor(255, 255, 255),
        )
    drawn.format.line.color.rgb = RGBColor.from_string(BLUE)
    labels = drawn.data_labels
    labels.show_value, labels.number_format = True, "0;;;"
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.CENTER
    labels.font.size, labels.font.bold = Pt(LETTERS), True
    labels.font.color.rgb = RGBColor.from_string(wanted.ink)


def _speak_french(element: Any) -> None:
    for run in element.iter(qn("a:r"), qn("a:fld")):
        run.get_or_add_rPr().set("lang", LANGUAGE)
    for end in element.iter(qn("a:endParaRPr")):
        end.set("lang", LANGUAGE)
