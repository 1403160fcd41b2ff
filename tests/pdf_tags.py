"""Reading back what a PDF tells a screen reader."""

from __future__ import annotations

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
