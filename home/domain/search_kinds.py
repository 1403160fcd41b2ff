"""What the site holds, as people tell it apart when they search: one word per kind of page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`name` is in addresses; `one` stands over a result, `many` over the choice of all of them."""

    name: str
    one: str
    many: str
    models: tuple[str, ...]


OTHER = Kind("pages", "Page", "Pages du site", ())
KINDS = (
    Kind("pratiques", "Pratique", "Pratiques", ("practicepage",)),
    Kind("demarches", "Démarche", "Démarches", ("appraisalpage",)),
    Kind("rencontres", "Rencontre", "Rencontres", ("regionalmeetingpage",)),
    Kind("syntheses", "Synthèse", "Synthèses", ("synthesispage",)),
    Kind("trousse", "Trousse", "Trousse", ("toolkitpage", "toolkitsteppage")),
    Kind("ressources", "Ressource", "Ressources", ("resourcepage",)),
    Kind("nouvelles", "Nouvelle", "Nouvelles", ("newspage",)),
    Kind("videos", "Vidéo", "Vidéos", ("videopage",)),
    Kind("dossiers", "Dossier", "Dossiers", ("dossierpage",)),
    Kind("territoires", "Territoire", "Territoires", ("territorypage",)),
    Kind("enjeux", "Enjeu", "Enjeux", ("issuepage",)),
    OTHER,
)
"""A page type that is not named here is one of the pages of the site: it is found all the same."""

BY_NAME = {kind.name: kind for kind in KINDS}
BY_MODEL = {model: kind for kind in KINDS for model in kind.models}


def kind_of(model: str) -> Kind:
    """The kind of a page type, given by the lower-case name of its model."""
    return BY_MODEL.get(model, OTHER)
