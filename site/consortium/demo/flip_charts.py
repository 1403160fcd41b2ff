"""Flip charts of the demonstration: drawn here, marked fictitious, photographed by nobody."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from accounts.models import User
from appreciation.domain.photos import add_photos, describe_photo
from appreciation.models import Meeting

SIZE = (480, 360)
PAPER, INK, MARKER = "#fbfaf5", "#22303a", "#9c2f2a"
# The typeface that Pillow brings knows few accents: no word here has one.
CHARTS = (
    ("Nos forces", ("L'entraide", "Le lac", "La patinoire")),
    ("Pour commencer", ("Le covoiturage", "Un four commun", "Un sentier")),
)
MARK = "FEUILLE FICTIVE, POUR L'EXEMPLE"


def hang_flip_charts(meeting: Meeting, user: User) -> None:
    """Two sheets for the team; the first may go into the report."""
    uploads = [
        SimpleUploadedFile(f"feuille-{number}.jpg", draw_chart(title, lines), "image/jpeg")
        for number, (title, lines) in enumerate(CHARTS, 1)
    ]
    add_photos(meeting=meeting, user=user, uploads=uploads)
    photo = meeting.photos.order_by("pk").first()
    if photo is not None:
        title, lines = CHARTS[0]
        said = f"Grande feuille fictive, «\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»: "
        alt = f"{said}{', '.join(lines).lower()}."
        describe_photo(photo=photo, user=user, alt=alt, in_report=True)


def draw_chart(title: str, lines: Sequence[str]) -> bytes:
    """A sheet with its title, its lines and the mark that says it is invented."""
    sheet = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((8, 8, SIZE[0] - 9, SIZE[1] - 9), outline=INK, width=3)
    pen.text((36, 34), title, fill=MARKER, font=ImageFont.load_default(34))
    for rank, line in enumerate(lines):
        pen.text((52, 108 + 58 * rank), f"- {line}", fill=INK, font=ImageFont.load_default(28))
    pen.text((36, SIZE[1] - 48), MARK, fill=INK, font=ImageFont.load_default(18))
    output = io.BytesIO()
    sheet.save(output, "JPEG", quality=70)
    return output.getvalue()
