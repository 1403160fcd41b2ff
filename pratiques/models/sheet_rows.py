"""What a practice sheet is made of, several times over: moments, results, partners, photos…"""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.images import get_image_model_string
from wagtail.models import Orderable

from pratiques.enums import EvidenceCriterion, ProofKind, SupportKind


class PracticeMoment(Orderable):
    """A dated step of the story; a turning point is one where things could have gone otherwise."""

    practice = ParentalKey(
        "pratiques.PracticePage", on_delete=models.CASCADE, related_name="moments"
    )
    when = models.CharField("quand", max_length=60, help_text="« Mars 2023 », « deux ans après ».")
    text = models.TextField("ce qui s’est passé", max_length=600)
    is_turning_point = models.BooleanField("moment charnière", default=False)

    panels = [FieldPanel("when"), FieldPanel("text"), FieldPanel("is_turning_point")]

    class Meta(Orderable.Meta):
        verbose_name = "moment"
        verbose_name_plural = "moments"

    def __str__(self) -> str:
        return f"{self.when}: {self.text[:60]}"


class PracticeResult(Orderable):
    """A result never goes without what it rests on."""

    practice = ParentalKey(
        "pratiques.PracticePage", on_delete=models.CASCADE, related_name="results"
    )
    text = models.TextField("résultat", max_length=600)
    proof_kind = models.CharField("genre de preuve", max_length=15, choices=ProofKind.choices)
    proof = models.TextField(
        "preuve", max_length=600, help_text="D’où on le sait: qui a compté, quand, où c’est écrit."
    )
    proof_url = models.URLField("adresse de la preuve", max_length=300, blank=True)

    panels = [
        FieldPanel("text"),
        FieldPanel("proof_kind"),
        FieldPanel("proof"),
        FieldPanel("proof_url"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "résultat"
        verbose_name_plural = "résultats"

    def __str__(self) -> str:
        return self.text[:60]


class PracticePartner(Orderable):
    practice = ParentalKey(
        "pratiques.PracticePage", on_delete=models.CASCADE, related_name="partners"
    )
    name = models.CharField("organisme", max_length=160)
    support = models.CharField("genre d’appui", max_length=12, choices=SupportKind.choices)
    detail = models.CharField("précision", max_length=200, blank=True)

    panels = [FieldPanel("name"), FieldPanel("support"), FieldPanel("detail")]

    class Meta(Orderable.Meta):
        verbose_name = "partenaire"
        verbose_name_plural = "partenaires"

    def __str__(self) -> str:
        return f"{self.name}: {self.get_support_display()}"


class PracticePhoto(Orderable):
    practice = ParentalKey(
        "pratiques.PracticePage", on_delete=models.CASCADE, related_name="photos"
    )
    image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="photo",
    )
    alternative_text = models.CharField(
        "texte de remplacement",
        max_length=250,
        help_text="Ce que voit une personne qui voit, en une phrase.",
    )
    caption = models.CharField("légende", max_length=250, blank=True)
    credit = models.CharField("crédit", max_length=160)

    panels = [
        FieldPanel("image"),
        FieldPanel("alternative_text"),
        FieldPanel("caption"),
        FieldPanel("credit"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "photo"
        verbose_name_plural = "photos"

    def __str__(self) -> str:
        return self.alternative_text


class PracticeDocument(Orderable):
    practice = ParentalKey("pratiques.PracticePage", on_delete=models.CASCADE, related_name="files")
    title = models.CharField("titre", max_length=160)
    document = models.ForeignKey(
        "cms.SiteDocument",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fichier",
    )
    url = models.URLField("ou adresse", max_length=300, blank=True)

    panels = [FieldPanel("title"), FieldPanel("document"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"

    def __str__(self) -> str:
        return self.title


class PracticeCriterion(Orderable):
    """How the sheet meets one criterion of the ladder of evidence."""

    practice = ParentalKey(
        "pratiques.PracticePage", on_delete=models.CASCADE, related_name="criteria"
    )
    criterion = models.CharField("critère", max_length=25, choices=EvidenceCriterion.choices)
    explanation = models.TextField("comment on le sait", max_length=400)

    panels = [FieldPanel("criterion"), FieldPanel("explanation")]

    class Meta(Orderable.Meta):
        verbose_name = "critère"
        verbose_name_plural = "critères"
        constraints = [
            models.UniqueConstraint(
                fields=("practice", "criterion"), name="practice_criterion_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_criterion_display()


class PracticeAppraisal(Orderable):
    """A démarche the practice has to do with: a live page of the register, never a private one."""

    practice = ParentalKey(
        "pratiques.PracticePage", on_delete=models.CASCADE, related_name="appraisal_links"
    )
    register_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="démarche du registre",
    )

    panels = [PageChooserPanel("register_page", "appreciation.AppraisalPage")]

    class Meta(Orderable.Meta):
        verbose_name = "démarche liée"
        verbose_name_plural = "démarches liées"
        constraints = [
            models.UniqueConstraint(
                fields=("practice", "register_page"), name="practice_appraisal_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.register_page)
