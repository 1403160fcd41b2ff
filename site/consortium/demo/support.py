"""Requests for help in each state, and the questions they became."""

from __future__ import annotations

from accounts.models import User
from appreciation.domain.directory import save_entry
from appreciation.domain.frequent_questions import make_frequent_question
from appreciation.domain.help import (
    close_help_request,
    open_help_request,
    take_in_charge,
    write_help_message,
)
from appreciation.enums import MembershipRole, Phase
from appreciation.models import Appraisal, FrequentQuestion, Membership
from background.outbox import cancel_mails

PAIRED = "Rivière-Exemple"
"""Published, and told by somebody who leads no other démarche."""

QUESTIONS = (
    (
        Phase.CONVENING,
        "Combien de personnes inviter?",
        "Autant de secteurs que possible, plutôt qu’un grand nombre de personnes.",
    ),
    (
        Phase.MEETING,
        "La salle n’a pas Internet: peut-on tenir la rencontre?",
        "Oui. Imprimez les feuilles, puis saisissez-les ensuite avec une autre personne.",
    ),
)


def create_directory(people: dict[str, User]) -> None:
    """Three who asked to be found; one, who led a published démarche, agrees to be called."""
    territory = Appraisal.objects.get(place__name=PAIRED).place.territory
    Membership.objects.create(
        appraisal=Appraisal.objects.get(place__name=PAIRED),
        user=people["jumelage"],
        role=MembershipRole.LEAD,
    )
    for key, helps_with, phone, agrees in (
        ("animation", "Préparer une première soirée", "819 555-0144", False),
        ("coordination", "Trouver une salle, convaincre un conseil", "819 555-0142", True),
        ("jumelage", "Restituer quand la salle est divisée", "819 555-0145", True),
    ):
        save_entry(
            user=people[key],
            organisation="Organisme d’exemple (fictif)",
            territory=None if key == "coordination" else territory,
            helps_with=helps_with,
            phone=phone,
            agrees_to_be_called=agrees,
        )


def create_support(people: dict[str, User]) -> None:
    """No mail leaves for it: the addresses are invented."""
    lead, coordinator = people["animation"], people["coordination"]
    waiting, answered = Appraisal.objects.filter(phase__in=(Phase.PORTRAIT, Phase.CONVENING))[:2]
    open_help_request(
        asker=lead,
        appraisal=waiting,
        phase=waiting.phase,
        text="Où trouver la population de chaque rang?",
    )
    asked = open_help_request(
        asker=lead,
        appraisal=answered,
        phase=answered.phase,
        text="Qui pourrait inviter les jeunes?",
    )
    take_in_charge(request=asked, user=coordinator)
    write_help_message(
        request=asked, user=coordinator, text="Essayez la maison des jeunes, avant la fin du mois."
    )
    closed = open_help_request(
        asker=lead, phase=Phase.CONVENING, text="Peut-on imprimer l’affiche en noir et blanc?"
    )
    write_help_message(request=closed, user=coordinator, text="Oui, elle est faite pour cela.")
    close_help_request(request=closed, user=lead)
    make_frequent_question(
        request=closed,
        user=coordinator,
        question="L’affiche s’imprime-t-elle en noir et blanc?",
        answer="Oui, elle est faite pour cela.",
        is_published=True,
    )
    cancel_mails(key_prefix="help/")
    _answer_what_is_often_asked(coordinator)


def _answer_what_is_often_asked(coordinator: User) -> None:
    for position, (phase, question, answer) in enumerate(QUESTIONS, start=1):
        FrequentQuestion.objects.create(
            question=question,
            answer=answer,
            phase=phase,
            position=position,
            is_published=True,
            written_by=coordinator,
        )
