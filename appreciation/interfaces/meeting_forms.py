"""What the console sends: one small form per kind of gesture, hidden fields for the most part."""

from django import forms

from appreciation.enums import Pace
from appreciation.models import Meeting


class NothingForm(forms.Form):
    """A gesture that says all by its name."""


class OpenMeetingForm(forms.Form):
    """`is_day_confirmed`: she was told that it is planned for another day, and means it."""

    is_day_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class RoundForm(forms.Form):
    round_id = forms.IntegerField(widget=forms.HiddenInput)


class DimensionForm(forms.Form):
    dimension_id = forms.IntegerField(widget=forms.HiddenInput)


class ShownForm(forms.Form):
    """What goes on the wall: nothing chosen means the whole meeting."""

    dimension_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    item_id = forms.IntegerField(required=False, widget=forms.HiddenInput)


class HeadCountForm(forms.Form):
    head_count = forms.IntegerField(
        label="Personnes présentes",
        required=False,
        min_value=0,
        max_value=2000,
        help_text="Comptez la salle, vous aussi comprise si vous répondez. Vide: pas compté.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class TimerForm(forms.Form):
    """Minutes on screen, seconds for the rule."""

    minutes = forms.IntegerField(
        label="Minuteur, en minutes",
        min_value=0,
        max_value=180,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean(self):
        cleaned = super().clean()
        if "minutes" in cleaned:
            return {"seconds": cleaned["minutes"] * 60}
        return cleaned


class ExtendForm(forms.Form):
    """`expected_end` is the end that the screen showed, as the server wrote it."""

    seconds = forms.IntegerField(min_value=1, max_value=3600, widget=forms.HiddenInput)
    expected_end = forms.DateTimeField(required=False, widget=forms.HiddenInput)


class SwitchForm(forms.Form):
    """On or off, by two buttons of the same name."""

    on = forms.TypedChoiceField(choices=[("1", "oui"), ("0", "non")], coerce=lambda v: v == "1")


class DetailsForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = ("starts_at", "venue", "pace", "asks_sector")
        widgets = {
            "starts_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
            "pace": forms.RadioSelect(choices=Pace.choices),
        }
