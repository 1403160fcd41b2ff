"""« Avant / maintenant » for a region: the same communities, comparable dimensions, no mean."""

import dataclasses
from fractions import Fraction

import pytest

from appreciation.domain.synthesis.coding import code_findings
from appreciation.domain.synthesis.evolution import (
    HISTORICAL,
    NO_SHARED_ANSWERS,
    OTHER_INSTRUMENT,
    SAME_APPRAISAL,
    compare_syntheses,
)
from appreciation.domain.synthesis.nouns import SynthesisRead
from appreciation.domain.synthesis.reading import published_findings, read_synthesis
from appreciation.enums import SourceShown
from tests.factories import PlaceFactory
from tests.factories.synthesis_sources import asked, make_synthesis, publish_in, told

BEFORE, NOW = (5, 4, 2, 1), (0, 2, 5, 5)


@pytest.fixture
def places(mekinac):
    names = ("Revenue", "Autre-Instrument", "Cachée", "Disparue", "Discrète")
    return {name: PlaceFactory(name=name, parent=mekinac) for name in names}


def publish_once(places, mekinac, name, year, levels, **values):
    items = (asked("entraide", levels), asked("transport", (1, 1, 1, 1), distribution=None))
    return publish_in(mekinac, name, items, place=places[name], year=year, **values)


def compared(region, user, first, last, *themes, **shown) -> tuple[SynthesisRead, SynthesisRead]:
    reads = []
    for number, editions in enumerate((first, last)):
        synthesis = make_synthesis(region, user, *editions, **shown)
        for label in themes[number] if themes else ():
            keys = [
                each.key
                for each in published_findings(synthesis=synthesis)
                if label.lower() in each.text.lower()
            ]
            code_findings(synthesis=synthesis, user=user, kind="challenge", label=label, keys=keys)
        reads.append(read_synthesis(synthesis=synthesis))
    return reads[0], dataclasses.replace(reads[1], year=2030)


def test_the_same_communities_side_by_side(region, user, mekinac, places):
    def publish(name, year, levels, **values):
        return publish_once(places, mekinac, name, year, levels, **values)

    first = [
        publish("Revenue", 2020, BEFORE),
        publish("Autre-Instrument", 2020, BEFORE, evening={"instrument_version": "1"}),
        publish("Cachée", 2020, (1, 1, 1, 0)),
        publish("Disparue", 2020, BEFORE),
        publish("Discrète", 2020, BEFORE),
    ]
    last = [
        publish("Revenue", 2026, NOW),
        publish("Autre-Instrument", 2026, NOW),
        publish("Cachée", 2026, NOW),
        publish("Discrète", 2026, NOW),
        publish_in(mekinac, "Nouvelle"),
    ]
    before, now = compared(region, user, first, last, Discrète=SourceShown.ANONYMOUS)
    found = compare_syntheses(before=before, now=now)
    assert (found.before_year, found.now_year) == (2026, 2030)
    assert found.returned == ("Autre-Instrument", "Cachée", "Revenue")
    assert (found.new, found.gone) == (("Nouvelle",), ("Disparue",))
    assert [(each.name, each.reason) for each in found.left_out] == [
        ("Autre-Instrument", OTHER_INSTRUMENT),
        ("Cachée", NO_SHARED_ANSWERS),
    ]
    (dimension,) = found.dimensions
    (cell,) = dimension.cells
    assert (dimension.name, cell.community) == ("Entraide", "Revenue")
    assert (cell.before.median, cell.now.median) == (2, 3)
    assert (cell.before.distribution.levels, cell.now.distribution.levels) == (BEFORE, NOW)
    assert isinstance(cell.now.median, Fraction)


def test_the_same_appraisal_twice_compares_nothing(region, user, mekinac, places):
    edition = publish_once(places, mekinac, "Revenue", 2026, NOW)
    found = compare_syntheses(
        **dict(zip(("before", "now"), compared(region, user, [edition], [edition]), strict=True))
    )
    assert found.dimensions == ()
    assert [each.reason for each in found.left_out] == [SAME_APPRAISAL]


def test_words_beside_words_and_never_beside_figures(region, user, mekinac, places):
    old = publish_once(places, mekinac, "Revenue", 2020, BEFORE, level="summary")
    new = publish_once(places, mekinac, "Revenue", 2026, NOW, level="summary")
    full = publish_once(places, mekinac, "Revenue", 2027, NOW)
    before, now = compared(region, user, [old], [new])
    (dimension,) = compare_syntheses(before=before, now=now).dimensions
    assert dimension.cells[0].before.agreement_words
    assert dimension.cells[0].now.distribution is None
    _, now = compared(region, user, [old], [full])
    assert compare_syntheses(before=before, now=now).dimensions == ()


def test_a_historical_one_is_not_compared(region, user, mekinac, places):
    old = publish_once(places, mekinac, "Revenue", 2020, BEFORE)
    new = publish_once(places, mekinac, "Revenue", 2026, NOW)
    before, now = compared(region, user, [old], [new])
    told_old = dataclasses.replace(before.sources[0], is_historical=True)
    found = compare_syntheses(before=dataclasses.replace(before, sources=(told_old,)), now=now)
    assert [each.reason for each in found.left_out] == [HISTORICAL]


def test_themes_that_last_come_and_go(region, user, mekinac):
    def editions(year, *words):
        return [
            publish_in(
                mekinac,
                f"{name} {year}",
                year=year,
                findings=tuple(told("challenge", f"{word} à {name}") for word in words),
            )
            for name in ("A", "B")
        ]

    first, last = editions(2020, "Bus", "Bruit"), editions(2026, "Bus", "Eau")
    before, now = compared(region, user, first, last, ("Bus", "Bruit"), ("Bus", "Eau"))
    found = compare_syntheses(before=before, now=now)
    assert found.lasting_themes == (("challenge", "Bus"),)
    assert found.new_themes == (("challenge", "Eau"),)
    assert found.gone_themes == (("challenge", "Bruit"),)
