"""Videos that explain the démarche: a list in the order of the phases, and one page per video."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.images.models import AbstractRendition, SourceImageIOError
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from appreciation.domain.embeds import embed_of
from appreciation.domain.queries import videos
from appreciation.domain.videos import NOT_A_SOUND, missing_to_publish, what_is_said
from appreciation.enums import Phase
from appreciation.interfaces.video_screen import video_screen
from cms.models import BasePage
from cms.page_forms import GoesPublicForm
from core.errors import DomainError
from core.search_words import search_text

PLAIN = ["bold", "italic", "link"]
LONGEST_TRANSCRIPT = 200_000
LONGEST_QUESTION = 200
POSTER = "fill-896x504|format-webp"


class VideoIndexPage(BasePage):
    introduction = RichTextField("introduction", blank=True, features=PLAIN)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["appreciation.VideoPage"]
    template = "videos/index.html"

    class Meta:
        verbose_name = "liste des vidéos"
        verbose_name_plural = "listes des vidéos"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        """Every video in the order of the phases, or those that a search finds."""
        asked = request.GET.get("q", "")[:LONGEST_QUESTION].strip()
        shown = videos.found(asked) if asked else videos.playlist()
        said = videos.passages(shown, asked) if asked else {}
        return super().get_context(request, *args, **kwargs) | {
            "asked": asked,
            "lines": [(video, said.get(video.pk, ())) for video in shown],
        }


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
        on_delete=models.SET_NULL,
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

    goes_public: bool | None = None
    """What a form knows (`GoesPublicForm`); None elsewhere: then a page that is live is public."""

    base_form_class = GoesPublicForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("phase"), FieldPanel("speakers"), FieldPanel("recorded_on")],
            heading="En quelques mots",
        ),
        FieldPanel("poster"),
        MultiFieldPanel(
            [
                FieldPanel("media"),
                MediaChooserPanel("light_media", media_type="video"),
                MediaChooserPanel("audio_media", media_type="audio"),
            ],
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
        index.SearchField("searched_words"),
    ]

    class Meta:
        verbose_name = "vidéo"
        verbose_name_plural = "vidéos"

    def searched_words(self) -> str:
        """Folded as questions are, so that plurals and accents are found on every database."""
        texts = (self.title, self.introduction, self.speakers)
        return search_text(texts) + what_is_said(self)

    def clean(self) -> None:
        """Also asked by Wagtail when it publishes by itself: `Page.save` cleans what is live."""
        super().clean()
        errors = self._file_errors()
        if self.live if self.goes_public is None else self.goes_public:
            errors = missing_to_publish(self) | errors
        if errors:
            raise ValidationError(errors)

    def _file_errors(self) -> dict[str, str]:
        errors = {}
        if self.audio_media and self.audio_media.type != "audio":
            errors["audio_media"] = NOT_A_SOUND
        if self.embed_url:
            try:
                embed_of(self.embed_url)
            except DomainError as error:
                errors["embed_url"] = str(error)
        return errors

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        before, after = videos.around(self)
        return super().get_context(request, *args, **kwargs) | {
            "screen": video_screen(self, request.GET),
            "poster": self._poster(),
            "list_page": self.get_parent(),
            "address": self.address(request),
            "before": before,
            "after": after,
        }

    def _poster(self) -> AbstractRendition | None:
        """None also when its file is gone: the film is shown all the same."""
        try:
            return self.poster.get_rendition(POSTER) if self.poster else None
        except (SourceImageIOError, OSError):
            return None

    @property
    def length(self) -> int:
        """In seconds; 0 when nobody wrote it."""
        return round(self.media.duration) if self.media else self.embed_seconds or 0

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """The frame of another site is allowed on one answer only: the one asked for by a click."""
        response = super().serve(request, *args, **kwargs)
        screen = response.context_data["screen"]
        if screen.is_player_asked:
            response._csp_update = {"frame-src": [screen.embed.player_origin]}  # noqa: SLF001  django-csp's own way
        return response
