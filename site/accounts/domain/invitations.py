"""Inviting facilitators: a link that works once, for seven days, and never grants more than its
sender has (issue 2 §1)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.domain.addresses import confirm_current_address
from accounts.domain.groups import assign_role
from accounts.models import Invitation, User
from background.outbox import cancel_mails
from core.errors import DomainError
from reference.models.places import Place, PlaceQuerySet

VALID_FOR = timedelta(days=7)
NOT_USABLE = (
    "Cette invitation n’est plus valable: elle a déjà servi, a été annulée ou a plus de sept jours."
    " Demandez-en une nouvelle à votre coordination."
)


def can_invite(user: User) -> bool:
    """Coordinators and superusers invite."""
    return user.is_superuser or user.coordinated_places().exists()


def grantable_places(user: User) -> PlaceQuerySet:
    """Places on which she may give a role: those she coordinates; all of them for a superuser."""
    return Place.objects.all() if user.is_superuser else user.coordinated_places()


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    invited_by: User,
    email: str,
    role: str = "",
    place: Place | None = None,
    send: Callable[[Invitation, str], None],
) -> Invitation:
    """Make an invitation and hand its link's token to `send`. Older ones for her are revoked.

    `send` writes the mail in the outbox, in the same transaction: a mail server that is down does
    not keep anyone from inviting.
    """
    email = User.objects.normalize_email(email.strip()).lower()
    if not can_invite(invited_by):
        raise DomainError("Seule la coordination invite des personnes.")
    _ensure_grantable(invited_by=invited_by, role=role, place=place)
    _ensure_new(email)
    now = timezone.now()
    older = Invitation.objects.visible_to(invited_by).filter(
        email__iexact=email, used_at=None, revoked_at=None
    )
    for one in older:
        revoke_invitation(invitation=one)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        place=place,
        token_hash=hash_token(token),
        invited_by=invited_by,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    send(invitation, token)
    return invitation


def _ensure_new(email: str) -> None:
    if User.objects.filter(email__iexact=email).exists():
        sentence = "Cette personne a déjà un compte: ajoutez-la plutôt à une démarche."
        raise DomainError(sentence, fields={"email": sentence})


def _ensure_grantable(*, invited_by: User, role: str, place: Place | None) -> None:
    if place is None:
        if role:
            raise DomainError(
                "Choisissez le territoire de ce rôle.",
                fields={"place": "Choisissez le territoire de ce rôle."},
            )
        return
    if not grantable_places(invited_by).filter(pk=place.pk).exists():
        raise DomainError(
            "Vous ne coordonnez pas ce territoire.",
            fields={"place": "Choisissez un territoire que vous coordonnez."},
        )


def _new_user(email: str, first_name: str, last_name: str, password: str) -> User:
    user = User(
        username=f"p-{secrets.token_hex(8)}",
        email=email,
        first_name=first_name.strip(),
        last_name=last_name.strip(),
    )
    try:
        validate_password(password, user)
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise DomainError(sentence, fields={"password": sentence}) from error
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def revoke_invitation(*, invitation: Invitation) -> None:
    """The link stops working. An invitation already accepted stays as it is."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.used_at is not None:
        raise DomainError("Cette invitation a déjà été acceptée.")
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        cancel_mails(key_prefix=f"invitation/{locked.pk}/")


def find_invitation(token: str) -> Invitation | None:
    """The usable invitation of this link, or None. Looking consumes nothing."""
    invitation = Invitation.objects.filter(token_hash=hash_token(token)).first()
    return invitation if invitation is not None and invitation.is_usable else None


@transaction.atomic
def accept_invitation(*, token: str, first_name: str, last_name: str, password: str) -> User:
    """Open the account, once. Rights are checked again: the sender may have lost hers."""
    invitation = Invitation.objects.select_for_update().filter(token_hash=hash_token(token)).first()
    if invitation is None or not invitation.is_usable:
        raise DomainError(NOT_USABLE)
    sender = invitation.invited_by
    if sender is None or not (sender.is_active and can_invite(sender)):
        raise DomainError(NOT_USABLE)
    _ensure_grantable(invited_by=sender, role=invitation.role, place=invitation.place)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise DomainError("Cette adresse a déjà un compte: entrez par « Se connecter ».")
    user = _new_user(invitation.email, first_name, last_name, password)
    if invitation.role:
        assign_role(user=user, role=invitation.role, place=invitation.place)
    confirm_current_address(user)
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    return user
