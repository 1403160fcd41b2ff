"""Templates to begin from: our own layout, with every field somewhere in it."""

from __future__ import annotations

from appreciation.domain.template_fields import LETTER, REPORT
from appreciation.enums import TemplateUse
from appreciation.interfaces.facts_beside import NO_PROOF
from core.typography import NBSP, fr_typo
from core.word import WordDocument
from core.word_expressions import Field


def starter_template(use: str) -> bytes:
    """A DOCX with every field, that passes every check."""
    word = WordDocument(title="Gabarit de départ", footer="{{ organisme }}")
    layouts = {TemplateUse.REPORT: _report, TemplateUse.LETTER: _letter}
    layouts[TemplateUse(use)](word)
    return word.to_bytes()


def _optional(word: WordDocument, name: str, title: str) -> None:
    """A heading and its text, both left out where there is nothing to say."""
    word.paragraph(f"{{% if {name} %}}")
    word.heading(title)
    word.paragraph(f"{{{{ {name} }}}}")
    word.paragraph("{% endif %}")


def _bullets(word: WordDocument, field: Field, title: str, line: str) -> None:
    word.paragraph(f"{{% if {field.name} %}}")
    word.heading(title)
    word.paragraph(field.loop)
    word.bullets([line])
    word.paragraph("{% endfor %}")
    word.paragraph("{% endif %}")


