"""Publishing many pages at once obeys the rule of the videos, in words rather than by an error."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from appreciation.domain.videos import missing_to_publish
from appreciation.models import VideoPage

REFUSAL = "Rien n’a été publié. «\u00a0{title}\u00a0» n’est pas prête: {missing}"


def keep_unready_videos_drafts(
    request: HttpRequest, action_type: str, objects: list, action_class: type
) -> HttpResponse | None:
    if action_type != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    for video in _videos_of(pages, bool(request.POST.get("include_descendants"))):
        if missing := missing_to_publish(video.get_latest_revision_as_object()):
            words = " ".join(missing.values())
            messages.error(request, REFUSAL.format(title=video.title, missing=words))
            return redirect("wagtailadmin_explore", video.get_parent().pk)
    return None


def _videos_of(pages: list[Page], with_descendants: bool) -> list[VideoPage]:
    chosen = list(VideoPage.objects.filter(pk__in=[page.pk for page in pages]))
    if with_descendants:
        for page in pages:
            chosen += VideoPage.objects.descendant_of(page).not_live()
    return chosen
