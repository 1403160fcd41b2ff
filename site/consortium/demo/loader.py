"""One transaction that fills an empty site with the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.db import transaction
from wagtail.models import Site

from accounts.domain.groups import ensure_groups
from accounts.models import User
from appreciation.domain.historical import HistoricalFacts, record_historical
from appreciation.domain.historical_words import TypedFinding, TypedWords
from appreciation.domain.shipped_instruments import load_shipped_instruments
from cms.models import SiteSettings
from consortium.demo.appraisals import OPEN_CODE, create_appraisals, demo_place
from consortium.demo.catalogue import create_catalogue_life
from consortium.demo.content import DemoContent, read_content
from consortium.demo.example_page import create_example_page
from consortium.demo.interests import create_interests
from consortium.demo.meetings import create_meetings
from consortium.demo.people import create_people
from consortium.demo.pictures import DemoPictures
from consortium.demo.places import create_places
from consortium.demo.practices import create_practices
from consortium.demo.review import create_review
from consortium.demo.support import create_directory, create_support
from consortium.demo.syntheses import create_syntheses
from consortium.demo.toolkit import create_toolkit
from consortium.demo.videos import create_videos
from home.domain.organisation_pages import ensure_organisation_pages
from home.domain.starter_pages import ensure_site_pages
from reference.domain.imports.places import load_seed
from reference.domain.vocabularies import load_vocabularies
from reference.enums import PlaceKind
from reference.models import Dimension, Place

HISTORICAL_REPORT = Path(__file__).with_name("rapport-exemple.pdf")
ROLES = {
    "animation": "animation (responsable des démarches d’exemple)",
    "coanimation": "coanimation",
    "jumelage": "animation d’une seule démarche",
    "coordination": "coordination de la région",
    "edition": "édition",
    "moderation": "modération d’un territoire",
    "administration": "administration",
}


@dataclass(frozen=True)
class DemoSummary:
    is_new: bool
    code: str
    password: str
    accounts: tuple[tuple[str, str], ...]


def load_demo(report: Callable[[str], None] = lambda line: None) -> DemoSummary:
    """Fill the site once; asking again changes nothing. Everything or nothing is stored."""
    content = read_content()
    with transaction.atomic():
        site_settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
        is_new = not site_settings.is_demo
        if is_new:
            _fill(content, site_settings, report)
    accounts = tuple((person.email, ROLES[person.key]) for person in content.people)
    return DemoSummary(is_new, OPEN_CODE, content.password, accounts)


def _fill(content: DemoContent, site_settings: SiteSettings, report: Callable[[str], None]) -> None:
    report("Lieux, dimensions, enjeux et secteurs")
    load_seed()
    load_vocabularies()
    region = Place.objects.get(kind=PlaceKind.REGION)
    report("Instruments")
    load_shipped_instruments()
    report("Pages du site")
    ensure_site_pages()
    ensure_organisation_pages()
    _mark(content, site_settings)
    report("Comptes")
    ensure_groups()
    people = create_people(content, region)
    report("Démarches, une par phase")
    create_appraisals(content, people)
    report("Trousse")
    create_toolkit(people)
    report("Communautés intéressées")
    create_interests(content, people)
    report("Demandes d’aide")
    create_support(people)
    create_directory(people)
    report("Vidéos")
    create_videos()
    report("Démarche historique")
    _record_historical(content, people)
    report("Portraits")
    create_places()
    report("Fiches de pratiques")
    pictures = DemoPictures()
    create_practices(pictures)
    report("Propositions, adaptations, dossiers, nouvelles et rencontres")
    example = create_example_page(pictures)
    create_catalogue_life(people, example)
    create_review(people)
    report("Synthèses")
    create_syntheses(region, people["coordination"])
    create_meetings(region)


def _mark(content: DemoContent, site_settings: SiteSettings) -> None:
    for name, value in content.site.items():
        setattr(site_settings, name, value)
    site_settings.is_demo = True
    site_settings.save()


def _record_historical(content: DemoContent, people: dict[str, User]) -> None:
    facts = content.historical
    with HISTORICAL_REPORT.open("rb") as report:
        record_historical(
            HistoricalFacts(
                place=demo_place(facts["place"], facts["territory"]),
                year=facts["year"],
                title=facts["title"],
                summary=facts["summary"],
                words=_typed(facts["findings"], facts["lessons"]),
            ),
            report=File(report, name=HISTORICAL_REPORT.name),
            user=people["coordination"],
        )


def _typed(findings: list[dict[str, str]], lessons: str) -> TypedWords:
    """What somebody would have typed from the PDF."""
    dimensions = {each.code: each for each in Dimension.objects.all()}
    return TypedWords(
        tuple(
            TypedFinding(each["kind"], each["text"], dimensions[each["dimension"]])
            for each in findings
        ),
        lessons,
    )
