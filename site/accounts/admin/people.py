"""Wagtail's screens about accounts and groups: no way round the rules about roles."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions import AssignRoleBulkAction
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import CreateView, DeleteView, EditView, UserViewSet

from accounts.admin.policies import AdministratorsOnly
from accounts.domain.groups import house_groups
from accounts.domain.roles import ensure_administrator, ensure_one_administrator
from core.admin_views import RuleBoundMixin

GROUPS_HELP = (
    "La coordination, l’édition et la modération se donnent dans "
    "«\N{NO-BREAK SPACE}Paramètres\N{NO-BREAK SPACE}», "
    "«\N{NO-BREAK SPACE}Rôles\N{NO-BREAK SPACE}»; leurs droits suivent."
)


class GroupsThatFollowRolesMixin:
    """The groups of a role come and go with it: they are neither shown nor lost here."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = Group.objects.exclude(pk__in=house_groups())
        self.fields["groups"].help_text = GROUPS_HELP

    def clean_groups(self):
        chosen = {group.pk for group in self.cleaned_data["groups"]}
        if self.instance.pk:
            kept = self.instance.groups.filter(pk__in=house_groups())
            chosen |= set(kept.values_list("pk", flat=True))
        return Group.objects.filter(pk__in=chosen)


class PersonCreationForm(GroupsThatFollowRolesMixin, UserCreationForm):
    """A new account; an invitation is the usual way."""


class PersonEditForm(GroupsThatFollowRolesMixin, UserEditForm):
    """Name, address, active or not, administrator or not."""


class AdministratorRulesMixin(RuleBoundMixin):
    def check_before(self, instance) -> None:
        ensure_administrator(self.request.user)

    def check_after(self, instance) -> None:
        ensure_one_administrator()


class PersonCreateView(AdministratorRulesMixin, CreateView):
    pass


class PersonEditView(AdministratorRulesMixin, EditView):
    pass


class PersonDeleteView(DeleteView):
    @transaction.atomic
    def delete_action(self) -> None:
        ensure_administrator(self.request.user)
        super().delete_action()


class PeopleViewSet(UserViewSet):
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView

    @property
    def permission_policy(self) -> AdministratorsOnly:
        return AdministratorsOnly(self.model)

    def get_form_class(self, for_update: bool = False):
        return PersonEditForm if for_update else PersonCreationForm


class RightsViewSet(GroupViewSet):
    @property
    def permission_policy(self) -> AdministratorsOnly:
        return AdministratorsOnly(self.model)


class GiveRoleBulkAction(AssignRoleBulkAction):
    """Wagtail would put people in a group and leave the role ungiven: ours is one screen away."""

    display_name = "Donner un rôle"
    aria_label = "Donner un rôle"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return redirect("roles:add")
