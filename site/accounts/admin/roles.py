"""The list of roles in the admin, under « Paramètres »: who does what, and where."""

from __future__ import annotations

from django import forms
from django.db import transaction
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import ListingButton
from wagtail.log_actions import log

from accounts.admin.policies import GivenOrTaken
from accounts.domain.roles import give_role, role_places, take_role
from accounts.models import RoleAssignment, User
from core.admin_views import RuleBoundMixin


class PersonField(forms.ModelChoiceField):
    """Two people may have one name, never one address."""

    def label_from_instance(self, person: User) -> str:
        return f"{person} ({person.email})"


class PlaceField(forms.ModelChoiceField):
    """Trois-Rivières is a territory and a municipality: the kind tells them apart."""

    def label_from_instance(self, place) -> str:
        return f"{place} ({place.get_kind_display()})"


class RoleForm(forms.ModelForm):
    user = PersonField(label="Personne", queryset=User.objects.none(), empty_label="Choisissez…")
    place = PlaceField(
        label="Territoire ou région",
        queryset=role_places().none(),
        empty_label="Choisissez…",
        help_text="Le rôle vaut pour ce lieu et pour tout ce qui s’y trouve.",
    )

    class Meta:
        model = RoleAssignment
        fields = ("user", "role", "place")
        error_messages = {
            "__all__": {"unique_together": "Cette personne a déjà ce rôle pour ce lieu."}
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True)
        self.fields["user"].queryset = people.order_by("last_name", "first_name", "pk")
        self.fields["place"].queryset = role_places().order_by("name", "kind")


class RoleIndexView(IndexView):
    add_item_label = "Donner un rôle"

    def get_base_queryset(self):
        return RoleAssignment.objects.select_related("user", "place")

    def get_list_buttons(self, instance: RoleAssignment) -> list[ListingButton]:
        return [
            ListingButton(
                "Retirer",
                url=self.get_delete_url(instance),
                attrs={"aria-label": f"Retirer, {instance}"},
            )
        ]


class RoleCreateView(RuleBoundMixin, CreateView):
    page_title = "Donner un rôle"
    submit_button_label = "Donner le rôle"
    submit_button_active_label = "Enregistrement…"
    success_message = "%(object)s. Le rôle est donné."

    def get_success_buttons(self) -> list:
        return []

    def save_instance(self) -> RoleAssignment:
        assignment = give_role(actor=self.request.user, **self.form.cleaned_data)
        log(instance=assignment, action="wagtail.create", content_changed=True)
        return assignment


class RoleDeleteView(DeleteView):
    page_title = "Retirer le rôle"
    success_message = "%(object)s. Le rôle est retiré."
    confirmation_message = (
        "Retirer ce rôle? La personne garde son compte et les démarches de ses équipes."
    )

    def delete_action(self) -> None:
        with transaction.atomic():
            log(instance=self.object, action="wagtail.delete")
            take_role(actor=self.request.user, assignment=self.object)


class RoleViewSet(ModelViewSet):
    model = RoleAssignment
    name = "roles"
    icon = "key"
    menu_label = "Rôles"
    menu_order = 610
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = RoleIndexView
    add_view_class = RoleCreateView
    delete_view_class = RoleDeleteView
    list_display = [
        "user",
        Column("get_role_display", label="Rôle", sort_key="role"),
        Column("place", label="Territoire ou région", sort_key="place__name"),
        Column("user.email", label="Courriel", sort_key="user__email"),
    ]
    list_filter = ["role"]
    search_fields = ["user__first_name", "user__last_name", "user__email", "place__name"]
    ordering = ("user__last_name", "user__first_name", "pk")

    @property
    def permission_policy(self) -> GivenOrTaken:
        return GivenOrTaken(self.model)

    def get_form_class(self, for_update: bool = False) -> type[RoleForm]:
        return RoleForm
