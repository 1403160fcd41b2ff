"""The questions of `data/notations` as instruments, written in TOML for `import_instrument`."""

import json
from collections.abc import Iterable, Mapping

from tests.factories.places import DimensionFactory


def instrument_toml(
    code: str,
    dimensions: Mapping[str, Iterable[tuple[str, str, int]]],
    *,
    usual: int,
) -> str:
    """`{dimension: [(code, statement, levels)]}`; `usual` is the scale of the instrument."""
    lengths = {levels for items in dimensions.values() for *_, levels in items}
    lines = [f'code = "{code}"', 'version = "1"', f'name = "{code}"', 'state = "ready"']
    lines += ["[scale]", *_scale(usual)]
    for levels in sorted(lengths - {usual}):
        lines += ["[[scales]]", *_scale(levels)]
    for rank, (title, items) in enumerate(dimensions.items(), start=1):
        dimension = DimensionFactory(code=f"{code}-{rank}", name=title)
        lines += ["[[dimensions]]", f'dimension = "{dimension.code}"']
        for item, text, levels in items:
            lines += ["[[dimensions.items]]", f'code = "{item}"', f"text = {_quoted(text)}"]
            lines += [] if levels == usual else [f'scale = "{_scale_code(levels)}"']
    return "\n".join(lines)


def _scale(levels: int) -> list[str]:
    named = ", ".join(
        f'{{ label = "Niveau {n}", anchor = "Repère {n}" }}' for n in range(1, levels + 1)
    )
    return [f'code = "{_scale_code(levels)}"', f'name = "{levels} niveaux"', f"levels = [{named}]"]


def _scale_code(levels: int) -> str:
    return f"reelle-{levels}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
