"""Documents laid out by the Consortium's own Word template, where one is in use."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from appreciation.domain.document_templates import live_template, read_file
from appreciation.enums import TemplateUse
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.letters import LETTERS
from appreciation.interfaces.documents.template_letter import letter_filling
from appreciation.interfaces.documents.template_report import report_filling
from core.errors import DomainError
from core.word_template import Filling, fill_template

logger = logging.getLogger("consortium.documents")

BY_TEMPLATE: dict[str, tuple[TemplateUse, Callable[[Making], Filling]]] = {
    "rapport-word": (TemplateUse.REPORT, report_filling),
    **{
        f"{letter.code}-docx": (TemplateUse.LETTER, partial(letter_filling, letter=letter))
        for letter in LETTERS
        if letter.is_posted
    },
}
"""By code of the catalogue: which template serves, and what fills it."""


def built_by_template(code: str, making: Making) -> bytes | None:
    """The file, or None where no template serves: the house's own layout then does.

    So too when the template no longer fills: somebody who needs her paper tonight has it.
    """
    if code not in BY_TEMPLATE:
        return None
    use, filling_of = BY_TEMPLATE[code]
    template = live_template(use)
    if template is None:
        return None
    making.tell(20, "Les champs du gabarit se remplissent")
    filling = filling_of(making)
    try:
        return fill_template(
            read_file(template),
            filling.values,
            title=filling.title,
            author=filling.author,
            banner=filling.banner,
        )
    except DomainError:
        logger.exception("Gabarit %s: ne se remplit plus, mise en page de la maison", template.pk)
        return None
