"""Wagtail's admin screens, bound to the rules of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView

from core.errors import DomainError
from core.usage import ensure_unused

if TYPE_CHECKING:  # mixed into both screens: this one has everything that the mixin calls
    from wagtail.snippets.views.snippets import EditView as Screen
else:
    Screen = object


class RuleBoundMixin(Screen):
    """Asks the rules before and after writing, in one transaction: refused, nothing is written and
    what was typed stays on screen with the reason."""

    def check_before(self, instance: Model) -> None:
        """A rule about what is stored now."""

    def check_after(self, instance: Model) -> None:
        """A rule about the whole, children included."""

    def save_instance(self):
        self.check_before(self.form.instance)
        instance = super().save_instance()
        self.check_after(instance)
        return instance

    def form_valid(self, form) -> HttpResponse:
        was_new = form.instance.pk is None
        try:
            return super().form_valid(form)
        except DomainError as error:
            if was_new:
                form.instance.pk, form.instance._state.adding = None, True
                self.object = None
            form.add_error(None, str(error))
            self.produced_error_code = "validation_error"
            self.produced_error_message = str(error)
            return self.form_invalid(form)


class RuleBoundCreateView(RuleBoundMixin, CreateView):
    pass


class RuleBoundEditView(RuleBoundMixin, EditView):
    pass


class CarefulDeleteView(DeleteView):
    """Says what still uses a thing instead of failing, or of forgetting it here and there."""

    def check_deletion(self, instance: Model) -> None:
        ensure_unused(instance)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self._refused() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self._refused() or super().post(request, *args, **kwargs)

    def _refused(self) -> HttpResponse | None:
        try:
            self.check_deletion(self.object)
        except DomainError as error:
            messages.error(self.request, str(error))
            return redirect(self.get_success_url())
        return None
