"""The house's look in Word's own styles: whoever edits the document changes a style, not each line.

Verdana, which every office computer has, stands in for the typeface of the site.
"""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

TYPEFACE = "Verdana"
LANGUAGE = "fr-CA"
BLUE, INK, SOFT = "12305E", "14213A", "465068"
RULE = "D3DAE4"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

PARAGRAPH_STYLES: dict[str, tuple[float, bool, str, float, float]] = {
    "Normal": (10.5, False, INK, 0, 6),
    "Title": (24, True, BLUE, 0, 4),
    "Subtitle": (12, False, SOFT, 0, 14),
    "Heading 1": (16, True, BLUE, 20, 6),
    "Heading 2": (13, True, BLUE, 14, 4),
    "Heading 3": (11, True, INK, 10, 3),
    "Caption": (9, True, SOFT, 8, 4),
    "List Bullet": (10.5, False, INK, 0, 3),
    "List Number": (10.5, False, INK, 0, 3),
    "Quote": (11, False, INK, 6, 6),
    "Header": (8.5, True, SOFT, 0, 0),
    "Footer": (8.5, False, SOFT, 0, 0),
    "Table Text": (9, False, INK, 1, 1),
    "Table Heading": (9, True, BLUE, 1, 1),
    "Source": (8.5, False, SOFT, 4, 10),
    "Table Small": (7.5, False, INK, 1, 1),
    "Sentence": (10.5, False, SOFT, 0, 4),
    "Legend": (9, False, INK, 2, 4),
    "Headline": (14, True, BLUE, 4, 10),
}
"""Name: points, bold, colour, space before, space after."""
KEPT_WITH_NEXT = (
    "Title",
    "Subtitle",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Caption",
    "Sentence",
    "Legend",
)


def dress(document: Document) -> None:
    """Letter paper, margins, styles and language, all in the document's own settings."""
    _set_page(document)
    _set_language(document)
    for name, look in PARAGRAPH_STYLES.items():
        _dress_style(_style(document, name), *look)
    for name in KEPT_WITH_NEXT:
        _style(document, name).paragraph_format.keep_with_next = True
    quote = _style(document, "Quote")
    quote.paragraph_format.left_indent = Cm(0.8)
    quote.font.italic = False
    _draw_table_style(document)


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)


def _set_language(document: Document) -> None:
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), LANGUAGE)
    settings = document.settings.element
    for lang in settings.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), LANGUAGE)
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")


def _style(document: Document, name: str) -> ParagraphStyle:
    if name not in document.styles:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    return style


def _dress_style(
    style: ParagraphStyle, size: float, bold: bool, colour: str, before: float, after: float
) -> None:
    font, lines = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    _set_typeface(style)
    lines.space_before, lines.space_after = Pt(before), Pt(after)
    lines.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    lines.line_spacing = 1.0 if "Heading" in style.name or style.name == "Title" else 1.15
    lines.widow_control = True
    style.hidden, style.quick_style = False, True
    for path in ("w:pPr/w:pBdr", "w:rPr/w:spacing"):
        for old in style.element.findall(path, style.element.nsmap):
            old.getparent().remove(old)


def _set_typeface(style: ParagraphStyle) -> None:
    """One typeface for all scripts, in place of the theme's."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for part in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{part}"), TYPEFACE)
    properties.insert(0, fonts)


def _draw_table_style(document: Document) -> None:
    """« Tableau »: hairlines between rows, its first row and first column strong."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    strong = f'w:val="single" w:sz="12" w:space="0" w:color="{BLUE}"'
    document.styles.element.append(
        parse_xml(
            f'<w:style xmlns:w="{W}" w:type="table" w:customStyle="1" w:styleId="Tableau">'
            '<w:name w:val="Tableau"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>'
            "<w:qFormat/>"
            f"<w:tblPr><w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
            '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
            "</w:tblPr>"
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
            f"<w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders></w:tcPr></w:tblStylePr>"
            "</w:style>"
        )
    )
