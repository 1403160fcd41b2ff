"""Letters and messages by sector, filled in: in Word to sign and post, as text to paste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from appreciation.domain.invitations import invited_meeting
from appreciation.domain.messages import Message, message_to_leave_alone, on_paper, proposed
from appreciation.enums import MessageKind
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts, facts_of
from appreciation.interfaces.documents.hall_word import hall_word
from core.plain_text import paragraphs_of, plain_text
from core.typography import fr_date
from core.word import WordDocument

BULLET = "- "


@dataclass(frozen=True)
class Letter:
    """`is_posted`: on paper, dated; the others are said or sent."""

    kind: MessageKind
    code: str
    hint: str
    is_posted: bool = False


LETTERS = (
    Letter(
        MessageKind.MUNICIPALITY,
        "lettre-municipalite",
        "À la mairie: une personne élue, une personne de l’administration.",
        is_posted=True,
    ),
    Letter(
        MessageKind.GROUPS,
        "lettre-groupes",
        "Aux groupes et organismes: une personne par groupe suffit.",
        is_posted=True,
    ),
    Letter(
        MessageKind.RESIDENTS,
        "invitation-population",
        "Aux citoyennes et citoyens: babillard, journal, porte-à-porte.",
        is_posted=True,
    ),
    Letter(MessageKind.PHONE, "aide-memoire-telephone", "Quoi dire au téléphone, mot à mot."),
    Letter(MessageKind.REMINDER, "rappel", "Une semaine avant la rencontre."),
    Letter(MessageKind.THANKS, "merci", "Dans les jours qui suivent."),
)


def letter_word(letter: Letter) -> Callable[[Making], bytes]:
    def build(making: Making) -> bytes:
        facts, message = facts_of(making), letter_message(making, letter)
        word = hall_word(facts, message.subject)
        if letter.is_posted:
            word.paragraph(f"{facts.place}, le {fr_date(timezone.localdate())}")
            word.heading(message.subject)
        else:
            word.title(message.subject)
        _write(word, on_paper(message, making.appraisal))
        return word.to_bytes()

    return build


def letter_text(letter: Letter) -> Callable[[Making], bytes]:
    def build(making: Making) -> bytes:
        facts, message = facts_of(making), letter_message(making, letter)
        return as_text(facts, message.subject, on_paper(message, making.appraisal)).encode()

    return build


def as_text(facts: HallFacts, subject: str, body: str) -> str:
    """A message ready to paste: its subject first."""
    parts = (facts.banner, plain_text(subject).strip(), plain_text(body).strip())
    return "\n\n".join(part for part in parts if part) + "\n"


def letter_message(making: Making, letter: Letter) -> Message:
    """The team's words; those proposed again where the day or the place has moved since."""
    meeting = invited_meeting(making.appraisal)
    if meeting is None:
        return proposed(making.appraisal, None, letter.kind)
    return message_to_leave_alone(making.appraisal, meeting, letter.kind)


def _write(word: WordDocument, body: str) -> None:
    for block in paragraphs_of(body):
        lines = block.splitlines()
        if any(line.startswith(BULLET) for line in lines):
            _write_list(word, lines)
        else:
            word.paragraph(block)


def _write_list(word: WordDocument, lines: list[str]) -> None:
    for line in lines:
        if line.startswith(BULLET):
            word.bullets([line.removeprefix(BULLET)])
        else:
            word.paragraph(line)
