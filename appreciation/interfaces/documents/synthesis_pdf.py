"""The synthesis on paper: PDF/UA-1, each figure described, and its numbers beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from appreciation.domain.exports import Tell
from appreciation.interfaces.documents.report_pdf import PaperChart, paper_chart
from appreciation.interfaces.documents.resident_sheet import pdf_of
from appreciation.interfaces.documents.synthesis_source import SynthesisFile
from core.charts import MedianSpread, Table
from core.charts.standalone import map_svg, shape_svg, spread_svg
from core.pdf import render_pdf
from core.svg_images import svg_data_url

STYLES = ("css/report_pdf.css", "css/synthesis_pdf.css")


@dataclass(frozen=True)
class PaperSpread:
    """`lines`: name, drawing, and what is said in the place of the drawing."""

    title: str
    sentence: str
    source: str
    labels: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str, str], ...]
    numbers: Table


def synthesis_pdf(file: SynthesisFile, tell: Tell) -> bytes:
    tell(40, "Les pages se dessinent")
    return render_pdf("documents/synthesis_pdf.html", pdf_context(file), styles=STYLES)


def sheet_pdf(file: SynthesisFile, tell: Tell) -> bytes:
    tell(40, "La feuille se dessine")
    return pdf_of(file.sheet)


def pdf_context(file: SynthesisFile) -> dict[str, Any]:
    shown = file.shown
    exits: list[PaperChart] = [paper_chart(each) for each in shown.exits]
    return {
        "file": file,
        "read": file.read,
        "shown": shown,
        "map_image": svg_data_url(map_svg(file.map)) if file.map else "",
        "spreads": [paper_spread(each) for each in shown.spreads],
        "exits": exits,
    }


def paper_spread(chart: MedianSpread) -> PaperSpread:
    legend = () if chart.is_crowded else chart.legend
    return PaperSpread(
        title=chart.title,
        sentence=chart.sentence,
        source=chart.source,
        labels=chart.labels,
        legend=tuple((name, svg_data_url(shape_svg(shape))) for name, shape, _ in legend),
        lines=tuple(
            (line.label, svg_data_url(spread_svg(chart, line)), line.spoken) for line in chart.lines
        ),
        numbers=chart.table(),
    )
