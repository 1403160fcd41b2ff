"""The form of « Mes préférences »: one box for each kind of optional mail, ticked = received."""

from __future__ import annotations

from django import forms

from background.preferences import optional_mails
from core.typography import fr_typo


class MailChoicesForm(forms.Form):
    def __init__(self, *args, refused: set[str], **options) -> None:
        super().__init__(*args, **options)
        for mail in optional_mails():
            self.fields[mail.kind] = forms.BooleanField(
                label=fr_typo(mail.label),
                help_text=mail.instead,
                required=False,
                initial=mail.kind not in refused,
            )

    def refused(self) -> set[str]:
        return {kind for kind, is_wanted in self.cleaned_data.items() if not is_wanted}
