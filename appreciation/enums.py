"""Controlled lists of the démarche. A group of states is named once, next to its enum."""

from django.db import models


class Phase(models.TextChoices):
    """The eight phases, in order (DOMAIN.md §1.3). Portrait and convening run in parallel."""

    FRAMING = "framing", "Décider"
    PORTRAIT = "portrait", "Préparer le portrait"
    CONVENING = "convening", "Mobiliser"
    MEETING = "meeting", "Tenir la rencontre"
    RESTITUTION = "restitution", "Restituer"
    ACTION_PLAN = "action_plan", "Choisir"
    SHARING = "sharing", "Partager"
    FOLLOW_UP = "follow_up", "Suivre"


class AppraisalState(models.TextChoices):
    ACTIVE = "active", "active"
    POSTPONED = "postponed", "reportée"
    DORMANT = "dormant", "en veilleuse"
    CANCELLED = "cancelled", "annulée"
    CLOSED = "closed", "close"


RUNNING_STATES = (AppraisalState.ACTIVE, AppraisalState.POSTPONED)
ENDED_STATES = (AppraisalState.CANCELLED, AppraisalState.CLOSED)


class PublicationLevel(models.TextChoices):
    """How far results travel, from the closest circle to everyone."""

    PRIVATE = "private", "privé"
    REGION = "region", "région"
    SUMMARY = "summary", "sommaire public"
    FULL = "full", "complet public"


PUBLICATION_ORDER = (
    PublicationLevel.PRIVATE,
    PublicationLevel.REGION,
    PublicationLevel.SUMMARY,
    PublicationLevel.FULL,
)
PUBLIC_LEVELS = (PublicationLevel.SUMMARY, PublicationLevel.FULL)


class SourceShown(models.TextChoices):
    """How a démarche stands in a synthesis: its committee may want no name, or to stay out."""

    NAMED = "named", "sous son nom"
    ANONYMOUS = "anonymous", "sans son nom"
    OPTED_OUT = "opted_out", "retirée à sa demande"


class Purpose(models.TextChoices):
    """What the démarche is for (uses named in Estrie, DOMAIN.md §1.2)."""

    SOCIAL_POLICY = "social_policy", "politique de développement social"
    STRATEGIC_PLANNING = "strategic_planning", "planification stratégique"
    FAMILY_POLICY = "family_policy", "politique familiale ou des personnes aînées"
    CITIZEN_PARTICIPATION = "citizen_participation", "participation citoyenne"
    TABLE_ACTION_PLAN = "table_action_plan", "plan d’action d’une table de concertation"
    INEQUALITIES = "inequalities", "intervention sur les inégalités sociales"
    OTHER = "other", "autre"


class EvaluationPurpose(models.TextChoices):
    """What the evaluation of the démarche will serve (six purposes, DOMAIN.md §3.1, point 5)."""

    JUDGE = "judge", "juger ce que la démarche a valu, au moment de décider de la suite"
    LEARN = "learn", "apprendre pour faire mieux"
    ACCOUNT = "account", "montrer que les moyens ont été bien employés"
    STEER = "steer", "piloter avec des nouvelles régulières"
    ADAPT = "adapt", "s’adapter quand la situation est complexe"
    UNDERSTAND = "understand", "mieux comprendre le développement des communautés"


class LocalFactKind(models.TextChoices):
    """What a community has, told with its portrait."""

    SCHOOL = "school", "école"
    CHILDCARE = "childcare", "garderie ou service de garde"
    GROCERY = "grocery", "épicerie ou dépanneur"
    SERVICES = "services", "services (poste, caisse, essence)"
    HEALTH = "health", "santé et services sociaux"
    TRANSPORT = "transport", "transports et déplacements"
    ASSOCIATIONS = "associations", "associations et comités"
    GATHERING = "gathering", "lieux où l’on se rencontre"
    LEISURE = "leisure", "loisirs, sport et culture"
    WORK = "work", "emploi et entreprises"
    OTHER = "other", "autre chose à savoir"


class MembershipRole(models.TextChoices):
    LEAD = "lead", "responsable"
    CO_FACILITATOR = "co_facilitator", "coanimation"
    OBSERVER = "observer", "observation"
    COMMITTEE = "committee", "comité local"


EDITING_ROLES = (MembershipRole.LEAD, MembershipRole.CO_FACILITATOR)


class InterestState(models.TextChoices):
    """Where a community that wrote to us stands (the public form)."""

    NEW = "new", "à lire"
    ANSWERED = "answered", "répondue"
    OPENED = "opened", "démarche ouverte"
    DECLINED = "declined", "sans suite"


WAITING_INTEREST_STATES = (InterestState.NEW, InterestState.ANSWERED)


