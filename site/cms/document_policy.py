"""What a group may do with documents in the admin: all but what others hold privately."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from cms.document_access import held_privately
from cms.models import SiteDocument


class DocumentPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's own. The minutes of a démarche are opened from the démarche, by its people."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        is_piece = SiteDocument.objects.filter(held_privately(), pk=instance.pk).exists
        return user.is_superuser or not (instance.is_private and is_piece())

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        found = super().instances_user_has_any_permission_for(user, actions)
        return found if user.is_superuser else found.exclude(held_privately())


POLICY = DocumentPolicy(
    SiteDocument, auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"
)


def install_document_policy() -> None:
    """In place of upstream's, before its views ask."""
    try:
        from wagtail.permissions import register_permission_policy
    except (
        ImportError
    ):  # Wagtail 7.4 has no register, and some of its views hold the object already
        from wagtail.documents.permissions import permission_policy

        permission_policy.__class__ = DocumentPolicy
    else:
        register_permission_policy(SiteDocument, POLICY, exact_class=True)
