"""What each discussion table writes, and the text that is read aloud before anybody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appreciation.domain.consent import consent_text
from appreciation.domain.questionnaire import QuestionnaireDimension
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts, common_scale, questions_of
from appreciation.interfaces.documents.hall_pages import lay_out
from core.pdf import Press

if TYPE_CHECKING:
    from weasyprint.document import Document

HEADINGS = (
    ("Ce qui va bien", "Une force: d’où vient-elle?"),
    ("Ce qui reste à renforcer", "Un défi: pour qui est-ce plus difficile?"),
    ("Par où commencer", "Une piste, et son premier petit pas."),
    ("Qui n’est pas encore là?", "Qui répondrait autre chose?"),
)


def discussed(making: Making) -> tuple[QuestionnaireDimension, ...]:
    """What tables may talk about: those only discussed too."""
    return questions_of(making).dimensions


def lay_out_tables(making: Making, facts: HallFacts, press: Press) -> Document:
    return lay_out(
        press,
        "documents/hall/table_sheets.html",
        facts,
        kind="tables",
        title="Feuilles de table",
        tables=range(1, facts.tables + 1),
        dimensions=discussed(making),
        levels=common_scale(making),
        headings=HEADINGS,
    )


def lay_out_consent(making: Making, facts: HallFacts, press: Press) -> Document:
    return lay_out(
        press,
        "documents/hall/consent.html",
        facts,
        kind="consent",
        title="Texte à lire à voix haute",
        paragraphs=consent_text(making.appraisal),
    )
