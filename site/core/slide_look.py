"""The house's look in a deck's own master, layouts and theme: a new slide already wears it."""

from __future__ import annotations

import re
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

LANGUAGE = "fr-CA"
TYPEFACE = "Verdana"
BLUE, INK, SOFT, RED, NOW = "12305E", "14213A", "465068", "7C1432", "C2223C"
PLANE = "EEF4FB"
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
KEPT_LAYOUTS = ("Title Slide", "Title Only")
THEME_COLOURS = {
    "dk2": "12305E",
    "lt2": "F5F2EE",
    "accent1": "1B4F93",
    "accent2": "84B1DE",
    "accent3": "C2223C",
    "accent4": "2E8FC6",
    "accent5": "465068",
    "accent6": "7C1432",
}


def dress(deck: Any, *, footer: str, banner: str) -> None:
    """16:9, our typeface and colours, and on every slide its footer, its number and its banner."""
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for layout in list(deck.slide_layouts):
        if layout.name not in KEPT_LAYOUTS:
            deck.slide_layouts.remove(layout)
    master = deck.slide_master
    _dress_theme(master)
    for holder in (master, *deck.slide_layouts):
        _place_titles(holder)
    _write_edges(master, footer, banner)


def tint(slide: Any) -> None:
    """A quiet plane behind one idea."""
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor.from_string(PLANE)


def _dress_theme(master: Any) -> None:
    """The theme is a part that python-pptx keeps as it is: only names and colours change."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode()
    for name, colour in THEME_COLOURS.items():
        theme = re.sub(
            rf"(<a:{name}>)<a:srgbClr val=\"\w{{6}}\"/>", rf'\1<a:srgbClr val="{colour}"/>', theme
        )
    theme = re.sub(r"<a:latin typeface=\"[^\"]*\"", f'<a:latin typeface="{TYPEFACE}"', theme)
    part.blob = theme.encode()


def _place_titles(holder: Any) -> None:
    is_opening = getattr(holder, "name", "") == "Title Slide"
    if is_opening:
        tint(holder)
    for shape in list(holder.placeholders):
        kind = shape.placeholder_format.type
        name = "" if kind is None else kind.name
        if name in ("DATE", "FOOTER", "SLIDE_NUMBER"):
            shape._element.getparent().remove(shape._element)
        elif name in ("TITLE", "CENTER_TITLE"):
            top, height = (Inches(2.1), Inches(1.9)) if is_opening else (Inches(0.45), Inches(1.1))
            _set_box(shape, top, height)
            _style(shape, 44 if is_opening else 32, BLUE, bold=True)
            shape.text_frame.vertical_anchor = (
                MSO_ANCHOR.BOTTOM if is_opening else MSO_ANCHOR.MIDDLE
            )
        elif name == "SUBTITLE":
            _set_box(shape, Inches(4.2), Inches(1.6))
            _style(shape, 26, SOFT, bold=False)
        else:
            _set_box(shape, Inches(1.65), Inches(4.9))


def _set_box(shape: Any, top: int, height: int) -> None:
    shape.left, shape.width = Inches(0.7), Inches(11.93)
    shape.top, shape.height = top, height


def _style(shape: Any, size: int, colour: str, *, bold: bool) -> None:
    """On the list style of the placeholder, which its slides inherit."""
    body = shape._element.txBody
    style = body.find(qn("a:lstStyle"))
    for old in list(style):
        style.remove(old)
    level = style.makeelement(qn("a:lvl1pPr"), {"algn": "l", "marL": "0", "indent": "0"})
    level.append(level.makeelement(qn("a:buNone"), {}))
    run = level.makeelement(
        qn("a:defRPr"), {"sz": str(size * 100), "b": "1" if bold else "0", "lang": LANGUAGE}
    )
    fill = run.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": colour}))
    run.append(fill)
    level.append(run)
    style.append(level)


def _write_edges(master: Any, footer: str, banner: str) -> None:
    _band(master, Inches(0), WIDTH, BLUE)
    _band(master, Inches(0), Inches(0.7), NOW)
    _edge(master, footer, left=Inches(0.7), top=Inches(6.95), width=Inches(9.5))
    number = _edge(master, "", left=Inches(11.6), top=Inches(6.95), width=Inches(1.03))
    number.alignment = PP_ALIGN.RIGHT
    field = number._p.makeelement(
        qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"}
    )
    properties = field.makeelement(qn("a:rPr"), {"lang": LANGUAGE, "sz": "1200"})
    text = field.makeelement(qn("a:t"), {})
    text.text = "‹N°›"
    field.extend([properties, text])
    number._p.append(field)
    if banner:
        line = _edge(master, banner, left=Inches(9.2), top=Inches(0.14), width=Inches(3.43))
        line.alignment = PP_ALIGN.RIGHT
        line.runs[0].font.bold = True
        line.runs[0].font.color.rgb = RGBColor.from_string(RED)


def _band(master: Any, left: int, width: int, colour: str) -> None:
    """A line of colour at the top; decoration only."""
    tree = master.element.cSld.spTree
    free = _free_id(tree)
    shape = tree.add_autoshape(free, f"Bande {free}", "rect", left, 0, width, Inches(0.09))
    drawn = next(each for each in master.shapes if each._element is shape)
    drawn.fill.solid()
    drawn.fill.fore_color.rgb = RGBColor.from_string(colour)
    drawn.line.fill.background()


def _free_id(tree: Any) -> int:
    return max(int(each.get("id")) for each in tree.iter(qn("p:cNvPr"))) + 1


def _edge(master: Any, text: str, *, left: int, top: int, width: int) -> Any:
    tree = master.element.cSld.spTree
    free = _free_id(tree)
    box = tree.add_textbox(free, f"Bord {free}", left, top, width, Inches(0.36))
    frame = next(shape for shape in master.shapes if shape._element is box).text_frame
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    if text:
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.color.rgb = Pt(12), RGBColor.from_string(SOFT)
    return paragraph
