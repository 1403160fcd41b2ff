"""The picture that goes with a page when somebody shares its address (Open Graph, 1200 × 630).

Drawn when a page is published, kept in the public files under a name made of its words: one drawn
before the words changed is never shown again. What was never drawn is drawn when first asked for.
"""

from __future__ import annotations

import logging
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from wagtail.models import Page

from cms.settings import SiteSettings
from core.plain_text import shorten
from core.svg_images import svg_to_png
from core.svg_text import wrap_text

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger("consortium.share_images")

WIDTH = 1200
TITLE_WIDTH, LINES, LONGEST_TITLE = 760, 5, 140
FIRST_LINE, STEP = 170, 1.18
SIZES = (76, 64, 54)
"""Pixels: the largest at which the title stands in its lines."""


def share_image(page: Page) -> str:
    """The stored name of the picture of this page, drawn if it was not yet."""
    settings = SiteSettings.of_default_site()
    words = f"{page.title}\n{settings.organisation}\n{settings.is_demo}"
    name = f"partage/{page.pk}-{sha256(words.encode()).hexdigest()[:16]}.png"
    if not default_storage.exists(name):
        _forget_older(page)
        default_storage.save(name, ContentFile(draw(page.title, settings)))
    return name


def draw(title: str, settings: SiteSettings) -> bytes:
    """The mark, the title in large letters, and whose site it is."""
    shown = shorten(title, LONGEST_TITLE)
    size = next((size for size in SIZES if len(_wrapped(shown, size)) <= LINES), SIZES[-1])
    lines = _wrapped(shown, size)[:LINES]
    context = {
        "lines": [(line, FIRST_LINE + round(size * STEP * row)) for row, line in enumerate(lines)],
        "size": size,
        "organisation": settings.organisation,
        "is_demo": settings.is_demo,
    }
    return svg_to_png(render_to_string("home/share_image.svg", context), WIDTH)


def draw_once_published(*, instance: Page, **_signal: object) -> None:
    """Once the page is in; a picture that cannot be made stops no publication."""
    transaction.on_commit(lambda: _draw_quietly(instance), robust=True)


def _draw_quietly(page: Page) -> None:
    try:
        share_image(page)
    except (OSError, ValueError) as error:
        logger.warning("Image de partage non faite: %s", type(error).__name__)


def _wrapped(title: str, size: int) -> list[str]:
    return wrap_text(title, size=size, width=TITLE_WIDTH, weight=700)


def _forget_older(page: Page) -> None:
    for name in _stored_names():
        if name.startswith(f"{page.pk}-"):
            default_storage.delete(f"partage/{name}")


def _stored_names() -> Iterator[str]:
    try:
        yield from default_storage.listdir("partage")[1]
    except FileNotFoundError:
        return
