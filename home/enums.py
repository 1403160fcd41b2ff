"""Controlled lists of the organisation's pages."""

from django.db import models


class ResourceKind(models.TextChoices):
    """What a resource is for. Order: the one in which they are offered."""

    GUIDE = "guide", "guide"
    EVALUATION = "evaluation", "outil d’évaluation adaptée"
    PARTICIPATION = "participation", "outil de participation citoyenne"
    STUDY = "study", "étude ou portrait"
    PUBLICATION = "publication", "publication du Consortium"


class ResourceLicence(models.TextChoices):
    CC_BY = "cc_by", "CC BY 4.0"
    CC_BY_SA = "cc_by_sa", "CC BY-SA 4.0"
    CC_BY_NC = "cc_by_nc", "CC BY-NC 4.0"
    OURS = "ours", "LiLiQ-P 1.1"
    ALL_RIGHTS = "all_rights", "tous droits réservés"
    UNKNOWN = "unknown", "licence non précisée"


class OrganisationKind(models.TextChoices):
    """Order: the one of the directory."""

    TERRITORIAL = "territorial", "comité territorial"
    REGIONAL = "regional", "comité ou table de la région"
    PARTNER = "partner", "partenaire"
    NETWORK = "network", "réseau national"
