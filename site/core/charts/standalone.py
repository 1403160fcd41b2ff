"""Drawings that stand alone: an image in a PDF, in Word or on a slide has no style sheet.

The tints are those of `css/tokens.css` and `css/charts.css` in daylight (a test compares them).
"""

from dataclasses import dataclass

from django.template.loader import render_to_string

from core.charts.distribution_bars import Bar, Segment
from core.charts.median_spread import MedianSpread, SpreadLine
from core.charts.territory_map import TerritoryMap
from core.shapes import SHAPES

TINTS: dict[int, tuple[str, ...]] = {
    2: ("#cfe1f3", "#123c75"),
    3: ("#cfe1f3", "#6094cb", "#123c75"),
    4: ("#cfe1f3", "#84b1de", "#2a66aa", "#123c75"),
    5: ("#cfe1f3", "#97bde3", "#6094cb", "#245b9c", "#123c75"),
    6: ("#cfe1f3", "#a2c4e7", "#72a2d4", "#3d75b5", "#205594", "#123c75"),
    7: ("#cfe1f3", "#a9c9e9", "#84b1de", "#6094cb", "#2a66aa", "#1e518f", "#123c75"),
}
INK, PAPER = "#14213a", "#ffffff"
EDGE, HATCH, NOW = "#123c75", "#717c92", "#c2223c"
RULE = "#d3dae4"
SHAPE_TINTS = {
    1: "#12305e",
    2: "#c2223c",
    3: "#2783b8",
    4: "#7c1432",
    5: "#d4524c",
    6: "#2b6cb0",
}
"""The colours of the territories' shapes, by number."""
DARK_FROM = 0.5
"""A number stands in white from this share of the scale on (the middle tint keeps dark ink)."""
WIDTH, HEIGHT, MARK_HEIGHT, TICK_HEIGHT = 360.0, 26.0, 12.0, 9.0


def tint(level: int, levels: int) -> str:
    return TINTS[levels][level - 1]


def ink_on(level: int, levels: int) -> str:
    return PAPER if (level - 1) / (levels - 1) > DARK_FROM else INK


@dataclass(frozen=True)
class DrawnSegment:
    x: str
    width: str
    middle: str
    count: int
    is_labelled: bool
    fill: str
    ink: str


def bar_svg(bar: Bar, levels: int) -> str:
    """One bar of a chart, with its numbers and the mark of the agreed level; no text but digits."""
    height = HEIGHT + (MARK_HEIGHT if bar.marker_x else 0)
    return render_to_string(
        "charts/bar_alone.svg",
        {
            "width": _number(WIDTH),
            "height": _number(height),
            "segments": [_drawn(segment, levels) for segment in bar.segments],
            "unknown": _drawn(bar.unknown, levels) if bar.unknown else None,
            "marker_x": _scaled(bar.marker_x) if bar.marker_x else "",
            "edge": EDGE,
            "hatch": HATCH,
            "now": NOW,
            "ink": INK,
        },
    )


def swatch_svg(css_class: str = "", *, is_mark: bool = False) -> str:
    """The square of a legend: one level, « ne sait pas » (no class), or the agreed level's mark."""
    level, _, levels = css_class.removeprefix("lvl-").partition("-of-")
    return render_to_string(
        "charts/swatch_alone.svg",
        {
            "fill": tint(int(level), int(levels)) if levels else "",
            "is_mark": is_mark,
            "edge": EDGE,
            "hatch": HATCH,
            "now": NOW,
        },
    )


def spread_svg(chart: MedianSpread, line: SpreadLine) -> str:
    """One line of a spread of medians; no text but numbers."""
    return render_to_string(
        "charts/spread_alone.svg",
        {
            "chart": chart,
            "line": line,
            "height": _number(float(line.height) + TICK_HEIGHT),
            "marks": [(mark, SHAPE_TINTS.get(mark.shape or 0, "")) for mark in line.marks],
            "edge": EDGE,
            "hatch": HATCH,
            "rule": RULE,
            "ink": INK,
        },
    )


def map_svg(drawn: TerritoryMap) -> str:
    """The whole map: areas, marks, numbers, and the names that it has room for."""
    return render_to_string(
        "charts/map_alone.svg",
        {
            "map": drawn,
            "spots": [(spot, SHAPE_TINTS[spot.region.shape]) for spot in drawn.spots],
            "area": TINTS[4][0],
            "paper": PAPER,
            "ink": INK,
        },
    )


def shape_svg(shape: int | None) -> str:
    """The mark of a territory in a legend; a ring for communities that do not say theirs."""
    drawn = {"path": SHAPES[shape], "fill": SHAPE_TINTS[shape]} if shape else {}
    return render_to_string("charts/shape_alone.svg", drawn | {"ink": INK})


def _drawn(segment: Segment, levels: int) -> DrawnSegment:
    level = segment.css_class.removeprefix("lvl-").partition("-of-")[0]
    is_level = level.isdecimal()
    return DrawnSegment(
        x=_scaled(segment.x),
        width=_scaled(segment.width),
        middle=_scaled(segment.middle),
        count=segment.count,
        is_labelled=segment.is_labelled,
        fill=tint(int(level), levels) if is_level else "",
        ink=ink_on(int(level), levels) if is_level else INK,
    )


def _scaled(percent: str) -> str:
    return _number(float(percent) * WIDTH / 100)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
