from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from appreciation.admin.appraisals import AppraisalAdmin
from appreciation.admin.document_templates import DocumentTemplateViewSet
from appreciation.admin.frequent_questions import FrequentQuestionViewSet
from appreciation.admin.instruments import InstrumentGroup
from appreciation.admin.tools import ToolViewSet
from appreciation.models import DocumentTemplate

modeladmin_register(AppraisalAdmin)
register_snippet(InstrumentGroup)
register_snippet(FrequentQuestionViewSet)
register_snippet(ToolViewSet)
register_snippet(DocumentTemplateViewSet)


@hooks.register("before_bulk_action")
def remove_templates_one_by_one(
    request: HttpRequest, action_type: str, objects: list, action_class: object
) -> HttpResponse | None:
    """In bulk, the one in use would go too, and files would stay behind."""
    if action_type != "delete" or not any(isinstance(each, DocumentTemplate) for each in objects):
        return None
    messages.error(request, "Un gabarit s’efface seul, de son propre écran.")
    return redirect("wagtailsnippets_appreciation_documenttemplate:list")
