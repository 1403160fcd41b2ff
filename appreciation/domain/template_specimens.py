"""What a template is tried with: a made-up community, and one of which nothing is known yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from appreciation.domain.template_fields import FIELDS
from appreciation.enums import TemplateUse
from core.svg_images import svg_to_png
from core.word_expressions import Field
from core.word_template import Picture

BAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 26">'
    '<rect width="90" height="26" fill="#cfe1f3"/><rect x="92" width="170" height="26" '
    'fill="#6094cb"/><rect x="264" width="96" height="26" fill="#123c75"/></svg>'
)
BAR_WORDS = "Barre d’exemple: 4 réponses au niveau 1, 8 au niveau 2, 4 au niveau 3."
BAR_PIXELS, BAR_CM = 900, 9

TEXTS: dict[str, str] = {
    "titre": "Rapport de la démarche d’appréciation de Village-Exemple",
    "communaute": "Village-Exemple",
    "territoire": "Territoire-Exemple",
    "reference": "EXEMPLE-1",
    "demande_par": "le comité de développement",
    "date_rencontre": "22 octobre 2026",
    "lieu": "salle communautaire",
    "personnes_presentes": "16",
    "instrument": "Grille d’exemple, version 1",
    "en_bref": "On se rejoint sur l’entraide; on jase du logement.",
    "version": "Version de travail, pas encore adoptée",
    "organisme": "Organisme d’exemple",
    "devise": "Ensemble, à notre mesure",
    "conseil": "Prénom Nom, 555-555-0100",
    "lettre": "lettre à la municipalité",
    "objet": "Une rencontre pour apprécier ce que nous avons",
    "date_du_jour": "1er octobre 2026",
    "heure": "18 h 30",
    "places": "40",
    "page": "https://exemple.invalid/soiree",
    "contact": "Prénom Nom",
    "telephone": "555-555-0101",
    "nom": "L’entraide entre voisins",
    "dimension": "Liens",
    "niveau_convenu": "Bien en place",
    "accord": "on se rejoint",
    "milieu": "en place",
    "ne_sait_pas": "2 personnes ne savent pas",
    "date": "22 octobre 2026",
    "personnes": "16",
    "source": "Village-Exemple, rencontre du 22 octobre 2026",
    "porteur": "le comité de loisirs",
    "premier_pas": "Appeler trois personnes qui ont déjà un jardin",
    "echeance": "15 mars 2027",
    "etat": "à faire",
    "valeur": "1 250 personnes",
    "annee": "2021",
    "legende": "De gauche à droite: en chemin, bien avancé, acquis.",
    "rang": "1",
    "mots": "entraide, rivière, relève",
    "genre": "lieu de rencontre",
    "chiffres.nom": "Population",
    "commodites.nom": "garde d’enfants",
    "forces.texte": "On s’entraide sans se le faire demander",
    "defis.texte": "Les jeunes partent étudier et reviennent peu",
    "pistes.texte": "Une navette le jeudi vers l’épicerie",
    "detail": "sur place, sans frais",
}
LONG = (
    "Texte d’exemple pour «\N{NO-BREAK SPACE}{}\N{NO-BREAK SPACE}». Il tient en deux"
    " phrases.\n\nUn second paragraphe le suit, avec une esperluette & un signe < pour voir."
)


def specimen(use: str) -> dict[str, Any]:
    """Every field filled, two rows in each list."""
    return {field.name: _example(field) for field in FIELDS[use]}


def nothing_known(use: str) -> dict[str, Any]:
    """Every text blank, every list without rows: a template must stand that too."""
    return {field.name: [] if field.is_list else "" for field in FIELDS[use]}


def trials(use: str) -> Sequence[dict[str, Any]]:
    return (specimen(TemplateUse(use)), nothing_known(use))


def _example(field: Field, owner: str = "") -> Any:
    if field.is_picture:
        return Picture(svg_to_png(BAR, BAR_PIXELS), BAR_WORDS, BAR_CM)
    if not field.is_list:
        known = TEXTS.get(f"{owner}.{field.name}") or TEXTS.get(field.name)
        return known or LONG.format(field.words)
    if not field.fields:
        return [f"{field.words} ({number})" for number in (1, 2)]
    return [{each.name: _example(each, field.name) for each in field.fields} for _ in range(2)]
