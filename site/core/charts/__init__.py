"""Charts: answers cleared by `core.disclosure` in, coordinates, sentences and tables out.

Geometry is computed here, in plain Python; `templates/charts/` only draws it. A chart cannot exist
without a title, a sentence and a source, and the same object gives its table and its CSV rows.
"""

from core.charts.distribution_bars import BarRow, DistributionBars
from core.charts.dot_plot import DotPlot, DotRow
from core.charts.editions import EditionPoint, Editions
from core.charts.facts_beside import Fact, FactsBeside, Saying
from core.charts.figure import Chart, Table
from core.charts.median_spread import MedianSpread, SpreadGroup, SpreadPoint, SpreadRow
from core.charts.place_strip import PlaceStrip, StripMark
from core.charts.projection_columns import ProjectionColumns
from core.charts.radar import Radar, RadarAxis
from core.charts.scale import LevelScale

__all__ = [
    "BarRow",
    "Chart",
    "DistributionBars",
    "DotPlot",
    "DotRow",
    "EditionPoint",
    "Editions",
    "Fact",
    "FactsBeside",
    "LevelScale",
    "MedianSpread",
    "PlaceStrip",
    "ProjectionColumns",
    "Radar",
    "RadarAxis",
    "Saying",
    "SpreadGroup",
    "SpreadPoint",
    "SpreadRow",
    "StripMark",
    "Table",
]
