"""Videos that explain the démarche: a list in the order of the phases, and one page per video."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.search import index

from appreciation.enums import Phase
from cms.models import BasePage

PLAIN = ["bold", "italic", "link"]
LONGEST_TRANSCRIPT = 200_000


class VideoIndexPage(BasePage):
    introduction = RichTextField("introduction", blank=True, features=PLAIN)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["appreciation.VideoPage"]
    template = "videos/index.html"

    class Meta:
        verbose_name = "liste des vidéos"
        verbose_name_plural = "listes des vidéos"


class VideoPage(BasePage):
    """A film kept here, or one kept elsewhere that is asked for only after a click."""

    introduction = RichTextField("de quoi il s’agit", blank=True, features=PLAIN)
    phase = models.CharField(
        "phase",
        max_length=20,
        choices=Phase.choices,
        blank=True,
        help_text="Donne sa place à la vidéo dans la suite. Vide: après les autres.",
    )
    speakers = models.CharField("qui parle", max_length=200, blank=True)
    recorded_on = models.DateField("date du tournage", null=True, blank=True)
    poster = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image d’attente",
    )
    media = models.ForeignKey(
        "cms.MediaFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="video_pages",
        verbose_name="film",
    )
    light_media = models.ForeignKey(
        "cms.MediaFile",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="version légère",
        help_text="Le même film, plus petit, pour une connexion lente.",
    )
    audio_media = models.ForeignKey(
        "cms.MediaFile",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="version audio",
        help_text="Le son seul.",
    )
    embed_url = models.URLField("adresse du film", max_length=300, blank=True)
    embed_seconds = models.PositiveIntegerField("durée en secondes", null=True, blank=True)
    captions_attested = models.BooleanField(
        "J’ai vérifié que ce film a des sous-titres en français", default=False
    )
    pasted_transcript = models.TextField(
        "transcription", blank=True, validators=[MaxLengthValidator(LONGEST_TRANSCRIPT)]
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("phase"), FieldPanel("speakers"), FieldPanel("recorded_on")],
            heading="En quelques mots",
        ),
        FieldPanel("poster"),
        MultiFieldPanel(
            [FieldPanel("media"), FieldPanel("light_media"), FieldPanel("audio_media")],
            heading="Un film gardé ici",
        ),
        MultiFieldPanel(
            [
                FieldPanel("embed_url"),
                FieldPanel("embed_seconds"),
                FieldPanel("captions_attested"),
                FieldPanel("pasted_transcript"),
            ],
            heading="Ou un film gardé ailleurs (YouTube ou Vimeo)",
        ),
    ]
    parent_page_types = ["appreciation.VideoIndexPage"]
    subpage_types: list[str] = []
    template = "videos/video.html"
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("speakers"),
    ]

    class Meta:
        verbose_name = "vidéo"
        verbose_name_plural = "vidéos"
