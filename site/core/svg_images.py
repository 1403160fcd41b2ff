"""Drawings as pictures, for Word, slides and screens that take no SVG; with the house's typeface.

`fonts/` holds two weights (400 and 700) cut from the site's own typeface file, since the renderer
reads neither WOFF2 nor a variable weight. Signs that it lacks come from the machine's fonts.
"""

from base64 import b64encode
from pathlib import Path

from resvg_py import svg_to_bytes

FONT_FILES = [
    str(Path(__file__).parent / "fonts" / f"atkinson-hyperlegible-next-{weight}.ttf")
    for weight in (400, 700)
]
TYPEFACE = "Atkinson Hyperlegible Next"


LAST_OF_OURS = "\u2122"
"""Our typeface has the signs of French up to this one. Reading the machine's fonts takes longer
than drawing: it is left out for digits and plain words."""


def svg_to_png(svg: str, width: int) -> bytes:
    """`svg` drawn on white, `width` pixels wide. ValueError for a drawing that cannot be read."""
    return svg_to_bytes(
        svg_string=svg,
        width=width,
        background="#ffffff",
        skip_system_fonts=max(svg, default="") <= LAST_OF_OURS,
        font_files=FONT_FILES,
        font_family=TYPEFACE,
        sans_serif_family=TYPEFACE,
        languages=["fr"],
    )


def svg_data_url(svg: str) -> str:
    """The drawing as the address of an `<img>`, whose `alt` then says what it shows."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
