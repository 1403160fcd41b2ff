"""What a person may do with the catalogue, beyond Wagtail's own rights on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import PagePermissionTester

from pratiques.domain.readers import readers_needed, sheets_written_by
from pratiques.enums import EvidenceStatus
from pratiques.models.review import ReviewSettings

if TYPE_CHECKING:
    from wagtail.models import Page

HERS = "_sheets_written"
SETTINGS = "_review_settings"


class PracticePermissions(PagePermissionTester):
    """A sheet that nobody else read yet is submitted, not published.

    Only the workflow makes it public (`cms.approved`); correcting a public one stays open. Whoever
    edits or coordinates one territory writes in the sheets of its places, and takes none away.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.of_the_site = user.is_superuser or "change" in getattr(self, "permissions", set())
        if not self.of_the_site and user.is_active and self._is_of_her_places():
            self.permissions = self.permissions | {"change", "publish"}

    def _is_of_her_places(self) -> bool:
        """Asked once for all the rows of a list: the person lives as long as the request."""
        if not hasattr(self.user, HERS):
            setattr(self.user, HERS, set(sheets_written_by(self.user).values_list("pk", flat=True)))
        return bool(self.permissions) and self.page.pk in getattr(self.user, HERS)

    def can_publish(self) -> bool:
        if not super().can_publish():
            return False
        return self.page.live or not _readers_needed(self.user, self.page.status)

    def can_unschedule(self) -> bool:
        return super().can_publish()

    def can_set_view_restrictions(self) -> bool:
        return self.of_the_site and super().can_publish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        is_her_draft = self.page.owner_id == self.user.pk and not self.page.live
        return (self.of_the_site or is_her_draft) and super().can_delete(ignore_bulk=ignore_bulk)


class CataloguePermissions(PagePermissionTester):
    def can_publish_subpage(self) -> bool:
        """A new sheet, or a copy, is a draft first: it is read before it is public."""
        return super().can_publish_subpage() and not _readers_needed(
            self.user, EvidenceStatus.EMERGING
        )


def _readers_needed(user: Any, status: str) -> int:
    if not hasattr(user, SETTINGS):
        setattr(user, SETTINGS, ReviewSettings.load())
    return readers_needed(status, getattr(user, SETTINGS))
