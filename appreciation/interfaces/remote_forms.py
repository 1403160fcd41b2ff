from django import forms

from appreciation.domain.remote import PRESSED


class PressForm(forms.Form):
    """A button of the remote, and the moment that its screen showed."""

    gesture = forms.ChoiceField(choices=[(name, name) for name in PRESSED])
    seen = forms.CharField(max_length=16)


class TimerMoveForm(forms.Form):
    minuteur = forms.ChoiceField(choices=[("plus", "plus"), ("moins", "moins")])
    expected_end = forms.DateTimeField(required=False)
