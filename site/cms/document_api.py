"""The admin's API of documents: those that this person meets in the library, upstream gives all."""

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet

from cms.document_policy import POLICY


class ReachableDocuments(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet:
        found = POLICY.instances_user_has_any_permission_for(
            self.request.user, ["choose", "change"]
        )
        return found.order_by("id")
