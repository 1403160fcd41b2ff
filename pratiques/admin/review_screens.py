"""What reading a sheet changes in Wagtail's screens: words in French, and where one lands."""

from __future__ import annotations

from copy import copy

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from pratiques.models import PracticePage

LABELS = {
    "action-submit": "Soumettre à la relecture",
    "action-restart-workflow": "Recommencer la relecture",
    "action-cancel-workflow": "Reprendre la fiche",
    "approve": "Approuver",
}
AGAIN = "Soumettre de nouveau"


def speak_of_reading(menu_items: list, request: HttpRequest, context: dict) -> None:
    """A new sheet is saved, then submitted; nothing is published before."""
    page = context.get("page")
    if page is None:
        names = request.resolver_match.kwargs if request.resolver_match else {}
        if names.get("content_type_model_name") == PracticePage._meta.model_name:
            menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
    elif isinstance(page, PracticePage):
        menu_items[:] = [_in_our_words(item, page) for item in menu_items]


def _in_our_words(item, page: PracticePage):
    label = LABELS.get(item.name or "")
    if item.name == "approve" and getattr(item, "launch_modal", False):
        label = "Approuver avec un commentaire"
    state = page.current_workflow_state
    if item.name == "action-submit" and state:
        label = AGAIN
    return _relabelled(item, label) if label else item


def _relabelled(item, label: str):
    """A copy: Wagtail keeps one list of items for everyone."""
    mine = copy(item)
    mine.get_context_data = lambda context: item.get_context_data(context) | {"label": label}
    return mine


def say_what_is_left(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Sent back by itself, a sheet says at once what it lacks; a reader lands where she may."""
    if not isinstance(page, PracticePage):
        return None
    submitted = {"action-submit", "action-restart-workflow"} & request.POST.keys()
    state = page.current_workflow_state if submitted else None
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        _forget_success(request)
        messages.warning(request, _as_list(state.current_task_state.comment))
        return redirect("wagtailadmin_pages:edit", page.pk)
    may_explore = PagePermissionPolicy().explorable_root_instance(request.user)
    if "action-workflow-action" in request.POST and not may_explore:
        return redirect("wagtailadmin_home")
    return None


def _forget_success(request: HttpRequest) -> None:
    """« Submitted » was said before the sheet came back."""
    for _message in get_messages(request):
        pass


def _as_list(comment: str) -> SafeString:
    first, *rest = comment.split("\n- ")
    lines = format_html_join("", "<li>{}</li>", ((line,) for line in rest))
    return format_html("{}<ul>{}</ul>", first, lines)
