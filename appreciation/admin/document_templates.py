"""Word templates in the admin: sent, tried, put in use, put back."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views import View
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from appreciation.domain.document_templates import (
    add_template,
    check_file,
    ensure_out_of_use,
    put_in_use,
    read_file,
    remove_template,
    take_out_of_use,
    try_template,
)
from appreciation.domain.template_fields import FIELDS
from appreciation.enums import TemplateUse
from appreciation.interfaces.documents.contract import WORD
from appreciation.interfaces.documents.template_starter import starter_template
from appreciation.models import DocumentTemplate
from core.admin_views import CarefulDeleteView, RuleBoundCreateView, RuleBoundEditView
from core.errors import DomainError
from core.typography import fr_date, fr_typo
from core.word_guard import LARGEST_FILE, TOO_HEAVY
from core.word_template import TemplateRefusedError

SEVERAL = "Ce gabarit est à corriger. Tout ce qui ne va pas est dit sous ce champ."


class DocumentTemplateForm(WagtailAdminModelForm):
    """A version is sent whole; afterwards only its title and its remark change."""

    content = b""
    problems: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["use"], self.fields["file"]
        else:
            self.fields["file"].widget = forms.FileInput(attrs={"accept": ".docx"})

    def clean(self):
        cleaned = super().clean()
        file, use = cleaned.get("file"), cleaned.get("use")
        if not self.instance.pk and file and use:
            self.problems = self._problems(file, use)
        if len(self.problems) == 1:
            self.add_error("file", self.problems[0])
        elif self.problems:
            self.add_error("file", SEVERAL)
        return cleaned

    def _problems(self, file, use: str) -> tuple[str, ...]:
        if file.size > LARGEST_FILE:
            return (TOO_HEAVY,)
        self.content = file.read()
        file.seek(0)
        try:
            check_file(use, self.content)
        except TemplateRefusedError as refusal:
            return refusal.problems
        except DomainError as refusal:
            return (str(refusal),)
        return ()

    def save(self, commit: bool = True):
        if self.instance.pk:
            return super().save(commit)
        self.instance = add_template(
            title=self.cleaned_data["title"],
            use=self.cleaned_data["use"],
            content=self.content,
            remark=self.cleaned_data["remark"],
            user=self.for_user,
        )
        return self.instance


class ProblemsPanel(HelpPanel):
    """All that is wrong with the file, one line each: Wagtail writes a field's errors in one."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.form is not None and len(self.form.problems) > 1

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"problems": self.form.problems}


