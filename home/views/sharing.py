"""The picture of a page, where programs that show shared addresses look for it."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.caching import for_everyone
from home.domain.share_images import share_image


@require_safe
def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    page = Page.objects.live().public().filter(pk=pk).first()
    if page is None:
        raise Http404
    with default_storage.open(share_image(page)) as stored:
        return for_everyone(HttpResponse(stored.read(), content_type="image/png"))
