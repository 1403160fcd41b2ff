"""The report on paper: PDF/UA-1, each chart a table of described bars, numbers at the end."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.report_source import ReportFile, report_file
from core.charts import DistributionBars, Table
from core.charts.standalone import bar_svg, swatch_svg
from core.pdf import render_pdf
from core.svg_images import svg_data_url

STYLES = ("css/report_pdf.css",)


@dataclass(frozen=True)
class PaperBar:
    """A row: its name, its bar as an image with words in its place, and what is said of it."""

    label: str
    image: str
    spoken: str
    headline: str
    detail: str
    agreed: str
    is_suppressed: bool


@dataclass(frozen=True)
class PaperChart:
    title: str
    sentence: str
    source: str
    heading: str
    legend: tuple[tuple[str, str], ...]
    bars: tuple[PaperBar, ...]
    numbers: Table

    @property
    def has_words(self) -> bool:
        return any(bar.headline or bar.detail or bar.agreed for bar in self.bars)


def report_pdf(making: Making) -> bytes:
    making.tell(10, "Le rapport se rassemble")
    file = report_file(making)
    making.tell(40, "Les pages se dessinent")
    return pdf_of(file)


def pdf_of(file: ReportFile) -> bytes:
    return render_pdf("documents/report_pdf.html", pdf_context(file), styles=STYLES)


def pdf_context(file: ReportFile) -> dict[str, Any]:
    parts = [
        {
            "part": part,
            "charts": [paper_chart(figures.bars) for figures in part.figures],
            "exits": paper_chart(part.exits) if part.exits else None,
        }
        for part in file.presented["parts"]
    ]
    compared = file.presented["compared"]
    comparisons = [paper_chart(each) for each in compared.figures] if compared else []
    return {
        **file.presented,
        "file": file,
        "papers": parts,
        "besides": [
            {"figure": figure, "charts": [paper_chart(bars) for bars in figure.bars]}
            for figure in file.presented["beside"]
        ],
        "comparisons": comparisons,
        "numbers": list(_all_charts(parts, comparisons)),
        "photos": [(each, _jpeg_url(each.content)) for each in file.photos],
    }


def paper_chart(chart: DistributionBars) -> PaperChart:
    legend = [(svg_data_url(swatch_svg(e.css_class)), e.label) for e in chart.scale.legend]
    if chart.scale.unknown_label:
        legend.append((svg_data_url(swatch_svg()), chart.scale.unknown_label))
    if chart.has_agreed_levels:
        legend.append((svg_data_url(swatch_svg(is_mark=True)), "Niveau convenu après discussion"))
    return PaperChart(
        title=chart.title,
        sentence=chart.sentence,
        source=chart.source,
        heading=chart.row_heading,
        legend=tuple(legend),
        bars=tuple(
            PaperBar(
                label=bar.label,
                image=svg_data_url(bar_svg(bar, len(chart.scale))),
                spoken=bar.spoken,
                headline=bar.headline,
                detail=bar.detail,
                agreed="" if bar.agreed == bar.headline else bar.agreed,
                is_suppressed=bar.is_suppressed,
            )
            for bar in chart.bars
        ),
        numbers=chart.table(),
    )


def _all_charts(parts: list[dict[str, Any]], comparisons: list[PaperChart]) -> Iterator[PaperChart]:
    for part in parts:
        yield from part["charts"]
        if part["exits"]:
            yield part["exits"]
    yield from comparisons


def _jpeg_url(content: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(content).decode()}" if content else ""
