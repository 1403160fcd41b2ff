"""Closed lists of the events: where a registration stands, what becomes of what was decided."""

from django.db import models


class RegistrationState(models.TextChoices):
    CONFIRMED = "confirmed", "place retenue"
    WAITING = "waiting", "liste d’attente"
    CANCELLED = "cancelled", "annulée"


EXPECTED_STATES = (RegistrationState.CONFIRMED, RegistrationState.WAITING)
"""Somebody who means to come."""


class Door(models.TextChoices):
    """Whether somebody may register, at a given moment."""

    NONE = "none", "sans inscription"
    NOT_YET = "not_yet", "pas encore ouvertes"
    OPEN = "open", "ouvertes"
    CLOSED = "closed", "closes"
    OVER = "over", "rencontre passée"
    CALLED_OFF = "called_off", "rencontre annulée"


class SequelState(models.TextChoices):
    PLANNED = "planned", "à faire"
    UNDER_WAY = "under_way", "en cours"
    DONE = "done", "fait"
    DROPPED = "dropped", "laissé de côté"
