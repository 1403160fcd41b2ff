"""Pictures of the demonstration's sheets: flat shapes drawn here, marked, of nobody and nowhere."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = (1200, 800)
STORED = (960, 640)
HORIZON = 520
SKY, GRASS, PAPER = "#cfe1f3", "#9dbd8d", "#fbfaf5"
BLUE, DEEP, RED, INK = "#1b4f93", "#12305e", "#c2223c", "#14213a"
GREEN, YELLOW, ORANGE, WOOD = "#4b7f52", "#f0c75e", "#d97b3d", "#8a6242"
MARK = "IMAGE DE DÉMONSTRATION"


def draw_scene(name: str) -> bytes:
    """One of SCENES, as a small WebP with its mark."""
    picture = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=GRASS)
    SCENES[name](pen)
    pen.rectangle((0, HEIGHT - 56, WIDTH, HEIGHT), fill=DEEP)
    pen.text((28, HEIGHT - 44), MARK, fill=PAPER, font=_typeface())
    return in_bytes(picture.resize(STORED), "WEBP")


def in_bytes(picture: Image.Image, kind: str) -> bytes:
    """Quickly written: the demonstration is loaded in tests too."""
    output = io.BytesIO()
    picture.convert("RGB").save(output, kind, quality=74, method=0)
    return output.getvalue()


@cache
def _typeface() -> ImageFont.FreeTypeFont:
    fonts = Path(settings.BASE_DIR) / "site" / "core" / "fonts"
    return ImageFont.truetype(str(fonts / "atkinson-hyperlegible-next-700.ttf"), 28)


def _disc(pen: ImageDraw.ImageDraw, x: int, y: int, radius: int, fill: str) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _tree(pen: ImageDraw.ImageDraw, x: int) -> None:
    pen.rectangle((x - 10, HORIZON - 60, x + 10, HORIZON + 20), fill=WOOD)
    _disc(pen, x, HORIZON - 120, 80, GREEN)


def _bus(pen: ImageDraw.ImageDraw) -> None:
    for x in (110, 320, 900, 1090):
        _tree(pen, x)
    pen.rectangle((0, 560, WIDTH, 680), fill="#717c92")
    pen.rounded_rectangle((360, 330, 860, 600), 40, fill=BLUE)
    for left in (400, 520, 640, 760):
        pen.rounded_rectangle((left, 370, left + 80, 460), 12, fill=PAPER)
    pen.rectangle((360, 500, 860, 520), fill=YELLOW)
    for x in (470, 750):
        _disc(pen, x, 600, 48, INK)
        _disc(pen, x, 600, 20, PAPER)


def _circle(pen: ImageDraw.ImageDraw) -> None:
    places = ((600, 240), (800, 330), (800, 500), (600, 590), (400, 500), (400, 330))
    _disc(pen, 600, 430, 130, WOOD)
    for (x, y), colour in zip(places, (BLUE, RED, YELLOW, GREEN, ORANGE, DEEP), strict=True):
        pen.rounded_rectangle((x - 56, y, x + 56, y + 96), 48, fill=colour)
        _disc(pen, x, y - 26, 40, PAPER)


def _fridge(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle((420, 100, 780, 690), 30, fill=PAPER)
    pen.rounded_rectangle((780, 120, 900, 680), 20, fill="#e4e9f0")
    for shelf, colours in zip(
        (290, 450, 610),
        ((RED, GREEN, YELLOW), (ORANGE, RED, GREEN), (GREEN, YELLOW, RED)),
        strict=True,
    ):
        pen.rectangle((450, shelf, 750, shelf + 8), fill="#717c92")
        for rank, colour in enumerate(colours):
            _disc(pen, 510 + 90 * rank, shelf - 38, 38, colour)


def _bike(pen: ImageDraw.ImageDraw) -> None:
    for x in (430, 770):
        pen.ellipse((x - 120, 400, x + 120, 640), outline=INK, width=14)
    frame = ((430, 520), (530, 350), (730, 350), (580, 520), (430, 520))
    pen.line(frame, fill=RED, width=18, joint="curve")
    pen.line(((580, 520), (510, 310)), fill=RED, width=18)
    pen.line(((770, 520), (715, 290), (770, 270)), fill=RED, width=18, joint="curve")
    pen.rounded_rectangle((460, 290, 560, 314), 12, fill=INK)


def _kitchen(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill="#fbf1dc")
    pen.rectangle((0, 560, WIDTH, HEIGHT), fill=WOOD)
    for x, colour in ((400, RED), (800, BLUE)):
        for rise in (-60, 0, 60):
            pen.arc((x + rise - 30, 180, x + rise + 30, 320), 90, 270, fill="#b8bfcc", width=10)
        pen.rounded_rectangle((x - 150, 360, x + 150, 560), 30, fill=colour)
        pen.rounded_rectangle((x - 170, 340, x + 170, 380), 16, fill=INK)
        _disc(pen, x, 326, 20, INK)


def _house(pen: ImageDraw.ImageDraw) -> None:
    _tree(pen, 150)
    _tree(pen, 1060)
    pen.polygon(((300, 260), (600, 90), (900, 260)), fill=DEEP)
    pen.rectangle((340, 260, 860, 620), fill="#c98f72")
    for top in (300, 440):
        for left in (390, 510, 630, 750):
            pen.rectangle((left, top, left + 64, top + 90), fill=YELLOW)
    pen.rectangle((566, 540, 634, 620), fill=DEEP)


def _garden(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, HORIZON - 120, WIDTH, HORIZON), fill=GRASS)
    pen.polygon(
        ((540, HORIZON - 120), (660, HORIZON - 120), (860, HEIGHT), (340, HEIGHT)), fill=BLUE
    )
    pen.rectangle((0, HORIZON - 120, 540, HORIZON - 90), fill=GREEN)
    pen.rectangle((660, HORIZON - 120, WIDTH, HORIZON - 90), fill=GREEN)
    for row, y in enumerate((470, 560, 660)):
        for x in (*range(60, 430 - 50 * row, 80), *range(800 + 50 * row, 1180, 80)):
            _disc(pen, x, y, 30, GREEN)
            _disc(pen, x, y - 10, 13, (RED, YELLOW, ORANGE)[row])
    _disc(pen, 980, 150, 70, YELLOW)


def _supper(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill="#fbf1dc")
    pen.rectangle((0, 640, WIDTH, HEIGHT), fill=WOOD)
    pen.line(((600, 0), (600, 130)), fill=INK, width=8)
    pen.pieslice((480, 110, 720, 350), 180, 360, fill=RED)
    pen.polygon(((480, 230), (720, 230), (900, 480), (300, 480)), fill="#f8dd9a")
    pen.ellipse((250, 430, 950, 560), fill=BLUE)
    pen.rectangle((570, 540, 630, 744), fill=DEEP)
    for x in (430, 770):
        pen.ellipse((x - 100, 452, x + 100, 502), fill=PAPER)
        pen.ellipse((x - 56, 462, x + 56, 490), fill=ORANGE)
    pen.rounded_rectangle((576, 430, 624, 500), 10, fill=GREEN)
    for x, colour in ((170, GREEN), (1030, YELLOW)):
        pen.rounded_rectangle((x - 80, 420, x + 80, 744), 60, fill=colour)
        _disc(pen, x, 350, 62, "#e8c3a0")


def _store(pen: ImageDraw.ImageDraw) -> None:
    _tree(pen, 110)
    _tree(pen, 1100)
    pen.rectangle((240, 180, 960, 640), fill="#e7d3b8")
    pen.rectangle((220, 150, 980, 190), fill=DEEP)
    for rank in range(9):
        left = 260 + 76 * rank
        fill = RED if rank % 2 == 0 else PAPER
        pen.rectangle((left, 240, left + 76, 320), fill=fill)
        pen.pieslice((left, 282, left + 76, 358), 0, 180, fill=fill)
    pen.rectangle((300, 380, 540, 560), fill=SKY)
    pen.rectangle((700, 380, 860, 640), fill=BLUE)
    _disc(pen, 830, 520, 12, YELLOW)
    pen.rectangle((310, 610, 550, 630), fill=WOOD)
    for x in (330, 520):
        pen.rectangle((x, 630, x + 14, 680), fill=WOOD)


def _path(pen: ImageDraw.ImageDraw) -> None:
    _disc(pen, 220, 150, 70, YELLOW)
    pen.polygon(((570, HORIZON), (640, HORIZON), (900, HEIGHT), (260, HEIGHT)), fill="#e7d3b8")
    for x in (90, 270, 430, 800, 960, 1130):
        _tree(pen, x)
    pen.polygon(((510, 400), (605, 310), (700, 400)), fill=RED)
    pen.rectangle((530, 400, 680, 520), fill=WOOD)
    pen.rectangle((580, 440, 630, 520), fill=DEEP)


def _bars(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill=PAPER)
    for top, length, words in ((110, 880, "À pied"), (310, 310, "À vélo"), (510, 210, "En auto")):
        pen.text((84, top), words, fill=INK, font=_typeface())
        pen.rectangle((60, top + 50, 60 + length, top + 130), fill=BLUE)
    pen.line(((60, 90), (60, 680)), fill=INK, width=4)


SCENES: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "bus": _bus,
    "circle": _circle,
    "fridge": _fridge,
    "bike": _bike,
    "kitchen": _kitchen,
    "house": _house,
    "garden": _garden,
    "supper": _supper,
    "store": _store,
    "path": _path,
    "bars": _bars,
}
