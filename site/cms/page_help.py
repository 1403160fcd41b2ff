"""What each type of page is for, who reads it and what to do: said at the top of its form."""

from __future__ import annotations

from wagtail.admin.panels import HelpPanel

FOLDER = "wagtailadmin/page_help"


class PageHelp(HelpPanel):
    """The words are a template per type of page, named after its model."""

    def on_model_bound(self) -> None:
        self.template = f"{FOLDER}/{self.model._meta.model_name}.html"
