"""A rule's refusal, put where the person reads it: beside the box, or above the form."""

from django import forms

from core.errors import DomainError


def add_refusal(form: forms.Form, refusal: DomainError) -> None:
    fields = {name: text for name, text in refusal.fields.items() if name in form.fields}
    for name, text in fields.items():
        form.add_error(name, text)
    if not fields:
        for line in str(refusal).splitlines():
            form.add_error(None, line)
