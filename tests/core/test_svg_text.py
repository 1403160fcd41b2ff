"""Lines of text for a drawing."""

import pytest

from core.svg_text import text_width, wrap_text

pytestmark = pytest.mark.once


def test_lines_are_no_wider_than_asked_and_lose_no_word():
    words = "On s’entraide quand ça compte, et on se relève ensemble après l’eau haute."

    lines = wrap_text(words, size=30, width=300)

    assert len(lines) > 3
    assert " ".join(lines) == words
    assert all(text_width(line, size=30) <= 300 for line in lines)


def test_a_word_wider_than_the_drawing_is_broken():
    lines = wrap_text("é" * 200, size=20, width=200)

    assert "".join(lines).replace(" ", "") == "é" * 200
    assert all(text_width(line, size=20) <= 200 for line in lines)


def test_bold_letters_are_wider():
    assert text_width("forces", size=20, weight=700) > text_width("forces", size=20)


def test_nothing_gives_no_line():
    assert wrap_text(" \x00\n", size=20, width=200) == []