class FieldsPanel(HelpPanel):
    """The catalogue of fields beside the form, with a template to begin from."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {
                "catalogue": [
                    (
                        TemplateUse(use),
                        [(each.spelled(), each.words, each.spelled_rows()) for each in fields],
                    )
                    for use, fields in FIELDS.items()
                ]
            }


class TemplateCreateView(RuleBoundCreateView):
    def get_success_url(self) -> str:
        """To the screen where it is tried and put in use."""
        return reverse(
            "wagtailsnippets_appreciation_documenttemplate:inspect", args=(self.object.pk,)
        )


class TemplateDeleteView(CarefulDeleteView):
    def check_deletion(self, instance: DocumentTemplate) -> None:
        ensure_out_of_use(instance)

    def delete_action(self) -> None:
        log(instance=self.object, action="wagtail.delete")
        remove_template(template=self.object)


class TemplateIndexView(IndexView):
    def get_edit_url(self, instance: DocumentTemplate) -> str | None:
        return self.get_inspect_url(instance)


class TemplateInspectView(InspectView):
    page_title = "Gabarit Word"
    names: dict[str, str] = {}

    def get_context_data(self, **kwargs):
        urls = {key: reverse(name, args=(self.object.pk,)) for key, name in self.names.items()}
        return super().get_context_data(**kwargs) | {
            "urls": urls,
            "may_change": self.user_has_permission("change"),
        }

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        url = reverse(self.names["try"], args=(self.object.pk,))
        return [Button("Essayer", url=url, icon_name="view", priority=5), *buttons]


class TemplateGestureView(generic.BaseObjectMixin, generic.PermissionCheckedMixin, View):
    """One button of the screen of a template, then back to it."""

    permission_required = "change"
    http_method_names = ["post"]
    back_url_name = ""
    is_live = False

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            said = self.act()
        except DomainError as refusal:
            for problem in getattr(refusal, "problems", (str(refusal),)):
                messages.error(request, fr_typo(problem))
        else:
            log(instance=self.object, action="wagtail.edit", content_changed=True)
            messages.success(request, fr_typo(said))
        return redirect(reverse(self.back_url_name, args=(pk,)))

    def act(self) -> str:
        if self.is_live:
            put_in_use(template=self.object)
            return f"« {self.object} » sert maintenant pour {self.object.get_use_display()}."
        take_out_of_use(template=self.object)
        return "Retiré du service: la mise en page de la maison sert de nouveau."


class TemplateFileView(generic.BaseObjectMixin, generic.PermissionCheckedMixin, View):
    """The file as it was sent, or filled with an example."""

    any_permission_required = ["add", "change", "delete", "view"]
    back_url_name = ""
    is_trial = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            content = try_template(self.object) if self.is_trial else read_file(self.object)
        except DomainError as refusal:
            messages.error(request, fr_typo(str(refusal)))
            return redirect(reverse(self.back_url_name, args=(pk,)))
        ending = "-specimen" if self.is_trial else ""
        return word_response(content, f"{slugify(str(self.object))}{ending}.docx")


class StarterView(generic.PermissionCheckedMixin, View):
    """A template of ours with every field in it, to begin from."""

    any_permission_required = ["add", "change", "delete", "view"]

    def get(self, request: HttpRequest, use: str) -> HttpResponse:
        if use not in TemplateUse.values:
            raise Http404
        return word_response(starter_template(use), f"gabarit-de-depart-{use}.docx")


def word_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


class DocumentTemplateViewSet(SnippetViewSet):
    model = DocumentTemplate
    icon = "doc-full"
    menu_label = "Gabarits Word"
    menu_order = 320
    url_prefix = "gabarits-word"
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = TemplateIndexView
    add_view_class = TemplateCreateView
    edit_view_class = RuleBoundEditView
    delete_view_class = TemplateDeleteView
    inspect_view_class = TemplateInspectView
    inspect_template_name = "appreciation/admin/template_inspect.html"
    list_display = [
        "title",
        Column("get_use_display", label="Document", sort_key="use"),
        "version",
        Column("is_live", label="En service", accessor=lambda row: "oui" if row.is_live else "non"),
        Column(
            "added_at",
            label="Ajouté le",
            accessor=lambda row: fr_date(timezone.localdate(row.added_at)),
            sort_key="added_at",
        ),
    ]
    list_filter = ["use"]
    search_fields = ["title", "remark"]
    ordering = ("use", "-version")
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("use"),
            FieldPanel("file"),
            ProblemsPanel(
                heading="À corriger dans le gabarit",
                template="appreciation/admin/template_problems.html",
            ),
            FieldPanel("remark"),
            FieldsPanel(
                heading="Les champs que vous pouvez écrire",
                template="appreciation/admin/template_fields.html",
            ),
        ],
        base_form_class=DocumentTemplateForm,
    )

    def get_queryset(self, request):
        return DocumentTemplate.objects.select_related("added_by")

    def get_inspect_view_kwargs(self, **kwargs):
        names = ("try", "file", "use", "put_away")
        return super().get_inspect_view_kwargs(
            names={name: self.get_url_name(name) for name in names}, **kwargs
        )

    def _view(self, view_class: type, **options):
        return self.construct_view(view_class, permission_policy=self.permission_policy, **options)

    def get_urlpatterns(self):
        back = self.get_url_name("inspect")
        gesture = {"back_url_name": back}
        return [
            *super().get_urlpatterns(),
            path("depart/<slug:use>/", self._view(StarterView), name="starter"),
            path(
                "<int:pk>/essayer/",
                self._view(TemplateFileView, is_trial=True, **gesture),
                name="try",
            ),
            path("<int:pk>/fichier/", self._view(TemplateFileView, **gesture), name="file"),
            path(
                "<int:pk>/mettre-en-service/",
                self._view(TemplateGestureView, is_live=True, **gesture),
                name="use",
            ),
            path(
                "<int:pk>/retirer-du-service/",
                self._view(TemplateGestureView, **gesture),
                name="put_away",
            ),
        ]
