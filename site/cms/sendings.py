"""Forms sent without an account: who sends too often."""

from django.db import models
from django.utils import timezone


class PublicFormSending(models.Model):
    """A form sent without an account, to count those of one address. Kept a day at most."""

    form = models.SlugField("formulaire", max_length=30)
    address_key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "envoi d’un formulaire public"
        verbose_name_plural = "envois de formulaires publics"

    def __str__(self) -> str:
        return f"{self.form} ({self.at:%Y-%m-%d %H:%M})"
