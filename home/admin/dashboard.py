"""What waits for an editor, on the first screen of the admin."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.due_publications import EVERY
from home.domain.links import shown_links
from pratiques.domain.queries.ageing import ageing_sheets_of
from pratiques.domain.readers import sheets_written_by

EACH = 6
TRIED_FOR = 3 * EVERY
"""Then whoever may publish is told: something kept it from going out by itself."""


class EditorsPanel(Component):
    """Drafts that wait, sheets that age, links that lead nowhere, what comes out by itself."""

    name = "editors"
    template_name = "home/admin/dashboard.html"
    order = 60

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        hers = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        by_place = Page.objects.filter(pk__in=sheets_written_by(user).values("pk"))
        pks = (hers | by_place).values("pk")
        hers = Page.objects.filter(pk__in=pks)
        drafts = hers.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at")
        links = [link for link in shown_links().filter(page__in=pks)[:50] if _may(user, link.page)]
        late = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now() - TRIED_FOR)
        coming = Revision.page_revisions.filter(approved_go_live_at__gt=timezone.now())
        return {
            "drafts": [page for page in drafts[:20] if _may(user, page.specific)][:EACH],
            "ageing": list(ageing_sheets_of(user)[:EACH]),
            "links": links[:EACH],
            "coming": [
                {"page": revision.content_object, "at": revision.approved_go_live_at}
                for revision in coming.order_by("approved_go_live_at")[:50]
                if _may(user, revision.content_object)
            ][:EACH],
            "late": [
                {"page": revision.content_object, "at": revision.approved_go_live_at}
                for revision in late.order_by("approved_go_live_at")[:50]
                if _may(user, revision.content_object)
            ][:EACH],
            "leaving": hers.filter(live=True, expire_at__gt=timezone.now()).order_by("expire_at")[
                :EACH
            ],
        }


def _may(user: Any, page: Page) -> bool:
    """Some pages have rules of their own (a territory's, by its committee)."""
    return page.specific.permissions_for_user(user).can_edit()
