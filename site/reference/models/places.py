"""Places: the region, its territories, municipalities and the communities people recognise."""

from __future__ import annotations

from django.db import models
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from reference.enums import (
    APPRAISABLE_KINDS,
    CodeScheme,
    PlaceChangeKind,
    PlaceKind,
    PopulationBasis,
)


class PlaceQuerySet(models.QuerySet["Place"]):
    def territories(self) -> PlaceQuerySet:
        return self.filter(kind=PlaceKind.TERRITORY)

    def appraisable(self) -> PlaceQuerySet:
        """Places for which a démarche may be opened."""
        return self.filter(kind__in=APPRAISABLE_KINDS)

    def within(self, place: Place) -> PlaceQuerySet:
        """`place` and all that lies under it (the tree is four levels deep at most)."""
        return self.filter(
            models.Q(pk=place.pk)
            | models.Q(parent=place)
            | models.Q(parent__parent=place)
            | models.Q(parent__parent__parent=place)
        )


class Place(ClusterableModel):
    """A place at some scale. Never join on its name: homonyms exist; join on a `PlaceCode`."""

    kind = models.CharField("genre", max_length=30, choices=PlaceKind.choices)
    name = models.CharField("nom", max_length=150)
    slug = models.SlugField("adresse", max_length=160, unique=True)
    designation = models.CharField(
        "désignation", max_length=60, blank=True, help_text="Ville, municipalité, paroisse…"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="fait partie de",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    parts = models.ManyToManyField(
        "self",
        verbose_name="composée de",
        through="reference.PlacePart",
        through_fields=("whole", "part"),
        symmetrical=False,
        related_name="wholes",
        blank=True,
    )
    population = models.PositiveIntegerField("population", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        "année de la population", null=True, blank=True
    )
    source = models.CharField("source", max_length=300, blank=True)
    valid_from = models.DateField("existe depuis", null=True, blank=True)
    valid_to = models.DateField("a existé jusqu’au", null=True, blank=True)
    geometry = models.JSONField("contour (GeoJSON)", null=True, blank=True)
    geometry_source = models.CharField("source du contour", max_length=300, blank=True)
    is_demo = models.BooleanField("fictif (démonstration)", default=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "lieu"
        verbose_name_plural = "lieux"
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="place_validity_in_order",
                violation_error_message="La date de fin précède la date de début.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def territory(self) -> Place | None:
        """The social-development territory this place lies in (itself if it is one)."""
        place: Place | None = self
        while place is not None and place.kind != PlaceKind.TERRITORY:
            place = place.parent
        return place

    @staticmethod
    def slug_for(name: str, code: str = "") -> str:
        return slugify(f"{name} {code}".strip())[:160]


class PlacePart(models.Model):
    """A local community is made of one, part of one, or several municipalities."""

    whole = ParentalKey(
        Place, on_delete=models.CASCADE, related_name="part_links", verbose_name="communauté"
    )
    part = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="whole_links", verbose_name="lieu"
    )
    share = models.DecimalField(
        "part (0 à 1)",
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Part de la population du lieu qui vit dans la communauté; vide = inconnue.",
    )

    class Meta:
        verbose_name = "partie de communauté"
        verbose_name_plural = "parties de communauté"
        constraints = [
            models.UniqueConstraint(fields=("whole", "part"), name="place_part_once"),
            models.CheckConstraint(
                condition=models.Q(share__isnull=True) | models.Q(share__gt=0, share__lte=1),
                name="place_part_share_in_range",
                violation_error_message="La part va de 0 (exclu) à 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whole} ← {self.part}"


class PlaceCode(models.Model):
    """An official code. Codes of different schemes collide: a bare code means nothing."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="codes", verbose_name="lieu")
    scheme = models.CharField("nomenclature", max_length=10, choices=CodeScheme.choices)
    code = models.CharField("code", max_length=20)

    class Meta:
        verbose_name = "code de lieu"
        verbose_name_plural = "codes de lieu"
        ordering = ("scheme", "code")
        constraints = [
            models.UniqueConstraint(fields=("scheme", "code"), name="place_code_unique_in_scheme")
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.code}"


class PlacePopulation(models.Model):
    """How many people, when, and according to whom. Census and decree figures are never mixed."""

    place = ParentalKey(
        Place, on_delete=models.CASCADE, related_name="populations", verbose_name="lieu"
    )
    year = models.PositiveSmallIntegerField("année")
    basis = models.CharField("base", max_length=10, choices=PopulationBasis.choices)
    count = models.PositiveIntegerField("personnes")
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "population"
        verbose_name_plural = "populations"
        ordering = ("-year", "basis")
        constraints = [
            models.UniqueConstraint(
                fields=("place", "year", "basis"), name="place_population_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.count} ({self.year})"


class PlaceChange(models.Model):
    """A merger or a split: old portraits use another map."""

    old = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="later_changes", verbose_name="avant"
    )
    new = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="earlier_changes", verbose_name="après"
    )
    kind = models.CharField("genre", max_length=20, choices=PlaceChangeKind.choices)
    date = models.DateField("date")

    class Meta:
        verbose_name = "changement de limites"
        verbose_name_plural = "changements de limites"
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return f"{self.old} → {self.new} ({self.date:%Y})"
