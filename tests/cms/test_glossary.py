"""A word is explained once, where it comes first, and nowhere else."""

import pytest

from cms.glossary import Glossary, Term, key_of

pytestmark = pytest.mark.once

TABLE = Term("concertation", ("concertation", "concertations"), 'Dire "nous" & agir', "/lexique/#c")
ACTION = Term("action", ("action",), "Agir.", "/lexique/#a")
LONG = Term("action-commune", ("action commune",), "Agir ensemble.", "/lexique/#ac")


def mark(html: str, *terms: Term) -> str:
    return Glossary(terms or (TABLE,)).mark(html)


def test_the_first_use_is_a_link_with_its_definition():
    assert mark("<p>La concertation aide. La concertation dure.</p>") == (
        '<p>La <span class="term"><a href="/lexique/#c" aria-describedby="terme-concertation">'
        'concertation</a><span class="term-tip" role="tooltip" id="terme-concertation">'
        "Dire &quot;nous&quot; &amp; agir</span></span> aide. La concertation dure.</p>"
    )


def test_several_texts_of_a_page_explain_it_once():
    glossary = Glossary((TABLE,))
    assert "role" in glossary.mark("<p>Des Concertations.</p>")
    assert glossary.mark("<p>La concertation.</p>") == "<p>La concertation.</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x/">la <b>concertation</b></a></p>',
        "<h2>La concertation</h2>",
        '<p title="concertation">Rien</p>',
        "<p>déconcertation, concertations-nous</p>",
    ],
)
def test_links_titles_tags_and_parts_of_words_are_left_alone(html):
    assert mark(html) == html


def test_the_longest_form_wins_and_spaces_are_alike():
    marked = mark("<p>Une action&nbsp;commune, puis une action.</p>", ACTION, LONG)
    assert marked.count('class="term"') == 2
    assert 'aria-describedby="terme-action-commune">action&nbsp;commune</a>' in marked


def test_without_terms_a_text_is_itself():
    assert Glossary(()).mark("<p>La concertation.</p>") == "<p>La concertation.</p>"


def test_a_key_is_an_anchor():
    assert key_of("pouvoir d’agir") == "pouvoir-d-agir"