class InstrumentState(models.TextChoices):
    DRAFT = "draft", "en préparation"
    READY = "ready", "prêt à servir"
    RETIRED = "retired", "retiré"


class FillMode(models.TextChoices):
    INDIVIDUAL_THEN_GROUP = (
        "individual_then_group",
        "chaque personne répond, puis le groupe discute",
    )
    INDIVIDUAL = "individual", "chaque personne répond"
    GROUP = "group", "le groupe répond ensemble"


class MeetingKind(models.TextChoices):
    APPRAISAL = "appraisal", "rencontre d’appréciation"
    RESTITUTION = "restitution", "restitution"
    CHOICE = "choice", "choix des priorités"
    FOLLOW_UP = "follow_up", "suivi"


RATING_KINDS = (MeetingKind.APPRAISAL,)
"""The other kinds are evenings where nothing is rated: no console, no code, a plain page."""


class MeetingState(models.TextChoices):
    PLANNED = "planned", "prévue"
    OPEN = "open", "ouverte"
    CLOSED = "closed", "fermée aux téléphones"
    ENTRY_DONE = "entry_done", "saisie terminée"


ENTRY_STATES = (MeetingState.OPEN, MeetingState.CLOSED)
"""States in which the team may still enter paper and hands."""


class Pace(models.TextChoices):
    GUIDED = "guided", "une dimension à la fois"
    FREE = "free", "chaque personne à son rythme"


class RoundState(models.TextChoices):
    WAITING = "waiting", "à venir"
    OPEN = "open", "ouvert"
    PAUSED = "paused", "en pause"
    CLOSED = "closed", "fermé"
    REVEALED = "revealed", "révélé"


UNFINISHED_ROUND_STATES = (RoundState.WAITING, RoundState.OPEN, RoundState.PAUSED)
FINISHED_ROUND_STATES = (RoundState.CLOSED, RoundState.REVEALED)


class Medium(models.TextChoices):
    """How an answer came in. A show of hands is no seat: see `HandCount`."""

    PHONE = "phone", "téléphone mobile"
    SHARED_TABLET = "shared_tablet", "tablette partagée"
    PAPER = "paper", "papier"
    TELEPHONE = "telephone", "appel téléphonique"
    HANDS = "hands", "main levée"


SEAT_MEDIA = (Medium.PHONE, Medium.SHARED_TABLET, Medium.PAPER, Medium.TELEPHONE)
TEAM_ENTERED_MEDIA = (Medium.PAPER, Medium.TELEPHONE)


class SpecialAnswer(models.IntegerChoices):
    """Answers that are not a level: kept apart from the scale, never neutral."""

    DOES_NOT_KNOW = -1, "Je ne sais pas"
    DECLINED = -2, "Passer"


class RoomWordState(models.TextChoices):
    """A word of the room: nobody but the team sees it before it is shown."""

    WAITING = "waiting", "reçu"
    SHOWN = "shown", "montré"
    HIDDEN = "hidden", "masqué"


MAX_LEVELS = 7


class FindingKind(models.TextChoices):
    STRENGTH = "strength", "force"
    CHALLENGE = "challenge", "défi"
    ACTION_LEAD = "action_lead", "piste d’action"


class ActionState(models.TextChoices):
    PLANNED = "planned", "à faire"
    IN_PROGRESS = "in_progress", "en cours"
    DONE = "done", "fait"
    ABANDONED = "abandoned", "abandonnée"


class CorrectionState(models.TextChoices):
    """What became of a participant's correction of the draft report."""

    RECEIVED = "received", "à traiter"
    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"


class ExitQuestion(models.TextChoices):
    HEARD = "heard", "Avez-vous senti qu’on vous écoutait?"
    USEFUL = "useful", "Cette rencontre vous a-t-elle été utile?"
    AGAIN = "again", "Reviendriez-vous?"


class ExitLevel(models.TextChoices):
    YES = "yes", "Oui"
    SOMEWHAT = "somewhat", "Plus ou moins"
    NO = "no", "Non"


class HelpState(models.TextChoices):
    NEW = "new", "nouvelle"
    IN_CHARGE = "in_charge", "prise en charge"
    ANSWERED = "answered", "répondue"
    CLOSED = "closed", "close"


WAITING_HELP_STATES = (HelpState.NEW, HelpState.IN_CHARGE)


class InviteeAnswer(models.TextChoices):
    """What an invited person said; the first value is the silence before any word."""

    INVITED = "invited", "pas encore répondu"
    YES = "yes", "vient"
    MAYBE = "maybe", "ne sait pas encore"
    NO = "no", "ne vient pas"


class ContactWay(models.TextChoices):
    """How somebody was invited, or how her answer came back."""

    EMAIL = "email", "courriel"
    PHONE = "phone", "téléphone"
    WORD_OF_MOUTH = "word_of_mouth", "bouche-à-oreille"
    LETTER = "letter", "lettre"
    LINK = "link", "lien"


