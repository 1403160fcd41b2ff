"""Reading free text as a neighbour would: what could name somebody before it is published.

It points, it does not decide: a person reads every line (DOMAIN.md §7.5, verbatim text screened).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

UPPER = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸ"
LOWER = "a-zàâäçéèêëîïôöùûüÿœ"
WORD = rf"(?:[DLO][’'])?[{UPPER}][{LOWER}]+(?:[-’'][{UPPER}]?[{LOWER}]+)*"
EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.,;]+")
PHONE = re.compile(
    r"(?<!\d)(?:\+?1[ .\-–]?)?(?:\(?\d{3}\)?[ .\-–\N{NO-BREAK SPACE}]?)?"
    r"\d{3}[ .\-–\N{NO-BREAK SPACE}]\d{4}(?!\d)|(?<!\d)\d{10}(?!\d)"
)
STREET = re.compile(
    r"\b\d{1,5},? ?(?:rue|rang|route|chemin|ch\.|avenue|av\.|boulevard|boul\.)\s+\S+", re.IGNORECASE
)
TITLED = re.compile(rf"\b(?:M\.|Mme|Madame|Monsieur|Mlle|Dre?|Me)[ \N{{NO-BREAK SPACE}}]({WORD})")
TWO_WORDS = re.compile(rf"\b({WORD}) ((?:(?:de|du|des|la|le|St|Ste)[ \-])?{WORD})")
SENTENCE_START = re.compile(r"(?:^|[.!?…:«\n])[\s\N{NO-BREAK SPACE}]*$")


class Detail(Enum):
    EMAIL = "courriel"
    PHONE = "téléphone"
    STREET = "adresse"
    NAME = "peut-être un nom"


@dataclass(frozen=True)
class Suspicion:
    """`excerpt` in the text looks like `detail`."""

    detail: Detail
    excerpt: str


def find_personal_details(text: str, *, known: Iterable[str] = ()) -> tuple[Suspicion, ...]:
    """What may tell who somebody is. `known` are names of places and groups, which may stay.

    A name is a civility with a name, or two words with capitals in a row. A first name alone is
    not found: only a reader can tell Rose from the flower.
    """
    found: tuple[Suspicion, ...] = (
        *(Suspicion(Detail.EMAIL, match.group()) for match in EMAIL.finditer(text)),
        *(Suspicion(Detail.PHONE, match.group().strip()) for match in PHONE.finditer(text)),
        *(Suspicion(Detail.STREET, match.group()) for match in STREET.finditer(text)),
        *(Suspicion(Detail.NAME, name) for name in _names(text, tuple(known))),
    )
    return tuple(dict.fromkeys(found))


def _names(text: str, known: tuple[str, ...]) -> Iterator[str]:
    allowed = {part.lower() for name in known for part in re.split(r"[\s\-’']+", name) if part}
    for match in TITLED.finditer(text):
        yield match.group()
    for match in TWO_WORDS.finditer(text):
        words = re.split(r"[\s\-’']+", match.group().lower())
        opens_sentence = bool(SENTENCE_START.search(text[: match.start()]))
        if all(word in allowed for word in words):
            continue
        if opens_sentence and match.group(1).lower() in COMMON_OPENINGS:
            continue
        yield match.group()


COMMON_OPENINGS = frozenset(
    re.findall(
        r"\w+",
        "le la les un une des du au aux on nous vous ils elles il elle ce cet cette ces "
        "dans pour par avec sans chez à de et mais si quand comme notre votre leur mon ma "
        "mes son sa ses en ",
    )
)
"""Words that take a capital only because they open a sentence: « La Tuque » still shows."""
