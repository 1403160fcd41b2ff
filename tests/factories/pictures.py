"""A picture in the library, with a real file."""

from __future__ import annotations

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from cms.models import SiteImage


def site_image(*, width: int = 1200, height: int = 800, **fields) -> SiteImage:
    drawn = BytesIO()
    Image.new("RGB", (width, height), "#123c75").save(drawn, "JPEG")
    values = {"title": "Le quai", "description": "Un quai au bord de l’eau"} | fields
    return SiteImage.objects.create(
        file=ContentFile(drawn.getvalue(), name="quai.jpg"), width=width, height=height, **values
    )
