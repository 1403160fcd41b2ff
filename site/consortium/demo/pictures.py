"""Drawings of the demonstration as images of the site, in every size that pages show."""

from __future__ import annotations

import io

from django.core.files.base import ContentFile
from PIL import Image

from cms.models import Rendition, SiteImage
from cms.renditions import FALLBACK, LARGE, SMALL
from consortium.demo.drawings import draw_scene, in_bytes

CREDIT = "Dessin du site, pour la démonstration"
LONGEST_TITLE = 255
WIDTHS = {SMALL: (480, "WEBP"), LARGE: (960, "WEBP"), FALLBACK: (960, "JPEG")}


class DemoPictures:
    """Each scene drawn once, whichever pages show it."""

    def __init__(self) -> None:
        self._drawn: dict[str, SiteImage] = {}

    def image(self, scene: str, description: str) -> SiteImage:
        if scene not in self._drawn:
            self._drawn[scene] = _store(scene, description)
        return self._drawn[scene]


def _store(scene: str, description: str) -> SiteImage:
    content = draw_scene(scene)
    image = SiteImage(
        title=f"Démonstration\N{NO-BREAK SPACE}: {description}"[:LONGEST_TITLE],
        description=description,
        credit=CREDIT,
        file=ContentFile(content, name=f"demo-{scene}.webp"),
    )
    image.save()
    with Image.open(io.BytesIO(content)) as drawn:
        for spec in WIDTHS:
            _store_size(image, drawn, spec, name=f"demo-{scene}")
    return image


def _store_size(image: SiteImage, drawn: Image.Image, spec: str, *, name: str) -> None:
    """Wagtail's own way takes a second a picture; flat shapes need no care."""
    width, kind = WIDTHS[spec]
    small = drawn.resize((width, round(drawn.height * width / drawn.width)))
    Rendition.objects.create(
        image=image,
        filter_spec=spec,
        focal_point_key="",
        width=small.width,
        height=small.height,
        file=ContentFile(in_bytes(small, kind), name=f"{name}-{width}.{kind.lower()}"),
    )