def _rows(field: Field, cells: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A loop of its own rows: the two outer ones vanish once filled."""
    empty = ("",) * (len(cells) - 1)
    return [(field.loop, *empty), cells, ("{% endfor %}", *empty)]


def _report(word: WordDocument) -> None:
    fields = {each.name: each for each in REPORT}
    word.title("{{ titre }}", "Rencontre du {{ date_rencontre }}, {{ lieu }}")
    word.paragraph("{% if avertissement %}")
    word.paragraph("{{ avertissement }}")
    word.paragraph("{% endif %}")
    word.paragraph("{{ en_bref }}", style="Headline")
    _about(word)
    _optional(word, "introduction", "En bref")
    _portrait(word, fields)
    for name, title in (("forces", "Des forces"), ("defis", "Des défis"), ("pistes", "Des pistes")):
        row = fields[name].row
        dimension = f"{{% if {row}.dimension %}} ({{{{ {row}.dimension }}}}){{% endif %}}"
        _bullets(word, fields[name], title, f"{{{{ {row}.texte }}}}{dimension}")
    word.heading("Ce que nous avons apprécié")
    word.paragraph("{{ resultats }}")
    _evenings(word, fields["rencontres"])
    _agreed(word, fields["enonces"])
    _beside(word, fields["cote_a_cote"])
    _optional(word, "discussion", "Là où on diffère, on jase")
    quote = "{{ citation.texte }}{% if citation.dimension %} ({{ citation.dimension }}){% endif %}"
    _bullets(word, fields["citations"], "Des mots de la rencontre", quote)
    _room(word, fields)
    _optional(word, "suites", "La suite, en petits pas")
    _actions(word, fields["actions"])
    for name, title in (
        ("lecons", "Ce que nous avons appris"),
        ("participants", "Qui était là"),
        ("methode", "Comment on a apprécié"),
        ("limites", "Ce que ces résultats ne disent pas"),
    ):
        _optional(word, name, title)
    word.source("{{ organisme }}{% if devise %}. {{ devise }}{% endif %}")


def _about(word: WordDocument) -> None:
    word.table(
        ("Ce rapport", "En détail"),
        [
            ("Communauté", "{{ communaute }}, {{ territoire }}"),
            ("Demandée par", "{{ demande_par }}"),
            ("Autour de la table", "{{ personnes_presentes }}"),
            ("Instrument", "{{ instrument }}"),
            ("Pour", "{% for but in buts %}{{ but }}. {% endfor %}"),
            ("Cette version", "{{ version }}"),
            ("Référence", "{{ reference }}"),
            ("Pour en parler", "{{ conseil }}"),
        ],
        widths_cm=(4.6, 12.6),
    )


def _portrait(word: WordDocument, fields: dict[str, Field]) -> None:
    word.paragraph("{% if chiffres %}")
    word.heading("Le portrait")
    cells = (
        "{{ chiffre.nom }}",
        "{{ chiffre.valeur }}",
        "{{ chiffre.annee }}",
        "{{ chiffre.source }}",
    )
    headers = ("Ce que dit le chiffre", "Valeur", "Année", "Source")
    word.table(headers, _rows(fields["chiffres"], cells))
    word.paragraph("{% endif %}")
    line = f"{{{{ repere.genre }}}}{NBSP}: {{{{ repere.texte }}}}"
    _bullets(word, fields["reperes"], "Des repères d’ici", line)


def _evenings(word: WordDocument, evenings: Field) -> None:
    statements = next(each for each in evenings.fields if each.name == "enonces")
    word.paragraph(evenings.loop)
    word.heading("{{ rencontre.date }}, {{ rencontre.lieu }}", 2)
    word.paragraph("{% if rencontre.personnes %}")
    word.paragraph("{{ rencontre.personnes }} personnes autour de la table.")
    word.paragraph("{% endif %}")
    words = "{% if enonce.milieu %}{{ enonce.milieu }}, {% endif %}{{ enonce.accord }}"
    cells = ("{{ enonce.nom }}", "{{ enonce.barre }}", words)
    rows = [
        (statements.spelled("rencontre"), "", ""),
        cells,
        ("{% endfor %}", "", ""),
    ]
    word.table(("Énoncé", "Réponses", "En mots"), rows, widths_cm=(4.6, 9.4, 3.2))
    word.source("{{ rencontre.legende }}")
    word.source(fr_typo("Source: {{ rencontre.source }}"))
    word.paragraph("{% endfor %}")


def _beside(word: WordDocument, figures: Field) -> None:
    lines = next(each for each in figures.fields if each.name == "lignes")
    word.paragraph("{% if cote_a_cote %}")
    word.heading("Les chiffres et la parole, côte à côte")
    word.paragraph(fr_typo(NO_PROOF))
    word.paragraph(figures.loop)
    word.heading("{{ figure.dimension }}", 2)
    word.paragraph("{{ figure.phrase }}")
    cells = ("{{ ligne.quoi }}", "{{ ligne.sorte }}", "{{ ligne.ici }}", "{{ ligne.ailleurs }}")
    empty = ("",) * (len(cells) - 1)
    rows = [(lines.spelled("figure"), *empty), cells, ("{% endfor %}", *empty)]
    word.table(("Quoi", "Compté ou dit", "Ici", "À côté"), rows)
    word.source(fr_typo("Source: {{ figure.source }}"))
    word.paragraph("{% endfor %}")
    word.paragraph("{% endif %}")


def _room(word: WordDocument, fields: dict[str, Field]) -> None:
    line = f"{{{{ groupe.question }}}} {{{{ groupe.titre }}}}{NBSP}: {{{{ groupe.mots }}}}"
    _bullets(word, fields["mots"], "Les mots de la salle", line)
    word.paragraph("{% if photos %}")
    word.heading("Les grandes feuilles de la rencontre")
    word.paragraph(fields["photos"].loop)
    word.paragraph("{{ photo.image }}")
    word.source("{{ photo.texte }}")
    word.paragraph("{% endfor %}")
    word.paragraph("{% endif %}")
    _bullets(
        word, fields["choix"], "Par quoi commencer", "{{ choisie.texte }} (rang {{ choisie.rang }})"
    )


def _agreed(word: WordDocument, statements: Field) -> None:
    word.paragraph("{% if enonces %}")
    word.heading("Les niveaux convenus")
    word.paragraph(statements.loop)
    word.paragraph("{% if enonce.niveau_convenu %}")
    word.bullets(
        [
            "{{ enonce.nom }}{% if enonce.dimension != enonce.nom %} ({{ enonce.dimension }})"
            f"{{% endif %}}{NBSP}: {{{{ enonce.niveau_convenu }}}}."
            "{% if enonce.pourquoi %} {{ enonce.pourquoi }}{% endif %}"
            f"{{% if enonce.autre_avis %}} Autre avis{NBSP}: "
            "{{ enonce.autre_avis }}{% endif %}"
            "{% if enonce.ne_sait_pas %} ({{ enonce.ne_sait_pas }}){% endif %}"
        ]
    )
    for end in ("{% endif %}", "{% endfor %}", "{% endif %}"):
        word.paragraph(end)


def _actions(word: WordDocument, actions: Field) -> None:
    cells = (
        "{{ action.titre }}",
        "{{ action.premier_pas }}",
        "{{ action.porteur }}",
        "{{ action.echeance }}",
        "{{ action.etat }}",
    )
    word.paragraph("{% if actions %}")
    headers = ("L’action", "Le premier petit pas", "Qui", "Pour quand", "Où c’en est")
    word.table(headers, _rows(actions, cells))
    word.paragraph("{% endif %}")


def _letter(word: WordDocument) -> None:
    perks = next(each for each in LETTER if each.name == "commodites")
    word.paragraph("{{ organisme }}\n{{ devise }}")
    word.paragraph("{{ communaute }}, le {{ date_du_jour }}")
    word.heading(fr_typo("Objet: {{ objet }}"), 2)
    word.paragraph("{{ texte }}")
    word.table(
        ("La rencontre", "En détail"),
        [
            ("Quand", "{{ date_rencontre }}, {{ heure }}"),
            ("Où", "{{ lieu }}"),
            ("Places", "{% if places %}{{ places }}{% else %}sans limite{% endif %}"),
            ("Pour dire si vous venez", "{{ contact }} {{ telephone }} {{ page }}"),
            ("Demandée par", "{{ demande_par }} ({{ territoire }})"),
        ],
        widths_cm=(4.6, 12.6),
    )
    detail = "{{ commodite.nom }}{% if commodite.detail %}, {{ commodite.detail }}{% endif %}"
    _bullets(word, perks, "Sur place", detail)
    word.source("{{ lettre }}, {{ reference }}. {{ conseil }}")
