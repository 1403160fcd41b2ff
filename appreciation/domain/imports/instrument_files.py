"""An instrument written in TOML, read into plain values. Nothing is stored here."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from appreciation.domain.instrument_spec import (
    DimensionSpec,
    InstrumentSpec,
    ItemSpec,
    LevelSpec,
    ScaleSpec,
    trimmed_anchors,
)
from appreciation.enums import InstrumentState
from core.errors import DomainError

HEADER_KEYS = ("name", "summary", "notice", "source", "licence")
KEYS = {
    "l’instrument": {
        *HEADER_KEYS,
        *("code", "version", "state", "is_default", "duration_minutes", "scale", "scales"),
        "dimensions",
    },
    "une échelle": {"code", "name", "levels"},
    "un niveau": {"label", "anchor"},
    "une dimension": {"dimension", "title", "prompt", "discussion_only", "items"},
    "un énoncé": {"code", "text", "why", "anchors", "scale"},
}


def instrument_from_toml(text: str) -> tuple[InstrumentSpec, InstrumentState]:
    """The instrument that a TOML file describes, and the state it asks for.

    Keys are the code names of the models; an unknown one is refused, so that a slip of the pen
    never loses a text in silence.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"ligne {line.group(1)}" if line else "à la fin du fichier"
        raise DomainError(
            f"Ce fichier TOML ne se lit pas, {where}: vérifiez les guillemets, les crochets et les"
            " virgules."
        ) from error
    try:
        return _instrument(data), InstrumentState(data.get("state", InstrumentState.DRAFT))
    except KeyError as error:
        raise DomainError(f"Il manque « {error.args[0]} ».") from error
    except (TypeError, AttributeError) as error:
        raise DomainError(
            "Ce fichier TOML n’a pas la forme d’un instrument: voyez ceux qui sont fournis."
        ) from error
    except ValueError as error:
        states = ", ".join(InstrumentState.values)
        raise DomainError(f"État inconnu: choisissez parmi {states}.") from error


def _instrument(data: dict[str, Any]) -> InstrumentSpec:
    _refuse_unknown_keys(data, "l’instrument")
    named = {scale["code"]: _scale(scale) for scale in data.get("scales", [])}
    return InstrumentSpec(
        code=_text(data, "code"),
        version=_text(data, "version"),
        scale=_scale(data["scale"]),
        dimensions=tuple(_dimension(dimension, named) for dimension in data["dimensions"]),
        duration_minutes=_minutes(data.get("duration_minutes", 15)),
        **{key: _text(data, key) for key in HEADER_KEYS if key in data or key == "name"},
    )


def _scale(data: dict[str, Any]) -> ScaleSpec:
    _refuse_unknown_keys(data, "une échelle")
    for level in data["levels"]:
        _refuse_unknown_keys(level, "un niveau")
    levels = tuple(LevelSpec(_text(x, "label"), _text(x, "anchor", "")) for x in data["levels"])
    return ScaleSpec(code=_text(data, "code"), name=_text(data, "name"), levels=levels)


def _dimension(data: dict[str, Any], scales: dict[str, ScaleSpec]) -> DimensionSpec:
    _refuse_unknown_keys(data, "une dimension")
    return DimensionSpec(
        dimension=_text(data, "dimension"),
        title=_text(data, "title", ""),
        prompt=_text(data, "prompt", ""),
        discussion_only=bool(data.get("discussion_only", False)),
        items=tuple(_item(item, scales) for item in data.get("items", [])),
    )


def _item(data: dict[str, Any], scales: dict[str, ScaleSpec]) -> ItemSpec:
    _refuse_unknown_keys(data, "un énoncé")
    scale = data.get("scale")
    if scale is not None and scale not in scales:
        raise DomainError(f"L’échelle « {scale} » n’est pas décrite sous [[scales]].")
    return ItemSpec(
        code=_text(data, "code"),
        text=_text(data, "text"),
        why=_text(data, "why", ""),
        anchors=trimmed_anchors([str(anchor) for anchor in data.get("anchors", [])]),
        scale=scales[scale] if scale is not None else None,
    )


def _refuse_unknown_keys(data: dict[str, Any], what: str) -> None:
    if unknown := sorted(set(data) - KEYS[what]):
        known = ", ".join(sorted(KEYS[what]))
        raise DomainError(f"Clé inconnue dans {what}: {', '.join(unknown)}. Connues: {known}.")


def _text(data: dict[str, Any], key: str, default: str | None = None) -> str:
    """A text on one line: anchors and statements are shown on one line each."""
    value = data[key] if default is None else data.get(key, default)
    return " ".join(str(value).split(" ")).strip()


def _minutes(value: object) -> int:
    longest = 600
    if not isinstance(value, int) or not 1 <= value <= longest:
        raise DomainError(f"La durée s’écrit en minutes, de 1 à {longest}.")
    return value
