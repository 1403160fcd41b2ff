"""What searching needs to know of public pages, besides the index itself."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from core.prepared_query import PreparedQuery

ONLY = 1


class PublicText(models.Model):
    """What everyone may read on a page. No row: no search finds the page.

    Drafts, unpublished and restricted pages have none.
    """

    page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="public_text",
        verbose_name="page",
    )
    title = models.CharField("titre", max_length=255)
    text = models.TextField("texte", blank=True)
    places = models.TextField("places des radicaux dans le texte", blank=True)

    class Meta:
        verbose_name = "texte public"
        verbose_name_plural = "textes publics"

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that at least one public page bears: slips of typing are corrected towards these."""

    word = models.CharField("mot sans accent", max_length=40, primary_key=True)
    written = models.CharField("comme on l’écrit", max_length=60)
    stem = models.CharField("radical", max_length=40, db_index=True)
    pages = models.PositiveIntegerField("pages qui le portent", default=1)

    class Meta:
        verbose_name = "mot du site"
        verbose_name_plural = "mots du site"

    def __str__(self) -> str:
        return self.written


class ContentVersion(models.Model):
    """One row, renewed in the transaction of whatever changes what everyone reads.

    What a process keeps in memory is kept under the token it read first. The token is random: a
    transaction that was undone leaves nothing behind that another could take for its own.
    """

    token = models.CharField("version", max_length=32)

    class Meta:
        verbose_name = "version du contenu public"
        verbose_name_plural = "versions du contenu public"

    def __str__(self) -> str:
        return self.token

    @classmethod
    def current(cls) -> str:
        """Empty when nothing was ever published: then nothing should be kept."""
        rows = TOKEN.rows(ONLY)
        return rows[0][0] if rows else ""

    @classmethod
    def renew(cls) -> None:
        """Also makes those who write wait for each other, until the end of the transaction."""
        cls.objects.update_or_create(pk=ONLY, defaults={"token": uuid4().hex})


TOKEN = PreparedQuery(lambda key: ContentVersion.objects.filter(pk=key).values_list("token"))
"""Asked for each list: Django would take longer to write it than to run it."""
