"""The meeting, its rounds, its seats."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models

from appreciation.enums import (
    UNFINISHED_ROUND_STATES,
    DotsState,
    FillMode,
    Medium,
    MeetingKind,
    MeetingState,
    Pace,
    RoundState,
)

JOIN_CODE_LENGTH = 6
JOIN_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs, none that look alike (no 0 O 1 I L): codes are read aloud in halls."""


def random_code(length: int = JOIN_CODE_LENGTH) -> str:
    return "".join(secrets.choice(JOIN_ALPHABET) for _ in range(length))


def random_token() -> str:
    return secrets.token_urlsafe(32)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user) -> MeetingQuerySet:
        """Those of the démarches she may open. From `every`: her own rehearsals too."""
        from appreciation.models.appraisals import Appraisal

        return self._real_or_rehearsed(Appraisal.objects.visible_to(user), user)

    def editable_by(self, user) -> MeetingQuerySet:
        """Those of the démarches she may change. From `every`: her own rehearsals too."""
        from appreciation.models.appraisals import Appraisal

        return self._real_or_rehearsed(Appraisal.objects.editable_by(user), user)

    def _real_or_rehearsed(self, appraisals, user) -> MeetingQuerySet:
        """A rehearsal is for whoever made it: neither her team nor the coordination opens it."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(
            models.Q(appraisal__in=appraisals)
            | models.Q(appraisal__is_rehearsal=True, appraisal__created_by=user)
        )


class RealMeetings(models.Manager.from_queryset(MeetingQuerySet)):
    """Every meeting but the rehearsals, which only those who ask for them by name may reach."""

    def get_queryset(self) -> MeetingQuerySet:
        return super().get_queryset().filter(appraisal__is_rehearsal=False)


class Meeting(models.Model):
    """One evening. Meetings of a démarche are never summed."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        on_delete=models.CASCADE,
        related_name="meetings",
        verbose_name="démarche",
    )
    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    kind = models.CharField(
        "genre", max_length=15, choices=MeetingKind.choices, default=MeetingKind.APPRAISAL
    )
    state = models.CharField(
        "état", max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    instrument = models.ForeignKey(
        "appreciation.Instrument",
        on_delete=models.PROTECT,
        related_name="meetings",
        verbose_name="instrument",
    )
    join_code = models.CharField(
        "code pour se joindre", max_length=JOIN_CODE_LENGTH, unique=True, default=random_code
    )
    starts_at = models.DateTimeField("date et heure", null=True, blank=True)
    postponed_from = models.DateTimeField(
        "date d’avant le report",
        null=True,
        blank=True,
        editable=False,
        help_text="Gardée tant que la nouvelle date est inconnue: l’heure ne se perd pas.",
    )
    venue = models.CharField("lieu", max_length=200, blank=True)
    fill_mode = models.CharField(
        "façon de répondre",
        max_length=25,
        choices=FillMode.choices,
        default=FillMode.INDIVIDUAL_THEN_GROUP,
    )
    pace = models.CharField("rythme", max_length=10, choices=Pace.choices, default=Pace.GUIDED)
    head_count = models.PositiveSmallIntegerField("personnes présentes", null=True, blank=True)
    capacity = models.PositiveSmallIntegerField("places dans la salle", null=True, blank=True)
    is_open_to_all = models.BooleanField("toute la population est invitée", default=False)
    asks_sector = models.BooleanField(
        "demander le secteur",
        default=False,
        help_text="Seulement si 25 personnes ou plus sont attendues.",
    )
    current_dimension = models.ForeignKey(
        "appreciation.InstrumentDimension",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    current_item = models.ForeignKey(
        "appreciation.Item", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    mirrored_screen = models.BooleanField("un seul écran (celui de la salle)", default=False)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    exit_questions_open = models.BooleanField("questions de sortie ouvertes", default=False)
    asked_question = models.ForeignKey(
        "appreciation.RoomQuestion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="question posée aux téléphones",
    )
    wall_question = models.ForeignKey(
        "appreciation.RoomQuestion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="question à l’écran de la salle",
    )
    dots = models.CharField(
        "choix par points",
        max_length=5,
        choices=DotsState.choices,
        default=DotsState.IDLE,
        blank=True,
    )
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    closed_at = models.DateTimeField("fermée le", null=True, blank=True)
    entry_done_at = models.DateTimeField("saisie terminée le", null=True, blank=True)
    unlinked_at = models.DateTimeField("jetons effacés le", null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=0,
        help_text="Grandit à chaque geste de la console: les écrans savent qu’ils sont à jour.",
    )

    objects = RealMeetings()
    every = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "rencontre"
        verbose_name_plural = "rencontres"
        ordering = ("-starts_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=MeetingState.PLANNED) | models.Q(opened_at__isnull=False),
                name="meeting_opened_is_stamped",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=(MeetingState.CLOSED, MeetingState.ENTRY_DONE))
                | models.Q(closed_at__isnull=False),
                name="meeting_closed_is_stamped",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MeetingState.ENTRY_DONE)
                | models.Q(entry_done_at__isnull=False),
                name="meeting_entry_done_is_stamped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def is_rehearsal(self) -> bool:
        return self.appraisal.is_rehearsal

    @property
    def spaced_join_code(self) -> str:
        """The code in two groups, as it is read aloud: « K7M 2PX »."""
        return f"{self.join_code[:3]} {self.join_code[3:]}"


class MeetingLog(models.Model):
    """What the team did at the console, in order: opened, closed, reopened, corrected."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="log")
    action = models.CharField("geste", max_length=40)
    detail = models.CharField("détail", max_length=300, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_label = models.CharField("par", max_length=80, blank=True)
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "geste de la rencontre"
        verbose_name_plural = "journal de la rencontre"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.action} {self.detail}".strip()


class Round(models.Model):
    """One vote on one dimension. A new vote is a new round; the first is kept beside it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rounds")
    instrument_dimension = models.ForeignKey(
        "appreciation.InstrumentDimension", on_delete=models.PROTECT, related_name="rounds"
    )
    number = models.PositiveSmallIntegerField("tour", default=1)
    state = models.CharField(
        "état", max_length=10, choices=RoundState.choices, default=RoundState.WAITING
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "tour"
        verbose_name_plural = "tours"
        ordering = ("instrument_dimension__position", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "instrument_dimension", "number"), name="round_once"
            ),
            models.UniqueConstraint(
                fields=("meeting", "instrument_dimension"),
                condition=models.Q(state__in=UNFINISHED_ROUND_STATES),
                name="round_single_unfinished",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RoundState.REVEALED) | models.Q(closed_at__isnull=False),
                name="round_revealed_once_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_dimension}, tour {self.number}"


class Seat(models.Model):
    """A chair, not a person: a random token and a medium."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    token = models.CharField(  # noqa: DJ001  NULL once erased, so that it stays unique
        max_length=64, unique=True, null=True, default=random_token, editable=False
    )
    medium = models.CharField("moyen", max_length=15, choices=Medium.choices)
    sheet_number = models.PositiveIntegerField("numéro de feuille", null=True, blank=True)
    sector = models.ForeignKey(
        "reference.Sector",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="secteur",
    )
    shuffled_number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    is_fictitious = models.BooleanField("fictive", default=False, editable=False)

    class Meta:
        verbose_name = "place"
        verbose_name_plural = "places"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "sheet_number"),
                name="seat_sheet_once",
                violation_error_message="Cette feuille est déjà saisie.",
            ),
            models.CheckConstraint(
                condition=~models.Q(medium=Medium.HANDS), name="seat_never_for_hands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_medium_display()} {self.sheet_number or ''}".strip()


class SectorTally(models.Model):
    """How many people of each sector came, counted at the door: apart from any answer."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sector_tallies")
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, related_name="+", verbose_name="secteur"
    )
    count = models.PositiveSmallIntegerField("personnes")

    class Meta:
        verbose_name = "présence par secteur"
        verbose_name_plural = "présences par secteur"
        ordering = ("sector__position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "sector"), name="sector_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.sector}: {self.count}"


class EveningPass(models.Model):
    """A link for the « secrétaire d’un soir »: types paper and hands, one evening, no account."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="evening_passes")
    token = models.CharField(max_length=64, unique=True, default=random_token, editable=False)
    label = models.CharField("prénom ou rôle", max_length=60, default="Secrétaire d’un soir")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("expire le")
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "accès d’un soir"
        verbose_name_plural = "accès d’un soir"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.label


class JoinAttempt(models.Model):
    """A wrong join code. Kept in a table so that several processes count together."""

    address_key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "code refusé"
        verbose_name_plural = "codes refusés"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
