"""Controlled lists of the reference data."""

from django.db import models


class PlaceKind(models.TextChoices):
    REGION = "region", "région"
    TERRITORY = "territory", "territoire de développement social"
    MUNICIPALITY = "municipality", "municipalité"
    UNORGANIZED_TERRITORY = "unorganized_territory", "territoire non organisé"
    FIRST_NATION_COMMUNITY = "first_nation_community", "communauté atikamekw"
    LOCAL_COMMUNITY = "local_community", "communauté locale"
    EXTERNAL = "external", "lieu hors région"


APPRAISABLE_KINDS = (
    PlaceKind.MUNICIPALITY,
    PlaceKind.UNORGANIZED_TERRITORY,
    PlaceKind.FIRST_NATION_COMMUNITY,
    PlaceKind.LOCAL_COMMUNITY,
)


class CodeScheme(models.TextChoices):
    MAMH = "mamh", "code géographique (MAMH)"
    SDR = "sdr", "subdivision de recensement (Statistique Canada)"
    MRC = "mrc", "MRC ou territoire équivalent"
    REGION = "region", "région administrative"
    OTHER = "other", "autre"


class PlaceChangeKind(models.TextChoices):
    MERGER = "merger", "fusion"
    SPLIT = "split", "scission"
    ANNEXATION = "annexation", "annexion"
    RENAMING = "renaming", "changement de nom"


class PopulationBasis(models.TextChoices):
    CENSUS = "census", "recensement (Statistique Canada)"
    DECREE = "decree", "décret de population (MAMH)"
