"""The card that leads a rehearsal: one thing to do now, and what to look at. Eight steps."""

from __future__ import annotations

from dataclasses import dataclass

from appreciation.domain.live import LiveMeeting
from appreciation.domain.rehearsal_people import SHEETS
from appreciation.enums import Medium, MeetingState, RoundState
from appreciation.models import Seat

TOTAL_MINUTES = 30


@dataclass(frozen=True)
class Card:
    """`action` names the button of the card; empty when the gesture is elsewhere on the console."""

    number: int
    title: str
    look: str
    action: str = ""

    @property
    def total(self) -> int:
        return len(CARDS)


CARDS = (
    Card(
        1,
        "Ouvrez la rencontre",
        "Ouvrez la projection dans une autre fenêtre, ou sur le projecteur: c’est ce que la salle "
        "verra. Gardez la console pour vous.",
        "open",
    ),
    Card(
        2,
        "Joignez-vous avec votre téléphone, puis faites répondre les participants fictifs",
        "Le code est à l’écran de la salle. Le nombre de réponses monte; personne ne voit encore "
        "ce qui a été répondu, pas même vous.",
        "answer",
    ),
    Card(
        3,
        "Fermez et révélez",
        "La salle voit ses réponses d’un coup. Lisez à voix haute la phrase, puis demandez: "
        "qu’est-ce que ces réponses nous disent?",
    ),
    Card(
        4,
        "Ouvrez la dimension suivante, faites répondre, puis révélez",
        "Cette fois la salle se partage en deux. Ne cherchez pas qui a raison: demandez à chaque "
        "côté ce qu’il voit. « Voter de nouveau » montre ce que la discussion a changé.",
        "answer",
    ),
    Card(
        5,
        "Tapez les trois feuilles de papier",
        "Une feuille laisse une question sans réponse, une autre dit « Je ne sais pas »: "
        "tapez ce qui est coché, rien de plus.",
        "sheets",
    ),
    Card(
        6,
        "Fermez la rencontre",
        "Vous pouvez d’abord continuer les autres dimensions, ou poser les trois questions de "
        "sortie. Fermer arrête les téléphones: le papier reste à saisir.",
        "answer",
    ),
    Card(
        7,
        "Dites « Saisie terminée »",
        "Le vrai soir, vérifiez d’abord que le nombre de réponses et de personnes concorde.",
    ),
    Card(
        8,
        "Regardez les résultats, puis effacez la répétition",
        "C’est ce que l’équipe verra. Un vrai rapport s’écrirait ensuite avec vos constats.",
        "results",
    ),
)


def card_of(live: LiveMeeting) -> Card:
    """Where the rehearsal has come to, read from the meeting itself."""
    state = live.meeting.state
    if state == MeetingState.PLANNED:
        return CARDS[0]
    if state == MeetingState.CLOSED:
        return CARDS[6]
    if state == MeetingState.ENTRY_DONE:
        return CARDS[7]
    lines = [line for line in live.lines if line.rounds]
    revealed = sum(line.was_revealed for line in lines)
    if not revealed:
        # Her own phone is not enough: alone, its answer would stay hidden.
        have_answered = Seat.objects.filter(meeting=live.meeting, is_fictitious=True).exists()
        is_over = not any(line.state == RoundState.OPEN for line in lines)
        return CARDS[2] if have_answered or is_over else CARDS[1]
    if revealed < min(2, len(lines)):
        return CARDS[3]
    typed = Seat.objects.filter(meeting=live.meeting, medium=Medium.PAPER).count()
    return CARDS[4] if typed < SHEETS else CARDS[5]


def card_is_next(card: Card, live: LiveMeeting) -> bool:
    """Whether the card's own button is the one thing to press now: it alone is red then.

    Fictitious people answer first, as long as a reveal would show nothing.
    """
    if card.action == "answer":
        return live.is_voting and live.has_few_answers
    return card.action in ("sheets", "results")
