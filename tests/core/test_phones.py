import pytest

from core.phones import with_phones_linked

LINK = '<a class="nowrap" href="tel:{}">{}</a>'


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("819 555-0143", "8195550143"),
        ("819-555-0143", "8195550143"),
        ("(819) 555-0143", "8195550143"),
        ("1 819 555-0143", "18195550143"),
    ],
)
def test_a_number_in_a_text_is_a_link_that_stays_whole(written, dialled):
    assert with_phones_linked(f"Ana Exemple, {written}, poste 2") == (
        f"Ana Exemple, {LINK.format(dialled, written)}, poste 2"
    )


@pytest.mark.parametrize("text", ["Ana Exemple", "Loi 25, 2021-2024", "NEQ 8819555014312"])
def test_what_is_no_telephone_number_stays_as_it_is(text):
    assert with_phones_linked(text) == text


def test_the_rest_is_escaped():
    assert with_phones_linked("<b>819 555-0143 & co") == (
        f"&lt;b&gt;{LINK.format('8195550143', '819 555-0143')} &amp; co"
    )
