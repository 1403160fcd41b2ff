"""The démarche: one community, from the first call to the follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from appreciation.enums import (
    AppraisalState,
    FillMode,
    MembershipRole,
    Phase,
    PublicationLevel,
)

if TYPE_CHECKING:
    from accounts.models import User

DEFAULT_CONSENT_TEXT = (
    "Ni nom ni courriel. La salle verra les réponses toutes ensemble. "
    "Sautez une question ou arrêtez quand vous voulez."
)


class AppraisalQuerySet(models.QuerySet["Appraisal"]):
    def visible_to(self, user: User) -> AppraisalQuerySet:
        """Démarches this person may open: her own, and those of the territories she coordinates."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(memberships__user=user) | models.Q(place__in=user.coordinated_places())
        ).distinct()

    def editable_by(self, user: User) -> AppraisalQuerySet:
        """Démarches this person may change: lead, co-facilitator, or coordinator of the place."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        from appreciation.enums import EDITING_ROLES

        return self.filter(
            models.Q(memberships__user=user, memberships__role__in=EDITING_ROLES)
            | models.Q(place__in=user.coordinated_places())
        ).distinct()


class RealAppraisals(models.Manager.from_queryset(AppraisalQuerySet)):
    """Every démarche but the rehearsals: nothing of these may reach a list, a count, an export."""

    def get_queryset(self) -> AppraisalQuerySet:
        return super().get_queryset().filter(is_rehearsal=False)


class Appraisal(models.Model):
    """A démarche d’appréciation. The stamps `<phase>_done_at` say what is behind it."""

    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    place = models.ForeignKey(
        "reference.Place",
        on_delete=models.PROTECT,
        related_name="appraisals",
        verbose_name="communauté",
    )
    requested_by = models.CharField(
        "qui la demande",
        max_length=200,
        help_text="Organisme, comité ou groupe de citoyennes et de citoyens.",
    )
    expected_on = models.DateField("date approximative de la rencontre", null=True, blank=True)
    purposes = models.JSONField("finalités", default=list, blank=True)
    evaluation_purposes = models.JSONField("finalités de l’évaluation", default=list, blank=True)
    instrument = models.ForeignKey(
        "appreciation.Instrument",
        null=True,  # a historical entry has none: see the constraint
        on_delete=models.PROTECT,
        related_name="appraisals",
        verbose_name="instrument",
    )
    fill_mode = models.CharField(
        "façon de répondre",
        max_length=25,
        choices=FillMode.choices,
        default=FillMode.INDIVIDUAL_THEN_GROUP,
    )
    consent_text = models.TextField("texte de consentement", default=DEFAULT_CONSENT_TEXT)
    announced_level = models.CharField(
        "niveau de publication annoncé",
        max_length=10,
        choices=PublicationLevel.choices,
        default=PublicationLevel.SUMMARY,
    )
    quotes_announced = models.BooleanField("citations annoncées aux participants", default=False)
    contact_name = models.CharField("répondante ou répondant local", max_length=150, blank=True)
    contact_email = models.EmailField("courriel de la personne répondante", blank=True)
    contact_phone = models.CharField(
        "téléphone de la personne répondante", max_length=40, blank=True
    )
    expected_attendance = models.PositiveSmallIntegerField(
        "personnes attendues", null=True, blank=True
    )

    phase = models.CharField("phase", max_length=15, choices=Phase.choices, default=Phase.FRAMING)
    state = models.CharField(
        "état", max_length=10, choices=AppraisalState.choices, default=AppraisalState.ACTIVE
    )
    framing_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    portrait_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    convening_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    meeting_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    restitution_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    action_plan_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    sharing_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    follow_up_done_at = models.DateTimeField(null=True, blank=True, editable=False)

    lessons = models.TextField("leçons", blank=True)
    practices_declined_at = models.DateTimeField(
        "aucune pratique proposée ne convient, depuis", null=True, blank=True, editable=False
    )

    adopted_by = models.CharField("adopté par", max_length=200, blank=True)
    adopted_on = models.DateField("adopté le", null=True, blank=True)
    adoption_evidence = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="procès-verbal ou photo",
    )

    council_agreed_on = models.DateField(
        "accord du conseil donné le",
        null=True,
        blank=True,
        help_text="Communauté atikamekw: rien n’est publié sans l’accord de son conseil.",
    )

    is_historical = models.BooleanField("historique, non comparable", default=False)
    historical_year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    historical_title = models.CharField("titre", max_length=200, blank=True)
    historical_summary = models.TextField("résumé", blank=True)
    historical_report = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="rapport (PDF)",
    )

    previous = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="done_again",
        verbose_name="refait la démarche",
    )
    is_demo = models.BooleanField("démonstration", default=False)
    is_rehearsal = models.BooleanField("répétition", default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="créée par",
    )
    updated_at = models.DateTimeField("modifiée le", auto_now=True)
    creation_key = models.CharField(
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Le même formulaire envoyé deux fois n’ouvre qu’une démarche.",
    )

    objects = RealAppraisals()
    every = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = "démarche"
        verbose_name_plural = "démarches"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phase=Phase.FRAMING)
                | models.Q(framing_done_at__isnull=False)
                | models.Q(is_historical=True),
                name="appraisal_framed_before_next_phase",
                violation_error_message="La phase « Décider » n’est pas terminée.",
            ),
            models.CheckConstraint(
                condition=models.Q(phase__in=(Phase.FRAMING, Phase.PORTRAIT, Phase.CONVENING))
                | models.Q(portrait_done_at__isnull=False, convening_done_at__isnull=False)
                | models.Q(is_historical=True),
                name="appraisal_prepared_before_meeting",
                violation_error_message="Le portrait et la mobilisation ne sont pas terminés.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    phase__in=(Phase.FRAMING, Phase.PORTRAIT, Phase.CONVENING, Phase.MEETING)
                )
                | models.Q(meeting_done_at__isnull=False)
                | models.Q(is_historical=True),
                name="appraisal_met_before_restitution",
                violation_error_message="La rencontre n’est pas terminée.",
            ),
            models.CheckConstraint(
                condition=models.Q(adopted_on__isnull=True) | ~models.Q(adopted_by=""),
                name="appraisal_adoption_says_by_whom",
                violation_error_message="Dites qui a adopté le rapport.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_historical=False) | models.Q(historical_year__isnull=False),
                name="appraisal_historical_has_year",
                violation_error_message="Une démarche historique porte une année.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_historical=True) | models.Q(instrument__isnull=False),
                name="appraisal_has_instrument",
                violation_error_message="Choisissez un instrument.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} ({self.reference})"

    def phase_done_at(self, phase: str):
        """When `phase` was finished, or None."""
        return getattr(self, f"{phase}_done_at")


class Membership(models.Model):
    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.CASCADE, related_name="memberships", verbose_name="démarche"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name="personne",
    )
    role = models.CharField("rôle", max_length=15, choices=MembershipRole.choices)

    class Meta:
        verbose_name = "membre de l’équipe"
        verbose_name_plural = "équipe"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("appraisal", "user"),
                name="membership_once",
                violation_error_message="Cette personne fait déjà partie de l’équipe.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class PhaseRecord(models.Model):
    """What the team wrote at one phase. `version` refuses a concurrent edit kindly."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="phase_records")
    phase = models.CharField("phase", max_length=15, choices=Phase.choices)
    text = models.TextField("texte", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="document",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "texte de phase"
        verbose_name_plural = "textes de phase"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("appraisal", "phase"), name="phase_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.appraisal}: {self.get_phase_display()}"


class PhaseTask(models.Model):
    """One thing to do: a shipped one once it is touched (`code` of the table), or an added one.

    `owner_words` names somebody outside the team: read by the team and the coordination, erased 90
    days after the démarche ends (`erase_old_task_owners`). Without `due_on` the date is computed.
    """

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="tasks")
    code = models.SlugField("code", max_length=40, editable=False)
    phase = models.CharField("phase", max_length=15, choices=Phase.choices)
    label = models.CharField("chose à faire", max_length=200)
    position = models.PositiveSmallIntegerField("rang", default=0)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="confiée à",
    )
    owner_words = models.CharField("confiée à quelqu’un d’autre", max_length=100, blank=True)
    due_on = models.DateField("date choisie", null=True, blank=True)
    is_dropped = models.BooleanField("sans objet", default=False)
    done_at = models.DateTimeField("faite le", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "chose à faire"
        verbose_name_plural = "choses à faire"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("appraisal", "code"), name="phase_task_once"),
            models.CheckConstraint(
                condition=models.Q(owner=None) | models.Q(owner_words=""),
                name="phase_task_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class TransitionLog(models.Model):
    """Who moved the démarche, from where to where, and the sentence she wrote."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="transitions")
    name = models.CharField("geste", max_length=30)
    from_phase = models.CharField(max_length=15, choices=Phase.choices)
    to_phase = models.CharField(max_length=15, choices=Phase.choices)
    from_state = models.CharField(max_length=10, choices=AppraisalState.choices)
    to_state = models.CharField(max_length=10, choices=AppraisalState.choices)
    comment = models.TextField("commentaire", blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "geste au journal"
        verbose_name_plural = "journal"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.name} ({self.at:%Y-%m-%d})"
