"""Letters and messages by sector, filled in: in Word to sign and post, as text to paste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils import timezone

from appreciation.domain.invitation_links import open_page_url
from appreciation.domain.invitations import invited_meeting
from appreciation.domain.messages import Message, message_to_leave_alone, on_paper, proposed
from appreciation.enums import MessageKind, TemplateUse
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts, facts_of
from appreciation.interfaces.documents.hall_word import hall_word
from appreciation.interfaces.documents.own_templates import by_template
from appreciation.interfaces.documents.report_source import identity
from core.plain_text import paragraphs_of, plain_text
from core.typography import fr_date, fr_time
from core.word import WordDocument
from core.word_template import Filling

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
    """A posted one is laid out by the Consortium's template where one is in use."""

    def build(making: Making) -> bytes:
        filling = partial(letter_filling, making, letter)
        own = by_template(TemplateUse.LETTER, filling) if letter.is_posted else None
        return own or _by_the_house(making, letter)

    return build


def _by_the_house(making: Making, letter: Letter) -> bytes:
    facts, message = facts_of(making), letter_message(making, letter)
    word = hall_word(facts, message.subject)
    if letter.is_posted:
        word.paragraph(f"{facts.place}, le {fr_date(timezone.localdate())}")
        word.heading(message.subject)
    else:
        word.title(message.subject)
    _write(word, on_paper(message, making.appraisal))
    return word.to_bytes()


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


def letter_filling(making: Making, letter: Letter) -> Filling:
    """What a template may say: about the evening that people are invited to."""
    appraisal, meeting = making.appraisal, invited_meeting(making.appraisal)
    message, facts, house = letter_message(making, letter), facts_of(making), identity()
    starts_at = timezone.localtime(meeting.starts_at) if meeting and meeting.starts_at else None
    territory = appraisal.place.territory
    is_open = meeting is not None and meeting.is_open_to_all
    values = {
        "lettre": letter.kind.label,
        "objet": message.subject,
        "texte": on_paper(message, appraisal),
        "date_du_jour": fr_date(timezone.localdate()),
        "communaute": appraisal.place.name,
        "territoire": str(territory) if territory else "",
        "reference": appraisal.reference,
        "demande_par": appraisal.requested_by,
        "date_rencontre": fr_date(starts_at.date()) if starts_at else "",
        "heure": fr_time(starts_at) if starts_at else "",
        "lieu": meeting.venue if meeting else "",
        "places": meeting.capacity if meeting else None,
        "page": open_page_url(meeting) if meeting and is_open else "",
        "contact": appraisal.contact_name,
        "telephone": appraisal.contact_phone,
        "organisme": house.organisation,
        "devise": house.motto,
        "conseil": house.adviser,
        "commodites": [
            {"nom": each.get_kind_display(), "detail": each.detail}
            for each in appraisal.practicals.all()
        ],
    }
    return Filling(values, message.subject, house.organisation, facts.banner)
