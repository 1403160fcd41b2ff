"""Findings that may say the same thing: put side by side, explained, and confirmed by a person.

Pure, and made here: stems of French words, dimensions and the names of issues. No text leaves the
site, and nothing is classified by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from appreciation.domain.synthesis.published import PublishedFinding
from core.search_words import stem, written_words
from core.typography import NBSP, join_words

SMALLEST_GROUP = 2
SHORTEST_WORD = 4
MOST_REASONS = 4
EMPTY_WORDS = frozenset(
    word
    for words in (
        "ailleurs alors annee annees apres assez aucun aucune aussi autre autres avant avec",
        "avoir beaucoup besoin bien bonne cela celle celui ceux chaque chez chose comme",
        "comment communaute communautes dans depuis encore ensemble entre etre faire fait",
        "faut fois gens grand grande habitant habitants jamais juste leur leurs lieu local",
        "locale locaux madame mais meme mieux milieu moins monde monsieur monte municipal",
        "municipale municipalite notre nous parce parfois part partout pas personne",
        "personnes petit petite peut peuvent place plus plusieurs pour pouvoir presque",
        "quand quelqu quelque quelques quoi rien sans sera seulement sont sous souvent",
        "deux trois quatre cinq six sept huit neuf dix douze quinze vingt trente cent",
        "toujours tous tout toute toutes tres trop vers vient village ville voir votre vous",
    )
    for word in words.split()
)
"""Folded words that every community writes: they bring nothing together."""


@dataclass(frozen=True)
class KnownTheme:
    """A theme of the codebook, as far as words go."""

    pk: int
    kind: str
    label: str
    definition: str = ""
    issue: str = ""


@dataclass(frozen=True)
class SuggestedGroup:
    """`keys` of findings that share words; `theme`: one of the codebook that has them too.

    `label` is offered as a name, `because` says what they share.
    """

    kind: str
    label: str
    because: str
    keys: tuple[str, ...]
    theme: int | None = None


def group_findings(
    findings: Iterable[PublishedFinding],
    *,
    themes: Sequence[KnownTheme] = (),
    issues: Sequence[str] = (),
) -> tuple[SuggestedGroup, ...]:
    """Groups of findings of one kind, from two démarches at least, or beside a known theme.

    `issues`: their names. First what a theme of the codebook already names; then, among what
    is left, the word that most démarches share, and so on. The same findings, the same groups.
    """
    by_kind: dict[str, list[PublishedFinding]] = {}
    for finding in findings:
        by_kind.setdefault(finding.kind, []).append(finding)
    groups: list[SuggestedGroup] = []
    for kind, found in by_kind.items():
        left = _Words(found, issues)
        groups += _beside_themes(left, [each for each in themes if each.kind == kind])
        groups += _together(left, kind)
    return tuple(groups)


class _Words:
    """Findings left to group, by the stems that they have. `forms`: stem → as people wrote it."""

    def __init__(self, findings: Sequence[PublishedFinding], issues: Sequence[str]) -> None:
        self.left = {each.key: each for each in findings}
        self.forms: dict[str, Counter[str]] = {}
        named = {name: set(self._read(name)) for name in issues}
        self.stems = {
            each.key: set(self._read(f"{each.text} {each.dimension}")) for each in findings
        }
        self.issues = {
            key: {name for name, stems in named.items() if stems & found}
            for key, found in self.stems.items()
        }

    def _read(self, text: str) -> Iterator[str]:
        for start, end, folded in written_words(text):
            if len(folded) >= SHORTEST_WORD and folded not in EMPTY_WORDS:
                root = stem(folded)
                self.forms.setdefault(root, Counter())[text[start:end].lower()] += 1
                yield root

    def stems_of(self, text: str) -> set[str]:
        return set(self._read(text))

    def signs_of(self, key: str) -> set[str]:
        """What a finding can be brought together by: its stems, and issues that its words name."""
        return self.stems[key] | {f"@{name}" for name in self.issues[key]}

    def in_words(self, signs: Iterable[str]) -> list[str]:
        """As most people wrote them; an issue by its name."""
        words = [
            sign[1:]
            if sign.startswith("@")
            else min(self.forms[sign], key=lambda form: (-self.forms[sign][form], form))
            for sign in signs
        ]
        return list(dict.fromkeys(words))

    def take(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.left.pop(key, None)


def _beside_themes(words: _Words, themes: Sequence[KnownTheme]) -> Iterator[SuggestedGroup]:
    for theme in sorted(themes, key=lambda each: (each.label, each.pk)):
        wanted = words.stems_of(f"{theme.label} {theme.issue}")
        found = {key: words.stems[key] & wanted for key in words.left}
        keys = tuple(key for key, shared in found.items() if shared)
        if keys:
            shared = Counter(each for key in keys for each in found[key])
            yield SuggestedGroup(
                kind=theme.kind,
                label=theme.label,
                because=_because(words, shared),
                keys=keys,
                theme=theme.pk,
            )
            words.take(keys)


def _together(words: _Words, kind: str) -> Iterator[SuggestedGroup]:
    while best := _most_shared(words):
        keys = tuple(key for key in words.left if best in words.signs_of(key))
        shared = Counter(sign for key in keys for sign in words.signs_of(key))
        common = Counter({sign: times for sign, times in shared.items() if 2 * times > len(keys)})
        named = words.in_words([best])[0]
        yield SuggestedGroup(
            kind=kind,
            label=named[:1].upper() + named[1:],
            because=_because(words, common, first=best),
            keys=keys,
        )
        words.take(keys)


def _most_shared(words: _Words) -> str | None:
    """What the most démarches share, two at least; then the most findings, then letters."""
    places: dict[str, set[int]] = {}
    times: Counter[str] = Counter()
    for key, finding in words.left.items():
        for sign in words.signs_of(key):
            places.setdefault(sign, set()).add(finding.appraisal_id)
            times[sign] += 1
    shared = [sign for sign, found in places.items() if len(found) >= SMALLEST_GROUP]
    return min(shared, key=lambda sign: (-len(places[sign]), -times[sign], sign), default=None)


def _because(words: _Words, shared: Counter[str], *, first: str = "") -> str:
    order = sorted(shared, key=lambda sign: (sign != first, -shared[sign], sign))
    return f"Parce que{NBSP}: {join_words(words.in_words(order)[:MOST_REASONS])}."
