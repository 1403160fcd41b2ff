"""What comes next: one thing to do, its reason, and what it takes. Computed from the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from appreciation.domain.phases import left_if_possible, missing_to_advance
from appreciation.domain.queries.progress import Progress
from appreciation.domain.restitution import LEVEL_READ, RestitutionWindow
from appreciation.enums import AppraisalState, MeetingState, Phase
from appreciation.models import Appraisal
from core.typography import fr_date


class Destination(StrEnum):
    """Where the next thing is done. The screens know the addresses."""

    STEP = "step"
    CONSOLE = "console"
    ENTRY = "entry"
    DELIBERATION = "deliberation"
    RESTITUTION = "restitution"
    CORRECTIONS = "corrections"
    ADOPTION = "adoption"
    PUBLICATION = "publication"
    STATE = "state"
    RESUME = "resume"


@dataclass(frozen=True)
class NextThing:
    """Shown once, big. `minutes` and `needs` come before it: « 5 min, il vous faut… »."""

    phase: str
    title: str
    why: str
    button: str
    minutes: int = 5
    needs: str = ""
    destination: Destination = Destination.STEP


@dataclass(frozen=True)
class StepGuide:
    """What a step is for and what it takes, said before its form."""

    purpose: str
    minutes: int
    needs: str


GUIDES: dict[str, StepGuide] = {
    Phase.FRAMING: StepGuide(
        "Ce qui est décidé ici, les gens le liront avant de répondre.",
        5,
        "la date approximative, le nom de la personne répondante",
    ),
    Phase.PORTRAIT: StepGuide(
        "Tout le monde apprécie mieux avec le même portrait sous les yeux.",
        30,
        "un document ou une douzaine de chiffres, avec leur source",
    ),
    Phase.CONVENING: StepGuide(
        "De 12 à 20 personnes invitées donnent de 8 à 15 personnes présentes.",
        20,
        "une liste de personnes et de groupes, secteur par secteur",
    ),
    Phase.MEETING: StepGuide(
        "Une date, une salle, un rythme: le reste se passe à la console.",
        5,
        "la date, l’heure et le lieu",
    ),
    Phase.RESTITUTION: StepGuide(
        "Les gens relisent, corrigent, adoptent: le rapport devient le leur.",
        20,
        "le rapport assemblé et une rencontre du comité local",
    ),
    Phase.ACTION_PLAN: StepGuide(
        "Une à trois actions, chacune avec quelqu’un, un premier petit pas et une date.",
        15,
        "les pistes de la rencontre et les personnes qui les porteront",
    ),
    Phase.SHARING: StepGuide(
        "Le registre raconte la démarche à d’autres communautés, au niveau annoncé, jamais plus.",
        5,
        "l’adoption du rapport",
    ),
    Phase.FOLLOW_UP: StepGuide(
        "Les petits pas se voient à 3, 6, 12 et 24 mois.",
        10,
        "un appel à chaque personne qui porte une action",
    ),
}


def next_thing(appraisal: Appraisal, progress: Progress) -> NextThing:
    """The one thing to do now. A paused démarche is resumed first; a closed one is done again."""
    if appraisal.state != AppraisalState.ACTIVE:
        return _when_not_active(appraisal)
    thing = _BY_PHASE[appraisal.phase](appraisal, progress)
    guide = GUIDES[appraisal.phase]
    return NextThing(
        phase=appraisal.phase,
        title=thing.title,
        why=thing.why,
        button=thing.button,
        minutes=thing.minutes or guide.minutes,
        needs=thing.needs or guide.needs,
        destination=thing.destination,
    )


def _thing(
    title: str,
    why: str,
    button: str,
    destination: Destination = Destination.STEP,
    *,
    minutes: int = 0,
    needs: str = "",
) -> NextThing:
    """Without `minutes` and `needs`, those of the step's guide are said."""
    return NextThing("", title, why, button, minutes, needs, destination)


def _when_not_active(appraisal: Appraisal) -> NextThing:
    if appraisal.state == AppraisalState.CLOSED:
        title, why = (
            "La démarche est close",
            "Ses leçons se lisent plus bas et dans le rapport. Elle peut être rouverte.",
        )
    elif appraisal.state == AppraisalState.CANCELLED:
        title, why = "La démarche est annulée", "Rien n’est effacé: l’annulation peut être retirée."
    else:
        return _asleep(appraisal)
    return NextThing(
        appraisal.phase, title, why, "Voir l’état de la démarche", 1, destination=Destination.STATE
    )


