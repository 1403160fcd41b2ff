"""Which mails a person may do without. The outbox asks here, and nowhere else.

The apps say which kinds are optional (`register_optional_mail`, in `ready()`): any other kind
always leaves. A choice belongs to an account; an address without one has the links of its mails.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from background.letters import full_address
from background.models import MailPreference, OutgoingMail
from core.typography import NBSP

FOOTER = (
    f"\n--\nNe plus recevoir ce genre de courriel{NBSP}: {{stop}}\n"
    f"Choisir les courriels que vous recevez{NBSP}: {{choices}}\n"
)


@dataclass(frozen=True)
class OptionalMail:
    """`label` begins a line; `instead` says where the same is read without the mail."""

    kind: str
    label: str
    instead: str


_register: dict[str, OptionalMail] = {}


def register_optional_mail(kind: str, label: str, *, instead: str) -> None:
    _register[kind] = OptionalMail(kind, label, instead)


def optional_mails() -> list[OptionalMail]:
    return list(_register.values())


def optional_mail(kind: str) -> OptionalMail | None:
    return _register.get(kind)


def refused_kinds(user: AbstractBaseUser) -> set[str]:
    """Those that this person does without; a kind that is optional no more leaves again."""
    chosen = MailPreference.objects.filter(user=user).first()
    return set(chosen.refused) & set(_register) if chosen else set()


def choose_mails(*, user: AbstractBaseUser, refused: Iterable[str]) -> None:
    """Do without these kinds, and receive all the others. Only optional ones can be refused."""
    kept = sorted(set(refused) & set(_register))
    MailPreference.objects.update_or_create(user=user, defaults={"refused": kept})


def refuse_mail(*, token: str, kind: str) -> None:
    """By the link of a mail: one kind more. Twice, or with a link that is gone, is harmless."""
    chosen = MailPreference.objects.filter(token=token).select_related("user").first()
    if chosen is not None:
        choose_mails(user=chosen.user, refused={*chosen.refused, kind})


def preference_for(mail: OutgoingMail) -> MailPreference | None:
    """The choice that applies to this mail: None when it always leaves, or has no account."""
    if mail.kind not in _register:
        return None
    person = get_user_model().objects.filter(email__iexact=mail.to).first()
    if person is None:
        return None
    return MailPreference.objects.get_or_create(user=person)[0]


def links_to_stop(mail: OutgoingMail, preference: MailPreference) -> tuple[str, dict[str, str]]:
    """Added to an optional mail: words at its foot, headers for mail programs (RFC 8058)."""
    stop = full_address("mail_choices:stop", preference.token, mail.kind)
    one_click = full_address("mail_choices:one_click", preference.token, mail.kind)
    headers = {
        "List-Unsubscribe": f"<{one_click}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return FOOTER.format(stop=stop, choices=full_address("space:preferences")), headers
