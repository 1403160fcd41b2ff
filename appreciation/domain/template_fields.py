"""The named fields that a Word template may use, document by document, said in plain French.

Names have no accent, so that any keyboard types them.
"""

from __future__ import annotations

from appreciation.enums import TemplateUse
from core.word_expressions import Field

IDENTITY = (
    Field("organisme", "Nom de l’organisme (réglages du site)"),
    Field("devise", "Devise de l’organisme"),
    Field("conseil", "Personne à appeler, son téléphone et son courriel"),
)
PLACE = (
    Field("communaute", "Nom de la communauté"),
    Field("territoire", "MRC ou territoire"),
    Field("reference", "Référence de la démarche"),
    Field("demande_par", "Qui a demandé la démarche"),
)
STATEMENT = (
    Field("dimension", "Dimension de l’énoncé"),
    Field("nom", "L’énoncé, ou la dimension si elle n’en a qu’un"),
    Field("niveau_convenu", "Niveau convenu par le groupe, en mots"),
    Field("pourquoi", "Pourquoi ce niveau"),
    Field("autre_avis", "Ce que certains voient autrement"),
    Field("accord", "L’accord en mots"),
    Field("milieu", "La réponse du milieu, en mots"),
    Field("ne_sait_pas", "Combien ne savent pas, en mots"),
    Field("barre", "Image: la barre des réponses, avec son texte de remplacement", is_picture=True),
)
FINDING = (Field("texte", "Le constat"), Field("dimension", "Sa dimension"))

REPORT = (
    Field("titre", "Titre du rapport"),
    *PLACE,
    Field("date_rencontre", "Jour de la dernière rencontre"),
    Field("lieu", "Lieu de la dernière rencontre"),
    Field("personnes_presentes", "Nombre de personnes présentes"),
    Field("instrument", "Instrument de la dernière rencontre, et sa version"),
    Field("en_bref", "La phrase en tête du rapport"),
    Field("introduction", "Texte « En bref »"),
    Field("participants", "Texte « Qui était là »"),
    Field("methode", "Texte « Comment on a apprécié »"),
    Field("resultats", "Texte « Ce que nous avons apprécié »"),
    Field("discussion", "Texte « Là où on diffère, on jase »"),
    Field("suites", "Texte « La suite, en petits pas »"),
    Field("limites", "Texte « Ce que ces résultats ne disent pas »"),
    Field("lecons", "Ce que nous avons appris"),
    Field("version", "« Adopté par…, le… », ou version de travail"),
    Field("avertissement", "Ce qu’une copie de l’équipe ne doit pas faire"),
    *IDENTITY,
    Field("buts", "Pourquoi on apprécie", row="but"),
    Field("forces", "Les forces", FINDING, row="force"),
    Field("defis", "Les défis", FINDING, row="defi"),
    Field("pistes", "Les pistes", FINDING, row="piste"),
    Field("enonces", "Les énoncés de la dernière rencontre", STATEMENT, row="enonce"),
    Field(
        "rencontres",
        "Toutes les rencontres, la plus ancienne d’abord",
        (
            Field("date", "Jour de la rencontre"),
            Field("lieu", "Lieu"),
            Field("personnes", "Nombre de personnes présentes"),
            Field("legende", "Ce que veulent dire les barres, de gauche à droite"),
            Field("source", "D’où viennent les nombres: à écrire sous les barres"),
            Field("enonces", "Ses énoncés", STATEMENT, row="enonce"),
        ),
        row="rencontre",
    ),
    Field(
        "citations",
        "Les mots des participants que l’équipe a retenus",
        (Field("texte", "Les mots"), Field("dimension", "À propos de quoi")),
        row="citation",
    ),
    Field(
        "mots",
        "Les mots de la salle que l’équipe laisse paraître",
        (
            Field("question", "Ce qu’on a demandé"),
            Field("titre", "Sous quel titre"),
            Field("mots", "Les mots, à la suite"),
        ),
        row="groupe",
    ),
    Field(
        "choix",
        "Les pistes choisies avec des points, dans leur ordre",
        (Field("rang", "Son rang"), Field("texte", "La piste")),
        row="choisie",
    ),
    Field(
        "photos",
        "Les photos des grandes feuilles que l’équipe laisse paraître",
        (
            Field("image", "Image: la photo, avec son texte de remplacement", is_picture=True),
            Field("texte", "Ce qu’on y lit"),
        ),
        row="photo",
    ),
    Field(
        "actions",
        "Les petits pas",
        (
            Field("titre", "L’action"),
            Field("premier_pas", "Le premier petit pas"),
            Field("porteur", "Qui la porte"),
            Field("echeance", "Pour quand"),
            Field("etat", "Où elle en est"),
        ),
        row="action",
    ),
    Field(
        "chiffres",
        "Les chiffres du portrait",
        (
            Field("nom", "Ce que dit le chiffre"),
            Field("valeur", "Sa valeur, avec l’unité"),
            Field("annee", "Son année"),
            Field("source", "Sa source"),
        ),
        row="chiffre",
    ),
    Field(
        "reperes",
        "Les repères locaux du portrait",
        (Field("genre", "Sorte de repère"), Field("texte", "Le repère")),
        row="repere",
    ),
    Field(
        "cote_a_cote",
        "Les chiffres et la parole, dimension par dimension",
        (
            Field("dimension", "La dimension"),
            Field("phrase", "Ce qui est compté, puis ce que la salle en a dit"),
            Field(
                "lignes",
                "Chaque chiffre et chaque énoncé",
                (
                    Field("quoi", "Ce que dit le chiffre, ou l’énoncé"),
                    Field("sorte", "« compté » ou « dit »"),
                    Field("ici", "La valeur d’ici, ou les mots de la salle"),
                    Field("ailleurs", "La valeur du territoire et de la région"),
                ),
                row="ligne",
            ),
            Field("source", "D’où viennent les nombres: à écrire dessous"),
        ),
        row="figure",
    ),
)

LETTER = (
    Field("lettre", "À qui elle s’adresse, ainsi « lettre à la municipalité »"),
    Field("objet", "Objet de la lettre"),
    Field("texte", "Texte de la lettre, celui de l’équipe ou celui qui est proposé"),
    Field("date_du_jour", "Le jour où la lettre est faite"),
    *PLACE,
    Field("date_rencontre", "Jour de la rencontre"),
    Field("heure", "Heure de la rencontre"),
    Field("lieu", "Lieu de la rencontre"),
    Field("places", "Nombre de places, s’il est limité"),
    Field("page", "Adresse de la page ouverte à tous, s’il y en a une"),
    Field("contact", "Nom de la personne-ressource de la communauté"),
    Field("telephone", "Son téléphone"),
    *IDENTITY,
    Field(
        "commodites",
        "Ce qui est offert sur place",
        (Field("nom", "Ainsi « garde d’enfants »"), Field("detail", "Précision")),
        row="commodite",
    ),
)

FIELDS: dict[str, tuple[Field, ...]] = {
    TemplateUse.REPORT: REPORT,
    TemplateUse.LETTER: LETTER,
}
