"""The description of the API, as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KINDS = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
}
END_OF_ADDRESS = "La fin de l’adresse de sa page."
FORMATS = {"date": "date", "date-time": "date et heure"}


@dataclass(frozen=True)
class Named:
    name: str
    words: str


@dataclass(frozen=True)
class Operation:
    """`fields`: what an answer holds; of a list, what each of its items does."""

    anchor: str
    path: str
    summary: str
    words: str
    parameters: tuple[Named, ...]
    fields: tuple[Named, ...]
    is_list: bool

    @property
    def has_place(self) -> bool:
        """Its address is one for each thing, and no link."""
        return "{" in self.path


def operations_of(schema: dict[str, Any]) -> list[Operation]:
    return [_operation(schema, path, methods["get"]) for path, methods in schema["paths"].items()]


def _operation(schema: dict[str, Any], path: str, said: dict[str, Any]) -> Operation:
    answer = said["responses"][200]["content"]["application/json"]["schema"]
    answer, is_list = _item(schema, answer)
    return Operation(
        anchor=said["operationId"],
        path=path,
        summary=said["summary"],
        words=said.get("description", ""),
        parameters=tuple(
            Named(each["name"], _words(each["schema"]) or END_OF_ADDRESS)
            for each in said["parameters"]
        ),
        fields=tuple(
            Named(name, _described(schema, each)) for name, each in answer["properties"].items()
        ),
        is_list=is_list,
    )


def _item(schema: dict[str, Any], answer: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """What is described: the answer, or one of the things that it lists."""
    if answer.get("type") == "array":
        return _named(schema, answer["items"]), True
    whole = _named(schema, answer)
    items = whole["properties"].get("items")
    return (_named(schema, items["items"]), True) if items else (whole, False)


def _named(schema: dict[str, Any], each: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in each:
        return each
    return schema["components"]["schemas"][each["$ref"].rpartition("/")[2]]


def _words(each: dict[str, Any]) -> str:
    default = each.get("default")
    ending = f" Sinon: {default}." if isinstance(default, int) else ""
    return f"{each.get('description', '')}{ending}"


def _described(schema: dict[str, Any], each: dict[str, Any]) -> str:
    words = each.get("description", "")
    return f"{_kind(schema, each).capitalize()}. {words}".strip()


def _kind(schema: dict[str, Any], each: dict[str, Any]) -> str:
    """In words: « liste: code, name », « texte, ou rien »."""
    if "allOf" in each:
        return _kind(schema, each["allOf"][0])
    if "anyOf" in each:
        kinds = [_kind(schema, one) for one in each["anyOf"] if one.get("type") != "null"]
        return f"{' ou '.join(kinds)}, ou rien"
    if "$ref" in each:
        return ", ".join(_named(schema, each)["properties"])
    if each.get("type") == "array":
        return f"liste: {_kind(schema, each['items'])}"
    return FORMATS.get(each.get("format", "")) or KINDS[each["type"]]
