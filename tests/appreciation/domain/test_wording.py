from decimal import Decimal
from fractions import Fraction

import pytest

from appreciation.domain.wording import (
    AgreementThresholds,
    does_not_know_in_words,
    many_do_not_know,
    median_in_words,
    words_of_agreement,
)

LABELS = ("À peine amorcé", "En chemin", "Bien avancé", "Acquis")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(1), "accord net"),
        (Fraction(3, 5), "accord net"),
        (0.6, "accord net"),
        (Fraction(599, 1000), "accord partiel"),
        (Fraction(3, 10), "accord partiel"),
        (0.3, "accord partiel"),
        (Fraction(299, 1000), "avis partagés"),
        (Fraction(0), "avis partagés"),
        (Fraction(-1, 1000), "avis opposés"),
        (-1.0, "avis opposés"),
        (None, "aucune réponse"),
    ],
)
def test_words_of_agreement(value, words):
    assert words_of_agreement(value) == words


def test_thresholds_can_be_edited():
    thresholds = AgreementThresholds(clear=0.8, partial=Decimal("0.5"), shared=-0.2)
    assert words_of_agreement(Fraction(4, 5), thresholds) == "accord net"
    assert words_of_agreement(Fraction(79, 100), thresholds) == "accord partiel"
    assert words_of_agreement(Fraction(-1, 5), thresholds) == "avis partagés"
    assert words_of_agreement(Fraction(-21, 100), thresholds) == "avis opposés"


@pytest.mark.parametrize("values", [(0.3, 0.6, 0), (0.6, 0.3, 0.3), (1.2, 0.3, 0), (0.6, 0.3, -2)])
def test_incoherent_thresholds_are_refused(values):
    with pytest.raises(ValueError, match="seuils"):
        AgreementThresholds(*values)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 2, 6, 3), "Bien avancé"),
        ((5, 1, 1, 5), "entre «\u00a0En chemin\u00a0» et «\u00a0Bien avancé\u00a0»"),
        ((6, 0, 0, 6), "entre «\u00a0À peine amorcé\u00a0» et «\u00a0Acquis\u00a0»"),
        ((0, 0, 0, 0), "aucune réponse"),
    ],
)
def test_median_in_words(counts, words):
    assert median_in_words(counts, LABELS) == words


def test_median_in_words_needs_a_label_per_level():
    with pytest.raises(ValueError, match="libellé"):
        median_in_words((1, 2, 3), LABELS)


def test_does_not_know_in_words():
    assert does_not_know_in_words(0, 24) == ""
    assert does_not_know_in_words(1, 24) == "1 sur 24 ne sait pas"
    assert does_not_know_in_words(6, 24) == "6 sur 24 ne savent pas"


def test_more_than_a_third_not_knowing_is_a_finding():
    assert not many_do_not_know(8, 24)
    assert many_do_not_know(9, 24)
    assert not many_do_not_know(0, 0)
