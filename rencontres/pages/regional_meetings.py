"""Regional meetings: what comes, what was, and a page for each."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester, Revision
from wagtail.url_routing import RouteResult

from cms.models import BasePage
from rencontres.domain.bundles import bundle_obstacles, publish_bundle
from rencontres.interfaces.meeting_form import MeetingForm
from rencontres.pages.events import PLAIN, EventPage, EventPermissions


class RegionalMeetingIndexPage(BasePage):
    introduction = RichTextField("introduction", blank=True, features=PLAIN)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["rencontres.RegionalMeetingPage"]
    template = "rencontres/index.html"

    class Meta:
        verbose_name = "liste des rencontres régionales"
        verbose_name_plural = "listes des rencontres régionales"

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return EventPermissions(user, self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """A meeting is found by its own table: one query instead of three."""
        if not path_components:
            return super().route(request, path_components)
        first, *rest = path_components
        page = RegionalMeetingPage.objects.child_of(self).filter(slug=first).first()
        if page is None:
            raise Http404
        page._cached_parent_obj = self  # noqa: SLF001  treebeard's own way of remembering it
        return page.route(request, rest)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        from rencontres.interfaces.event_screen import index_context

        return super().get_context(request, *args, **kwargs) | index_context()


class RegionalMeetingPage(EventPage):
    """With the synthesis chosen for it, one bundle: both go out, or neither."""

    synthesis = models.ForeignKey(
        "appreciation.Synthesis",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name="synthèse",
        help_text="Publier la rencontre publie sa dernière édition figée, si aucune ne l’est.",
    )

    base_form_class = MeetingForm
    content_panels = [*EventPage.content_panels, FieldPanel("synthesis")]
    parent_page_types = ["rencontres.RegionalMeetingIndexPage"]
    subpage_types: list[str] = []
    is_creatable = True
    template = "rencontres/regional_meeting.html"

    class Meta:
        verbose_name = "rencontre régionale"
        verbose_name_plural = "rencontres régionales"

    def clean(self) -> None:
        super().clean()
        if self.synthesis is not None and self.is_about_to_be_public:
            obstacles = bundle_obstacles(synthesis=self.synthesis, region=self.region)
            if obstacles:
                raise ValidationError({"synthesis": obstacles})

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        """Also its synthesis, once everybody may read it."""
        from rencontres.interfaces.event_screen import synthesis_context

        context = super().get_context(request, *args, **kwargs)
        return context | synthesis_context(self)

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Nothing is half published: what the synthesis refuses undoes the page too."""
        super().save(*args, **kwargs)
        fields = kwargs.get("update_fields")
        if self.live and self.synthesis is not None and (fields is None or "live" in fields):
            by = _publisher(self)
            publish_bundle(synthesis=self.synthesis, region=self.region, user=by)

    def publish(self, revision: Revision, user: Any = None, **options: Any) -> None:
        """Somebody may publish what another wrote: approved, by the hundred, at its hour."""
        revision.published_by = user
        super().publish(revision, user=user, **options)


def _publisher(page: RegionalMeetingPage) -> Any:
    """Who publishes it; who wrote it, where nobody is told; who adds it, before any revision."""
    revision = page.live_revision
    if revision is None:
        return page.owner
    return getattr(revision, "published_by", None) or revision.user
