"""How allauth behaves here: no public sign-up, French mails, a mail server that may be away."""

from __future__ import annotations

import logging
import time
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from accounts.refusals import REFUSALS, SECOND_FACTOR_REFUSALS
from accounts.sealed_secrets import seal, unseal

logger = logging.getLogger("consortium.mail")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | REFUSALS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts come from an invitation."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who entered a moment ago has just proved who she is: she is not asked twice."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0)
        if time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not tell known addresses from unknown ones."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            logger.error("Courriel non parti (%s): %s", template_prefix, type(error).__name__)  # noqa: TRY400

    def add_message(self, request, level, message_template=None, *args: Any, **kwargs: Any) -> None:
        """Only those of allauth's messages that we rewrote are shown."""
        if message_template in MESSAGES:
            kwargs["message"] = MESSAGES[message_template]
            super().add_message(request, level, None, *args, **kwargs)


MESSAGES = {
    "account/messages/password_changed.txt": (
        "Votre mot de passe est changé. Vos autres appareils devront entrer de nouveau."
    ),
    "account/messages/password_set.txt": "Votre mot de passe est enregistré.",
    "account/messages/email_confirmation_sent.txt": (
        "Un courriel est parti à la nouvelle adresse: ouvrez-y le lien pour la confirmer."
    ),
    "account/messages/email_confirmed.txt": "Votre nouvelle adresse est confirmée.",
    "account/messages/email_deleted.txt": "Le changement d’adresse est annulé.",
    "mfa/messages/totp_activated.txt": "L’application de codes est branchée.",
    "mfa/messages/totp_deactivated.txt": "L’application de codes est débranchée.",
    "mfa/messages/webauthn_added.txt": "La clé d’accès est ajoutée.",
    "mfa/messages/webauthn_removed.txt": "La clé d’accès est retirée.",
    "mfa/messages/recovery_codes_generated.txt": "De nouveaux codes de secours sont prêts.",
    "usersessions/messages/sessions_logged_out.txt": "Vos autres appareils sont déconnectés.",
}


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | SECOND_FACTOR_REFUSALS

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME
