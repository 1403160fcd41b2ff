"""Places and vocabularies in the admin, under « Référence »."""

from __future__ import annotations

from django.db import transaction
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.admin_views import CarefulDeleteView, RuleBoundCreateView, RuleBoundEditView
from core.usage import ensure_unused
from reference.domain.new_places import companions_of, tell_places
from reference.domain.places import check_place, refresh_headline
from reference.models import (
    Dimension,
    Indicator,
    Issue,
    Place,
    PlaceChange,
    PortraitItem,
    Sector,
    TypeAssignment,
)


class PlaceRulesMixin:
    def check_after(self, instance: Place) -> None:
        check_place(Place.objects.select_related("parent").get(pk=instance.pk))
        refresh_headline(Place.objects.get(pk=instance.pk))
        tell_places(Place.objects.filter(pk=instance.pk))


class PlaceCreateView(PlaceRulesMixin, RuleBoundCreateView):
    pass


class PlaceEditView(PlaceRulesMixin, RuleBoundEditView):
    pass


class PlaceDeleteView(CarefulDeleteView):
    """A page that nobody wrote in goes with its place."""

    def check_deletion(self, instance: Place) -> None:
        ensure_unused(instance, but=companions_of(instance))

    @transaction.atomic
    def delete_action(self) -> None:
        for companion in companions_of(self.object):
            companion.delete()
        super().delete_action()


class PlaceViewSet(SnippetViewSet):
    model = Place
    icon = "site"
    menu_label = "Lieux"
    url_prefix = "lieux"
    copy_view_enabled = False
    add_view_class = PlaceCreateView
    edit_view_class = PlaceEditView
    delete_view_class = PlaceDeleteView
    list_display = [
        "name",
        Column("get_kind_display", label="Genre", sort_key="kind"),
        Column("parent", label="Fait partie de", sort_key="parent__name"),
        Column("population", label="Population", sort_key="population"),
    ]
    list_filter = ["kind", "is_demo"]
    search_fields = ["name", "codes__code"]
    ordering = ("name", "pk")
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("kind"),
                FieldPanel("designation"),
                FieldPanel("parent"),
                FieldPanel("slug"),
            ],
            heading="Lieu",
        ),
        InlinePanel(
            "part_links",
            heading="Composée de",
            label="Partie",
            help_text=(
                "Une communauté locale réunit une municipalité, une partie d’une municipalité"
                " (avec sa part, de 0 à 1) ou plusieurs."
            ),
            panels=[FieldPanel("part"), FieldPanel("share")],
        ),
        InlinePanel(
            "codes",
            heading="Codes officiels",
            label="Code",
            help_text="Un code n’a de sens qu’avec sa nomenclature.",
            panels=[FieldPanel("scheme"), FieldPanel("code")],
        ),
        InlinePanel(
            "populations",
            heading="Populations",
            label="Population",
            panels=[
                FieldPanel("year"),
                FieldPanel("basis"),
                FieldPanel("count"),
                FieldPanel("source"),
            ],
        ),
        MultiFieldPanel(
            [FieldPanel("valid_from"), FieldPanel("valid_to"), FieldPanel("source")],
            heading="Validité et source",
        ),
    ]

    def get_queryset(self, request):
        return Place.objects.select_related("parent")


class PlaceChangeViewSet(SnippetViewSet):
    model = PlaceChange
    icon = "rotate"
    menu_label = "Changements de limites"
    url_prefix = "changements-de-limites"
    copy_view_enabled = False
    delete_view_class = CarefulDeleteView
    list_display = [
        "old",
        Column("new", label="Après"),
        Column("get_kind_display", label="Genre", sort_key="kind"),
        "date",
    ]
    list_filter = ["kind"]
    search_fields = ["old__name", "new__name"]
    panels = [FieldPanel("old"), FieldPanel("new"), FieldPanel("kind"), FieldPanel("date")]

    def get_queryset(self, request):
        return PlaceChange.objects.select_related("old", "new")


