from django import forms


class StartForm(forms.Form):
    """`demarche`: the reference of the démarche whose set-up is copied; empty for none."""

    demarche = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class OpenForm(forms.Form):
    real_people = forms.TypedChoiceField(
        choices=(("oui", "oui"), ("non", "non")), coerce=lambda said: said == "oui"
    )


class WipeForm(forms.Form):
    sure = forms.BooleanField(
        label="Les réponses des vrais téléphones peuvent être effacées", required=False
    )


class KeepForm(forms.Form):
    room_agrees = forms.BooleanField(
        label="La salle le sait et personne ne s’y oppose", required=False
    )
