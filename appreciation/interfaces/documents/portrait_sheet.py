"""The portrait of the place on paper, one copy for each person: read first, talked of next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appreciation.domain.portraits import portrait_of
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts
from appreciation.interfaces.documents.hall_pages import lay_out
from core.pdf import Press
from core.plain_text import paragraphs_of

if TYPE_CHECKING:
    from weasyprint.document import Document

NOTHING = (
    "Le portrait est vide: écrivez un texte, des chiffres ou des repères à l’étape « Portrait »."
)


def lay_out_portrait(making: Making, facts: HallFacts, press: Press) -> Document:
    portrait = portrait_of(making.appraisal)
    return lay_out(
        press,
        "documents/hall/portrait.html",
        facts,
        kind="portrait",
        title="Portrait",
        portrait=portrait,
        paragraphs=paragraphs_of(portrait.text),
    )


def nothing_to_tell(making: Making) -> str:
    return NOTHING if portrait_of(making.appraisal).is_empty else ""
