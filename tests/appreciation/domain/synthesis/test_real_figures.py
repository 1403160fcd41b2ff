"""Six real groups (Bliese et al. 2002) read across: every figure is the one R gave beside it."""

from itertools import groupby

from appreciation.domain.statistics import median_low
from appreciation.domain.synthesis.freezing import freeze
from appreciation.domain.synthesis.publishing import publish_edition, read_for_public
from tests.factories.real_ratings import FIVE_LEVELS
from tests.factories.synthesis_sources import asked, make_synthesis, publish_in
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR, read_rows

EVERYBODY = "ENSEMBLE"
TEN_DIGITS = "{:.10g}"

if HAS_SAMPLE_DATA:
    REFERENCE = [
        row
        for row in read_rows(SAMPLE_DATA_DIR / "notations" / "reference_lq2002_extrait.csv")
        if row["groupe"] != EVERYBODY
    ]

    def counts(row) -> tuple[int, ...]:
        return tuple(int(count) for count in row["frequences"].split())

    def test_frozen_published_and_read_back_they_are_those_of_the_reference(region, user, mekinac):
        by_group = groupby(REFERENCE, key=lambda row: row["groupe"])
        editions = [
            publish_in(
                mekinac,
                f"Groupe {group}",
                [asked(row["item"], counts(row), FIVE_LEVELS) for row in rows],
            )
            for group, rows in by_group
        ]
        edition = freeze(synthesis=make_synthesis(region, user, *editions), user=user)
        publish_edition(edition=edition, user=user)
        edition.refresh_from_db()
        read = read_for_public(edition=edition)
        (matrix,) = read.matrices
        names = {each.key: each.name for each in read.sources}
        cells = {(names[cell.source], row.code): cell for row in matrix.rows for cell in row.cells}
        assert len(cells) == len(REFERENCE) == 66
        for row in REFERENCE:
            cell = cells[f"Groupe {row['groupe']}", row["item"]]
            assert cell.distribution.levels == counts(row)
            assert median_low(cell.distribution.levels) == int(row["mediane_type1"])
            assert int(cell.median) == int(row["mediane_type1"])
            assert TEN_DIGITS.format(float(cell.agreement)) == row["accord_A"]
