"""Controlled lists of the catalogue (DOMAIN.md §6)."""

from django.db import models


class EvidenceStatus(models.TextChoices):
    """How well a practice is proved: the ladder, from a new idea to what others made their own.

    Source: Nesta Standards of Evidence and the regional proposal, DOMAIN.md §6.2. « Novatrice »
    is not a lesser « reconnue »: new and proved are told apart.
    """

    EMERGING = "emerging", "novatrice"
    PROMISING = "promising", "prometteuse"
    SUPPORTED = "supported", "porteuse"
    RECOGNIZED = "recognized", "reconnue"


EVIDENCE_MEANINGS = {
    EvidenceStatus.EMERGING: "Une idée neuve ici, que l’on comprend bien.",
    EvidenceStatus.PROMISING: "De premiers changements ont été vus, avec une trace.",
    EvidenceStatus.SUPPORTED: "Ses résultats tiennent, et son milieu la reconnaît.",
    EvidenceStatus.RECOGNIZED: "Mesurée ou évaluée, et reprise ailleurs.",
}


class EvidenceCriterion(models.TextChoices):
    """What can justify a place on the ladder. A sheet says in words how it meets each one."""

    COHERENT_ACCOUNT = "coherent_account", "On comprend pourquoi cela devrait marcher"
    OBSERVED_CHANGE = "observed_change", "Un changement a été observé, avec une trace"
    MEASURED_CHANGE = "measured_change", "Un changement a été mesuré avant et après"
    LOCAL_RECOGNITION = "local_recognition", "Les personnes du milieu la reconnaissent"
    OUTSIDE_EVALUATION = "outside_evaluation", "Quelqu’un de l’extérieur l’a évaluée"
    REPLICATED = "replicated", "Elle a été reprise ailleurs au moins une fois"


CRITERIA_OF_STATUS: dict[str, tuple[tuple[EvidenceCriterion, ...], ...]] = {
    EvidenceStatus.EMERGING: ((EvidenceCriterion.COHERENT_ACCOUNT,),),
    EvidenceStatus.PROMISING: (
        (EvidenceCriterion.COHERENT_ACCOUNT,),
        (EvidenceCriterion.OBSERVED_CHANGE, EvidenceCriterion.MEASURED_CHANGE),
    ),
    EvidenceStatus.SUPPORTED: (
        (EvidenceCriterion.COHERENT_ACCOUNT,),
        (EvidenceCriterion.OBSERVED_CHANGE, EvidenceCriterion.MEASURED_CHANGE),
        (EvidenceCriterion.LOCAL_RECOGNITION,),
    ),
    EvidenceStatus.RECOGNIZED: (
        (EvidenceCriterion.COHERENT_ACCOUNT,),
        (EvidenceCriterion.MEASURED_CHANGE, EvidenceCriterion.OUTSIDE_EVALUATION),
        (EvidenceCriterion.LOCAL_RECOGNITION,),
        (EvidenceCriterion.REPLICATED,),
    ),
}
"""What each rung asks: one criterion of each group (DOMAIN.md §6.2)."""


class CostBand(models.TextChoices):
    """Money spent in the first year, everything counted."""

    NONE = "none", "sans dépense"
    UNDER_1000 = "under_1000", "moins de 1 000 $"
    UNDER_10000 = "under_10000", "1 000 $ à 9 999 $"
    UNDER_50000 = "under_50000", "10 000 $ à 49 999 $"
    OVER_50000 = "over_50000", "50 000 $ ou plus"


class EffortBand(models.TextChoices):
    """Time that people, paid or not, give to make it happen."""

    LIGHT = "light", "quelques heures par mois"
    STEADY = "steady", "quelques heures par semaine"
    HEAVY = "heavy", "une personne à temps partiel ou plus"


class MilieuSize(models.TextChoices):
    """People who live where the practice took place."""

    UNDER_500 = "under_500", "moins de 500 personnes"
    UNDER_2000 = "under_2000", "500 à 1 999 personnes"
    UNDER_10000 = "under_10000", "2 000 à 9 999 personnes"
    OVER_10000 = "over_10000", "10 000 personnes ou plus"


