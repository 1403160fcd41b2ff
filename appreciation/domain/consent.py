"""What is read aloud before anyone answers: who will see what, and that everybody is free."""

from __future__ import annotations

from appreciation.domain.joining import REPORT_GOES, own_consent_text
from appreciation.enums import PublicationLevel
from appreciation.models import Appraisal
from core.typography import fr_typo

OPENING = "Avant de commencer, voici ce que deviennent vos réponses. Je vous le lis en entier."
FREE = (
    "Vous êtes libres. Sautez une question, dites « je ne sais pas » ou « je passe », "
    "arrêtez ou partez quand vous voulez: personne ne vous demandera pourquoi."
)
NAMELESS = (
    "On ne vous demande ni nom ni courriel pour répondre. Sur une feuille, n’écrivez pas votre "
    "nom: la personne qui saisit votre feuille la verra."
)
ROOM = (
    "La salle verra les réponses toutes ensemble, jamais les vôtres seules, "
    "et jamais avec moins de trois personnes."
)
WORDS = (
    "Ce qui se dit ici peut être résumé dans le rapport, sans dire qui l’a dit. "
    "Ce qui est personnel reste dans la salle."
)
PHOTOS = (
    "On prend en photo les grandes feuilles, pas les personnes. Si quelqu’un veut photographier "
    "la salle, il le demande; une marque « pas de photo » est sur la table pour qui en veut une."
)
DRAFT = (
    "Vous lirez le projet de rapport avant les autres et vous pourrez dire ce qui n’est pas juste."
)
QUESTIONS = "Avez-vous des questions? Sinon, on commence."


def consent_text(appraisal: Appraisal | None = None) -> tuple[str, ...]:
    """The paragraphs to read, in order, in `fr_typo`.

    With a démarche: as far as its report will go, then what its team added. Without: each level
    is named, for the facilitator to read the one that was decided.
    """
    own = own_consent_text(appraisal) if appraisal else ""
    paragraphs = (OPENING, FREE, NAMELESS, ROOM, WORDS, _report(appraisal), own, PHOTOS, DRAFT)
    return tuple(fr_typo(paragraph) for paragraph in (*paragraphs, QUESTIONS) if paragraph)


def _report(appraisal: Appraisal | None) -> str:
    if appraisal:
        return f"Le rapport ira {REPORT_GOES[PublicationLevel(appraisal.announced_level)]}."
    levels = "; ou ".join(REPORT_GOES[level] for level in PublicationLevel)
    return f"Le rapport ira (lisez ce qui a été décidé): {levels}."
