"""Practice sheets: one with the eight fields, and what a test adds."""

from __future__ import annotations

from datetime import date
from itertools import count

from pratiques.models import CataloguePage, PracticePage
from reference.models import Issue, Place
from tests.factories.places import PlaceFactory

NUMBERS = count(1)


def catalogue() -> CataloguePage:
    """The catalogue of the starter pages."""
    from home.domain.starter_pages import ensure_site_pages

    ensure_site_pages()
    return CataloguePage.objects.get()


def issue(code: str = "transport", name: str = "Transport collectif") -> Issue:
    return Issue.objects.get_or_create(code=code, defaults={"name": name})[0]


def practice(
    *, places: list[Place] | None = None, issues: list[Issue] | None = None, **fields
) -> PracticePage:
    """A sheet with the eight fields that make it publishable; live unless told otherwise."""
    number = next(NUMBERS)
    values = {
        "title": f"Navette de quartier {number}",
        "summary": "Une navette conduite par des bénévoles mène à l’épicerie le mardi.",
        "approach": "<p>Un comité a fait le tour des portes, puis a trouvé dix conductrices.</p>",
        "holder_name": "Corporation de transport fictive",
        "contact_email": "navette@exemple.org",
        "consent_given": True,
        "verified_on": date(2026, 5, 12),
        "is_demo": False,
    } | fields
    page = PracticePage(**values)
    page.places = [PlaceFactory(territory=True)] if places is None else places
    page.issues = [issue()] if issues is None else issues
    return catalogue().add_child(instance=page)
