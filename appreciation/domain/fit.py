"""« Est-ce pour nous? »: six answers lead to a path, with reasons. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Path(StrEnum):
    FULL = "full"
    SHORT = "short"
    OTHER = "other"


@dataclass(frozen=True)
class Choice:
    """One answer. `leads` is where it pulls; a reason is said when it counted."""

    code: str
    label: str
    leads: Path
    reason: str
    instead: str = ""


@dataclass(frozen=True)
class Question:
    code: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Advice:
    """Where the answers lead. `instead` says what to do where the démarche is not the way."""

    path: Path
    reasons: tuple[str, ...]
    instead: tuple[str, ...]


# fmt: off
QUESTIONS = (
    Question("qui", "Qui voudrait la démarche?", (
        Choice("plusieurs", "Plusieurs personnes ou organismes d’ici", Path.FULL,
               "Vous êtes déjà plusieurs à la vouloir: c’est ce qui la fait durer."),
        Choice("un", "Une personne ou un organisme d’ici", Path.SHORT,
               "Vous êtes encore peu à la vouloir: une petite rencontre en amènera d’autres."),
        Choice("dehors", "Quelqu’un de l’extérieur", Path.OTHER,
               "La demande vient de l’extérieur: il faut d’abord que des gens d’ici la veuillent.",
               "Rencontrez trois personnes de la place, une à la fois, et demandez-leur ce qui "
               "les préoccupe. Revenez ici si l’une d’elles dit « on devrait s’asseoir »."),
    )),
    Question("but", "Que cherchez-vous surtout?", (
        Choice("ensemble", "Voir ensemble où l’on en est et choisir par où commencer", Path.FULL,
               "Vous voulez vous voir en entier avant de choisir: la démarche est faite pour ça."),
        Choice("question", "L’avis des gens sur une seule question", Path.OTHER,
               "Une seule question demande moins qu’une démarche.",
               "Posez la question là où les gens passent (dépanneur, école, assemblée), dites "
               "d’avance ce que vous ferez des réponses, et rendez-les en deux semaines."),
        Choice("conflit", "Régler un conflit, ou faire accepter une décision déjà prise",
               Path.OTHER,
               "Un conflit ou une décision déjà prise ne se règle pas par une appréciation.",
               "Pour un conflit, demandez une médiation. Pour une décision prise, tenez une "
               "séance d’information et dites clairement ce qui peut encore changer."),
    )),
    Question("personnes", "Un même soir, combien de personnes viendraient?", (
        Choice("quinze", "Quinze ou plus", Path.FULL,
               "À quinze ou plus, la salle ressemble à la communauté."),
        Choice("huit", "De huit à quatorze", Path.FULL,
               "De huit à quatorze personnes, c’est une bonne rencontre."),
        Choice("trois", "De trois à sept", Path.SHORT,
               "À moins de huit, on parle davantage et on répond moins: le chemin court convient."),
        Choice("moins", "Moins de trois", Path.OTHER,
               "Sous trois réponses, rien ne s’affiche, pour que personne ne soit reconnu.",
               "Commencez par des conversations: cinq cafés de trente minutes, les trois mêmes "
               "questions, et une page de ce que vous avez entendu, relue par ces cinq personnes."),
    )),
    Question("temps", "D’ici la rencontre, combien de temps avez-vous?", (
        Choice("mois", "Deux mois ou plus", Path.FULL,
               "Deux mois permettent d’inviter des gens qu’on ne voit jamais."),
        Choice("semaines", "De trois à huit semaines", Path.SHORT,
               "En quelques semaines, un portrait court et des appels suffisent."),
        Choice("jours", "Moins de trois semaines", Path.SHORT,
               "En moins de trois semaines, greffez la rencontre à une activité qui existe déjà."),
    )),
    Question("suite", "Qui pourrait suivre ce qui sera décidé?", (
        Choice("quelqu-un", "Quelqu’un d’ici, quelques heures par mois", Path.FULL,
               "Quelqu’un d’ici peut suivre: les actions ne resteront pas sur papier."),
        Choice("peut-etre", "Peut-être quelqu’un", Path.SHORT,
               "La personne qui suivra n’est pas sûre: visez une seule action, toute petite."),
        Choice("personne", "Personne pour le moment", Path.OTHER,
               "Personne ne peut suivre: les gens se déplaceraient pour rien.",
               "Trouvez d’abord une personne répondante. La coordination peut vous aider à la "
               "chercher, ou à la soulager d’autre chose."),
    )),
    Question("avant", "Depuis deux ans, a-t-on déjà demandé aux gens leur avis?", (
        Choice("peu", "Peu ou pas", Path.FULL,
               "On leur a peu demandé: ils auront envie de parler."),
        Choice("rendu", "Oui, et on leur a dit ce que ça a donné", Path.FULL,
               "On leur a rendu ce qu’ils avaient dit: ils savent que ça sert."),
        Choice("fatigue", "Oui, souvent, et ils sont fatigués", Path.SHORT,
               "Les gens sont fatigués des consultations: soyez brefs et servez-vous de ce "
               "qu’ils ont déjà dit."),
        Choice("silence", "Oui, et on n’a jamais su la suite", Path.OTHER,
               "Une consultation est restée sans suite: en tenir une autre ferait du tort.",
               "Rendez d’abord les résultats de la dernière, même imparfaits, même en retard. "
               "Une page au babillard et quinze minutes à une réunion suffisent."),
    )),
)
# fmt: on


def advise(answers: Mapping[str, str]) -> Advice:
    """Where six answers lead.

    One answer that says « autre chose » decides: the démarche would do harm or serve nobody, and
    each such reason is told with what to do instead. Otherwise one answer that says « court » is
    enough: a path too long loses people, one too short can be made longer. KeyError for an answer
    that does not exist or is missing.
    """
    chosen = [_chosen(question, answers[question.code]) for question in QUESTIONS]
    for path in (Path.OTHER, Path.SHORT, Path.FULL):
        found = [choice for choice in chosen if choice.leads == path]
        if found:
            return Advice(
                path,
                tuple(choice.reason for choice in found),
                tuple(choice.instead for choice in found if choice.instead),
            )
    raise AssertionError(chosen)


def _chosen(question: Question, code: str) -> Choice:
    return {choice.code: choice for choice in question.choices}[code]
