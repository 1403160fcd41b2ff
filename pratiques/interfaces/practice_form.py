"""The editor's form of a sheet."""

from __future__ import annotations

from typing import Any

from cms.page_forms import GoesPublicForm
from pratiques.domain.readings import refusal_to_publish

PUBLISH = "action-publish"


class PracticeForm(GoesPublicForm):
    """Publishing at once what nobody read is refused in words; submitting never is."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.data.get(PUBLISH) and not self.is_deferred_validation:
            self.instance.status = cleaned.get("status", self.instance.status)
            if refusal := refusal_to_publish(self.instance):
                self.add_error(None, refusal)
        return cleaned
