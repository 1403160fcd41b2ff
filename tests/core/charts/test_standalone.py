"""Drawings that stand alone, and the tints that they share with the screens."""

import re

import pytest
from defusedxml.ElementTree import fromstring

from core.charts import BarRow, DistributionBars, LevelScale
from core.charts.standalone import SHAPE_TINTS, TINTS, bar_svg, ink_on, map_svg, swatch_svg
from core.charts.territory_map import Region, territory_map
from tests.core.charts.cleared import HIDDEN, LABELS, WORDS, cleared
from tests.sample_data import REPOSITORY

CSS = REPOSITORY / "site" / "consortium" / "static" / "css"
SVG = "{http://www.w3.org/2000/svg}"
pytestmark = pytest.mark.once


def drawn(distribution, **row):
    chart = DistributionBars(
        **WORDS,
        scale=LevelScale(LABELS),
        rows=(BarRow(label="Entraide", distribution=distribution, **row),),
    )
    return fromstring(bar_svg(chart.bars[0], len(LABELS)))


def test_a_bar_draws_its_levels_and_writes_their_numbers():
    svg = drawn(cleared(0, 1, 4, 5))

    bars = [each.attrib for each in svg.findall(f"{SVG}rect")]
    assert [(b["x"], b["width"], b["fill"]) for b in bars] == [
        ("0", "36", "#84b1de"),
        ("36", "144", "#2a66aa"),
        ("180", "180", "#123c75"),
    ]
    texts = [(each.text, each.get("fill")) for each in svg.findall(f"{SVG}text")]
    assert texts == [("1", "#14213a"), ("4", "#ffffff"), ("5", "#ffffff")]


def test_does_not_know_is_hatched_and_the_agreed_level_marked():
    svg = drawn(cleared(0, 0, 6, 0, unknown=4), agreed_level=3)

    assert svg.findall(f"{SVG}rect")[-1].get("fill") == "url(#hachure)"
    assert svg.find(f"{SVG}path").get("transform") == "translate(106.38 26.5)"


def test_hidden_answers_draw_nothing():
    assert list(drawn(HIDDEN, agreed_level=2)) == []


def test_a_swatch_shows_a_level_a_doubt_or_the_agreed_level():
    assert "#2a66aa" in swatch_svg("lvl-3-of-4")
    assert "hachure" in swatch_svg("lvl-unknown")
    assert "path" in swatch_svg(is_mark=True)


def test_tints_are_those_of_the_screens_in_daylight():
    tokens = (CSS / "tokens.css").read_text().split("@media")[0]
    charts = (CSS / "charts.css").read_text()
    names = dict(re.findall(r"--((?:level|ramp|on-level|on-ramp)-\d+): (#\w{6})", tokens))
    names |= dict(re.findall(r"--((?:ramp|on-ramp)-\d+): (#\w{6})", charts.split("@media")[0]))
    rules = re.findall(
        r"^([^{]+) \{ --fill: var\(--([^)]+)\); --on-fill: var\(--([^)]+)", charts, re.M
    )
    of_screens = {
        tuple(map(int, found)): (names[fill], names[on])
        for selectors, fill, on in rules
        for found in re.findall(r"\.lvl-(\d)-of-(\d)", selectors)
    }

    ours = {
        (level, levels): (colour, ink_on(level, levels))
        for levels, tints in TINTS.items()
        for level, colour in enumerate(tints, 1)
    }
    assert ours == of_screens


def test_a_map_says_its_names_and_numbers_and_escapes_them():
    regions = [Region("35", "Mékinac", 2, 4, "/a"), Region("51", "B & <C>", 4, 0, "/b")]
    drawn = territory_map(regions, None, ())
    svg = fromstring(map_svg(drawn))
    texts = [each.text for each in svg.findall(f"{SVG}text")]
    assert texts == ["4", "Mékinac", "0", "B & <C>"]
    marks = [(each.get("fill"), each.get("opacity")) for each in svg.findall(f"{SVG}path")]
    assert marks == [(SHAPE_TINTS[2], None), (SHAPE_TINTS[4], ".45")]
    assert drawn.spoken == "Mékinac, 4; B & <C>, 0"