def _asleep(appraisal: Appraisal) -> NextThing:
    """Postponed or dormant: the new date is said, where there is one."""
    until = ""
    if appraisal.state == AppraisalState.POSTPONED:
        known = appraisal.expected_on
        until = f" au {fr_date(known)}" if known else ", sans nouvelle date encore"
    return NextThing(
        appraisal.phase,
        "Reprenez la démarche quand vous serez prêts",
        f"Elle est {appraisal.get_state_display()}{until}; tout ce qui est fait reste fait.",
        "Reprendre la démarche",
        1,
        destination=Destination.RESUME,
    )


def _framing(appraisal: Appraisal, progress: Progress) -> NextThing:
    if missing_to_advance(appraisal, Phase.FRAMING):
        why = "Il manque une date ou le texte de consentement."
    elif left_if_possible(appraisal, Phase.FRAMING, progress):
        why = (
            "Les gens le liront avant de répondre. Nommez aussi qui, du milieu, suivra la démarche."
        )
    else:
        why = "Tout est là: relisez, puis terminez l’étape."
    return _thing("Décidez du cadre de la démarche", why, "Ouvrir la fiche")


def _portrait(_appraisal: Appraisal, progress: Progress) -> NextThing:
    if progress.has_portrait:
        return _thing("Terminez le portrait", "Il est écrit: relisez-le à deux.", "Relire")
    return _thing("Préparez le portrait", GUIDES[Phase.PORTRAIT].purpose, "Écrire ou joindre")


def _convening(_appraisal: Appraisal, progress: Progress) -> NextThing:
    if progress.has_invited:
        return _thing(
            "Qui n’est pas encore là?",
            "La liste est commencée. Regardez les secteurs qui manquent, puis terminez l’étape.",
            "Revoir la liste",
        )
    return _thing(
        "Invitez de 12 à 20 personnes", GUIDES[Phase.CONVENING].purpose, "Écrire la liste"
    )


_MEETING_TO_PLAN = _thing(
    "Planifiez la rencontre",
    "Une fois la date et la salle choisies, le formulaire de papier et le code sont prêts.",
    "Choisir la date",
)
_MEETING_BY_STATE: dict[str, NextThing] = {
    MeetingState.PLANNED: _thing(
        "Ouvrez la rencontre le soir venu",
        "La console donne le code aux téléphones et compte les réponses.",
        "Ouvrir la console",
        Destination.CONSOLE,
        minutes=10,
        needs="la salle, un écran et les formulaires de papier",
    ),
    MeetingState.OPEN: _thing(
        "La rencontre est ouverte",
        "Les réponses arrivent à la console.",
        "Aller à la console",
        Destination.CONSOLE,
        minutes=90,
        needs="le code affiché et les formulaires de papier",
    ),
    MeetingState.CLOSED: _thing(
        "Terminez la saisie des feuilles",
        "Les téléphones sont fermés; le papier et les mains levées attendent.",
        "Saisir les feuilles",
        Destination.ENTRY,
        minutes=10,
        needs="les feuilles remplies",
    ),
}
_MEETING_TO_WRITE = _thing(
    "Inscrivez ce que le groupe a dit",
    "Des forces, des défis et des pistes, dans les mots des gens.",
    "Ouvrir la délibération",
    Destination.DELIBERATION,
    minutes=10,
    needs="ce qui s’est dit dans la salle",
)
_MEETING_TO_END = _thing(
    "Terminez l’étape de la rencontre",
    "Tout est inscrit.",
    "Terminer l’étape",
    minutes=1,
    needs="rien de plus",
)


def _meeting(appraisal: Appraisal, progress: Progress) -> NextThing:
    if not progress.meeting_reference:
        return _MEETING_TO_PLAN
    if progress.meeting_state in _MEETING_BY_STATE:
        return _MEETING_BY_STATE[progress.meeting_state]
    if missing_to_advance(appraisal, Phase.MEETING, progress):
        return _MEETING_TO_WRITE
    return _MEETING_TO_END


