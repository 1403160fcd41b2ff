"""What every event has: when, where, its programme, who may register, and what came of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.forms import Select
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester
from wagtail.search import index

from cms.models import BasePage
from core.rich_text import to_plain
from reference.enums import PlaceKind
from rencontres.domain.events import missing_to_publish, name_workshops, problems_of
from rencontres.interfaces.event_form import EventForm

PLAIN = ["bold", "italic", "link"]
LONGER = ["h3", "bold", "italic", "link", "ol", "ul", "document-link"]


class EventPermissions(PagePermissionTester):
    """An event to which people registered is called off, never thrown away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        has_people = EventPage.objects.filter(
            path__startswith=self.page.path, registrations__isnull=False
        ).exists()
        return not has_people and super().can_delete(ignore_bulk)


class EventPage(BasePage):
    """The part that later kinds of events share; registrations and rows hang from it."""

    region = models.ForeignKey(
        "reference.Place",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="région",
        limit_choices_to={"kind__in": (PlaceKind.REGION, PlaceKind.TERRITORY)},
        help_text="Sa coordination lit les inscriptions; personne d’autre.",
    )
    introduction = RichTextField("de quoi il s’agit", blank=True, features=PLAIN)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    registration_opens_at = models.DateTimeField("les inscriptions ouvrent", null=True, blank=True)
    registration_closes_at = models.DateTimeField("et ferment", null=True, blank=True)
    capacity = models.PositiveIntegerField(
        "places",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Vide: autant qu’on veut. Au-delà, une liste d’attente.",
    )
    registration_words = models.TextField(
        "à dire avant de s’inscrire",
        max_length=600,
        blank=True,
        help_text="Ce qui est offert: repas, garde d’enfants, interprète, frais de route.",
    )
    is_called_off = models.BooleanField("elle n’a pas lieu", default=False)
    called_off_words = models.CharField("pourquoi", max_length=300, blank=True)
    minutes = RichTextField("compte rendu", blank=True, features=LONGER)
    sequel_words = RichTextField("suites, en quelques mots", blank=True, features=LONGER)

    goes_public: bool | None = None
    """What a form knows (`GoesPublicForm`); None elsewhere: then a live page is public."""

    base_form_class = EventForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("region", widget=Select),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("is_called_off"),
                FieldPanel("called_off_words"),
            ],
            heading="Quand",
        ),
        InlinePanel("places", heading="Où", label="lieu"),
        InlinePanel("programme", heading="Programme", label="moment"),
        InlinePanel("workshops", heading="Ateliers au choix", label="atelier"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]
                ),
                FieldPanel("capacity"),
                FieldPanel("registration_words"),
            ],
            heading="Inscriptions",
        ),
        InlinePanel("documents", heading="Documents", label="document"),
        FieldPanel("minutes"),
        MultiFieldPanel(
            [
                FieldPanel("sequel_words"),
                InlinePanel("sequels", heading="Ce qui a été convenu", label="suite"),
            ],
            heading="Suites",
        ),
    ]
    search_fields = [*BasePage.search_fields, index.FilterField("starts_at")]
    is_creatable = False
    parent_page_types: list[str] = []
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "événement"
        verbose_name_plural = "événements"

    def clean(self) -> None:
        """Also asked by Wagtail when it publishes by itself: `Page.save` cleans what is live."""
        super().clean()
        name_workshops(self)
        if errors := problems_of(self):
            raise ValidationError(errors)
        is_typed = self.goes_public is not None  # its rows are the form's to ask
        if self.live and not is_typed and (missing := missing_to_publish(self)):
            raise ValidationError(missing)

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Whoever registered is told when it is called off, or on again, by whatever way."""
        from rencontres.domain.changes import facts_of, tell_whether_it_is_on

        fields = kwargs.get("update_fields")
        is_whole = fields is None or "is_called_off" in fields
        before = facts_of(self.pk) if is_whole else None
        super().save(*args, **kwargs)
        if self.live:
            tell_whether_it_is_on(event=self, before=before, now=timezone.now())

    @property
    def is_about_to_be_public(self) -> bool:
        return self.live if self.goes_public is None else self.goes_public

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return EventPermissions(user, self)

    def public_texts(self) -> list[str]:
        """What the page says, in the order in which it says it."""
        places = [f"{one.name} {one.address}" for one in self.places.all()]
        moments = [f"{one.title} {one.text} {one.speakers}" for one in self.programme.all()]
        workshops = [f"{one.title} {one.text} {one.leader}" for one in self.workshops.all()]
        rich = [to_plain(text) for text in (self.minutes, self.sequel_words)]
        sequels = [f"{one.words} {one.carrier} {one.outcome}" for one in self.sequels.all()]
        return [to_plain(self.introduction), *places, *moments, *workshops, *rich, *sequels]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        from rencontres.interfaces.event_screen import event_context  # it reads registrations

        return super().get_context(request, *args, **kwargs) | event_context(self, request)
