"""Forms that anybody may send: slowed down without puzzle nor third party, never lost."""

from __future__ import annotations

import datetime as dt
import secrets
from hashlib import sha256

from django.core import signing
from django.utils.crypto import salted_hmac

from cms.models import PublicFormSending
from core.errors import DomainError
from core.purges import earliest_due


class TooManySendingsError(DomainError):
    """One address sent too many: the same form may be sent later."""


SHORTEST = dt.timedelta(seconds=3)
"""Nobody reads and fills a form faster."""
LONGEST = dt.timedelta(days=2)
LONGEST_KEY = 40
SENDINGS_MAX = 5
SENDINGS_WINDOW = dt.timedelta(hours=1)
SENDINGS_KEPT = dt.timedelta(days=1)

TOO_QUICK = "C’est allé très vite. Relisez, puis envoyez de nouveau: rien n’est perdu."
TOO_OLD = (
    "La page est restée ouverte longtemps. Relisez, puis envoyez de nouveau: rien n’est perdu."
)
HIDDEN_BOX = (
    "Une case cachée a été remplie, peut-être par votre navigateur. Nous l’avons vidée: "
    "envoyez de nouveau."
)
TOO_MANY = (
    "Plusieurs messages sont déjà partis d’ici depuis une heure. Le vôtre reste à l’écran: "
    "réessayez plus tard, ou téléphonez-nous."
)


def start_form(form: str) -> str:
    """What a page carries from its opening to its sending: a key of its own and the hour."""
    return _signer(form).sign(secrets.token_hex(16))


def key_of_form(form: str, started: str, *, said: object = None) -> str:
    """The key signed in `started`. DomainError, kindly, when it was sent too fast or too late.

    With what is `said` in it: the same form twice is one sending, but whoever goes back and writes
    something else in it says another thing.
    """
    signer = _signer(form)
    try:
        key = signer.unsign(started, max_age=LONGEST)
    except signing.BadSignature as problem:
        raise DomainError(TOO_OLD) from problem
    if _is_younger(signer, started, SHORTEST):
        raise DomainError(TOO_QUICK)
    return key if said is None else key_of_words(key, said)


def key_of_words(form_key: str, said: object) -> str:
    """A key for what is `said` in the form of this key: forty signs at most."""
    return sha256(f"{form_key}/{said}".encode()).hexdigest()[:LONGEST_KEY]


def count_sending(*, form: str, address: str, now: dt.datetime, most: int = SENDINGS_MAX) -> None:
    """Remember one sending from `address`; TooManySendingsError beyond `most` in an hour.

    The address itself is not kept: an imprint whose salt changes every day.
    """
    key = salted_hmac(f"public_forms.{form}.{now:%Y-%m-%d}", address, algorithm="sha256")
    sent = PublicFormSending.objects.filter(
        form=form, address_key=key.hexdigest(), at__gt=now - SENDINGS_WINDOW
    )
    if sent.count() >= most:
        raise TooManySendingsError(TOO_MANY)
    PublicFormSending.objects.create(form=form, address_key=key.hexdigest(), at=now)


def erase_old_sendings(now: dt.datetime) -> int:
    """Imprints of addresses serve an hour, are kept a day at most."""
    return PublicFormSending.objects.filter(at__lt=now - SENDINGS_KEPT).delete()[0]


def next_old_sending() -> dt.datetime | None:
    return earliest_due(PublicFormSending.objects.all(), "at", kept=SENDINGS_KEPT)


def _signer(form: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"public_forms.{form}")


def _is_younger(signer: signing.TimestampSigner, started: str, age: dt.timedelta) -> bool:
    try:
        signer.unsign(started, max_age=age)
    except signing.SignatureExpired:
        return False
    return True
