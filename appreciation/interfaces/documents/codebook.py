"""What each column of the report's workbook says (DOMAIN.md §7.1 for the measures)."""

from __future__ import annotations

ANSWERS, ANY = "Réponses", "toutes"

CODEBOOK: list[tuple[str, str, str]] = [
    (ANY, "rencontre", "Jour de la rencontre (date). Deux rencontres ne s’additionnent jamais."),
    (ANSWERS, "dimension", "Partie de l’instrument à laquelle l’énoncé appartient."),
    (ANSWERS, "code", "Code court et stable de l’énoncé dans son instrument."),
    (ANSWERS, "énoncé", "La phrase que les personnes ont appréciée."),
    (ANSWERS, "nombre de niveaux", "Longueur de l’échelle: seules les mêmes se comparent."),
    (
        ANSWERS,
        "niveau 1, 2, 3…",
        "Combien de personnes ont choisi ce niveau (nombre entier). Les mots de chaque niveau sont "
        "à la feuille Sources. Vide: trop peu de réponses, ou échelle plus courte.",
    ),
    (ANSWERS, "ne sait pas", "Combien ont dit qu’elles ne savent pas. Ce n’est pas un niveau."),
    (ANSWERS, "ont répondu", "Niveaux et « ne sait pas » ensemble."),
    (ANSWERS, "médiane", "Le milieu des réponses rangées du plus bas au plus haut niveau."),
    (
        ANSWERS,
        "médiane interpolée",
        "La médiane de données groupées, L + (n/2 - c) / f: elle dit de quel côté du niveau penche "
        "le milieu.",
    ),
    (ANSWERS, "premier quartile", "Un quart des réponses sont à ce niveau ou plus bas."),
    (ANSWERS, "troisième quartile", "Trois quarts des réponses sont à ce niveau ou plus bas."),
    (
        ANSWERS,
        "accord A",
        "Accord de van der Eijk: 1, tout le monde au même niveau; 0, réponses également réparties; "
        "-1, moitié à chaque bout. Les mots de l’accord en viennent.",
    ),
    (ANSWERS, "polarisation", "(1 - A) / 2: de 0 (un seul niveau) à 1 (moitié à chaque bout)."),
    (ANSWERS, "dispersion de Leik", "De 0 (un seul niveau) à 1 (moitié à chaque bout)."),
    (
        ANSWERS,
        "consensus de Tastle et Wierman",
        "De 0 (moitié à chaque bout) à 1 (un seul niveau). Repose sur une moyenne de rangs: à lire "
        "après les autres.",
    ),
    (ANSWERS, "médiane en mots", "Les mots du niveau médian, comme au rapport."),
    (ANSWERS, "accord en mots", "Comme au rapport; « trop peu de réponses » quand tout est caché."),
    (ANSWERS, "niveau convenu", "Le niveau que le groupe a retenu après en avoir parlé."),
    (ANSWERS, "niveau convenu en mots", "Ses mots, ou « pas de niveau convenu »."),
    (ANSWERS, "pourquoi", "La raison que le groupe en donne."),
    (ANSWERS, "ce que certains voient autrement", "L’avis gardé à côté du niveau convenu."),
    ("Constats", "genre", "Force, défi ou piste d’action."),
    ("Constats", "citation", "oui: dans les mots d’une personne."),
    ("Actions", "d’ici le", "Date prévue du premier petit pas."),
    ("Points", "points", "Points reçus par téléphone et sur l’affiche, comptés ensemble."),
    ("Questions de sortie", "les niveaux", "Combien de personnes ont choisi chaque réponse."),
    (
        "Chiffres et parole",
        "compté ou dit",
        "« compté »: un chiffre du portrait; « dit »: un énoncé de l’instrument. L’un n’est ni la "
        "cause ni la preuve de l’autre.",
    ),
    (
        "Chiffres et parole",
        "à côté",
        "Compté: le territoire et la région. Dit: les réponses par niveau, quand elles sortent.",
    ),
    ("Portrait", "valeur", "Comme la source la donne, en texte: « x » ou « moins de 5 » compris."),
]
