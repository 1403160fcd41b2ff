"""Two people wrote at once: what the other saved, beside what you typed."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

ABSENT = "(rien)"


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    mine: str


def differences(typed: forms.Form, stored: forms.Form) -> list[Difference]:
    """The fields where the stored value is not what was typed, in words."""
    found = []
    for bound in typed.visible_fields():
        if bound.name == "comment" or bound.field.disabled:
            continue
        theirs = _in_words(bound.field, stored.initial.get(bound.name))
        mine = _in_words(bound.field, bound.data)
        if theirs != mine:
            found.append(Difference(bound.label, theirs, mine))
    return found


def _in_words(field: forms.Field, value: object) -> str:
    if isinstance(field, forms.BooleanField):
        return "oui" if field.to_python(value) else "non"
    if isinstance(value, list | tuple):
        return ", ".join(_choice(field, one) for one in value) or ABSENT
    if value in (None, ""):
        return ABSENT
    return _choice(field, value) if hasattr(field, "choices") else _plain(field, value)


def _choice(field: forms.Field, value: object) -> str:
    labels = {str(key): str(label) for key, label in field.choices}  # type: ignore[attr-defined]
    return labels.get(str(value), str(value))


def _plain(field: forms.Field, value: object) -> str:
    shown = field.widget.format_value(field.prepare_value(value))
    return str(shown).replace("\r\n", "\n").strip()
