"""Pages of the catalogue that its workflow leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Workflow


class UnreviewedMixin:
    """The workflow hangs on the catalogue for its sheets: the list and the dossiers go without."""

    has_workflow = False

    def get_workflow(self) -> Workflow | None:
        return None
