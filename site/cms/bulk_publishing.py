"""Publishing many pages at once: one that lacks something is named, and none of them goes out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

REFUSAL = "Rien n’a été publié. «\u00a0{title}\u00a0» n’est pas prête: {missing}"


def keep_unready_pages_drafts(
    request: HttpRequest, action_type: str, objects: list, action_class: type
) -> HttpResponse | None:
    if action_type != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    for page in _about_to_be_live(pages, bool(request.POST.get("include_descendants"))):
        if missing := _missing(page):
            messages.error(request, REFUSAL.format(title=page.title, missing=missing))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def _about_to_be_live(pages: list[Page], with_descendants: bool) -> list[Page]:
    chosen = [page.specific for page in pages]
    if with_descendants:
        for page in pages:
            chosen += page.get_descendants().not_live().specific()
    return chosen


def _missing(page: Page) -> str:
    """Every page type says in `clean` what it lacks once it is live."""
    latest = page.get_latest_revision_as_object()
    latest.live = True
    try:
        latest.full_clean()
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""
