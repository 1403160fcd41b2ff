"""The coordinator's list of démarches: read, filtered, searched, exported; never written here."""

from __future__ import annotations

import datetime as dt

from django.contrib.admin import SimpleListFilter
from django.db.models import IntegerField
from django.db.models.functions import Coalesce, ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from appreciation.models import Appraisal, Instrument
from core.csv_export import cell_text, csv_response
from reference.models import Place

YEAR = Coalesce("historical_year", ExtractYear("created_at"), output_field=IntegerField())
"""Of the meeting, for a past démarche; when it was opened here, for the others."""


def coordinated_appraisals(user):
    """Those of the places this person coordinates; all of them for an administrator."""
    appraisals = Appraisal.objects.annotate(year=YEAR)
    if user.is_superuser:
        return appraisals
    return appraisals.filter(place__in=user.coordinated_places())


def chosen_of(shown: SimpleListFilter) -> str:
    """What is chosen among what is offered; empty for anything else in the address."""
    return next((value for value, _ in shown.lookup_choices if value == shown.value()), "")


class TerritoryFilter(SimpleListFilter):
    title = "territoire"
    parameter_name = "territoire"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin):
        territories = Place.objects.territories()
        if not request.user.is_superuser:
            territories = territories.filter(pk__in=request.user.coordinated_places())
        return [(str(place.pk), place.name) for place in territories]

    def queryset(self, request: HttpRequest, queryset):
        chosen = chosen_of(self)
        if not chosen:
            return queryset
        return queryset.filter(place__in=Place.objects.within(Place(pk=int(chosen))))


class YearFilter(SimpleListFilter):
    title = "année"
    parameter_name = "annee"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin):
        shown = coordinated_appraisals(request.user).order_by("-year").distinct()
        return [(str(year), str(year)) for year in shown.values_list("year", flat=True)]

    def queryset(self, request: HttpRequest, queryset):
        chosen = self.value() or ""
        is_year = chosen.isdecimal() and dt.MINYEAR <= int(chosen[:5]) <= dt.MAXYEAR
        return queryset.filter(year=int(chosen)) if is_year else queryset


class InstrumentFilter(SimpleListFilter):
    title = "instrument"
    parameter_name = "instrument"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin):
        used = coordinated_appraisals(request.user).values("instrument")
        return [(str(one.pk), str(one)) for one in Instrument.objects.filter(pk__in=used)]

    def queryset(self, request: HttpRequest, queryset):
        chosen = chosen_of(self)
        return queryset.filter(instrument=int(chosen)) if chosen else queryset


class ReadOnly(PermissionHelper):
    """Lists and inspects with the right to see démarches; nothing is written from the admin."""

    def user_can_list(self, user) -> bool:
        return user.has_perm("appreciation.view_appraisal")

    def user_can_inspect_obj(self, user, obj) -> bool:
        """Asked for each row of her list; `AppraisalInspectView` answers 404 elsewhere."""
        return self.user_can_list(user)

    def user_can_create(self, user) -> bool:
        return False

    def user_can_edit_obj(self, user, obj) -> bool:
        return False

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class AppraisalIndexView(IndexView):
    """The list; its exports say what a spreadsheet of ours says, and run nothing."""

    def get_filters(self, request: HttpRequest):
        """Only the filters on screen: upstream would ask any column of any table of the address.

        `?created_by__password__startswith=…`, tried sign by sign, gives away what no screen shows.
        """
        specs, has_filters, _, use_distinct = super().get_filters(request)
        return specs, has_filters, {}, use_distinct

    def as_spreadsheet(self, queryset, spreadsheet_format: str) -> HttpResponse:
        if spreadsheet_format == self.FORMAT_XLSX:
            return super().as_spreadsheet(queryset, spreadsheet_format)
        headings = [self.get_heading(queryset, name) for name in self.list_export]
        rows = (self.to_row_dict(row).values() for row in queryset)
        return csv_response("demarches.csv", [headings, *rows])

    def get_heading(self, queryset, field: str) -> str:
        return HEADINGS[field]

    def to_row_dict(self, item: Appraisal) -> dict[str, str]:
        return {name: cell_text(getattr(self.model_admin, name)(item)) for name in self.list_export}


