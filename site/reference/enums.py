"""Controlled lists of the reference data."""

from django.db import models


class PlaceKind(models.TextChoices):
    REGION = "region", "région"
    TERRITORY = "territory", "territoire de développement social"
    MUNICIPALITY = "municipality", "municipalité"
    UNORGANIZED_TERRITORY = "unorganized_territory", "territoire non organisé"
    FIRST_NATION_COMMUNITY = "first_nation_community", "communauté atikamekw"
    LOCAL_COMMUNITY = "local_community", "communauté locale"
    LOCALITY = "locality", "lieu habité"
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


class ValueStatus(models.TextChoices):
    """What a figure is worth, or why there is none. Never a bare blank."""

    PUBLISHED = "published", "publié"
    ROUNDED = "rounded", "arrondi par la source"
    ESTIMATED = "estimated", "à lire avec prudence"
    SUPPRESSED = "suppressed", "masqué par la source (trop peu de personnes)"
    NOT_AVAILABLE = "not_available", "non disponible"
    NOT_COMPARABLE = "not_comparable", "comparaison impossible"


SHOWN_STATUSES = (ValueStatus.PUBLISHED, ValueStatus.ROUNDED, ValueStatus.ESTIMATED)


class BreakdownAxis(models.TextChoices):
    AGE = "age", "l’âge"
    GENDER = "gender", "le genre"
    INCOME = "income", "le revenu"


class Rollup(models.TextChoices):
    """How the figure of a territory or region is made from its municipalities', if it may be."""

    NONE = "none", "celui de la source, sinon aucun"
    SUM = "sum", "la somme des municipalités"
    RATIO = "ratio", "un rapport de deux sommes"
    CHANGE = "change", "la variation d’une somme"
