"""Our screens at the addresses of Wagtail's own, which keep their names."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from cms.page_screens import RuleBoundCreateView, RuleBoundEditView

urlpatterns = [
    path(
        "add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        never_cache(require_admin_access(RuleBoundCreateView.as_view())),
        name="rule_bound_page_add",
    ),
    path(
        "<int:page_id>/edit/",
        never_cache(require_admin_access(RuleBoundEditView.as_view())),
        name="rule_bound_page_edit",
    ),
]
