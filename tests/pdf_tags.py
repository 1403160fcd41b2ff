"""Reading back what a PDF tells a screen reader."""

from __future__ import annotations

import re

import pikepdf


def tags(node: pikepdf.Object) -> list[pikepdf.Object]:
    """Every structure element under a node, in reading order; start from `StructTreeRoot`."""
    children = node.get("/K", [])
    if not isinstance(children, pikepdf.Array):
        children = [children]
    found = []
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found += [child, *tags(child)]
    return found


def text_of(document: pikepdf.Pdf) -> str:
    """Every sign drawn on the pages, in the order of drawing, without any blank.

    Lines are broken anywhere on paper: compare with `squeezed` words.
    """
    return squeezed("".join(_page_text(page) for page in document.pages))


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u200b\u2060]+", "", words)


def _page_text(page: pikepdf.Page) -> str:
    maps = {
        name: _unicode_map(font.ToUnicode.read_bytes().decode("latin-1"))
        for name, font in page.Resources.get("/Font", {}).items()
    }
    drawn, current = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else operands
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    drawn += [current.get(codes[i : i + 2], "") for i in range(0, len(codes), 2)]
    return "".join(drawn)


def _unicode_map(cmap: str) -> dict[bytes, str]:
    """`<0041> <00C9>` lines of a ToUnicode map."""
    pairs = re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*(?=\n|<|e)", cmap)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
