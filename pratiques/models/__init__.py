"""The catalogue's nouns. Page types come last: they are models, and stand on all the others."""

from pratiques.models.adaptations import Adaptation
from pratiques.models.freshness import FreshnessCheck
from pratiques.models.imports import ImportedValues, ImportJob
from pratiques.models.proposals import PracticeProposal
from pratiques.models.review import PracticeReading, ReviewSettings
from pratiques.models.sheet_rows import (
    PracticeAppraisal,
    PracticeCriterion,
    PracticeDocument,
    PracticeMoment,
    PracticePartner,
    PracticePhoto,
    PracticeResult,
)
from pratiques.pages.catalogue import CataloguePage
from pratiques.pages.dossier import DossierEntry, DossierPage
from pratiques.pages.practice import PracticePage
from pratiques.pages.review_tasks import CompletenessTask, ReadingTask

__all__ = [
    "Adaptation",
    "CataloguePage",
    "CompletenessTask",
    "DossierEntry",
    "DossierPage",
    "FreshnessCheck",
    "ImportJob",
    "ImportedValues",
    "PracticeAppraisal",
    "PracticeCriterion",
    "PracticeDocument",
    "PracticeMoment",
    "PracticePage",
    "PracticePartner",
    "PracticePhoto",
    "PracticeProposal",
    "PracticeReading",
    "PracticeResult",
    "ReadingTask",
    "ReviewSettings",
]
