"""What a region sets once: who it is, whom to call, how discreet its figures are."""

from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.kept import kept
from cms.kept_site import site_of
from core.disclosure import OUTSIDE_K, SMALLEST_K
from core.phones import digits_to_dial

AGREEMENT_RANGE = [MinValueValidator(Decimal(-1)), MaxValueValidator(Decimal(1))]


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Editable in the admin, under Réglages. Agreement thresholds: DOMAIN.md §7.4."""

    site_title = models.CharField(
        "titre du site", max_length=100, default="Appréciation des communautés"
    )
    organisation_name = models.CharField(
        "organisme", max_length=120, default="Consortium en développement social"
    )
    organisation_place = models.CharField(
        "de quelle région", max_length=80, default="de la Mauricie", blank=True
    )
    motto = models.CharField("devise", max_length=120, blank=True)
    adviser_name = models.CharField(
        "personne à appeler",
        max_length=120,
        blank=True,
        help_text="Son nom et son téléphone sont sur chaque écran d’animation.",
    )
    adviser_phone = models.CharField("téléphone", max_length=40, blank=True)
    adviser_email = models.EmailField("courriel", blank=True)
    privacy_officer = models.CharField(
        "responsable des renseignements personnels",
        max_length=200,
        blank=True,
        help_text="Titre et coordonnées (Loi 25).",
    )
    help_delay_days = models.PositiveSmallIntegerField(
        "réponse à une demande d’aide, en jours ouvrables",
        default=2,
        validators=[MinValueValidator(1)],
        help_text="Promis à la personne qui demande de l’aide; du lundi au vendredi.",
    )
    yearly_new_appraisals = models.PositiveSmallIntegerField(
        "nouvelles démarches par année", default=2, help_text="0: n’est pas suivi."
    )
    yearly_meetings = models.PositiveSmallIntegerField(
        "rencontres tenues par année", default=0, help_text="0: n’est pas suivi."
    )
    yearly_publications = models.PositiveSmallIntegerField(
        "démarches publiées par année", default=0, help_text="0: n’est pas suivi."
    )
    disclosure_k = models.PositiveSmallIntegerField(
        "réponses au moins, hors de la salle",
        default=OUTSIDE_K,
        validators=[MinValueValidator(SMALLEST_K)],
        help_text="Sous ce nombre de personnes, un résultat reste caché. Jamais moins de 3.",
    )
    agreement_clear = models.DecimalField(
        "accord net à partir de",
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.60"),
        validators=AGREEMENT_RANGE,
    )
    agreement_partial = models.DecimalField(
        "accord partiel à partir de",
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.30"),
        validators=AGREEMENT_RANGE,
    )
    agreement_shared = models.DecimalField(
        "avis partagés à partir de",
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.00"),
        validators=AGREEMENT_RANGE,
        help_text="En dessous: avis opposés.",
    )
    is_demo = models.BooleanField("site de démonstration", default=False, editable=False)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_title"),
                FieldPanel("organisation_name"),
                FieldPanel("organisation_place"),
                FieldPanel("motto"),
            ],
            heading="Identité",
        ),
        MultiFieldPanel(
            [
                FieldPanel("adviser_name"),
                FieldPanel("adviser_phone"),
                FieldPanel("adviser_email"),
                FieldPanel("privacy_officer"),
                FieldPanel("help_delay_days"),
            ],
            heading="Personnes",
        ),
        MultiFieldPanel(
            [
                FieldPanel("yearly_new_appraisals"),
                FieldPanel("yearly_meetings"),
                FieldPanel("yearly_publications"),
            ],
            heading="Objectifs de l’année",
        ),
        MultiFieldPanel(
            [
                FieldPanel("disclosure_k"),
                FieldPanel("agreement_clear"),
                FieldPanel("agreement_partial"),
                FieldPanel("agreement_shared"),
            ],
            heading="Discrétion et mots de l’accord",
        ),
    ]

    class Meta:
        verbose_name = "réglages du site"

    def __str__(self) -> str:
        return self.site_title

    @classmethod
    def for_request(cls, request: HttpRequest) -> "SiteSettings":
        """Read once per mark. Whoever changes them asks for `for_site`."""
        name = cls.get_cache_attr_name()
        if not hasattr(request, name):
            site = site_of(request)
            read = partial(cls.for_site, site)
            setattr(request, name, kept(request, (cls, site), read) if site else read())
        return getattr(request, name)

    @classmethod
    def of_default_site(cls) -> "SiteSettings":
        """For what is made without a request: what is stored, or what a new site starts with."""
        return cls.objects.filter(site__is_default_site=True).first() or cls()

    @property
    def organisation(self) -> str:
        return f"{self.organisation_name} {self.organisation_place}".strip()

    @property
    def adviser_phone_digits(self) -> str:
        """What a telephone dials."""
        return digits_to_dial(self.adviser_phone)

    def clean(self) -> None:
        super().clean()
        thresholds = (self.agreement_shared, self.agreement_partial, self.agreement_clear)
        if None not in thresholds and not thresholds[0] < thresholds[1] < thresholds[2]:
            raise ValidationError(
                "Les seuils d’accord vont du plus petit (avis partagés) au plus grand (accord net)."
            )
