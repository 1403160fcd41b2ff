"""The editor's form of any event: its rows are asked as they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cms.page_forms import GoesPublicForm
from rencontres.domain.events import missing_of


class EventForm(GoesPublicForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        """A new one is held in the region that she coordinates, until she says otherwise."""
        super().__init__(*args, **options)
        region = self.fields.get("region")
        if region is not None and self.for_user is not None and not self.instance.region_id:
            hers = region.queryset.filter(pk__in=self.for_user.coordinated_places())
            self.initial["region"] = hers.order_by("kind", "name").first()

    def is_valid(self) -> bool:
        """A place added in the very form that publishes counts; one taken away no more."""
        if not super().is_valid():
            return False
        if self.is_deferred_validation:
            return True
        has_place = any(self._kept("places"))
        files = [row["document"] for row in self._kept("documents")]
        missing = missing_of(has_place=has_place, files=files)
        for sentence in missing:
            self.add_error(None, sentence)
        return not missing

    def _kept(self, name: str) -> Iterator[dict[str, Any]]:
        """What the rows of this kind say, but for those that she takes away."""
        for row in self.formsets[name].forms:
            if row.cleaned_data and not row.cleaned_data.get("DELETE"):
                yield row.cleaned_data
