"""« Qu’est-ce que je dis maintenant? »: sentences to say aloud, by agreement, shape and moment.

They ask « pourquoi l’un de nous voit-il autrement? », never « qui a répondu cela? » (Abaque de
Régnier, DOMAIN.md §1.2). Differences stay visible: consensus is not unanimity.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from appreciation.domain.deliberation import is_unsure
from appreciation.domain.results import ItemResult
from appreciation.domain.shapes import Shape, shape_of
from appreciation.domain.wording import CLEAR, OPPOSED, PARTIAL, SHARED
from core.disclosure import Suppressed


class Moment(Enum):
    """Where the talk about an item stands."""

    NOT_SEEN = "not_seen"
    HIDDEN = "hidden"
    FIRST_VOTE = "first_vote"
    VOTED_AGAIN = "voted_again"
    SETTLED = "settled"


@dataclass(frozen=True)
class Script:
    """What to say now, sentence by sentence, then what to do."""

    moment: Moment
    say: tuple[str, ...]
    do: str


OPENINGS: dict[str, tuple[str, ...]] = {
    CLEAR: (
        "On voit presque tous la même chose. Prenons un instant pour le dire à voix haute.",
        "Qu’est-ce qui fait que ça se passe comme ça chez nous?",
    ),
    PARTIAL: (
        "On se rejoint pour l’essentiel, avec des nuances.",
        "Qui peut donner un exemple qui l’a fait pencher d’un côté ou de l’autre?",
    ),
    SHARED: (
        "On ne voit pas tous la même chose, et c’est précieux.",
        "Qu’est-ce qui, dans votre quotidien, vous fait voir ça plus avancé? Et moins avancé?",
    ),
    OPPOSED: (
        "Il y a deux lectures dans la salle. Aucune des deux n’est une erreur.",
        "Pour qui est-ce différent? Selon l’âge, le rang ou le village, le fait d’avoir une auto?",
    ),
}

SHAPES: dict[Shape, str] = {
    Shape.HIGH: "Les réponses vont vers le haut. De quoi est-on fiers, et qui l’a rendu possible?",
    Shape.LOW: "C’est un défi pour plusieurs. Qu’est-ce qui existe déjà, même en petit?",
    Shape.MIDDLE: "On se tient au milieu. Qu’est-ce qui ferait gagner un niveau?",
    Shape.ENDS: (
        "Les réponses sont aux deux bouts. Écoutons d’abord un exemple de chaque côté, sans y "
        "répondre tout de suite."
    ),
    Shape.SEVERAL: "Il y a plusieurs groupes de réponses. Parle-t-on tous de la même chose?",
    Shape.FLAT: "Les réponses sont réparties sur tous les niveaux. Relisons l’énoncé ensemble.",
}

UNSURE = (
    "Plus d’une personne sur trois ne sait pas, et c’est déjà un constat. Qui, dans la communauté, "
    "le saurait? Qui n’est pas encore là?"
)


def script_for(item: ItemResult) -> Script:
    """The sentences for this item at this moment."""
    final = item.final
    if final is None:
        if item.agreed:
            return _settled(item)
        return Script(
            Moment.NOT_SEEN,
            (
                "Prenons une minute chacun pour y penser en silence.",
                "Si on devait s’entendre sur un niveau, lequel serait-ce, et pourquoi?",
            ),
            "Faites le tour de la salle avant de proposer un niveau.",
        )
    if isinstance(final.distribution, Suppressed):
        return Script(
            Moment.HIDDEN,
            (
                "On est trop peu à avoir répondu pour montrer les réponses.",
                "Parlons-en sans chercher qui a répondu quoi: qu’est-ce qu’on observe chez nous?",
            ),
            "Vous pouvez convenir d’un niveau ensemble, sans revenir aux réponses.",
        )
    if item.agreed:
        return _settled(item)
    return _after_vote(item, final.distribution.levels, final.agreement_words)


def _after_vote(item: ItemResult, levels: tuple[int, ...], words: str) -> Script:
    doubts = (UNSURE,) if is_unsure(item) else ()
    shape = SHAPES.get(shape_of(levels))
    if len(item.rounds) > 1:
        moved = item.rounds[0].agreement_words != words
        opening = (
            "La discussion a déplacé les réponses. Qu’avez-vous entendu qui vous a fait bouger?"
            if moved
            else "Le deuxième vote ressemble au premier. On peut garder les deux lectures."
        )
        return Script(
            Moment.VOTED_AGAIN,
            (opening, "Quel niveau le groupe veut-il retenir, et avec quelle nuance?", *doubts),
            "Inscrivez le niveau convenu, ou dites qu’il n’y en a pas et gardez les deux lectures.",
        )
    sentences = (*OPENINGS.get(words, ()), *((shape,) if shape else ()), *doubts)
    return Script(Moment.FIRST_VOTE, sentences, _next_gesture(words))


def _next_gesture(words: str) -> str:
    if words == CLEAR:
        return "Inscrivez la force ou le défi, convenez du niveau, et passez à la suite."
    if words == PARTIAL:
        return "Cinq minutes suffisent souvent. Convenez d’un niveau et inscrivez les nuances."
    return (
        "Donnez dix minutes. Si la discussion change les avis, faites un deuxième vote: un seul, "
        "pour que les gens ne se sentent pas poussés."
    )


def _settled(item: ItemResult) -> Script:
    dissent = item.agreed.dissent if item.agreed else ""
    return Script(
        Moment.SETTLED,
        (
            "On a convenu d’un niveau. Est-ce que c’est bien ce qu’on veut laisser par écrit?"
            if item.agreed and item.agreed.level
            else "On garde les lectures de chacun, sans niveau commun. C’est un vrai résultat.",
            *(("Relisons ce que certains voient autrement: est-ce bien dit?",) if dissent else ()),
            "Qu’est-ce qu’on pourrait essayer en premier, tout petit, d’ici un mois?",
        ),
        "Inscrivez une piste d’action s’il en vient une, puis passez à la suite.",
    )
