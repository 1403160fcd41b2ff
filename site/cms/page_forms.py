"""Forms of the admin's pages that rules need to hear from."""

from wagtail.admin.forms import WagtailAdminPageForm

from core.typography import fr_typo


class PageForm(WagtailAdminPageForm):
    """Of every page: its title goes to lists, menus, feeds and mails as Québec writes it."""

    def clean_title(self) -> str:
        return fr_typo(self.cleaned_data["title"])


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
