"""Where the words stand."""

import pytest

from cms.search.excerpts import excerpt, highlighted
from cms.search.places import as_kept, places_in, spans_of

pytestmark = pytest.mark.once


def cut_around(text: str, stems: list[str], **options: int) -> str:
    kept = as_kept([text])
    return excerpt(kept, spans_of(kept, places_in(kept), stems), **options)


def test_places_are_those_of_the_stems_and_of_no_other():
    text = as_kept(["Un  Vélo, l’œuvre\n", "des vélos; vélocité, E\u0301TE\u0301."])
    assert text == "Un Vélo, l’œuvre des vélos; vélocité, ÉTÉ."
    places = places_in(text)
    words = [text[start:end] for start, end in spans_of(text, places, ["velo", "ete", "oeuvr"])]
    assert words == ["Vélo", "œuvre", "vélos", "ÉTÉ"]
    for absent in ("vel", "v", "0", "3", "", "\n"):
        assert spans_of(text, places, [absent]) == []
    assert spans_of("", places_in("?!"), ["velo"]) == []


def test_words_that_answer_are_marked_and_the_rest_is_escaped():
    assert highlighted("<b>Évaluer</b> & évaluations", ["evalu"]) == (
        "&lt;b&gt;<mark>Évaluer</mark>&lt;/b&gt; &amp; <mark>évaluations</mark>"
    )


def test_an_excerpt_begins_a_little_before_the_place_where_most_words_stand():
    text = f"{'Du début vélo. ' + 'mots ' * 60}Ici le vélo et le jardin se suivent. {'fin ' * 60}"
    cut = cut_around(text, ["velo", "jardin"], length=120)
    assert cut.startswith("… mots mots")
    assert "Ici le <mark>vélo</mark> et le <mark>jardin</mark> se suivent." in cut
    assert cut.endswith("fin …")
    assert len(cut) < 160


def test_a_text_without_the_words_gives_its_beginning():
    assert cut_around("Un  texte court.", ["velo"]) == "Un texte court."
    assert cut_around("a" * 300, [], length=100) == "a …"
