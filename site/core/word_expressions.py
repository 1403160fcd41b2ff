"""What stands between the braces of a Word template: its names, and what each expression gives."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

TEXT_FILTERS, LIST_FILTERS = ("majuscules", "minuscules"), ("nombre",)
FILTERS = (*TEXT_FILTERS, *LIST_FILTERS)
LETTERS_IN_COMMON = 3
PARSER = SandboxedEnvironment()
PARSER.filters = dict.fromkeys(FILTERS, str)
PARSER.tests, PARSER.globals = {}, {}
NOT_COMPARED = (
    "on compare deux textes par ==, ou un nombre de rangées et un nombre: "
    "{% if forces|nombre > 3 %}"
)


@dataclass(frozen=True)
class Field:
    """A name that may be used. `fields`: what each row of a list holds; a list without any is a
    list of texts, whose rows are called `row`."""

    name: str
    words: str
    fields: tuple[Field, ...] = ()
    row: str = ""
    is_picture: bool = False

    @property
    def is_list(self) -> bool:
        return bool(self.row)

    @property
    def by_name(self) -> dict[str, Field]:
        return {each.name: each for each in self.fields}

    @property
    def loop(self) -> str:
        """« {% for force in forces %} »."""
        return self.spelled()

    def spelled(self, owner: str = "") -> str:
        """As it is typed, within the rows called `owner`."""
        name = f"{owner}.{self.name}" if owner else self.name
        return f"{{% for {self.row} in {name} %}}" if self.is_list else f"{{{{ {name} }}}}"

    def spelled_rows(self) -> list[tuple[str, str]]:
        """What stands within its loop, lists within lists included, each with its words."""
        if self.is_list and not self.fields:
            return [(f"{{{{ {self.row} }}}}", self.words)]
        said = []
        for each in self.fields:
            said += [(each.spelled(self.row), each.words), *each.spelled_rows()]
        return said


def without_pictures(fields: Sequence[Field]) -> tuple[Field, ...]:
    """What a header, a footer or a footnote may say."""
    return tuple(
        replace(each, fields=without_pictures(each.fields))
        for each in fields
        if not each.is_picture
    )


class Kind(Enum):
    TEXT = auto()
    NUMBER = auto()
    LIST = auto()
    ROW = auto()
    CONDITION = auto()
    UNKNOWN = auto()
    """Of a row whose list was refused: one mistake is told once."""


@dataclass(frozen=True)
class Meaning:
    """What an expression gives; `field` when it names one."""

    kind: Kind
    field: Field | None = None


class WrongError(Exception):
    """What is wrong with one tag, in French."""


ANYTHING = Field("", "")


def meaning_of(words: str, shown: str, names: Mapping[str, Field]) -> Meaning:
    """Nothing but names, three filters, and comparisons: no call, no arithmetic, no slice, so that
    a template cannot compute anything that grows. Raises for the first thing that is wrong."""
    unreadable = f"« {shown} » ne se lit pas: un nom de la liste des champs, sans espace ni calcul"
    try:
        tree = PARSER.parse(f"{{{{ {words} }}}}")
    except (TemplateSyntaxError, RecursionError) as error:
        raise WrongError(unreadable) from error
    output = tree.body[0] if len(tree.body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise WrongError(unreadable)
    return _Reader(names, unreadable).read(output.nodes[0])


@dataclass(frozen=True)
class _Reader:
    names: Mapping[str, Field]
    unreadable: str

    def read(self, node: nodes.Node) -> Meaning:
        if isinstance(node, nodes.Name):
            return _meaning(_look_up(node.name, self.names, within=""))
        if isinstance(node, nodes.Getattr):
            return self._within(node)
        if isinstance(node, nodes.Filter):
            return self._filtered(node)
        if isinstance(node, nodes.Const) and type(node.value) in (str, int):
            return Meaning(Kind.TEXT if isinstance(node.value, str) else Kind.NUMBER)
        if isinstance(node, nodes.Compare):
            return self._compared(node)
        if isinstance(node, nodes.And | nodes.Or | nodes.Not):
            for child in node.iter_child_nodes():
                self.read(child)
            return Meaning(Kind.CONDITION)
        raise WrongError(self.unreadable)

    def _within(self, node: nodes.Getattr) -> Meaning:
        owner = self.read(node.node)
        if owner.kind == Kind.UNKNOWN:
            return owner
        if owner.field is None:
            raise WrongError(f"« .{node.attr} » ne suit pas un nom de champ")
        if owner.kind != Kind.ROW:
            kind = "une liste" if owner.kind == Kind.LIST else "un texte"
            raise WrongError(f"« {owner.field.name} » est {kind}: « .{node.attr} » n’y existe pas")
        return _meaning(_look_up(node.attr, owner.field.by_name, within=owner.field.name))

    def _filtered(self, node: nodes.Filter) -> Meaning:
        if node.name not in FILTERS:
            raise WrongError(f"« |{node.name} » n’existe pas: {', '.join(FILTERS)} seulement")
        if node.node is None or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise WrongError(self.unreadable)
        found = self.read(node.node)
        wanted = Kind.LIST if node.name in LIST_FILTERS else Kind.TEXT
        if found.kind not in (wanted, Kind.UNKNOWN):
            kind = "une liste" if wanted == Kind.LIST else "un texte"
            raise WrongError(f"« |{node.name} » se met après {kind}")
        return Meaning(Kind.NUMBER) if wanted == Kind.LIST else Meaning(Kind.TEXT)

    def _compared(self, node: nodes.Compare) -> Meaning:
        kinds = {self.read(each).kind for each in (node.expr, *(op.expr for op in node.ops))}
        orders = {op.op for op in node.ops}
        kinds.discard(Kind.UNKNOWN)
        is_number, is_text = kinds <= {Kind.NUMBER}, kinds <= {Kind.TEXT}
        if not (is_number and "in" not in orders and "notin" not in orders) and not (
            is_text and orders <= {"eq", "ne"}
        ):
            raise WrongError(NOT_COMPARED)
        return Meaning(Kind.CONDITION)


def _meaning(field: Field) -> Meaning:
    if field is ANYTHING:
        return Meaning(Kind.UNKNOWN, field)
    if field.is_list:
        return Meaning(Kind.LIST, field)
    return Meaning(Kind.ROW if field.fields else Kind.TEXT, field)


def _look_up(name: str, names: Mapping[str, Field], *, within: str) -> Field:
    if name in names:
        return names[name]
    start = f"« {within}.{name} »" if within else f"« {name} »"
    raise WrongError(f"le champ {start} n’existe pas{_advice(name, names, within)}")


def _advice(name: str, names: Mapping[str, Field], within: str) -> str:
    folded = {_folded(each): each for each in names}
    near = difflib.get_close_matches(_folded(name), folded, n=1, cutoff=0.75)
    near = near or [each for each in folded if len(name) > LETTERS_IN_COMMON and name in each][:1]
    if near:
        said = f"{within}.{folded[near[0]]}" if within else folded[near[0]]
        return f"; vouliez-vous dire « {said} »?"
    holder = next((each for each in names.values() if name in each.by_name and each.is_list), None)
    if holder is not None:
        return (
            f" seul: écrivez {holder.loop}, puis {{{{ {holder.row}.{name} }}}}, puis {{% endfor %}}"
        )
    return f"; ici, on peut écrire {', '.join(sorted(names))}" if within else ""


def row_example(listed: Field) -> str:
    first = f".{listed.fields[0].name}" if listed.fields else ""
    return f"{{{{ {listed.row}{first} }}}}"


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
