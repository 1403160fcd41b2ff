"""The glossary: words of social development, each told in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.glossary import Glossary, Term, key_of
from cms.models import BasePage
from core.search_words import fold

CACHE_KEY = "glossary"
CACHE_SECONDS = 300


class GlossaryPage(BasePage):
    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        InlinePanel(
            "terms",
            heading="Mots",
            label="Mot",
            help_text="Chaque page du site explique un mot là où elle l’emploie d’abord.",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.RelatedFields("terms", [index.SearchField("term"), index.SearchField("definition")]),
    ]
    max_count = 1
    subpage_types: list[str] = []
    template = "home/glossary_page.html"

    class Meta:
        verbose_name = "lexique"
        verbose_name_plural = "lexiques"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        terms = sorted(self.terms.all(), key=lambda term: fold(term.term))
        return super().get_context(request, *args, **kwargs) | {
            "terms": terms,
            "glossary": Glossary(()),
        }


class GlossaryTerm(models.Model):
    page = ParentalKey(GlossaryPage, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField("mot", max_length=80)
    other_forms = models.CharField(
        "autres façons de l’écrire",
        max_length=250,
        blank=True,
        help_text="Séparées par des virgules: le pluriel, le sigle.",
    )
    definition = models.TextField(
        "définition", max_length=350, help_text="Une phrase ou deux, en mots simples."
    )
    source = models.CharField("source", max_length=200, blank=True)

    panels = [
        FieldPanel("term"),
        FieldPanel("other_forms"),
        FieldPanel("definition"),
        FieldPanel("source"),
    ]

    class Meta:
        verbose_name = "mot du lexique"
        verbose_name_plural = "mots du lexique"
        ordering = ("term", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("page", "term"),
                name="glossary_term_once",
                violation_error_message="Ce mot est déjà dans le lexique.",
            )
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def key(self) -> str:
        return key_of(self.term)

    @property
    def forms(self) -> tuple[str, ...]:
        others = (form.strip() for form in self.other_forms.split(","))
        return (self.term, *(form for form in others if form))


def terms_of_the_site() -> list[Term]:
    """Those of the live glossary; kept until a page is published or a term changes."""
    terms = cache.get(CACHE_KEY)
    if terms is None:
        terms = list(_read_terms())
        cache.set(CACHE_KEY, terms, CACHE_SECONDS)
    return terms


def _read_terms() -> Iterable[Term]:
    rows = GlossaryTerm.objects.filter(page__live=True, page__view_restrictions__isnull=True)
    for row in rows.select_related("page"):
        address = f"{row.page.url}#{row.key}"
        yield Term(key=row.key, forms=row.forms, definition=row.definition, address=address)


def forget_terms(**_signal: object) -> None:
    cache.delete(CACHE_KEY)
