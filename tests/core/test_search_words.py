"""Folding: what is stored and what is asked meet."""

import pytest

from core.search_words import fold, search_text, search_words, stems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Évaluations", ["evaluation"]),
        ("l’été à Trois-Rivières", ["ete", "troi", "riviere"]),
        ("enjeux régionaux", ["enjeu", "regional"]),
        ("bateaux", ["bateau"]),
        ("cœur", ["coeur"]),
        ("bus 2026", ["bus", "2026"]),
        ("", []),
        ("🙂 !!", []),
    ],
)
def test_words_are_folded_and_singular(text, words):
    assert search_words(text) == words


def test_text_keeps_each_word_once_between_spaces():
    assert search_text(["Le lac", "les lacs"]) == " lac le les "


def test_fold_keeps_spaces_and_dashes():
    assert fold("Trois-Rivières Ouest") == "trois-rivieres ouest"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("évaluations evaluer Évaluation", ["evalu", "evalu", "evalu"]),
        ("organisé, organisées; organiser", ["organis", "organis", "organis"]),
        ("travail travaux", ["travail", "travail"]),
        ("l’été d’un réseau", ["ete", "un", "reseau"]),
        ("de\u0301composé vélo_vélos", ["decompos", "velo", "velo"]),
        ("2026 🙂 Ωμέγα", ["2026"]),
    ],
)
def test_stems_know_neither_accents_nor_endings(text, expected):
    assert stems(text) == expected
