"""Forms of the admin's pages that rules need to hear from."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.safestring import SafeString
from wagtail.admin.forms import WagtailAdminPageForm

from cms.page_addresses import ADDRESS_TAKEN, leads_elsewhere
from core.typography import fr_typo


class PageForm(WagtailAdminPageForm):
    """Of every page: its title goes to lists, menus, feeds and mails as Québec writes it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _write_helps(self.fields)
        for formset in self.formsets.values():
            _write_helps(formset.form.base_fields)

    def clean_title(self) -> str:
        return fr_typo(self.cleaned_data["title"])

    def clean_slug(self) -> str:
        """A page that is being added has no place yet: its own rule (`BasePage.clean`) waits."""
        slug = self.cleaned_data["slug"]
        if leads_elsewhere(self.parent_page, slug):
            raise ValidationError(ADDRESS_TAKEN)
        return slug


class GoesPublicForm(PageForm):
    """Tells the page whether what is typed is about to be read by everyone, or is a draft.

    The page has a `goes_public`: None outside a form, where a page that is live is public.
    """

    def _post_clean(self) -> None:
        self.instance.goes_public = not self.is_deferred_validation
        try:
            super()._post_clean()
        finally:
            self.instance.goes_public = None


def _write_helps(fields: Mapping[str, Field]) -> None:
    """What models say of their fields, with the spaces of Québec."""
    for field in fields.values():
        if not isinstance(field.help_text, SafeString):
            field.help_text = fr_typo(str(field.help_text))
