"""A rule's refusal, put where the person reads it: beside the box, or above the form."""

from django import forms

from core.errors import DomainError
from core.typography import fr_typo


def add_refusal(form: forms.Form, refusal: DomainError) -> None:
    """The admin's own templates show errors as they come: their typography is put right here."""
    fields = {name: text for name, text in refusal.fields.items() if name in form.fields}
    for name, text in fields.items():
        form.add_error(name, fr_typo(text))
    if not fields:
        for line in str(refusal).splitlines():
            form.add_error(None, fr_typo(line))
