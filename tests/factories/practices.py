"""Practice sheets: one with the eight fields, and what a test adds."""

from __future__ import annotations

from datetime import date
from itertools import count

from django.core.files.base import ContentFile

from cms.models import SiteDocument
from pratiques.enums import EvidenceCriterion
from pratiques.models import (
    CataloguePage,
    PracticeCriterion,
    PracticeDocument,
    PracticeMoment,
    PracticePage,
    PracticePartner,
    PracticePhoto,
    PracticeResult,
)
from reference.models import Issue, Place
from tests.factories.pictures import site_image
from tests.factories.places import DimensionFactory, PlaceFactory, SectorFactory

NUMBERS = count(1)
FULL = {
    "situation": "<p>L’autobus ne passait plus.</p>",
    "aims": "<p>Sortir une fois par semaine.</p>",
    "concerned_people": "<p>Les passagères ont choisi le jour.</p>",
    "what_did_not_work": "<p>Le départ du soir.</p>",
    "success_conditions": "<p>Une personne au téléphone.</p>",
    "adaptation": "<p>Commencer par un mardi sur deux.</p>",
    "cost_band": "under_1000",
    "effort_band": "light",
    "milieu_kind": "village",
    "milieu_size": "under_500",
    "started_in": 2022,
}


def catalogue() -> CataloguePage:
    """The catalogue of the starter pages."""
    from tests.factories.starter_site import ensure_site_pages

    found = CataloguePage.objects.first()
    if found is None:
        ensure_site_pages()
        found = CataloguePage.objects.get()
    return found


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


def full_practice(*, rows: int = 1, **fields) -> PracticePage:
    """A sheet with everything that can be told, `rows` times over where it repeats."""
    numbers = range(rows)
    territory = PlaceFactory(territory=True, name="Mékinac")
    sheet = practice(
        places=[PlaceFactory(name=f"Rive-Exemple {n}", parent=territory) for n in numbers],
        issues=[issue(f"enjeu-{n}", f"Enjeu {n}") for n in numbers],
        **(FULL | fields),
    )
    sheet.dimensions = [DimensionFactory(name=f"Dimension {n}") for n in numbers]
    sheet.sectors = [SectorFactory(name=f"Secteur {n}") for n in numbers]
    sheet.moments = [PracticeMoment(when=f"Mars 202{n}", text=f"Étape {n}") for n in numbers]
    sheet.results = [
        PracticeResult(text=f"Résultat {n}", proof_kind="figures", proof=f"Registre {n}")
        for n in numbers
    ]
    sheet.partners = [PracticePartner(name=f"Partenaire {n}", support="place") for n in numbers]
    sheet.criteria = [
        PracticeCriterion(criterion=criterion, explanation="On le sait.")
        for criterion in EvidenceCriterion.values[:rows]
    ]
    sheet.photos = [
        PracticePhoto(
            image=site_image(), alternative_text=f"Un quai {n}", caption="Le quai", credit="Ana"
        )
        for n in numbers
    ]
    sheet.files = [
        PracticeDocument(title=f"Horaire {n}", document=public_document(f"horaire-{n}.pdf"))
        for n in numbers
    ]
    sheet.save_revision().publish()
    return PracticePage.objects.get(pk=sheet.pk)


def public_document(name: str) -> SiteDocument:
    content = ContentFile(b"%PDF-1.4\n% fictif\n%%EOF\n", name=name)
    return SiteDocument.objects.create(title=name, file=content, is_private=False)
