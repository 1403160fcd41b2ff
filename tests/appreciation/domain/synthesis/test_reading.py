"""What a synthesis says: the published figures side by side, and nothing put together."""

from fractions import Fraction

import pytest

from appreciation.domain.synthesis.reading import read_synthesis
from appreciation.domain.synthesis.snapshot import from_snapshot, to_snapshot
from tests.factories.synthesis_sources import (
    asked,
    coordinator_of,
    make_region,
    make_synthesis,
    publish_in,
    territory_of,
)

pytestmark = pytest.mark.django_db


def test_two_communities_side_by_side():
    region = make_region("Mékinac", "Maskinongé")
    one = publish_in(
        territory_of(region, "Mékinac"),
        "Village-A",
        (asked("entraide", (0, 1, 4, 7)), asked("transport", (5, 1, 0, 6), unknown=2)),
    )
    two = publish_in(
        territory_of(region, "Maskinongé"), "Village-B", (asked("entraide", (0, 0, 6, 6)),)
    )
    synthesis = make_synthesis(region, coordinator_of(region), one, two)
    read = read_synthesis(synthesis=synthesis)
    assert [each.name for each in read.sources] == ["Village-B", "Village-A"]
    (matrix,) = read.matrices
    assert [row.name for row in matrix.rows] == ["Entraide", "Transport"]
    b, a = matrix.rows[0].cells
    assert (b.median, b.median_words) == (
        Fraction(7, 2),
        "entre «\xa0Bien avancé\xa0» et «\xa0Acquis\xa0»",
    )
    assert (a.median, a.agreement, a.agreement_words) == (4, Fraction(2, 3), "accord net")
    nothing, transport = matrix.rows[1].cells
    assert nothing.is_empty
    assert transport.does_not_know_share == Fraction(1, 7)
    assert from_snapshot(to_snapshot(read)) == read
