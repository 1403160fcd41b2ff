"""Forms about accounts. allauth's get our French labels; ours only check what boxes can check."""

from __future__ import annotations

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms

from accounts.domain.addresses import confirm_current_address, keep_with_its_owner
from accounts.domain.invitations import grantable_places
from accounts.models import RoleAssignment, User
from reference.models.places import Place

PASSWORD_HELP = "Douze caractères ou plus. Une courte phrase est facile à retenir."  # noqa: S105
WORDS: dict[str, tuple[str, str]] = {
    "login": ("Courriel", ""),
    "email": ("Courriel", ""),
    "password": ("Mot de passe", ""),
    "password1": ("Nouveau mot de passe", PASSWORD_HELP),
    "password2": ("Nouveau mot de passe, encore une fois", ""),
    "oldpassword": ("Mot de passe actuel", ""),
    "remember": (
        "Garder ma session ouverte 30 jours sur cet appareil",
        "Jamais sur un appareil partagé.",
    ),
    "code": ("Code", ""),
    "name": ("Nom de la clé", "Pour la reconnaître: « mon téléphone », « ordinateur du bureau »."),
    "passwordless": (
        "Entrer sans mot de passe avec cette clé",
        "Votre appareil vous demandera son code, votre empreinte ou votre visage.",
    ),
}


class FrenchWords:
    """Our words on allauth's fields, no placeholder (the label says it all)."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.pop("autofocus", None)
            if name in WORDS:
                field.label, field.help_text = WORDS[name]


class SignInForm(FrenchWords, account_forms.LoginForm):
    """E-mail and password."""


class RequestCodeForm(FrenchWords, account_forms.RequestLoginCodeForm):
    """Where to send a code."""


class ConfirmCodeForm(FrenchWords, account_forms.ConfirmLoginCodeForm):
    """The code received by e-mail."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code reçu par courriel"


class ResetPasswordForm(FrenchWords, account_forms.ResetPasswordForm):
    """Where to send the reset link."""


class ResetPasswordKeyForm(FrenchWords, account_forms.ResetPasswordKeyForm):
    """The new password, after the link."""


class ChangePasswordForm(FrenchWords, account_forms.ChangePasswordForm):
    """The old password, then the new one twice."""


class SetPasswordForm(FrenchWords, account_forms.SetPasswordForm):
    """A first password, for who entered by code only."""


class ReauthenticateForm(FrenchWords, account_forms.ReauthenticateForm):
    """The password again, before something serious."""


class AddEmailForm(FrenchWords, account_forms.AddEmailForm):
    """The new address."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Nouvelle adresse"

    def save(self, request):
        confirm_current_address(request.user)
        keep_with_its_owner(self.cleaned_data["email"])
        return super().save(request)


class SecondFactorForm(FrenchWords, mfa_forms.AuthenticateForm):
    """A code of the application, or a recovery code."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code de l’application, ou code de secours"


class SecondFactorAgainForm(FrenchWords, mfa_forms.ReauthenticateForm):
    """The same, before something serious."""


class ActivateTotpForm(FrenchWords, totp_forms.ActivateTOTPForm):
    """The first code, which proves that the application is set."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code à six chiffres que montre l’application"


class AddKeyForm(FrenchWords, webauthn_forms.AddWebAuthnForm):
    """A passkey or a security key."""


class EditKeyForm(FrenchWords, webauthn_forms.EditWebAuthnForm):
    """Another name for a key."""


class InvitationForm(forms.Form):
    email = forms.EmailField(label="Courriel de la personne")
    role = forms.ChoiceField(
        label="Rôle",
        required=False,
        choices=[("", "Animation"), *RoleAssignment.Role.choices],
        help_text="Une personne qui anime n’a besoin d’aucun rôle: on l’ajoute à ses démarches.",
    )
    place = forms.ModelChoiceField(
        label="Territoire du rôle",
        required=False,
        queryset=Place.objects.none(),
        empty_label="Aucun",
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = grantable_places(user).order_by("name")


class AcceptInvitationForm(forms.Form):
    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)
    password = forms.CharField(
        label="Mot de passe",
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
