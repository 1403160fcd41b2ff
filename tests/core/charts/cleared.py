"""Answers cleared to leave, made the only way there is."""

from core.disclosure import (
    AnswerCounts,
    DisclosedDistribution,
    Suppressed,
    disclose_distribution,
)


def cleared(*levels: int, unknown: int = 0) -> DisclosedDistribution:
    disclosed = disclose_distribution(AnswerCounts(levels, unknown), k=3)
    assert isinstance(disclosed, DisclosedDistribution)
    return disclosed


HIDDEN = Suppressed()
WORDS = {"identifier": "essai", "title": "Titre", "sentence": "Phrase.", "source": "Essai"}
LABELS = ("À peine amorcé", "En chemin", "Bien avancé", "Acquis")
