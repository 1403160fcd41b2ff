"""Word templates of the Consortium: each version kept, one at most in use for a document."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from appreciation.enums import TemplateUse


def private_storage() -> Storage:
    return storages["private"]


class DocumentTemplate(models.Model):
    """One version of a template. Its file never changes: another file is another version.

    Private: coordinators and administrators see it. Whoever sent it is named while her account
    lasts.
    """

    title = models.CharField("titre", max_length=120)
    use = models.CharField("document", max_length=10, choices=TemplateUse.choices)
    version = models.PositiveIntegerField("version", editable=False)
    file = models.FileField("fichier Word", storage=private_storage, upload_to="gabarits/")
    remark = models.TextField(
        "remarque", blank=True, max_length=1000, help_text="Ce qui change dans cette version."
    )
    is_live = models.BooleanField("en service", default=False, editable=False)
    live_since = models.DateTimeField("en service depuis", null=True, blank=True, editable=False)
    added_at = models.DateTimeField("ajouté le", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="ajouté par",
    )

    class Meta:
        verbose_name = "gabarit Word"
        verbose_name_plural = "gabarits Word"
        ordering = ("use", "-version")
        constraints = [
            models.UniqueConstraint(fields=("use", "version"), name="template_version_once"),
            models.UniqueConstraint(
                fields=("use",),
                condition=models.Q(is_live=True),
                name="one_live_template",
                violation_error_message="Un seul gabarit est en service pour un document.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