INVITING_WAYS = (
    ContactWay.EMAIL,
    ContactWay.PHONE,
    ContactWay.WORD_OF_MOUTH,
    ContactWay.LETTER,
)


class CheckInMonths(models.IntegerChoices):
    """When news are asked, counted from the day the plan was finished."""

    THREE = 3, "3 mois"
    SIX = 6, "6 mois"
    TWELVE = 12, "12 mois"
    TWENTY_FOUR = 24, "24 mois"


class CheckInState(models.TextChoices):
    WAITING = "waiting", "en attente"
    ANSWERED = "answered", "répondu"
    SILENT = "silent", "sans nouvelles"


class CheckInVia(models.TextChoices):
    MAIL = "mail", "courriel"
    PHONE = "phone", "téléphone"
    SPACE = "space", "espace d’animation"


class CheckInReply(models.TextChoices):
    """What is said of an action. Abandoned is an answer like another, never a fault."""

    DONE = "done", "Fait"
    IN_PROGRESS = "in_progress", "En cours"
    ABANDONED = "abandoned", "Abandonné"
    NEEDS_HELP = "needs_help", "Besoin d’aide"


class OutcomeKind(models.TextChoices):
    SMALL_STEP = "small_step", "Petit pas"
    OUTCOME = "outcome", "Retombée"


class ExportState(models.TextChoices):
    WAITING = "waiting", "en préparation"
    RUNNING = "running", "en cours de préparation"
    READY = "ready", "prêt"
    FAILED = "failed", "à réessayer"


class PracticalKind(models.TextChoices):
    """What lets people come who otherwise would not (DOMAIN.md §1.3)."""

    TRANSPORT = "transport", "covoiturage ou transport"
    CHILDCARE = "childcare", "garde d’enfants"
    MEAL = "meal", "repas ou collation"
    ACCESSIBLE_ROOM = "accessible_room", "salle accessible"
    MICROPHONE = "microphone", "micro"
    OTHER = "other", "autre chose"


class MessageKind(models.TextChoices):
    MUNICIPALITY = "municipality", "lettre à la municipalité"
    GROUPS = "groups", "lettre aux groupes et organismes"
    RESIDENTS = "residents", "invitation aux citoyennes et citoyens"
    PHONE = "phone", "aide-mémoire pour téléphoner"
    REMINDER = "reminder", "rappel une semaine avant"
    THANKS = "thanks", "mot de remerciement"


class RoomGroup(models.TextChoices):
    """Counted by a show of hands, if people want: classes that the census has, or parts of them."""

    UNDER_15 = "under_15", "moins de 15 ans"
    FROM_15 = "15_29", "15 à 29 ans"
    FROM_30 = "30_64", "30 à 64 ans"
    FROM_65 = "65_over", "65 ans et plus"
    WOMEN = "women", "femmes"
    MEN = "men", "hommes"


class DotsState(models.TextChoices):
    """What the phones and the wall do with the dots."""

    IDLE = "", "rien à l’écran"
    OPEN = "open", "vote ouvert"
    SHOWN = "shown", "résultat montré"


DOT_MEDIA = [(Medium.PAPER.value, "affiche"), (Medium.PHONE.value, "téléphone")]


class ToolVariant(models.TextChoices):
    """Whom a tool or a way of doing is written for."""

    STANDARD = "standard", "pour tout le monde"
    SHORT = "short", "chemin court"
    YOUTH = "youth", "avec des jeunes"
    ELDERS = "elders", "avec des personnes aînées"


class ToolKind(models.TextChoices):
    GUIDE = "guide", "guide"
    AGENDA = "agenda", "déroulement"
    CONSENT = "consent", "texte de consentement"
    GRID = "grid", "grille"
    TEMPLATE = "template", "gabarit"
    POSTER = "poster", "affiche"
    LETTER = "letter", "lettre ou message"
    SLIDES = "slides", "diapositives"
    SHEET = "sheet", "feuille à remplir"
    CHECKLIST = "checklist", "liste à cocher"
    OTHER = "other", "autre outil"


class ShippedText(models.TextChoices):
    """A text that the software also uses elsewhere: shown by a tool, written in one place."""

    AGENDA_FULL = "agenda_full", "le déroulement de trois heures"
    AGENDA_SHORT = "agenda_short", "le déroulement court"
    CONSENT = "consent", "le texte de consentement à lire"
    GRID = "grid", "la grille proposée d’office"


class TemplateUse(models.TextChoices):
    """Documents that the Consortium may lay out in Word by itself."""

    REPORT = "report", "le rapport"
    LETTER = "letter", "les lettres d’invitation"
