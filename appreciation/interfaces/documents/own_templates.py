"""Documents laid out by the Consortium's own Word template, where one is in use."""

from __future__ import annotations

import logging
from collections.abc import Callable

from appreciation.domain.document_templates import live_template, read_file
from core.errors import DomainError
from core.word_template import Filling, fill_template

logger = logging.getLogger("consortium.documents")


def by_template(use: str, filling_of: Callable[[], Filling]) -> bytes | None:
    """The file, or None where no template serves: the house's own layout then does.

    So too when the template no longer fills: somebody who needs her paper tonight has it.
    """
    template = live_template(use)
    if template is None:
        return None
    filling = filling_of()
    try:
        return fill_template(
            read_file(template),
            filling.values,
            title=filling.title,
            author=filling.author,
            banner=filling.banner,
        )
    except DomainError as error:
        cause = type(error.__cause__ or error).__name__
        logger.error("Gabarit %s: ne se remplit plus (%s)", template.pk, cause)  # noqa: TRY400
        return None
