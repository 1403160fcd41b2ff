"""Telephone numbers as people write them."""

import re

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

IN_A_TEXT = re.compile(r"(?<!\d)(?:\+?1[-. ])?(?:\(\d{3}\)|\d{3})[-.\s]\d{3}[-.]\d{4}(?!\d)")
"""A Canadian number, however it is cut."""
FEWEST_DIGITS = 7


def digits_to_dial(phone: str) -> str:
    """What a `tel:` link dials."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


def check_phone(phone: str) -> None:
    """A validator. A local number is enough; « le soir » or half a number is not."""
    if sum(sign.isdigit() for sign in phone) < FEWEST_DIGITS:
        raise ValidationError("Écrivez un téléphone comme 819 555-0142.")


def with_phones_linked(text: str) -> SafeString:
    """A plain text whose numbers are dialled with a tap, and never cut between two lines."""
    parts: list[tuple[str, SafeString | str]] = []
    end = 0
    for found in IN_A_TEXT.finditer(text):
        parts.append((text[end : found.start()], _link(found.group())))
        end = found.end()
    return format_html_join("", "{}{}", [*parts, (text[end:], "")])


def _link(phone: str) -> SafeString:
    dialled = digits_to_dial(phone)
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', dialled, phone)
