"""What a browser would send back of a form of Wagtail's, unchanged."""

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm


def as_typed(form: BaseForm, **changed: Any) -> dict[str, Any]:
    """The fields of a page's form and of its rows, with what a test changes."""
    sent = {name: "" if value is None else value for name, value in _fields(form)}
    return {name: value for name, value in sent.items() if value is not False} | changed


def _fields(form: BaseForm) -> Iterator[tuple[str, Any]]:
    for bound in form:
        value = bound.value()
        if isinstance(value, (list, tuple)):
            yield bound.html_name, [getattr(one, "pk", one) for one in value]
        elif isinstance(value, bool):
            yield bound.html_name, value
        else:
            yield bound.html_name, bound.field.widget.format_value(value)
    for formset in getattr(form, "formsets", {}).values():
        for bound in formset.management_form:
            yield bound.html_name, bound.value()
        for row in formset.forms:
            yield from _fields(row)
