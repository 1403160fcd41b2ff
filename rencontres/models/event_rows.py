"""What an event is made of, several times over: places, moments, workshops, documents, sequels."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.forms import HiddenInput
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from rencontres.enums import SequelState


class EventPlace(Orderable):
    """Where people go. Several: the same event held in two halls at once."""

    event = ParentalKey("rencontres.EventPage", on_delete=models.CASCADE, related_name="places")
    name = models.CharField(
        "salle", max_length=160, help_text="« Centre communautaire, salle A », ou « À distance »."
    )
    address = models.CharField("adresse", max_length=200, blank=True)
    access = models.TextField(
        "s’y rendre, y entrer",
        max_length=600,
        blank=True,
        help_text="Stationnement, transport, rampe, ascenseur, toilettes, boucle magnétique.",
    )

    panels = [FieldPanel("name"), FieldPanel("address"), FieldPanel("access")]

    class Meta(Orderable.Meta):
        verbose_name = "lieu"
        verbose_name_plural = "lieux"

    def __str__(self) -> str:
        return f"{self.name}, {self.address}" if self.address else self.name


class ProgrammeItem(Orderable):
    """One line of the programme."""

    event = ParentalKey("rencontres.EventPage", on_delete=models.CASCADE, related_name="programme")
    day = models.DateField("jour", null=True, blank=True, help_text="Vide: le premier jour.")
    starts = models.TimeField("de")
    ends = models.TimeField("à", null=True, blank=True)
    title = models.CharField("titre", max_length=160)
    text = models.TextField("précisions", max_length=800, blank=True)
    speakers = models.CharField("avec qui", max_length=200, blank=True)
    room = models.CharField("où", max_length=100, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("speakers"), FieldPanel("room")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "moment du programme"
        verbose_name_plural = "moments du programme"

    def __str__(self) -> str:
        return self.title


class Workshop(Orderable):
    """Something to choose while registering: one for each period.

    `key` is what registrations hold: a draft published again gives its rows other numbers.
    """

    event = ParentalKey("rencontres.EventPage", on_delete=models.CASCADE, related_name="workshops")
    key = models.CharField("clé", max_length=16, blank=True)
    period = models.CharField(
        "période",
        max_length=60,
        blank=True,
        help_text="« Avant-midi »: on choisit un seul atelier par période.",
    )
    title = models.CharField("titre", max_length=160)
    text = models.TextField("de quoi il s’agit", max_length=800, blank=True)
    leader = models.CharField("avec qui", max_length=200, blank=True)
    room = models.CharField("où", max_length=100, blank=True)
    capacity = models.PositiveIntegerField(
        "places",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Vide: autant qu’on veut.",
    )

    panels = [
        FieldPanel("key", widget=HiddenInput, classname="w-hidden"),
        FieldRowPanel([FieldPanel("period"), FieldPanel("capacity")]),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("leader"), FieldPanel("room")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "atelier"
        verbose_name_plural = "ateliers"

    def __str__(self) -> str:
        return self.title


class EventDocument(Orderable):
    event = ParentalKey("rencontres.EventPage", on_delete=models.CASCADE, related_name="documents")
    title = models.CharField("titre", max_length=160)
    document = models.ForeignKey(
        "cms.SiteDocument", on_delete=models.CASCADE, related_name="+", verbose_name="fichier"
    )

    panels = [FieldPanel("title"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"

    def __str__(self) -> str:
        return self.title


class Sequel(Orderable):
    """What was decided there, who carries it, and what became of it."""

    event = ParentalKey("rencontres.EventPage", on_delete=models.CASCADE, related_name="sequels")
    words = models.CharField("ce qui a été convenu", max_length=300)
    carrier = models.CharField(
        "qui s’en occupe", max_length=160, blank=True, help_text="Un organisme ou un comité."
    )
    due_on = models.DateField("pour quand", null=True, blank=True)
    state = models.CharField(
        "état", max_length=10, choices=SequelState.choices, default=SequelState.PLANNED
    )
    outcome = models.CharField("ce que ça a donné", max_length=400, blank=True)

    panels = [
        FieldPanel("words"),
        FieldRowPanel([FieldPanel("carrier"), FieldPanel("due_on"), FieldPanel("state")]),
        FieldPanel("outcome"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "suite"
        verbose_name_plural = "suites"

    def __str__(self) -> str:
        return self.words[:60]
