"""An instrument written in a spreadsheet, one line per question.

The columns about the instrument (code, version, name, scale…) are filled on the first line; below,
they stay empty or say the same.
"""

from __future__ import annotations

from appreciation.domain.instrument_spec import (
    DimensionSpec,
    InstrumentSpec,
    ItemSpec,
    LevelSpec,
    ScaleSpec,
    scale_spec_of,
    trimmed_anchors,
)
from appreciation.enums import MAX_LEVELS
from appreciation.models import Scale
from core.errors import DomainError
from core.imports import ImportRefusedError, missing_columns
from core.tabular import Line, Table, fold, parse_whole, renamed

POSITIONS = range(1, MAX_LEVELS + 1)
REQUIRED = ["instrument", "version", "nom", "échelle", "dimension", "code", "énoncé"]
HEADER = {
    "name": "nom",
    "summary": "en bref",
    "notice": "mention",
    "source": "source",
    "licence": "licence",
}
ONCE = ["instrument", "version", *HEADER.values(), "durée", "échelle", "nom de l’échelle"]
YES = {"oui", "x", "1", "vrai"}
NO = {"", "non", "0", "faux"}


def instrument_from_table(table: Table, columns: dict[str, str] | None = None) -> InstrumentSpec:
    """The instrument that a spreadsheet describes; every fault is told with its line."""
    table = renamed(table, columns or {})
    if problems := missing_columns(table, REQUIRED):
        raise ImportRefusedError(problems)
    if not table.lines:
        raise DomainError("Ce fichier n’a que des titres: ajoutez une ligne par énoncé.")
    if problems := _contradictions(table):
        raise ImportRefusedError(problems)
    first = table.lines[0]
    minutes = table.value(first, "durée")
    return InstrumentSpec(
        code=table.value(first, "instrument"),
        version=table.value(first, "version"),
        scale=_scale(table, first),
        dimensions=_dimensions(table),
        duration_minutes=parse_whole(minutes) if minutes else 15,
        **{field: table.value(first, heading) for field, heading in HEADER.items()},
    )


def _contradictions(table: Table) -> list[str]:
    first = table.lines[0]
    return [
        f"Ligne {line.number}: « {heading} » ne dit pas la même chose qu’à la ligne"
        f" {first.number}; laissez-la vide."
        for line in table.lines[1:]
        for heading in ONCE
        if table.value(line, heading) not in {"", table.value(first, heading)}
    ]


def _scale(table: Table, first: Line) -> ScaleSpec:
    """The scale described by « niveau 1 », « niveau 2 »…, or the known one of that code."""
    code = table.value(first, "échelle")
    labels = trimmed_anchors([table.value(first, f"niveau {n}") for n in POSITIONS])
    if labels:
        name = table.value(first, "nom de l’échelle") or code
        return ScaleSpec(code, name, tuple(LevelSpec(label) for label in labels))
    known = Scale.objects.filter(code=code).first()
    if known is None:
        raise DomainError(
            f"Ligne {first.number}: l’échelle « {code} » n’existe pas encore; décrivez-la dans les"
            " colonnes « niveau 1 », « niveau 2 »…"
        )
    return scale_spec_of(known)


def _dimensions(table: Table) -> tuple[DimensionSpec, ...]:
    """Lines gathered by dimension; an empty dimension repeats that of the line above."""
    gathered: dict[str, list[Line]] = {}
    current = ""
    for line in table.lines:
        current = table.value(line, "dimension") or current
        if not current:
            raise DomainError(f"Ligne {line.number}: il manque la dimension.")
        gathered.setdefault(current, []).append(line)
    return tuple(_dimension(table, code, lines) for code, lines in gathered.items())


def _dimension(table: Table, code: str, lines: list[Line]) -> DimensionSpec:
    def first_text(heading: str) -> str:
        return next(filter(None, (table.value(line, heading) for line in lines)), "")

    items = [line for line in lines if table.value(line, "code") or table.value(line, "énoncé")]
    return DimensionSpec(
        dimension=code,
        title=first_text("titre"),
        prompt=first_text("relance"),
        discussion_only=_yes(first_text("discussion seulement"), lines[0]),
        items=tuple(_item(table, line) for line in items),
        where=f"Ligne {lines[0].number}",
    )


def _item(table: Table, line: Line) -> ItemSpec:
    anchors = [table.value(line, f"repère {n}") for n in POSITIONS]
    return ItemSpec(
        code=table.value(line, "code"),
        text=" ".join(table.value(line, "énoncé").split("\n")),
        why=" ".join(table.value(line, "pourquoi").split("\n")),
        anchors=trimmed_anchors([" ".join(anchor.split("\n")) for anchor in anchors]),
        where=f"Ligne {line.number}",
    )


def _yes(text: str, line: Line) -> bool:
    if fold(text) not in YES | NO:
        raise DomainError(f"Ligne {line.number}: « discussion seulement » se répond oui ou non.")
    return fold(text) in YES
