"""Text that any document can hold: signs that XML forbids are taken out, nothing else changes."""

import re

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Not allowed in XML 1.0, or discouraged by it: a document that held one would not open."""
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the words after them around: in a name, they would turn ours on the same line."""


def plain_text(text: object) -> str:
    """`text` without control signs, its line ends all alike. Emoji and right-to-left words stay."""
    return TURNED.sub("", FORBIDDEN.sub("", str(text))).replace("\r\n", "\n").replace("\r", "\n")


def paragraphs_of(text: object) -> list[str]:
    """The paragraphs of a plain text, which empty lines part. None for a blank one."""
    blocks = re.split(r"\n[ \t]*\n", plain_text(text))
    return [block.strip() for block in blocks if block.strip()]


def shorten(text: str, longest: int) -> str:
    """One paragraph, cut at a word where it is too long."""
    words = re.sub(r"[ \t\n]+", " ", plain_text(text)).strip()
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,;:.')}…"
