"""`{% picture image %}`: the sizes made at publication, with their width and height."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.images.models import AbstractImage

from cms.renditions import make_renditions, picture_of

register = template.Library()

COLUMN = "(min-width: 48rem) 40rem, 92vw"


@register.inclusion_tag("components/picture.html", takes_context=True)
def picture(
    context: template.Context, image: AbstractImage, alt: str | None = None, sizes: str = COLUMN
) -> dict[str, Any]:
    """`alt`: what the page says of it here; without it, what its row says (`description`)."""
    request = context.get("request")
    if getattr(request, "is_preview", False):  # an editor looks at what she has not published
        make_renditions(image)
    words = image.description if alt is None else alt
    return {"picture": picture_of(image), "alt": words, "sizes": sizes}
