"""The e-mail address of an account, and allauth's own list of addresses kept true to it."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from accounts.models import User


def confirm_current_address(user: User) -> None:
    """Her address was proven by the invitation: it stays hers until a new one is confirmed.

    Without a confirmed one, allauth would take the change itself for the correction of an error,
    and leave the account without any address meanwhile.
    """
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )


def keep_with_its_owner(email: str) -> None:
    """An address that opens an account is nobody else's to confirm, whoever asked for it.

    Who asks is told nothing of it: the answer is that of a free address.
    """
    for owner in User.objects.filter(email__iexact=email):
        confirm_current_address(owner)


def forget_other_addresses(user: User) -> None:
    """An address changed by an administrator no longer opens the account, nor receives its links.

    For who lost a mailbox, or left the organisation whose address she had.
    """
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
