"""One paragraph of the report."""

from django import forms

LONGEST_PARAGRAPH = 10_000


class SectionForm(forms.Form):
    text = forms.CharField(
        label="Texte",
        required=False,
        max_length=LONGEST_PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=("Laissez une ligne vide entre deux paragraphes. Sans texte, il ne paraît pas."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
