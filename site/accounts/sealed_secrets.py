"""Secrets of the second factor, sealed in the database: a stolen copy of it opens no account.

The key comes from SECRET_KEY, which a backup does not contain. What an older key sealed stays
readable as long as that key is in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError

PURPOSE = b"accounts.second-factor"
UNREADABLE = (
    "Votre application de codes et vos codes de secours ne servent plus: la clé secrète du site"
    " a changé. Entrez avec une clé d’accès si vous en avez une, puis débranchez l’application et"
    " branchez-la de nouveau. Sinon, appelez la personne qui administre le site: elle peut retirer"
    " cette preuve de votre compte."
)


class UnreadableSecretError(ValidationError):
    """No key of ours opens this secret. Raised in a form, it is shown beside the code."""

    def __init__(self) -> None:
        super().__init__(UNREADABLE, code="unreadable_secret")


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret in clear. Raises UnreadableSecretError when no key of ours sealed it."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def _keys() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str) -> bytes:
    """A key of its own for this purpose, so that no signature made elsewhere can help."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))
