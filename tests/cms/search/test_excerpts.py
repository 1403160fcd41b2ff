"""Where the words stand."""

import pytest

from cms.search.excerpts import excerpt, highlighted

pytestmark = pytest.mark.once


def test_words_that_answer_are_marked_and_the_rest_is_escaped():
    assert highlighted("<b>Évaluer</b> & évaluations", ["evalu"]) == (
        "&lt;b&gt;<mark>Évaluer</mark>&lt;/b&gt; &amp; <mark>évaluations</mark>"
    )


def test_an_excerpt_begins_a_little_before_the_place_where_most_words_stand():
    text = f"{'Du début vélo. ' + 'mots ' * 60}Ici le vélo et le jardin se suivent. {'fin ' * 60}"
    cut = excerpt(text, ["velo", "jardin"], length=120)
    assert cut.startswith("… mots mots")
    assert "Ici le <mark>vélo</mark> et le <mark>jardin</mark> se suivent." in cut
    assert cut.endswith("fin …")
    assert len(cut) < 160


def test_a_text_without_the_words_gives_its_beginning():
    assert excerpt("Un  texte court.", ["velo"]) == "Un texte court."
    assert excerpt("a" * 300, [], length=100) == "a …"
