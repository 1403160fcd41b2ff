"""The checklist of the toolkit: what each phase asks, and how many days from the meeting."""

from __future__ import annotations

from dataclasses import dataclass

from appreciation.enums import Phase

P = Phase
WEEKS_FROM, MONTHS_FROM = 14, 84
DAYS_A_MONTH = 30.4


@dataclass(frozen=True)
class ShippedTask:
    """`days` is counted from the meeting: -42 is six weeks before, 21 three weeks after."""

    code: str
    phase: Phase
    days: int
    label: str

    @property
    def when(self) -> str:
        """How far from the meeting, as people say it: « 6 semaines avant la rencontre »."""
        side = "avant" if self.days < 0 else "après"
        return f"{_length(abs(self.days))} {side} la rencontre"


def _length(days: int) -> str:
    if days < WEEKS_FROM:
        return f"{days} jour{'s' if days > 1 else ''}"
    if days < MONTHS_FROM:
        weeks = round(days / 7)
        return f"{weeks} semaine{'s' if weeks > 1 else ''}"
    return f"{round(days / DAYS_A_MONTH)} mois"


# fmt: off
SHIPPED_TASKS: tuple[ShippedTask, ...] = (
    ShippedTask("mandat", P.FRAMING, -63, "S’entendre avec l’organisme qui demande la démarche"),
    ShippedTask("repondant", P.FRAMING, -56, "Trouver une répondante ou un répondant local"),
    ShippedTask("niveau", P.FRAMING, -49, "Décider ensemble jusqu’où iront les résultats"),
    ShippedTask("autres", P.FRAMING, -49,
                "Regarder quelles autres consultations ont eu lieu depuis 24 mois"),

    ShippedTask("chiffres", P.PORTRAIT, -35, "Rassembler une douzaine de chiffres sourcés"),
    ShippedTask("relire", P.PORTRAIT, -21, "Faire relire le portrait par deux personnes du milieu"),
    ShippedTask("copies", P.PORTRAIT, -7, "Prévoir des copies du portrait pour la salle"),

    ShippedTask("salle", P.CONVENING, -42, "Réserver la salle, prévoir le café et le transport"),
    ShippedTask("lettres", P.CONVENING, -35, "Écrire à la municipalité et aux organismes"),
    ShippedTask("population", P.CONVENING, -28,
                "Inviter toute la population (babillard, journal, bouche-à-oreille)"),
    ShippedTask("absents", P.CONVENING, -14, "Appeler les secteurs qui ne sont pas encore là"),
    ShippedTask("rappel", P.CONVENING, -7, "Rappeler les personnes invitées une semaine avant"),

    ShippedTask("repetition", P.MEETING, -10, "Faire une répétition avec une autre personne"),
    ShippedTask("formulaires", P.MEETING, -3, "Imprimer les formulaires et la feuille de présence"),
    ShippedTask("essai", P.MEETING, -1, "Essayer l’écran, le réseau et le son dans la salle"),
    ShippedTask("papier", P.MEETING, 2, "Finir de saisir les feuilles de papier"),

    ShippedTask("merci", P.RESTITUTION, 3, "Remercier les personnes présentes"),
    ShippedTask("redaction", P.RESTITUTION, 14, "Relire le rapport à deux"),
    ShippedTask("soiree", P.RESTITUTION, 21, "Présenter le rapport et recueillir les corrections"),
    ShippedTask("adoption", P.RESTITUTION, 42, "Faire adopter le rapport par le comité local"),

    ShippedTask("priorites", P.ACTION_PLAN, 45, "Choisir de une à trois priorités"),
    ShippedTask("porteurs", P.ACTION_PLAN, 52,
                "Trouver qui porte chaque action et son premier petit pas"),

    ShippedTask("registre", P.SHARING, 56, "Publier au registre, au niveau annoncé"),
    ShippedTask("conseil", P.SHARING, 63, "Présenter les résultats au conseil municipal"),

    ShippedTask("suivi-3", P.FOLLOW_UP, 91, "Prendre des nouvelles, trois mois après"),
    ShippedTask("suivi-6", P.FOLLOW_UP, 182, "Prendre des nouvelles, six mois après"),
    ShippedTask("suivi-12", P.FOLLOW_UP, 365, "Faire le point, un an après"),
    ShippedTask("suivi-24", P.FOLLOW_UP, 730, "Faire le bilan, deux ans après"),
)
# fmt: on

SHIPPED_BY_CODE = {task.code: task for task in SHIPPED_TASKS}
POSITIONS = {task.code: position for position, task in enumerate(SHIPPED_TASKS, start=1)}


def checklist_of(phase: Phase) -> list[ShippedTask]:
    """The list of one phase, read by the guided workflow and by the toolkit."""
    return [task for task in SHIPPED_TASKS if task.phase == phase]
