"""Words written by hand on a sheet, copied by the team: kept like a phone's, without a seat.

Nothing may tell which sheet a word came from: neither its number, nor a line of the journal, whose
hour would stand beside that of the sheet (DESIGN.md §4). A word answers one question, as on a
phone.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.crypto import salted_hmac

from appreciation.domain.actors import Actor
from appreciation.domain.locks import lock_meeting
from appreciation.domain.paper import ensure_entry_open, ensure_private_screen
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.ratings import clean_comment, random_comment_number
from appreciation.models import Comment, Meeting
from core.errors import DomainError


def copy_word(*, meeting: Meeting, actor: Actor, item_id: int, text: str, sending: str) -> None:
    """Keep one word about one question. The same word again in the same `sending` changes nothing.

    `sending` is a random text made with the form: it recognises a double tap, and is not kept as it
    is. Another word in it is another word: « Back » gives the same form again. Raises DomainError
    when entry is not open, the team's screen is the hall's, the word is empty or too long, or the
    question is not the instrument's: nothing is stored then.
    """
    word = clean_comment(text)
    with transaction.atomic():
        locked = lock_meeting(meeting)
        ensure_entry_open(locked)
        ensure_private_screen(locked, actor)
        if item_id not in questionnaire_for(locked.instrument).items_by_id:
            raise DomainError(
                "Choisissez la question dont parle ce mot.",
                fields={"item": "Choisissez une question de la feuille."},
            )
        if not word:
            raise DomainError(
                "Copiez d’abord le mot écrit sur la feuille.",
                fields={"text": "Copiez ici le mot écrit sur la feuille."},
            )
        Comment.objects.get_or_create(
            key=_key(locked, sending, item_id, word),
            defaults={
                "pk": random_comment_number(),
                "meeting": locked,
                "item_id": item_id,
                "text": word,
            },
        )


def _key(meeting: Meeting, sending: str, item_id: int, word: str) -> str:
    told = repr((meeting.pk, sending, item_id, word))
    return salted_hmac("appreciation.paper_word", told, algorithm="sha256").hexdigest()
