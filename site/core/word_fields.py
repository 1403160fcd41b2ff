"""What a Word template may say: named fields, loops over lists, simple conditions; nothing else.

Each tag is checked by itself, so that a mistake is told with the paragraph it stands in and, for a
wrong name, the nearest right one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.typography import fr_typo
from core.word_expressions import (
    ANYTHING,
    Field,
    Kind,
    Meaning,
    WrongError,
    meaning_of,
    row_example,
)
from core.word_tags import Tag, TagLine

LONGEST_TAG = 200
MOST_TAGS = 1_000
DEEPEST = 10
FOR = re.compile(r"for (?P<name>[a-zà-ÿ]\w*) in (?P<list>.+)", re.IGNORECASE)
RESERVED = {
    *("loop", "self", "none", "true", "false", "and", "or", "not", "in", "is", "if"),
    "else",
}


@dataclass
class _Open:
    """A block that waits for its end. `names` are those it adds."""

    tag: Tag
    kind: str
    names: dict[str, Field] = field(default_factory=dict)
    has_else: bool = False


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
        if check.tags > MOST_TAGS:
            return (f"Ce gabarit a trop de champs: {MOST_TAGS} au plus.",)
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
        except WrongError as wrong:
            self.say(str(wrong), tag.line)

    def _read(self, tag: Tag) -> None:
        if len(tag.words) > LONGEST_TAG:
            raise WrongError("ce champ est trop long; une accolade manque peut-être")
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
            raise WrongError("un champ est vide: écrivez un nom entre les accolades")
        found = self._meaning(tag.words, tag)
        field = found.field
        if found.kind == Kind.LIST and field:
            raise WrongError(
                f"« {tag.words} » est une liste: écrivez {field.loop}, puis {row_example(field)}, "
                "puis {% endfor %}"
            )
        if found.kind == Kind.ROW and field:
            raise WrongError(
                f"dites quoi prendre de « {tag.words} », par exemple "
                f"{{{{ {tag.words}.{field.fields[0].name} }}}}"
            )
        if found.kind == Kind.CONDITION:
            raise WrongError(
                f"« {tag.shown} » est une condition: écrivez {{% if {tag.words} %}} … {{% endif %}}"
            )

    def _order(self, tag: Tag) -> None:
        word, _, rest = tag.words.partition(" ")
        if word == "for":
            self._for(tag)
        elif word == "if":
            self._push(_Open(tag, "if"))
            self._meaning(rest, tag)
        elif word in ("elif", "else"):
            self._branch(word, rest, tag)
        elif word in ("endfor", "endif"):
            self._end(word.removeprefix("end"), tag)
        else:
            raise WrongError(
                f"« {tag.shown} » n’est pas connu: servez-vous de for, endfor, if, else et endif"
            )

    def _for(self, tag: Tag) -> None:
        block = _Open(tag, "for")
        self._push(block)
        found = FOR.fullmatch(tag.words)
        if found is None or found.group("name").lower() in RESERVED:
            raise WrongError(f"« {tag.shown} » ne se lit pas: écrivez {{% for nom in liste %}}")
        name, wanted = found.group("name"), found.group("list")
        try:
            listed = self._list(wanted, tag)
        except WrongError:
            # Its row is then taken for known: one mistake is told once.
            block.names = {name: ANYTHING}
            raise
        block.names = {name: Field(name, listed.words, listed.fields)}
        if "." not in wanted and any(each.kind == "for" for each in self.open[:-1]):
            raise WrongError(
                f"la liste « {wanted} » ne se répète pas dans une autre liste: fermez la "
                "première par {% endfor %} avant d’ouvrir celle-ci"
            )

    def _list(self, wanted: str, tag: Tag) -> Field:
        found = self._meaning(wanted, tag)
        if found.kind != Kind.LIST or found.field is None:
            raise WrongError(f"« {wanted} » n’est pas une liste: {self._lists()}")
        return found.field

    def _lists(self) -> str:
        names = [each.name for each in self.scope.values() if each.is_list]
        return f"les listes sont {', '.join(names)}" if names else "il n’y en a pas ici"

    def _push(self, block: _Open) -> None:
        if len(self.open) >= DEEPEST:
            raise WrongError(f"trop de blocs l’un dans l’autre: {DEEPEST} au plus")
        self.open.append(block)

    def _branch(self, word: str, rest: str, tag: Tag) -> None:
        block = self.open[-1] if self.open else None
        if block is None or block.has_else or (block.kind == "for" and word == "elif"):
            raise WrongError(f"« {tag.shown} » n’a pas de {{% if … %}} avant lui")
        if word == "elif":
            self._meaning(rest, tag)
        elif rest:
            raise WrongError("{% else %} s’écrit seul; pour une autre condition: {% elif … %}")
        else:
            block.has_else = True
            block.names = {}

    def _end(self, kind: str, tag: Tag) -> None:
        if not self.open or self.open[-1].kind != kind:
            waits = f": fermez d’abord « {self.open[-1].tag.shown} »" if self.open else ""
            raise WrongError(f"« {tag.shown} » ne ferme rien ici{waits}")
        self.open.pop()

    def _meaning(self, words: str, tag: Tag) -> Meaning:
        return meaning_of(words, tag.shown, self.scope)
