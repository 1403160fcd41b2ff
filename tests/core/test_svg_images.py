"""Drawings as pictures."""

import base64
import io

import pytest
from PIL import Image

from core.svg_images import svg_data_url, svg_to_png

pytestmark = pytest.mark.once

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'
    '<rect width="10" height="10" fill="#12305e"/></svg>'
)


def image_of(svg: str, width: int) -> Image.Image:
    with Image.open(io.BytesIO(svg_to_png(svg, width))) as image:
        return image.convert("RGB")


def test_a_drawing_is_drawn_on_white_at_the_asked_width():
    image = image_of(SQUARE, 400)

    assert image.size == (400, 200)
    assert image.getpixel((100, 100)) == (0x12, 0x30, 0x5E)
    assert image.getpixel((300, 100)) == (255, 255, 255)


def test_both_weights_of_the_house_typeface_are_drawn():
    def ink(weight: int) -> int:
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 40">'
            f'<text x="5" y="30" font-size="24" font-weight="{weight}">Illi 0O, forces</text></svg>'
        )
        return sum(1 for value in image_of(svg, 600).convert("L").tobytes() if value < 128)

    regular, bold = ink(400), ink(700)

    assert regular > 500
    assert bold > regular * 1.2


def test_a_drawing_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match=r".+"):
        svg_to_png("<svg", 100)


def test_an_address_holds_the_drawing_itself():
    kind, _, content = svg_data_url(SQUARE).partition(",")

    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(content).decode() == SQUARE
