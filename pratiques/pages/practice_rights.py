"""What a person may do with a sheet, beyond Wagtail's own rights on its page."""

from __future__ import annotations

from wagtail.models import PagePermissionTester

from pratiques.domain.readings import refusal_to_publish


class PracticePermissions(PagePermissionTester):
    """A sheet that nobody else read yet is submitted, not published.

    Only the workflow makes it public (`cms.approved`); correcting a public one stays open.
    """

    def can_publish(self) -> bool:
        return super().can_publish() and (self.page.live or not refusal_to_publish(self.page))

    def can_unschedule(self) -> bool:
        return super().can_publish()

    def can_set_view_restrictions(self) -> bool:
        return super().can_publish()
