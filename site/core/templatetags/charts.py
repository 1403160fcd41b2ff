"""`{% chart figure %}` draws a chart with its words, its table and its source."""

from typing import Any

from django import template
from django.template.loader import render_to_string

from core.charts import Chart

register = template.Library()


@register.inclusion_tag("charts/figure.html", name="chart")
def draw_chart(chart: Chart, csv_url: str = "", heading: int = 3) -> dict[str, Any]:
    """The whole figure. `heading` is the level of its title (2 or 3); no CSV link without a URL."""
    return {"chart": chart, "csv_url": csv_url, "heading": heading}


@register.filter
def figure_csv(base: str, identifier: str) -> str:
    """The address of one figure's numbers; empty where the page gives no numbers away."""
    return f"{base}?figure={identifier}" if base else ""


@register.simple_tag
def chart_drawing(chart: Chart) -> str:
    """The drawing alone, where the page already says the rest (the hall's screen)."""
    return render_to_string(chart.template_name, {"chart": chart})
