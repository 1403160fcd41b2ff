"""Text that any document can hold."""

import pytest

from core.plain_text import paragraphs_of, plain_text

pytestmark = pytest.mark.once


def test_control_signs_go_and_the_rest_stays():
    typed = "a\x00b\x0bc\x1bd\ud800e\ufffff\x85g\th\ni 😀 مرحبا <b>&"

    assert plain_text(typed) == "abcdef\x85g\th\ni 😀 مرحبا <b>&"


def test_no_name_turns_the_words_after_it_around():
    assert plain_text("comité\u202e, le \u20663 mai\u2069") == "comité, le 3 mai"


def test_line_ends_are_all_alike():
    assert plain_text("un\r\ndeux\rtrois") == "un\ndeux\ntrois"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("un\ndeux\n\n\n trois ", ["un\ndeux", "trois"]),
        ("un\r\n \t\r\ndeux", ["un", "deux"]),
    ],
)
def test_empty_lines_part_paragraphs(text, expected):
    assert paragraphs_of(text) == expected
