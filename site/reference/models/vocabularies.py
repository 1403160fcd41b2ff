"""Vocabularies that démarches, practices and syntheses share."""

from django.db import models


class Vocabulary(models.Model):
    code = models.SlugField("code", max_length=40, unique=True)
    name = models.CharField("nom", max_length=120)
    description = models.TextField("description", blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    is_active = models.BooleanField("en usage", default=True)

    class Meta:
        abstract = True
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


class Dimension(Vocabulary):
    """A crosswalk code that makes different instruments comparable (DOMAIN.md §8.3)."""

    class Meta(Vocabulary.Meta):
        verbose_name = "dimension"
        verbose_name_plural = "dimensions"


class Issue(Vocabulary):
    """A regional theme (enjeu): housing, food security, transport…"""

    class Meta(Vocabulary.Meta):
        verbose_name = "enjeu"
        verbose_name_plural = "enjeux"


class Sector(Vocabulary):
    """The part of community life a person speaks from."""

    class Meta(Vocabulary.Meta):
        verbose_name = "secteur"
        verbose_name_plural = "secteurs"
