"""What somebody of a team has begun to write in a form and not saved."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """For its owner's eyes only: nothing reads it but her own form, and it goes when she saves.

    `address` is the page, then `>` and the form's own address when it is sent elsewhere. `version`
    is the one of the text she wrote over: an old draft meets a newer text as any old form does.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="personne",
    )
    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        null=True,  # « Ouvrir une démarche »: there is none yet
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="démarche",
    )
    address = models.CharField("adresse du formulaire", max_length=500)
    fields = models.JSONField("texte tapé")
    version = models.PositiveIntegerField("version", null=True)
    saved_at = models.DateTimeField("gardé le")

    class Meta:
        verbose_name = "brouillon"
        verbose_name_plural = "brouillons"
        ordering = ("-saved_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("owner", "address"), name="draft_once_per_form")
        ]

    def __str__(self) -> str:
        return self.address
