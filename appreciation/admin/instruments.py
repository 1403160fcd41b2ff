"""Instruments and scales in the admin. A frozen instrument is read, and copied to be changed."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import (
    IndexView,
    InspectView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from appreciation.domain.instruments import (
    copy_instrument,
    ensure_editable,
    ensure_ready,
    ensure_scale_editable,
    ensure_scale_sound,
    next_version,
)
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.models import Instrument, InstrumentDimension, Scale
from core.admin_views import CarefulDeleteView, RuleBoundCreateView, RuleBoundEditView
from core.errors import DomainError

InstrumentDimension.panels = [
    FieldPanel("dimension"),
    FieldPanel("title"),
    FieldPanel("prompt"),
    FieldPanel("discussion_only"),
    InlinePanel(
        "items",
        heading="Énoncés",
        label="Énoncé",
        panels=[
            FieldPanel("text"),
            FieldPanel("why"),
            FieldPanel("anchors", widget=forms.Textarea(attrs={"rows": 4})),
            FieldPanel("code"),
            FieldPanel("scale"),
        ],
    ),
]


class InstrumentRulesMixin:
    def check_before(self, instance: Instrument) -> None:
        if instance.pk:
            ensure_editable(instance)

    def check_after(self, instance: Instrument) -> None:
        ensure_ready(Instrument.objects.select_related("scale").get(pk=instance.pk))


class InstrumentCreateView(InstrumentRulesMixin, RuleBoundCreateView):
    pass


class InstrumentEditView(InstrumentRulesMixin, RuleBoundEditView):
    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """A frozen instrument has nothing to fill in: it is shown instead, with its copy button."""
        if self.object.is_frozen:
            return redirect(self.get_inspect_url())
        return super().get(request, *args, **kwargs)


class InstrumentDeleteView(CarefulDeleteView):
    def check_deletion(self, instance: Instrument) -> None:
        ensure_editable(instance)
        super().check_deletion(instance)


class InstrumentInspectView(InspectView):
    copy_url_name = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "questionnaire": questionnaire_for(self.object),
            "can_copy": self.user_has_permission("add"),
            "copy_url": reverse(self.copy_url_name, args=(self.object.pk,)),
        }

    def get_edit_url(self) -> str | None:
        return None if self.object.is_frozen else super().get_edit_url()

    def get_delete_url(self) -> str | None:
        return None if self.object.is_frozen else super().get_delete_url()


class InstrumentIndexView(IndexView):
    new_version_url_name = ""

    def get_edit_url(self, instance: Instrument) -> str | None:
        """The title leads to the form, or to the reading screen once frozen."""
        if instance.is_frozen:
            return self.get_inspect_url(instance)
        return super().get_edit_url(instance)

    def get_delete_url(self, instance: Instrument) -> str | None:
        return None if instance.is_frozen else super().get_delete_url(instance)

    def get_list_more_buttons(self, instance: Instrument) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if self.user_has_permission("add"):
            url = reverse(self.new_version_url_name, args=(instance.pk,))
            buttons.append(Button("Copier pour modifier", url, icon_name="copy", priority=20))
        return buttons


class NewVersionForm(forms.Form):
    version = forms.CharField(label="Nom de la nouvelle version", max_length=20)


class NewVersionView(
    generic.BaseObjectMixin,
    generic.PermissionCheckedMixin,
    generic.WagtailAdminTemplateMixin,
    FormView,
):
    """One question: how is the new version called? Then its form opens."""

    form_class = NewVersionForm
    permission_required = "add"
    page_title = "Copier pour modifier"
    header_icon = "copy"
    template_name = "appreciation/admin/instrument_copy.html"
    edit_url_name = copy_url_name = ""

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_initial(self) -> dict:
        return {"version": next_version(self.object)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "copy_url": reverse(self.copy_url_name, args=(self.object.pk,))
        }

    def form_valid(self, form) -> HttpResponse:
        try:
            copy = copy_instrument(self.object, form.cleaned_data["version"])
        except DomainError as error:
            form.add_error("version", str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"« {copy} » est prête à modifier.")
        return redirect(reverse(self.edit_url_name, args=(copy.pk,)))


class InstrumentViewSet(SnippetViewSet):
    model = Instrument
    icon = "form"
    menu_label = "Instruments"
    url_prefix = "instruments"
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = InstrumentIndexView
    add_view_class = InstrumentCreateView
    edit_view_class = InstrumentEditView
    delete_view_class = InstrumentDeleteView
    inspect_view_class = InstrumentInspectView
    inspect_template_name = "appreciation/admin/instrument_inspect.html"
    list_display = [
        "name",
        "version",
        Column("get_state_display", label="État", sort_key="state"),
        BooleanColumn("is_default", label="Proposé d’office"),
        BooleanColumn("is_frozen", label="Gelé"),
    ]
    list_filter = ["state", "scale"]
    search_fields = ["name", "code", "instrument_dimensions__items__text"]
    ordering = ("name", "version")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("summary"),
                    FieldPanel("scale"),
                    InlinePanel("instrument_dimensions", heading="Dimensions", label="Dimension"),
                ],
                heading="Questions",
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("code"),
                            FieldPanel("version"),
                            FieldPanel("state"),
                            FieldPanel("is_default"),
                            FieldPanel("duration_minutes"),
                        ],
                        heading="Version",
                    ),
                    MultiFieldPanel(
                        [FieldPanel("notice"), FieldPanel("source"), FieldPanel("licence")],
                        heading="Mention et source",
                    ),
                ],
                heading="Version et source",
            ),
        ]
    )

    def get_queryset(self, request):
        return Instrument.objects.select_related("scale")

    @cached_property
    def new_version_view(self):
        return self.construct_view(
            NewVersionView,
            edit_url_name=self.get_url_name("edit"),
            copy_url_name=self.get_url_name("new_version"),
            permission_policy=self.permission_policy,
        )

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(
            new_version_url_name=self.get_url_name("new_version"), **kwargs
        )

    def get_inspect_view_kwargs(self, **kwargs):
        return super().get_inspect_view_kwargs(
            copy_url_name=self.get_url_name("new_version"), **kwargs
        )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("nouvelle-version/<int:pk>/", self.new_version_view, name="new_version"),
        ]


class ScaleRulesMixin:
    def check_before(self, instance: Scale) -> None:
        if instance.pk:
            ensure_scale_editable(instance)

    def check_after(self, instance: Scale) -> None:
        ensure_scale_sound(Scale.objects.get(pk=instance.pk))


class ScaleCreateView(ScaleRulesMixin, RuleBoundCreateView):
    pass


class ScaleEditView(ScaleRulesMixin, RuleBoundEditView):
    pass


class ScaleViewSet(SnippetViewSet):
    model = Scale
    icon = "order"
    menu_label = "Échelles"
    url_prefix = "echelles"
    copy_view_enabled = False
    add_view_class = ScaleCreateView
    edit_view_class = ScaleEditView
    delete_view_class = CarefulDeleteView
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        InlinePanel(
            "levels",
            heading="Niveaux",
            label="Niveau",
            help_text="De trois à sept niveaux, du premier au dernier, chacun avec son repère.",
            panels=[FieldPanel("position"), FieldPanel("label"), FieldPanel("anchor")],
        ),
    ]


class InstrumentGroup(SnippetViewSetGroup):
    items = (InstrumentViewSet, ScaleViewSet)
    menu_label = "Instruments"
    menu_name = "instruments"
    menu_icon = "form"
    menu_order = 310
