"""What the editor's form says beside each field: what to write, how long, and when it is asked."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, InlinePanel

from core.typography import fr_typo
from pratiques.domain.completeness import (
    REQUIRED,
    RESULTS_WORDS_AT_MOST,
    WISHED,
    WORDS_AT_MOST,
)

TO_PUBLISH = "Demandé pour publier."
WISHED_FOR = "Souhaité: vide, la page dit « à compléter »."
OPTIONAL = "Facultatif."

HELP = {
    "title": "Ce qu’on fait et où, en quelques mots: « Une navette de bénévoles vers l’épicerie ».",
    "summary": "Qui a fait quoi, devant quel défi, et ce que ça a changé. On doit comprendre sans "
    "lire la suite.",
    "issues": "Les enjeux de la région auxquels la pratique répond. La fiche paraîtra à la page de "
    "chacun.",
    "dimensions": "Celles de l’appréciation: c’est par elles qu’un défi mène à la fiche.",
    "sectors": "Les milieux d’où viennent les gens qui ont mené la pratique.",
    "places": "Où ça se passe: une communauté, une municipalité ou un territoire. La relecture "
    "revient aux personnes de ces lieux.",
    "milieu_kind": "Pour qu’un milieu semblable la trouve.",
    "milieu_size": "Combien de personnes y vivent.",
    "started_in": "Quatre chiffres.",
    "ended_in": "Vide: toujours en cours.",
    "holder_name": "L’organisme qui porte la pratique et qu’on peut appeler.",
    "holder_url": "Commence par https://.",
    "contact_email": "Une adresse d’organisme, jamais celle d’une personne. Elle n’est montrée "
    "qu’après un clic. Un courriel ou un téléphone suffit.",
    "contact_phone": "Avec l’indicatif: 819 555-0100.",
    "contact_hint": "Une fonction plutôt qu’un nom: « la coordination du jardin ».",
    "situation": "Ce qui n’allait pas, ou ce qui manquait, avant de commencer.",
    "aims": "Ce qu’on espérait changer, et pour qui.",
    "approach": "Les étapes dans l’ordre, avec les gens: qui a commencé, comment on a décidé, ce "
    "qui a débloqué les choses.",
    "concerned_people": "Qui était là, et comment les personnes concernées ont compté dans les "
    "décisions.",
    "what_did_not_work": "C’est souvent ce qui aide le plus les autres.",
    "success_conditions": "Ce sans quoi ça n’aurait pas marché.",
    "watch_points": "Ce qui peut mal tourner, et comment on le voit venir.",
    "adaptation": "Par où commencer ailleurs, avec moins de moyens ou dans un milieu différent.",
    "sequel": "Ce qui continue, ce qui a changé depuis, ce qui est prévu.",
    "cost_band": "Argent dépensé la première année, tout compris.",
    "cost_detail": "Ce que l’argent a payé.",
    "effort_band": "Temps donné, payé ou non.",
    "effort_detail": "Combien de personnes, combien d’heures.",
    "video_page": "Une vidéo déjà au site, avec ses sous-titres.",
    "status": "« Novatrice » suffit pour commencer. Chaque statut plus haut demande des critères "
    "et une relecture.",
    "consent_given": "Sans cet accord, la fiche ne paraît pas.",
    "consent_note": "Qui a accepté, et quand. Gardé pour l’équipe, jamais montré.",
    "licence": "CC BY 4.0: chacun peut reprendre la fiche en disant d’où elle vient.",
    "source_name": "D’où vient la fiche, si elle a paru ailleurs.",
    "source_url": "Commence par https://.",
}
ROWS_HELP = {
    "moments": "Les dates qui comptent, et les moments où tout aurait pu s’arrêter.",
    "results": "Un résultat à la fois, chacun avec ce qui le montre.",
    "partners": "Un organisme, et ce qu’il a donné.",
    "photos": "JPEG, PNG ou WebP. Dites ce qu’on y voit et de qui elle est.",
    "files": "Un fichier public ou une adresse: dépliant, horaire, bilan.",
    "criteria": "Pour chaque critère, dites comment on le sait. À partir de « prometteuse ».",
    "appraisal_links": "Seules les entrées publiques du registre.",
}


def field(name: str, **options: Any) -> FieldPanel:
    """A field with its help, when it is asked for, and its count of words where there is one."""
    at_most = WORDS_AT_MOST.get(name)
    attrs = {"data-words-at-most": str(at_most)} if at_most else {}
    return FieldPanel(name, help_text=_said(name, HELP[name], at_most), attrs=attrs, **options)


def rows(name: str, **options: Any) -> InlinePanel:
    at_most = RESULTS_WORDS_AT_MOST if name == "results" else None
    attrs = {"data-words-at-most": str(at_most), "data-words-field": "-text"} if at_most else {}
    return InlinePanel(
        name, help_text=_said(name, ROWS_HELP[name], at_most), attrs=attrs, **options
    )


def _said(name: str, words: str, at_most: int | None) -> str:
    if name in REQUIRED or name == "contact_phone":
        when = TO_PUBLISH
    else:
        when = WISHED_FOR if name in WISHED else OPTIONAL
    limit = f" {at_most} mots au plus." if at_most else ""
    return fr_typo(f"{words}{limit} {when}")