class MilieuKind(models.TextChoices):
    VILLAGE = "village", "village ou milieu rural"
    TOWN = "town", "petite ville"
    NEIGHBOURHOOD = "neighbourhood", "quartier d’une ville"
    FIRST_NATION = "first_nation", "communauté autochtone"
    TERRITORY = "territory", "MRC ou grand territoire"


class ProofKind(models.TextChoices):
    """What a result rests on."""

    FIGURES = "figures", "chiffres suivis"
    EVALUATION = "evaluation", "évaluation"
    TESTIMONY = "testimony", "témoignages recueillis"
    OBSERVATION = "observation", "observation de l’équipe"


class SupportKind(models.TextChoices):
    """What a partner gave."""

    MONEY = "money", "argent"
    PEOPLE = "people", "temps de personnes"
    PLACE = "place", "local ou matériel"
    KNOWLEDGE = "knowledge", "savoir-faire"
    POLITICAL = "political", "appui politique"
    OTHER = "other", "autre"


class Licence(models.TextChoices):
    CC_BY = "cc_by", "CC BY 4.0"
    CC_BY_SA = "cc_by_sa", "CC BY-SA 4.0"
    CC_BY_NC = "cc_by_nc", "CC BY-NC 4.0"
    OPEN_LICENCE = "open_licence", "Licence Ouverte 2.0"
    ODBL = "odbl", "ODbL 1.0"
    ALL_RIGHTS = "all_rights", "tous droits réservés, publiée avec accord"


LICENCE_ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.fr",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/deed.fr",
    Licence.OPEN_LICENCE: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    Licence.ODBL: "https://opendatacommons.org/licenses/odbl/1-0/",
}
"""Where each licence is read; one that reserves the rights has no text to read."""


class FreshnessReply(models.TextChoices):
    """What the holder says of a sheet that has not been checked for two years."""

    STILL_TRUE = "still_true", "Tout est encore vrai"
    CHANGED = "changed", "Quelque chose a changé"
    ENDED = "ended", "La pratique a pris fin"


class ProposalState(models.TextChoices):
    """Where a proposal is. Nobody reads one before its e-mail is confirmed, but to sort a flood."""

    UNCONFIRMED = "unconfirmed", "courriel à confirmer"
    WAITING = "waiting", "à lire"
    DRAFTED = "drafted", "fiche commencée"
    DECLINED = "declined", "non retenue"


class DeclineReason(models.TextChoices):
    """Why a proposal does not become a sheet; the letter says it kindly."""

    TOO_EARLY = "too_early", "trop tôt: la pratique commence à peine"
    ALREADY_THERE = "already_there", "une fiche raconte déjà cette pratique"
    OTHER_SUBJECT = "other_subject", "hors du développement social de la région"
    NO_CONTACT = "no_contact", "personne à appeler pour en savoir plus"
    OTHER = "other", "autre raison"


class AdaptationState(models.TextChoices):
    WAITING = "waiting", "à lire"
    SHOWN = "shown", "paraît sur la fiche"
    DECLINED = "declined", "ne paraît pas"


class GridLine(models.TextChoices):
    """What two readers look at before a sheet is called « reconnue » (DOMAIN.md §6.2)."""

    RELEVANCE = "relevance", "Pertinence: elle répond à un besoin d’ici"
    ETHICS = "ethics", "Éthique: personne n’y perd sa dignité ni sa vie privée"
    EQUITY = "equity", "Équité: elle rejoint celles et ceux qu’on oublie"
    PARTICIPATION = "participation", "Participation: les personnes concernées décident"
    TRANSFERABILITY = "transferability", "Transférabilité: un autre milieu pourrait la reprendre"
    EVIDENCE = "evidence", "Preuve: on sait d’où viennent les résultats"


class GridLevel(models.IntegerChoices):
    NOT_SHOWN = 0, "0: la fiche ne le montre pas"
    A_LITTLE = 1, "1: un peu"
    WELL = 2, "2: bien"
    VERY_WELL = 3, "3: très bien"
