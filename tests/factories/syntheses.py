"""A `SynthesisRead` with something in every place: twelve démarches, four of them historical."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django.utils import timezone

from appreciation.domain import statistics
from appreciation.domain.synthesis.freezing import fingerprint_of
from appreciation.domain.synthesis.nouns import (
    Cell,
    Coverage,
    ExitRead,
    LeadOutcome,
    MatchedPractice,
    Matrix,
    MatrixRow,
    Narrative,
    Quote,
    Recurrence,
    Source,
    Story,
    SynthesisRead,
    TerritoryCoverage,
    ThemeMention,
)
from appreciation.domain.synthesis.pages import ensure_synthesis_page
from appreciation.domain.synthesis.snapshot import to_snapshot
from appreciation.domain.wording import median_in_words, words_of_agreement
from appreciation.models import Synthesis, SynthesisEdition
from core.disclosure import (
    AnswerCounts,
    DisclosedDistribution,
    Suppressed,
    disclose_distribution,
)
from tests.factories.places import PlaceFactory

FOUR = ("À peine amorcé", "En chemin", "Bien avancé", "Acquis")
FIVE = ("Pas du tout", "Un peu", "Moyennement", "Assez", "Tout à fait")
EXIT = ("pas du tout", "un peu", "assez", "beaucoup")
DIMENSIONS = (
    ("belonging", "Appartenance et identité"),
    ("mutual-aid", "Entraide et liens sociaux"),
    ("services", "Services de proximité"),
)
TERRITORIES = (
    ("373", "La Tuque"),
    ("35", "MRC de Mékinac"),
    ("372", "MRC des Chenaux"),
    ("51", "MRC de Maskinongé"),
)
TEXTS = (
    ("introduction", "En bref", "Douze démarches lues ensemble."),
    ("participation", "Qui a pris part", "Des gens de quatre territoires."),
    ("method", "Comment c’est lu", "Seules les échelles de même longueur se comparent."),
    ("results", "Ce que les tableaux montrent", "On tient à sa place."),
    ("recurring", "Ce qui revient", "L’entraide revient partout."),
    ("leads", "Les pistes, et leurs suites", "Une piste sur deux a été tenue."),
    ("practices", "Ce que d’autres ont fait", "D’autres ont essayé le taxibus."),
    ("evaluation", "Les démarches elles-mêmes", "Les gens ont aimé se parler."),
    (
        "limits",
        "Ce que cette synthèse ne dit pas",
        "Ces communautés ne sont pas la région.\n\nLes niveaux sont ceux des présents.",
    ),
)
DAY = dt.date(2026, 10, 22)


def source(number: int, **values: Any) -> Source:
    code, territory = TERRITORIES[number % len(TERRITORIES)]
    plain: dict[str, Any] = {
        "key": f"d{number}",
        "name": f"Village-Exemple {number}",
        "is_anonymous": False,
        "territory": territory,
        "territory_code": code,
        "held_on": DAY + dt.timedelta(days=number),
        "year": 2026,
        "instrument": "Neuf dimensions",
        "instrument_version": "2026.1",
        "scale_length": 4,
        "people": 10 + number,
        "media": ("téléphone", "feuille de papier"),
        "level": "full",
        "is_regional": False,
        "is_historical": False,
        "slug": f"village-exemple-{number}-2026",
        "reasons": (),
        "community": f"village-exemple-{number}",
        "check_ins_due": 1,
        "check_ins_answered": number % 2,
    }
    return Source(**plain | values)


def historical(number: int) -> Source:
    return source(
        number,
        held_on=None,
        year=2015 + number % 4,
        instrument="",
        instrument_version="",
        scale_length=None,
        people=None,
        media=(),
        is_historical=True,
        slug=f"village-exemple-{number}-{2015 + number % 4}",
        reasons=("Démarche historique: ses constats se lisent, ses nombres ne se comparent pas.",),
    )


def anonymous(number: int, **values: Any) -> Source:
    hidden: dict[str, Any] = {
        "name": "Communauté A",
        "is_anonymous": True,
        "territory": "",
        "territory_code": "",
        "held_on": None,
        "year": None,
        "people": None,
        "slug": "",
    }
    return source(number, **hidden | values)


def counted(*levels: int, unknown: int = 0) -> DisclosedDistribution | Suppressed:
    return disclose_distribution(AnswerCounts(levels, unknown))


def cell(key: str, labels: tuple[str, ...], *levels: int, **values: Any) -> Cell:
    """What `levels` people said, as it may leave."""
    unknown = values.pop("unknown", 0)
    agreed = values.pop("agreed", None)
    distribution = counted(*levels, unknown=unknown)
    plain: dict[str, Any] = {
        "source": key,
        "distribution": distribution,
        "median": None,
        "median_words": "",
        "agreement": None,
        "agreement_words": "",
        "does_not_know_share": None,
        "agreed_level": agreed,
        "agreed_label": labels[agreed - 1] if agreed else "",
    }
    if isinstance(distribution, DisclosedDistribution):
        agreement = statistics.agreement(levels)
        plain |= {
            "median": statistics.median(levels),
            "median_words": median_in_words(levels, labels),
            "agreement": agreement,
            "agreement_words": words_of_agreement(agreement),
            "does_not_know_share": Fraction(unknown, distribution.respondents),
            "floor": distribution.respondents,
        }
    return Cell(**plain | values)


def empty(key: str, **values: Any) -> Cell:
    plain: dict[str, Any] = {
        "source": key,
        "distribution": None,
        "median": None,
        "median_words": "",
        "agreement": None,
        "agreement_words": "",
        "does_not_know_share": None,
        "agreed_level": None,
        "agreed_label": "",
    }
    return Cell(**plain | values)


def a_matrix_of_four() -> Matrix:
    keys = ("d1", "d2", "d3", "d4", "d5", "d6")
    belonging = (
        cell("d1", FOUR, 0, 1, 4, 7, agreed=4),
        cell("d2", FOUR, 0, 0, 5, 6, unknown=1),
        cell("d3", FOUR, 0, 2, 8, 2),
        cell("d4", FOUR, 1, 1, 1, 0, agreed=3),
        cell("d5", FOUR, 0, 6, 6, 0),
        cell("d6", FOUR, 9, 1, 0, 0),
    )
    aid = (
        cell("d1", FOUR, 1, 2, 6, 3, agreed=3),
        cell("d2", FOUR, 0, 0, 2, 9),
        cell("d3", FOUR, 6, 0, 0, 6),
        cell("d4", FOUR, 0, 3, 5, 2),
        cell("d5", FOUR, 0, 2, 4, 6),
        empty("d6"),
    )
    services = (
        cell("d1", FOUR, 5, 1, 1, 5),
        cell("d2", FOUR, 4, 4, 1, 0, unknown=5),
        cell("d3", FOUR, 1, 1, 0, 0),
        cell("d4", FOUR, 3, 6, 1, 0),
        cell("d5", FOUR, 5, 5, 1, 0),
        empty("d6"),
    )
    rows = zip(DIMENSIONS, (belonging, aid, services), strict=True)
    made = tuple(MatrixRow(*name, cells) for name, cells in rows)
    return Matrix(4, FOUR, True, keys, made, (FOUR,) * len(keys))


def a_matrix_of_five() -> Matrix:
    belonging = (cell("d7", FIVE, 0, 1, 6, 3, 0), cell("d8", FIVE, 0, 0, 2, 5, 1))
    rows = (MatrixRow("belonging", "Appartenance et identité", belonging),)
    other = ("Non", *FIVE[1:])
    return Matrix(5, FIVE, False, ("d7", "d8"), rows, (FIVE, other))


def a_synthesis(**values: Any) -> SynthesisRead:
    """As the region reads it: six on a scale of four levels (one without its name, one whose
    results stay in the region), two on a scale of five, four historical ones.
    """
    sources = (
        *(source(number) for number in (1, 2, 3, 4)),
        anonymous(5),
        source(6, is_regional=True, reasons=("Ses résultats restent dans la région.",)),
        *(source(n, scale_length=5, instrument="Cinq degrés") for n in (7, 8)),
        *(historical(number) for number in (9, 10, 11, 12)),
    )
    plain: dict[str, Any] = {
        "reference": "S-ABC234",
        "title": "Synthèse régionale 2026",
        "headline": "Partout, on est attaché à sa place. Sur les services, les avis s’opposent.",
        "region": "Mauricie",
        "year": 2026,
        "is_demo": True,
        "scope": "region",
        "outside_k": 5,
        "frozen_on": dt.date(2026, 11, 20),
        "fingerprint": "5f" * 32,
        "sources": sources,
        "matrices": (a_matrix_of_four(), a_matrix_of_five()),
        **_told(),
    }
    return SynthesisRead(**plain | values)


def _told() -> dict[str, Any]:
    return {
        "recurrences": (
            Recurrence(
                "strength",
                "Des gens qui s’entraident",
                "Coups de main entre voisins, corvées, organismes",
                "",
                (
                    ThemeMention("d1", "Entraide", "On s’entraide quand ça compte.", False),
                    ThemeMention("d9", "", "La corvée du pont couvert.", False),
                    ThemeMention("d5", "Entraide", "Ici, personne n’est laissé seul.", True),
                ),
            ),
            Recurrence(
                "challenge",
                "Se déplacer sans auto",
                "Transport collectif, covoiturage",
                "mobilité",
                (
                    ThemeMention("d2", "Services", "Sans auto, on reste chez soi.", True),
                    ThemeMention("d3", "Services", "L’autobus ne passe pas le soir.", False),
                ),
            ),
            Recurrence(
                "action_lead",
                "Un lieu ouvert le soir",
                "",
                "",
                (ThemeMention("d4", "", "Ouvrir la salle deux soirs.", False),),
            ),
        ),
        "leads": (
            LeadOutcome("d1", "Covoiturage du jeudi", "Comité local", "tenue", ("12 trajets",)),
            LeadOutcome("d4", "Ouvrir la salle le soir", "", "en cours", ()),
        ),
        "coverage": Coverage(
            territories=(
                TerritoryCoverage("373", "La Tuque", 5, 3),
                TerritoryCoverage("372", "MRC des Chenaux", 10, 3),
                TerritoryCoverage("51", "MRC de Maskinongé", 17, 3),
                TerritoryCoverage("35", "MRC de Mékinac", 10, 2),
            ),
            people=86,
            people_known_for=7,
            media=(("téléphone", 8), ("feuille de papier", 8)),
            check_ins_due=9,
            check_ins_answered=6,
        ),
        "practices": (
            MatchedPractice(
                "Taxibus du jeudi",
                "taxibus-du-jeudi",
                "Répond à «\N{NO-BREAK SPACE}Se déplacer sans auto\N{NO-BREAK SPACE}».",
                ("Se déplacer sans auto",),
                issues=("mobilité",),
            ),
        ),
        "exits": (
            ExitRead("d1", "La rencontre vous a-t-elle été utile?", EXIT, counted(0, 1, 5, 6)),
            ExitRead("d2", "La rencontre vous a-t-elle été utile?", EXIT, counted(1, 1, 0, 0)),
        ),
        "quotes": (Quote("d2", "Services", "Sans auto, on reste chez soi."),),
        "stories": (
            Story(
                "d1",
                "Tout a commencé par une corvée.\n\nPuis le comité a tenu parole.",
                ("On s’entraide quand ça compte.",),
                ("Se déplacer sans auto.",),
                ("Covoiturage du jeudi",),
            ),
        ),
        "narratives": tuple(Narrative(key, title, text, True) for key, title, text in TEXTS),
    }


def a_large_synthesis(*, sources: int, dimensions: int, is_told: bool = False) -> SynthesisRead:
    """As many as asked, of one scale of four levels, for pages and files that must hold them.

    `is_told`: each with its story, its exit question and a quoted word.
    """
    every = tuple(source(number) for number in range(1, sources + 1))
    rows = tuple(
        MatrixRow(
            f"dimension-{row}",
            f"Dimension {row}",
            tuple(
                cell(each.key, FOUR, (n + row) % 7, n % 5, 3 + row % 4, (n * 3 + row) % 9)
                for n, each in enumerate(every)
            ),
        )
        for row in range(dimensions)
    )
    keys = tuple(each.key for each in every)
    matrix = Matrix(4, FOUR, True, keys, rows, (FOUR,) * sources)
    told = keys if is_told else ()
    question = "La rencontre vous a-t-elle été utile?"
    return a_synthesis(
        sources=every,
        matrices=(matrix,),
        exits=tuple(ExitRead(key, question, EXIT, counted(0, 1, 5, 6)) for key in told),
        quotes=tuple(Quote(key, "Services", "Sans auto, on reste chez soi.") for key in told),
        stories=tuple(
            Story(key, "Une phrase de plus. " * 80, ("Une force",), ("Un défi",), ("Une piste",))
            for key in told
        ),
    )


def frozen_edition(read: SynthesisRead | None = None, **values: Any) -> SynthesisEdition:
    """An edition that holds `read`, as freezing writes it; not out."""
    read = read or a_synthesis()
    region = PlaceFactory(region=True, name=read.region)
    synthesis = Synthesis.objects.create(
        region=region, title=read.title, headline=read.headline, year=read.year
    )
    snapshot = to_snapshot(read)
    mark = fingerprint_of(snapshot=snapshot, inputs=[])
    return SynthesisEdition.objects.create(
        synthesis=synthesis, snapshot=snapshot, fingerprint=mark, **values
    )


def edition_out(read: SynthesisRead | None = None) -> SynthesisEdition:
    """The same, that everybody reads, with its page where the site has the list of syntheses."""
    edition = frozen_edition(read, published_at=timezone.now())
    ensure_synthesis_page(edition.synthesis)
    return edition
