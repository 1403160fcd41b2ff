"""The statistics against values that others computed (R's agrmt) and published.

Provenance and licences: SOURCES.md of the sample data. The typed fixture always runs; the real
files are read when SAMPLE_DATA_DIR exists.
"""

from collections import Counter
from fractions import Fraction

import pytest

from appreciation.domain import statistics
from tests.sample_data import FIXTURES, HAS_SAMPLE_DATA, SAMPLE_DATA_DIR, read_rows

MEASURES = {
    "accord_A": statistics.agreement,
    "polarisation": statistics.polarisation,
    "consensus_TW": statistics.consensus,
    "leik_D": statistics.leik,
}
RATINGS = SAMPLE_DATA_DIR / "notations"
EVERYBODY = "ENSEMBLE"


def read_counts(text: str) -> list[Fraction]:
    return [Fraction(count) for count in text.split()]


def printed(value: Fraction | float) -> str:
    """A value as agrmt's extract prints it: ten significant digits."""
    return f"{float(value):.10g}"


@pytest.mark.parametrize("row", read_rows(FIXTURES / "accord_valeurs_publiees.csv"))
def test_typed_published_values(row):
    value = MEASURES[row["mesure"]](read_counts(row["frequences"]))
    assert abs(float(value) - float(row["valeur"])) <= float(row["tolerance"])


if HAS_SAMPLE_DATA:
    PUBLISHED = read_rows(RATINGS / "exemples_publies_accord.csv")
    LAYERS = read_rows(RATINGS / "exemple_couches_van_der_eijk.csv")
    REFERENCE = read_rows(RATINGS / "reference_lq2002_extrait.csv")
    RESPONDENTS = read_rows(RATINGS / "multilevel_lq2002_leadership.csv")

    def test_the_files_are_whole():
        assert (len(PUBLISHED), len(LAYERS), len(REFERENCE), len(RESPONDENTS)) == (14, 7, 77, 2042)

    @pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["source"][:40])
    def test_published_value(row):
        value = float(MEASURES[row["mesure"]](read_counts(row["frequences"])))
        assert abs(value - float(row["valeur_publiee"])) <= float(row["tolerance"])
        assert printed(value) == row["valeur_agrmt_1.42.12"]

    @pytest.mark.parametrize("row", LAYERS, ids=lambda row: row["motif"])
    def test_published_layer(row):
        layer = [Fraction(row[f"p{position}"]) for position in range(1, 8)]
        assert "".join("01"[count > 0] for count in layer) == row["motif"]
        assert round(float(statistics.agreement(layer)), 3) == float(row["accord"])

    def test_published_layers_add_up_to_the_whole_agreement():
        layers = [[Fraction(row[f"p{i}"]) for i in range(1, 8)] for row in LAYERS]
        whole = [sum(column) for column in zip(*layers, strict=True)]
        weighted = sum(sum(layer) * statistics.agreement(layer) for layer in layers)
        assert statistics.agreement(whole) == weighted / sum(whole) == Fraction(917, 1500)

    @pytest.mark.parametrize("row", REFERENCE, ids=lambda row: f"{row['groupe']}-{row['item']}")
    def test_reference_row(row):
        counts = read_counts(row["frequences"])
        assert sum(counts) == int(row["n"])
        assert printed(statistics.agreement(counts)) == row["accord_A"]
        assert printed(statistics.polarisation(counts)) == row["polarisation"]
        assert printed(statistics.consensus(counts)) == row["consensus_TW"]
        assert printed(statistics.leik(counts)) == row["leik_D"]
        assert printed(statistics.ordinal_variation(counts)) == row["berry_mielke_IOV"]
        assert statistics.median_low(counts) == int(row["mediane_type1"])
        assert printed(statistics.interpolated_median(counts)) == row["mediane_interpolee"]

    @pytest.mark.parametrize("row", REFERENCE, ids=lambda row: f"{row['groupe']}-{row['item']}")
    def test_reference_frequencies_come_from_the_respondents(row):
        answers = Counter(
            int(respondent[row["item"]])
            for respondent in RESPONDENTS
            if row["groupe"] in {respondent["COMPID"], EVERYBODY}
        )
        counts = [answers[level] for level in range(1, 6)]
        assert counts == read_counts(row["frequences"])
        assert printed(statistics.agreement(counts)) == row["accord_A"]