def _restitution(appraisal: Appraisal, progress: Progress) -> NextThing:
    """Finish entry, give the report to read, answer what comes back, have it adopted, end."""
    window = RestitutionWindow(progress.restitution_opens_at, progress.restitution_closes_at)
    if progress.meeting_state in (MeetingState.OPEN, MeetingState.CLOSED):
        return _MEETING_BY_STATE[progress.meeting_state]
    if progress.waiting_corrections:
        return _CORRECTIONS_WAIT
    if appraisal.adopted_on is not None:
        return _thing(
            "Terminez la restitution",
            f"Le rapport est adopté par {appraisal.adopted_by}.",
            "Terminer l’étape",
            minutes=1,
            needs="rien de plus",
        )
    is_read_online = appraisal.announced_level in LEVEL_READ and progress.meeting_reference
    if window.opens is None and is_read_online:
        return _REPORT_TO_GIVE
    return _thing(
        "Faites adopter le rapport",
        _before_adoption(window),
        "Inscrire l’adoption",
        Destination.ADOPTION,
        minutes=5,
        needs="qui l’a adopté, et quand",
    )


def _before_adoption(window: RestitutionWindow) -> str:
    if window.opens is None:
        return (
            "Il ne se lit pas en ligne: présentez-le de vive voix ou sur papier. Une fois que le "
            "comité local l’a adopté, inscrivez-le."
        )
    if window.is_open(timezone.now()) and window.last_day:
        return (
            f"Les gens le lisent jusqu’au {fr_date(window.last_day)} inclus. Une fois que "
            "le comité local l’a adopté, inscrivez-le."
        )
    return "Les gens l’ont lu. Une fois que le comité local l’a adopté, inscrivez-le."


_CORRECTIONS_WAIT = _thing(
    "Répondez aux corrections reçues",
    "Chacune attend d’être acceptée, ou refusée avec une raison.",
    "Lire les corrections",
    Destination.CORRECTIONS,
    minutes=5,
    needs="le rapport, et ce qui s’est dit dans la salle",
)
_REPORT_TO_GIVE = _thing(
    "Donnez le rapport à lire aux gens de la rencontre",
    "Il est assemblé à partir des réponses. Relisez-le: on le lira 30 jours, sans compte, et "
    "dira ce qui ne ressemble pas au milieu.",
    "Ouvrir la restitution",
    Destination.RESTITUTION,
)


def _action_plan(_appraisal: Appraisal, progress: Progress) -> NextThing:
    if progress.has_action:
        return _thing(
            "Confirmez les actions choisies",
            "Chacune a quelqu’un, un premier pas et une date.",
            "Relire les actions",
        )
    return _thing(
        "Choisissez une à trois actions", GUIDES[Phase.ACTION_PLAN].purpose, "Écrire les actions"
    )


def _sharing(appraisal: Appraisal, progress: Progress) -> NextThing:
    if progress.is_published:
        return _thing("Terminez le partage", "La démarche est publiée.", "Terminer l’étape")
    if appraisal.adopted_on is None:
        return _thing(
            "Inscrivez l’adoption du rapport",
            "Le registre dit par qui le rapport a été adopté, et quand.",
            "Inscrire l’adoption",
            Destination.ADOPTION,
        )
    return _thing(
        "Publiez la démarche au registre",
        GUIDES[Phase.SHARING].purpose,
        "Préparer la publication",
        Destination.PUBLICATION,
    )


def _follow_up(_appraisal: Appraisal, progress: Progress) -> NextThing:
    if progress.has_action:
        return _thing(
            "Prenez des nouvelles des actions", GUIDES[Phase.FOLLOW_UP].purpose, "Faire le point"
        )
    return _thing(
        "Écrivez ce que vous avez appris",
        "Une phrase suffit pour clore la démarche.",
        "Clore la démarche",
    )


_BY_PHASE: dict[str, Callable[[Appraisal, Progress], NextThing]] = {
    Phase.FRAMING: _framing,
    Phase.PORTRAIT: _portrait,
    Phase.CONVENING: _convening,
    Phase.MEETING: _meeting,
    Phase.RESTITUTION: _restitution,
    Phase.ACTION_PLAN: _action_plan,
    Phase.SHARING: _sharing,
    Phase.FOLLOW_UP: _follow_up,
}