class VocabularyViewSet(SnippetViewSet):
    """Entries are put out of use rather than deleted: old démarches keep their words."""

    copy_view_enabled = False
    delete_view_class = CarefulDeleteView
    list_display = ["name", "code", "position", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "code", "description"]
    ordering = ("position", "name")
    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("position"),
        FieldPanel("is_active"),
        FieldPanel(
            "code",
            help_text="Sert aux fichiers et aux échanges: ne le changez plus une fois employé.",
        ),
    ]


class DimensionViewSet(VocabularyViewSet):
    model = Dimension
    icon = "list-ol"
    menu_label = "Dimensions"
    url_prefix = "dimensions"


class SectorViewSet(VocabularyViewSet):
    model = Sector
    icon = "group"
    menu_label = "Secteurs"
    url_prefix = "secteurs"


class IssueViewSet(VocabularyViewSet):
    model = Issue
    icon = "tag"
    menu_label = "Enjeux"
    url_prefix = "enjeux"


class IndicatorViewSet(VocabularyViewSet):
    """The words are the editors'; the figures come from files (`import_indicators`)."""

    model = Indicator
    icon = "decimal"
    menu_label = "Indicateurs"
    url_prefix = "indicateurs"
    list_display = [
        "name",
        Column("theme", label="Thème", sort_key="theme"),
        Column("unit", label="Unité"),
        "is_active",
    ]
    list_filter = ["theme", "is_active"]
    panels = [
        FieldPanel("name"),
        FieldPanel("description", heading="En mots simples", help_text="Une phrase, sans sigle."),
        FieldPanel("theme"),
        FieldPanel("unit"),
        FieldPanel("decimals"),
        FieldPanel("may_be_negative"),
        FieldPanel("dimension"),
        FieldPanel("is_active"),
        FieldPanel(
            "code",
            help_text="Sert aux fichiers et aux échanges: ne le changez plus une fois employé.",
        ),
    ]


class PortraitItemViewSet(SnippetViewSet):
    """What portraits show, in order. Taking a line out erases no figure."""

    model = PortraitItem
    icon = "list-ol"
    menu_label = "Chiffres des portraits"
    url_prefix = "chiffres-des-portraits"
    copy_view_enabled = False
    sort_order_field = "position"
    list_display = [
        Column("indicator", label="Indicateur"),
        Column("position", label="Rang", sort_key="position"),
        "is_key_figure",
    ]
    ordering = ("position", "pk")
    panels = [FieldPanel("indicator"), FieldPanel("position"), FieldPanel("is_key_figure")]

    def get_queryset(self, request):
        return PortraitItem.objects.select_related("indicator")


class TypeAssignmentViewSet(SnippetViewSet):
    """Types come from files; here an editor writes the day the community agreed to show its own."""

    model = TypeAssignment
    icon = "tag"
    menu_label = "Types des lieux"
    url_prefix = "types-des-lieux"
    copy_view_enabled = False
    delete_view_class = CarefulDeleteView
    list_display = [
        "place",
        Column("typology", label="Typologie"),
        Column("type", label="Type"),
        Column("community_agreed_on", label="Accord de la communauté"),
    ]
    list_filter = ["typology"]
    search_fields = ["place__name"]
    panels = [
        FieldPanel("place", read_only=True),
        FieldPanel("typology", read_only=True),
        FieldPanel("type", read_only=True),
        FieldPanel("community_agreed_on"),
    ]

    def get_queryset(self, request):
        return TypeAssignment.objects.select_related("place", "typology", "type")


class ReferenceGroup(SnippetViewSetGroup):
    items = (
        PlaceViewSet,
        PlaceChangeViewSet,
        DimensionViewSet,
        SectorViewSet,
        IssueViewSet,
        PortraitItemViewSet,
        IndicatorViewSet,
        TypeAssignmentViewSet,
    )
    menu_label = "Référence"
    menu_name = "reference"
    menu_icon = "site"
    menu_order = 320
