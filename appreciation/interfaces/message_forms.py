"""One message: its text, changed before it leaves, and to whom it goes."""

from __future__ import annotations

from django import forms

from appreciation.domain.messages import Message
from appreciation.models import Invitee


class MessageForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(
        label="Objet", max_length=150, error_messages={"required": "Écrivez un objet."}
    )
    body = forms.CharField(
        label="Texte",
        max_length=10_000,
        error_messages={"required": "Écrivez le texte."},
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    people = forms.MultipleChoiceField(
        label="À qui l’envoyer?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args, message: Message, people: list[Invitee], ticked: list[int], **options
    ) -> None:
        super().__init__(*args, **options)
        self.initial = {
            "version": message.version,
            "subject": message.subject,
            "body": message.body,
            "people": [str(pk) for pk in ticked],
        }
        self.fields["people"].choices = [
            (str(one.pk), f"{one.name} ({one.email})") for one in people
        ]

    def clean_body(self) -> str:
        """As it is stored: browsers send other line ends than ours."""
        return self.cleaned_data["body"].replace("\r\n", "\n")

    def text(self) -> dict[str, object]:
        return {
            "version": self.cleaned_data["version"] or 0,
            "subject": self.cleaned_data["subject"],
            "body": self.cleaned_data["body"],
        }
