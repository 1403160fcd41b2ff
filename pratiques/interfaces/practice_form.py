"""The editor's form of a sheet."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, When

from cms.page_forms import GoesPublicForm
from pratiques.domain.completeness import ROWS_TOLD, results_too_long, rows_still_example
from pratiques.domain.readings import refusal_to_publish
from pratiques.domain.sheet_address import address_of
from reference.enums import PlaceKind
from reference.models import Place

PUBLISH = "action-publish"


class PracticeForm(GoesPublicForm):
    """Publishing at once what nobody read is refused in words; submitting never is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Trois-Rivières is a territory and a municipality: the kind tells them apart."""
        super().__init__(*args, **kwargs)
        places = self.fields.get("places")
        if places is not None:
            kinds = list(PlaceKind.values)
            rank = Case(*(When(kind=kind, then=kinds.index(kind)) for kind in kinds))
            places.queryset = places.queryset.order_by(rank, "name", "pk")
            places.label_from_instance = _with_its_kind

    def is_valid(self) -> bool:
        """Rows are looked at together once each is known to be right."""
        if not super().is_valid():
            return False
        if self.is_deferred_validation:
            return True
        rows = {name: self._rows(name) for name in ROWS_TOLD}
        said = (
            results_too_long(row.get("text", "") for row in rows["results"]),
            rows_still_example(text for told in rows.values() for r in told for text in r.values()),
        )
        for problem in filter(None, said):
            self.add_error(None, problem)
        return not any(said)

    def _rows(self, name: str) -> list[dict[str, Any]]:
        formset = self.formsets.get(name)
        typed = [row.cleaned_data for row in formset.forms] if formset is not None else []
        return [row for row in typed if not row.get("DELETE")]

    def clean(self) -> dict[str, Any]:
        typed, title = self.cleaned_data.get("slug"), self.cleaned_data.get("title")
        if typed and title and self.instance.pk:
            address = address_of(self.instance, title=title, typed=typed)
            self.cleaned_data["slug"] = address
        cleaned = super().clean()
        if self.data.get(PUBLISH) and not self.is_deferred_validation:
            self.instance.status = cleaned.get("status", self.instance.status)
            if refusal := refusal_to_publish(self.instance):
                self.add_error(None, refusal)
        return cleaned


def _with_its_kind(place: Place) -> str:
    kind = "territoire" if place.kind == PlaceKind.TERRITORY else place.get_kind_display()
    return f"{place} ({kind})"