class AppraisalInspectView(InspectView):
    """One démarche. Outside her territories nothing is there."""

    page_title = "Démarche"

    def __init__(self, model_admin: ModelAdmin, instance_pk: str) -> None:
        if not instance_pk.isdecimal():
            raise Http404
        super().__init__(model_admin, instance_pk)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        visible = coordinated_appraisals(request.user) if request.user.is_authenticated else None
        if visible is not None and not visible.filter(pk=self.instance.pk).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_meta_title(self) -> str:
        return f"Démarche {self.instance.reference}"


HEADINGS = {
    "reference": "Référence",
    "place_name": "Communauté",
    "territory": "Territoire",
    "phase_name": "Phase",
    "state_name": "État",
    "year": "Année",
    "expected_on": "Date approximative",
    "requested_by": "Demandée par",
    "instrument_name": "Instrument",
    "announced_level": "Niveau annoncé",
}


class AppraisalAdmin(ModelAdmin):
    model = Appraisal
    base_url_path = "demarches"
    menu_label = "Démarches"
    menu_icon = "site"
    menu_order = 210
    list_display = (
        "place_name", "open_link", "territory", "phase_name", "state_name", "year",
        "instrument_name",
    )  # fmt: skip
    list_export = tuple(HEADINGS)
    list_filter = (TerritoryFilter, "phase", "state", YearFilter, InstrumentFilter)
    list_select_related = ("place__parent__parent", "instrument")
    list_per_page = 50
    search_fields = ("place__name", "reference")
    ordering = ("-created_at", "-pk")
    inspect_view_enabled = True
    inspect_view_fields = (
        "reference", "place", "requested_by", "expected_on", "phase", "state", "instrument",
        "announced_level", "contact_name", "adopted_by", "adopted_on", "created_by", "created_at",
        "updated_at", "memberships",
    )  # fmt: skip
    history_view_enabled = False
    permission_helper_class = ReadOnly
    index_view_class = AppraisalIndexView
    inspect_view_class = AppraisalInspectView

    def get_queryset(self, request: HttpRequest):
        queryset = coordinated_appraisals(request.user).select_related(*self.list_select_related)
        return queryset.order_by(*self.ordering)

    def reference(self, row: Appraisal) -> str:
        return row.reference

    def open_link(self, row: Appraisal) -> str:
        url = reverse("space:appraisal", args=[row.reference])
        return format_html('<a href="{}">{}</a>', url, row.reference)

    def place_name(self, row: Appraisal) -> str:
        return row.place.name

    def territory(self, row: Appraisal) -> str:
        return str(row.place.territory or "")

    def phase_name(self, row: Appraisal) -> str:
        return row.get_phase_display()

    def state_name(self, row: Appraisal) -> str:
        return row.get_state_display()

    def year(self, row: Appraisal) -> int:
        return row.year

    def expected_on(self, row: Appraisal):
        return row.expected_on

    def requested_by(self, row: Appraisal) -> str:
        return row.requested_by

    def instrument_name(self, row: Appraisal) -> str:
        return str(row.instrument or "")

    def announced_level(self, row: Appraisal) -> str:
        return row.get_announced_level_display()

    open_link.short_description = "référence"  # type: ignore[attr-defined]
    open_link.admin_order_field = "reference"  # type: ignore[attr-defined]
    place_name.short_description = "communauté"  # type: ignore[attr-defined]
    place_name.admin_order_field = "place__name"  # type: ignore[attr-defined]
    territory.short_description = "territoire"  # type: ignore[attr-defined]
    phase_name.short_description = "phase"  # type: ignore[attr-defined]
    state_name.short_description = "état"  # type: ignore[attr-defined]
    year.short_description = "année"  # type: ignore[attr-defined]
    instrument_name.short_description = "instrument"  # type: ignore[attr-defined]
