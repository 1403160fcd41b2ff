"""The territories and their committees. Each page is changed by its own committee alone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester
from wagtail.search import index

from accounts.models import RoleAssignment
from appreciation.domain.queries.register import territory_code
from cms.models import BasePage
from cms.stream_fields import BlocksField
from core.shapes import shapes_for
from home.blocks import PAGE_BLOCKS
from home.domain.gatherings import about_territory
from home.domain.navigation import ancestors_of, first_of_type, register_page
from home.pages.listing import OneStepChildrenMixin
from reference.enums import PlaceKind
from reference.models import Place

WRITERS = (RoleAssignment.Role.EDITOR, RoleAssignment.Role.COORDINATOR)


class CommitteePermissions(PagePermissionTester):
    """Rights on all pages do not reach this one: it takes a role for its territory.

    A role for the whole region is one for each of its territories (`User.places_for_role`).
    """

    def __init__(self, user, page) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser and not self._is_of_the_committee():
            self.permissions = set()

    def _is_of_the_committee(self) -> bool:
        roles = self.user.role_assignments.filter(role__in=WRITERS)
        place = self.page.place
        above = [place.pk, place.parent_id] if place.parent_id else [place.pk]
        return roles.filter(place__in=above).exists()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Its committee writes it; taking it away, or elsewhere, is for the whole region."""
        is_region = self.user.is_superuser or "add" in getattr(self, "permissions", ())
        return is_region and super().can_delete(ignore_bulk=ignore_bulk)

    def can_copy(self) -> bool:
        """A copy would be a second page of the same territory, which cannot be."""
        return False


class TerritoryIndexPage(OneStepChildrenMixin, BasePage):
    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["home.TerritoryPage"]
    template = "home/territory_index_page.html"

    class Meta:
        verbose_name = "liste des territoires"
        verbose_name_plural = "listes des territoires"

    def children(self) -> models.QuerySet:
        return TerritoryPage.objects.select_related("place").order_by("path")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        pages = list(self.children().live().filter(view_restrictions__isnull=True))
        shapes = shapes_for([page.place.name for page in pages])
        return super().get_context(request, *args, **kwargs) | {
            "territories": list(zip(pages, shapes, strict=True))
        }


class TerritoryPage(BasePage):
    place = models.OneToOneField(
        "reference.Place",
        on_delete=models.PROTECT,
        related_name="territory_page",
        limit_choices_to={"kind": PlaceKind.TERRITORY},
        verbose_name="territoire",
        error_messages={"unique": "Ce territoire a déjà sa page: ouvrez-la pour la changer."},
    )
    committee_name = models.CharField("nom du comité", max_length=200, blank=True)
    introduction = models.TextField(
        "en deux phrases", max_length=500, help_text="Le comité: qui il réunit, ce qu’il fait."
    )
    committee_email = models.EmailField(
        "courriel du comité", blank=True, help_text="Une adresse d’organisme, pas de personne."
    )
    committee_phone = models.CharField("téléphone du comité", max_length=40, blank=True)
    committee_url = models.URLField("site du comité", max_length=300, blank=True)
    body = BlocksField(
        PAGE_BLOCKS,
        verbose_name="contenu",
        blank=True,
        help_text="Priorités, membres (des organismes), réalisations, données du milieu.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("place", permission="reference.change_place"),
        FieldPanel("committee_name"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("committee_email"), FieldPanel("committee_phone")]),
                FieldPanel("committee_url"),
            ],
            heading="Joindre le comité",
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("committee_name"),
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    parent_page_types = ["home.TerritoryIndexPage"]
    subpage_types: list[str] = []
    template = "home/territory_page.html"

    class Meta:
        verbose_name = "page de territoire"
        verbose_name_plural = "pages de territoires"

    def clean(self) -> None:
        super().clean()
        place = self.place if self.place_id else None
        if place is not None and place.kind != PlaceKind.TERRITORY:
            raise ValidationError({"place": "Choisissez un territoire de développement social."})

    def permissions_for_user(self, user) -> PagePermissionTester:
        return CommitteePermissions(user, self)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        places = list(self._places())
        territories = [one for one in places if one.kind == PlaceKind.TERRITORY]
        shapes = shapes_for([one.name for one in territories])
        this = next(index for index, one in enumerate(territories) if one.pk == self.place_id)
        code = territories[this].code or self.place.slug
        return super().get_context(request, *args, **kwargs) | {
            "ancestors": ancestors_of(self, request),
            "shape": shapes[this],
            "parts": [one.name for one in places if one.kind != PlaceKind.TERRITORY],
            "directory_page": first_of_type(request, "directorypage"),
            "gathering": about_territory(self.place),
            "query": f"territoire={code}",
            "register_page": register_page(request),
            "catalogue_page": first_of_type(request, "cataloguepage"),
        }

    def _places(self) -> models.QuerySet:
        """All the territories (shapes are given among them), and what lies in this one."""
        inside = models.Q(parent=self.place_id, valid_to__isnull=True)
        return (
            Place.objects.filter(inside | models.Q(kind=PlaceKind.TERRITORY))
            .exclude(kind__in=(PlaceKind.LOCAL_COMMUNITY, PlaceKind.LOCALITY))
            .annotate(code=territory_code("pk"))
            .order_by("name", "pk")
        )
