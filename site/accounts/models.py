"""People who sign in, and what they may do where."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from reference.models.places import Place, PlaceQuerySet


class User(AbstractUser):
    """A person with an account. The e-mail address is what she signs in with."""

    email = models.EmailField("courriel", unique=True)

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def places_for_role(self, role: str) -> PlaceQuerySet:
        """Places where this person holds `role`: those assigned and all that lies under them."""
        assigned = self.role_assignments.filter(role=role).values("place")
        return Place.objects.filter(
            models.Q(pk__in=assigned)
            | models.Q(parent__in=assigned)
            | models.Q(parent__parent__in=assigned)
            | models.Q(parent__parent__parent__in=assigned)
        )

    @property
    def enters_admin(self) -> bool:
        """Whether the admin opens for this person: then a second factor is asked in production."""
        return self.is_active and (self.is_superuser or self.has_perm("wagtailadmin.access_admin"))

    def coordinated_places(self) -> PlaceQuerySet:
        return self.places_for_role(RoleAssignment.Role.COORDINATOR)


def display_name(user: User) -> str:
    """What allauth writes in pages and mails."""
    return str(user)


class RoleAssignment(models.Model):
    """What a person does for a place and all that lies under it."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", "coordination"
        EDITOR = "editor", "édition"
        MODERATOR = "moderator", "modération"

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="role_assignments", verbose_name="personne"
    )
    role = models.CharField("rôle", max_length=15, choices=Role.choices)
    place = models.ForeignKey(
        "reference.Place",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="territoire ou région",
    )

    class Meta:
        verbose_name = "rôle"
        verbose_name_plural = "rôles"
        constraints = [
            models.UniqueConstraint(fields=("user", "role", "place"), name="role_assignment_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.place}"


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> InvitationQuerySet:
        """Those she sent, and those for the places she coordinates. A superuser sees all."""
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(invited_by=user) | models.Q(place__in=user.coordinated_places())
        )


class Invitation(models.Model):
    """A link that opens an account once. Only the link's imprint is kept."""

    email = models.EmailField("courriel")
    role = models.CharField("rôle", max_length=15, choices=RoleAssignment.Role.choices, blank=True)
    place = models.ForeignKey(
        "reference.Place",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="territoire ou région",
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        related_name="invitations_sent",
        verbose_name="de la part de",
    )
    created_at = models.DateTimeField("envoyée le", default=timezone.now)
    expires_at = models.DateTimeField("valable jusqu’au")
    used_at = models.DateTimeField("acceptée le", null=True, blank=True)
    revoked_at = models.DateTimeField("annulée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role="") | models.Q(place__isnull=False),
                name="invitation_role_has_place",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_used_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation de {self.email}"

    @property
    def is_usable(self) -> bool:
        return self.used_at is None and self.revoked_at is None and self.expires_at > timezone.now()
