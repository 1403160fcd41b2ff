"""What a Word template may say: named fields, loops over lists, simple conditions; nothing else.

Each tag is checked by itself, so that a mistake is told with the paragraph it stands in and, for a
wrong name, the nearest right one.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from core.typography import fr_typo
from core.word_tags import Tag, TagLine

FILTERS = ("majuscules", "minuscules", "nombre")
LONGEST_TAG = 200
MOST_TAGS = 1_000
DEEPEST = 10
LETTERS_IN_COMMON = 3
FOR = re.compile(r"for (?P<name>[a-zà-ÿ]\w*) in (?P<list>.+)", re.IGNORECASE)
RESERVED = {
    *("loop", "self", "none", "true", "false", "and", "or", "not", "in", "is", "if"),
    "else",
}
ALLOWED = (
    nodes.Template, nodes.Output, nodes.Name, nodes.Getattr, nodes.Filter, nodes.Const,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.TemplateData,
)  # fmt: skip
"""No call, no arithmetic, no slice: a template cannot compute anything that grows."""


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


@dataclass
class _Open:
    """A block that waits for its end. `names` are those it adds."""

    tag: Tag
    kind: str
    names: dict[str, Field] = field(default_factory=dict)
    has_else: bool = False


ANYTHING = Field("", "")
"""A row whose list was refused."""


class _WrongError(Exception):
    """What is wrong with one tag, in French."""


PARSER = SandboxedEnvironment()
PARSER.filters = dict.fromkeys(FILTERS, str)
PARSER.tests = {}
PARSER.globals = {}


def find_problems(lines: Sequence[TagLine], fields: Sequence[Field]) -> tuple[str, ...]:
    """Every mistake of a part, one sentence each, in the order of the document."""
    check = _Check({each.name: each for each in fields})
    for line in lines:
        if line.leftover:
            check.say(
                f"une accolade reste seule (« {line.leftover} »): un champ s’écrit "
                "{{ ainsi }}, en entier dans le même paragraphe",
                line,
            )
        for tag in line.tags:
            check.read(tag)
    check.close()
    return tuple(check.problems)


class _Check:
    def __init__(self, names: dict[str, Field]) -> None:
        self.names = names
        self.open: list[_Open] = []
        self.problems: list[str] = []
        self.tags = 0

    def say(self, words: str, line: TagLine) -> None:
        end = "" if words.endswith("?") else "."
        self.problems.append(fr_typo(f"{line.where}: {words}{end}"))

    def read(self, tag: Tag) -> None:
        self.tags += 1
        try:
            self._read(tag)
        except _WrongError as wrong:
            self.say(str(wrong), tag.line)

    def _read(self, tag: Tag) -> None:
        if self.tags > MOST_TAGS:
            raise _WrongError(f"trop de champs: {MOST_TAGS} au plus")
        if len(tag.words) > LONGEST_TAG:
            raise _WrongError("ce champ est trop long; une accolade manque peut-être")
        if tag.kind == "value":
            self._value(tag)
        elif tag.kind == "order":
            self._order(tag)

    def close(self) -> None:
        for block in self.open:
            self.say(
                f"« {block.tag.shown} » n’est jamais fermé: ajoutez "
                f"{{% end{block.kind} %}} plus bas",
                block.tag.line,
            )

    @property
    def scope(self) -> dict[str, Field]:
        known = dict(self.names)
        for block in self.open:
            known |= block.names
        return known

    def _value(self, tag: Tag) -> None:
        if not tag.words:
            raise _WrongError("un champ est vide: écrivez un nom entre les accolades")
        found = self._expression(tag.words, tag)
        if isinstance(found, Field) and found.is_list:
            raise _WrongError(
                f"« {tag.words} » est une liste: écrivez {found.loop}, puis "
                f"{_row_example(found)}, puis {{% endfor %}}"
            )
        if isinstance(found, Field) and found.fields:
            raise _WrongError(
                f"dites quoi prendre de « {tag.words} », par exemple "
                f"{{{{ {tag.words}.{found.fields[0].name} }}}}"
            )

    def _order(self, tag: Tag) -> None:
        word, _, rest = tag.words.partition(" ")
        if word == "for":
            self._for(tag)
        elif word == "if":
            self._push(_Open(tag, "if"))
            self._expression(rest, tag)
        elif word in ("elif", "else"):
            self._branch(word, rest, tag)
        elif word in ("endfor", "endif"):
            self._end(word.removeprefix("end"), tag)
        else:
            raise _WrongError(
                f"« {tag.shown} » n’est pas connu: servez-vous de for, endfor, if, else et endif"
            )

    def _for(self, tag: Tag) -> None:
        block = _Open(tag, "for")
        self._push(block)
        found = FOR.fullmatch(tag.words)
        if found is None or found.group("name").lower() in RESERVED:
            raise _WrongError(f"« {tag.shown} » ne se lit pas: écrivez {{% for nom in liste %}}")
        name, wanted = found.group("name"), found.group("list")
        try:
            listed = self._list(wanted, tag)
        except _WrongError:
            # Its row is then taken for known: one mistake is told once.
            block.names = {name: ANYTHING}
            raise
        block.names = {name: Field(name, listed.words, listed.fields)}
        if "." not in wanted and any(each.kind == "for" for each in self.open[:-1]):
            raise _WrongError(
                f"la liste « {wanted} » ne se répète pas dans une autre liste: fermez la "
                "première par {% endfor %} avant d’ouvrir celle-ci"
            )

    def _list(self, wanted: str, tag: Tag) -> Field:
        listed = self._expression(wanted, tag)
        if listed is None or not listed.is_list:
            raise _WrongError(f"« {wanted} » n’est pas une liste: {self._lists()}")
        return listed

    def _lists(self) -> str:
        names = [each.name for each in self.scope.values() if each.is_list]
        return f"les listes sont {', '.join(names)}" if names else "il n’y en a pas ici"

    def _push(self, block: _Open) -> None:
        if len(self.open) >= DEEPEST:
            raise _WrongError(f"trop de blocs l’un dans l’autre: {DEEPEST} au plus")
        self.open.append(block)

    def _branch(self, word: str, rest: str, tag: Tag) -> None:
        block = self.open[-1] if self.open else None
        if block is None or block.has_else or (block.kind == "for" and word == "elif"):
            raise _WrongError(f"« {tag.shown} » n’a pas de {{% if … %}} avant lui")
        if word == "elif":
            self._expression(rest, tag)
        elif rest:
            raise _WrongError("{% else %} s’écrit seul; pour une autre condition: {% elif … %}")
        else:
            block.has_else = True
            block.names = {}

    def _end(self, kind: str, tag: Tag) -> None:
        if not self.open or self.open[-1].kind != kind:
            waits = f": fermez d’abord « {self.open[-1].tag.shown} »" if self.open else ""
            raise _WrongError(f"« {tag.shown} » ne ferme rien ici{waits}")
        self.open.pop()

    def _expression(self, words: str, tag: Tag) -> Field | None:
        """The field that a plain name stands for; None for a condition or a filtered text."""
        tree = _parsed(words, tag)
        output = tree.body[0] if len(tree.body) == 1 else None
        for each in tree.find_all(nodes.Filter):
            if each.name not in FILTERS:
                raise _WrongError(f"« |{each.name} » n’existe pas: {', '.join(FILTERS)} seulement")
        is_plain = all(isinstance(node, ALLOWED) for node in tree.find_all(nodes.Node))
        if not is_plain or not isinstance(output, nodes.Output) or len(output.nodes) != 1:
            raise _WrongError(_not_allowed(tag))
        return _field_of(output.nodes[0], self.scope)


def _parsed(words: str, tag: Tag) -> nodes.Template:
    try:
        return PARSER.parse(f"{{{{ {words} }}}}")
    except (TemplateSyntaxError, RecursionError) as error:
        raise _WrongError(_not_allowed(tag)) from error


def _not_allowed(tag: Tag) -> str:
    return f"« {tag.shown} » ne se lit pas: un nom de la liste des champs, sans espace ni calcul"


def _field_of(node: nodes.Node, scope: Mapping[str, Field]) -> Field | None:
    """Walks an expression; raises for the first name that does not exist."""
    if isinstance(node, nodes.Name):
        return _look_up(node.name, scope, within="")
    if isinstance(node, nodes.Getattr):
        owner = _field_of(node.node, scope)
        if owner is None:
            raise _WrongError(f"« .{node.attr} » ne suit pas un nom de champ")
        if owner is ANYTHING:
            return owner
        if owner.is_list or not owner.fields:
            kind = "une liste" if owner.is_list else "un texte"
            raise _WrongError(f"« {owner.name} » est {kind}: « .{node.attr} » n’y existe pas")
        return _look_up(node.attr, owner.by_name, within=owner.name)
    for child in node.iter_child_nodes():
        _field_of(child, scope)
    return None


def _look_up(name: str, names: Mapping[str, Field], *, within: str) -> Field:
    if name in names:
        return names[name]
    start = f"« {within}.{name} »" if within else f"« {name} »"
    raise _WrongError(f"le champ {start} n’existe pas{_advice(name, names, within)}")


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


def _row_example(listed: Field) -> str:
    first = f".{listed.fields[0].name}" if listed.fields else ""
    return f"{{{{ {listed.row}{first} }}}}"


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
