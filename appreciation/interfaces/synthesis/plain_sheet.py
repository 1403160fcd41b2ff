"""One page in plain words, for the people of the region: what comes up, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appreciation.domain.queries.timeline import PUBLIC_WORDS
from appreciation.domain.synthesis.leads import LEAD
from appreciation.domain.synthesis.nouns import SynthesisRead
from appreciation.enums import ActionState, CheckInReply, FindingKind
from appreciation.interfaces.synthesis.presented import Presented
from appreciation.interfaces.synthesis.sources import counted
from core.plain_text import shorten
from core.typography import NBSP, fr_date, fr_typo

MOST = 3
GIVEN_UP = (ActionState.ABANDONED.label, PUBLIC_WORDS[CheckInReply.ABANDONED])
NOT_BEGUN = (LEAD, ActionState.PLANNED.label, *GIVEN_UP, "")
LONGEST, LONGEST_HEADLINE, LONGEST_PLACE = 150, 240, 70
"""What makes the page hold on one sheet whatever was written."""


@dataclass(frozen=True)
class PlainSheet:
    """Short texts, ready to be drawn in any format (`documents/resident_sheet.html`)."""

    reference: str
    title: str
    when: str
    headline: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    adopted: str
    read_more: str
    source: str
    organisation: str
    banner: str


def plain_sheet(
    presented: Presented, *, organisation: str, adviser: str, address: str = "", banner: str = ""
) -> PlainSheet:
    """`address` is where everyone reads the whole; without one, whom to ask."""
    read = presented.read
    region = shorten(read.region, LONGEST_PLACE)
    ask = f"Pour lire toute la synthèse, demandez-la{NBSP}: {adviser or organisation}."
    caution = (
        "Ces communautés ne sont pas toute la région, et ce sont les mots des personnes "
        "présentes. Rien ici ne classe une communauté."
    )
    blocks = (
        ("Ce qui fait notre force", _themes(read, FindingKind.STRENGTH)),
        ("Ce qui est difficile", _themes(read, FindingKind.CHALLENGE)),
        ("Ce qui a été fait", _done(presented)),
        ("Des idées qui reviennent", _themes(read, FindingKind.ACTION_LEAD)),
        ("Pour bien lire", (caution,)),
    )
    return PlainSheet(
        reference=read.reference,
        title=f"{region}{NBSP}: ce que des communautés disent d’elles-mêmes",
        when=_when(presented),
        headline=shorten(fr_typo(read.headline), LONGEST_HEADLINE),
        blocks=tuple((title, lines) for title, lines in blocks if lines),
        adopted=presented.edition_words,
        read_more=f"Lire toute la synthèse{NBSP}: {address}"
        if address
        else shorten(ask, LONGEST_HEADLINE),
        source=f"Source{NBSP}: {shorten(read.title, LONGEST)}, {read.reference}",
        organisation=shorten(organisation, LONGEST),
        banner=banner,
    )


def _when(presented: Presented) -> str:
    """How many démarches, how many people, and the day on which they were read together."""
    read = presented.read
    told = counted(len(read.sources), "démarche de communauté", "démarches de communautés")
    people = f" {presented.people_sentence}" if presented.people_sentence else ""
    frozen = f" Lues ensemble le {fr_date(read.frozen_on)}." if read.frozen_on else ""
    return f"{told}.{people}{frozen}"


def _themes(read: SynthesisRead, kind: FindingKind) -> tuple[str, ...]:
    """Those that come up in most démarches first; a theme is no community."""
    most = sorted(read.recurring(kind.value), key=lambda each: -len(each.sources))
    return _short(
        [f"{each.label} ({counted(len(each.sources), 'endroit', 'endroits')})" for each in most]
    )


def _done(presented: Presented) -> tuple[str, ...]:
    """What has an outcome first, then what is under way; what is only wished for is no deed."""
    begun = [each for each in presented.read.leads if each.outcomes or each.state not in NOT_BEGUN]
    leads = sorted(begun, key=lambda each: not each.outcomes)
    told = []
    for each in leads:
        name = presented.named[each.source].name
        ending = each.outcomes[0] if each.outcomes else each.state
        told.append(f"{each.title.rstrip(' .')}, {name}" + (f"{NBSP}: {ending}" if ending else ""))
    return _short(told)


def _short(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(shorten(fr_typo(text), LONGEST) for text in texts[:MOST])
