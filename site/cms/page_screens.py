"""Wagtail's screens that add and edit pages, bound to the rules of what they publish.

A rule may refuse after the form was found right: another person was quicker. Nothing is written
then, and the form comes back as it was typed, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from core.errors import DomainError
from core.form_errors import add_refusal

if TYPE_CHECKING:  # mixed into both screens: this one has everything that the mixin calls
    from wagtail.admin.views.pages.edit import EditView as Screen
else:
    Screen = object

REFUSALS = (DomainError, ValidationError)
NOBODY_WAITS = (
    "Cette page n’attend plus de lecture: quelqu’un l’a déjà approuvée, renvoyée ou reprise. "
    "Rechargez l’écran."
)


class RuleBoundMixin(Screen):
    """Refused while it writes, the screen is made anew: what was sent meets the refusal there."""

    refusal: Exception | None = None

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except REFUSALS as refusal:
            if self.refusal is not None:
                raise
            again = type(self)(refusal=refusal)
            again.setup(request, *args, **kwargs)
            return again.dispatch(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponseBase:
        if self.refusal is None:
            with transaction.atomic():
                return super().form_valid(form)
        add_refusal(form, as_domain_error(self.refusal))
        return self.form_invalid(form)


class RuleBoundCreateView(RuleBoundMixin, CreateView):
    pass


class RuleBoundEditView(RuleBoundMixin, EditView):
    def workflow_action_is_valid(self) -> bool:
        """Two people read the same page: the second is told, where Wagtail would break."""
        if self.page.current_workflow_task is not None:
            return super().workflow_action_is_valid()
        if self.refusal is None:
            raise DomainError(NOBODY_WAITS)
        return False


def as_domain_error(refusal: Exception) -> DomainError:
    """A model's own refusal says the same thing, by field or not."""
    if not isinstance(refusal, ValidationError):
        return refusal if isinstance(refusal, DomainError) else DomainError(str(refusal))
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {}
    fields = {name: "\n".join(sentences) for name, sentences in by_field.items()}
    return DomainError("\n".join(refusal.messages), fields=fields)
