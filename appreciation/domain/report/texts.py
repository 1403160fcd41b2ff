"""The paragraphs a report starts with, until the team writes its own.

They never tell a number of answers: the same sentence must do at every publication level.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from appreciation.domain.report.nouns import ReportAction, ReportItem, ReportMeeting
from appreciation.domain.wording import CLEAR, OPPOSED, SHARED
from core.typography import NBSP, fr_date, join_words, of_name

MOST_NAMED = 3


@dataclass(frozen=True)
class ReportFacts:
    """What the paragraphs are written from."""

    place: str
    requested_by: str
    outside_k: int
    meetings: tuple[ReportMeeting, ...]
    actions: tuple[ReportAction, ...]

    @property
    def items(self) -> tuple[ReportItem, ...]:
        return tuple(item for meeting in self.meetings for item in meeting.items)

    @property
    def last_items(self) -> tuple[ReportItem, ...]:
        """Of the last evening alone: two meetings are never put together in one sentence."""
        return self.meetings[-1].items if self.meetings else ()


def headline_text(facts: ReportFacts) -> str:
    """The one sentence to remember: what is strong and shared, then what is still discussed."""
    items = facts.last_items
    agreed = [item for item in items if _is_strong(item) and item.agreement_words == CLEAR]
    discussed = _discussed(items)
    sentences = []
    if agreed:
        sentences.append(f"On s’entend sur ses forces{NBSP}: {_names(agreed)}.")
    if discussed:
        sentences.append(f"On en discute encore{NBSP}: {_names(discussed)}.")
    return (
        " ".join(sentences) or f"Ce que des personnes {of_name(facts.place)} ont apprécié ensemble."
    )


def introduction_text(facts: ReportFacts) -> str:
    sentences = [_evening(meeting, facts.place) for meeting in facts.meetings] or [
        f"La rencontre d’appréciation {of_name(facts.place)} n’a pas encore eu lieu."
    ]
    sentences.append(f"La démarche a été demandée par{NBSP}: {facts.requested_by}.")
    return " ".join(sentences)


def participants_text(facts: ReportFacts) -> str:
    media = list(dict.fromkeys(m.label for meeting in facts.meetings for m in meeting.media))
    sentences = []
    if media:
        sentences.append(f"Les réponses sont venues par {join_words(media)}.")
    sentences.append(
        "Personne n’a donné son nom avec ses réponses, et chacun pouvait sauter une question."
    )
    return " ".join(sentences)


def method_text(facts: ReportFacts) -> str:
    paragraphs = []
    for meeting in facts.meetings:
        notice = f" ({meeting.instrument_notice})" if meeting.instrument_notice else ""
        paragraphs.append(
            f"Façon de répondre{NBSP}: {meeting.fill_mode}. L’instrument est «{NBSP}"
            f"{meeting.instrument}{NBSP}», version {meeting.instrument_version}{notice}."
        )
    scales = list(dict.fromkeys(item.labels for item in facts.items))
    paragraphs.extend(
        f"Chaque énoncé s’apprécie sur {len(labels)} niveaux, de «{NBSP}{labels[0]}{NBSP}» à "
        f"«{NBSP}{labels[-1]}{NBSP}». «{NBSP}Je ne sais pas{NBSP}» et «{NBSP}passer{NBSP}» ne "
        "sont pas des niveaux."
        for labels in scales
    )
    return "\n\n".join(dict.fromkeys(paragraphs)) or "La façon de répondre reste à choisir."


def results_text(facts: ReportFacts) -> str:
    sentences = ["Les forces viennent en premier."]
    if any(item.agreed_level for item in facts.items):
        sentences.append(
            "Le niveau convenu est celui que le groupe a retenu ensemble après en avoir parlé."
        )
    if any(item.is_hidden for item in facts.items):
        sentences.append(
            f"Là où moins de {facts.outside_k} personnes ont répondu, les réponses restent dans "
            "la salle."
        )
    return " ".join(sentences)


def discussion_text(facts: ReportFacts) -> str:
    talked = [(each, _discussed(each.items)) for each in facts.meetings]
    talked = [(meeting, items) for meeting, items in talked if items]
    if not talked:
        return "Aucun énoncé n’a partagé nettement le groupe."
    named = " ".join(
        f"{_evening_named(meeting, facts)}{NBSP}: {_names(items)}." for meeting, items in talked
    )
    return (
        f"{named} "
        "Ces écarts ne sont pas des erreurs. Ils disent souvent que la vie n’est pas la même "
        "pour tout le monde, et le rapport garde les lectures de chacun."
    )


def next_steps_text(facts: ReportFacts) -> str:
    if facts.actions:
        return (
            "Le groupe a choisi ses premières actions. Chacune a une personne ou un organisme "
            "qui la porte, un premier petit pas et une date."
        )
    return "Les pistes d’action seront reprises à une prochaine rencontre, pour en choisir une."


def limits_text(facts: ReportFacts) -> str:
    sentences = [
        "Ces résultats disent ce que les personnes présentes ont vu ce jour-là. Ils ne mesurent "
        "pas la communauté et ne la comparent à aucune autre.",
        f"Une répartition n’est montrée que si au moins {facts.outside_k} personnes ont répondu "
        "à chaque énoncé de la dimension.",
        "Quand moins de 8 personnes répondent, une seule voix de plus peut changer les mots de "
        "l’accord.",
    ]
    return " ".join(sentences)


SECTIONS: tuple[tuple[str, str, Callable[[ReportFacts], str]], ...] = (
    ("introduction", "En bref", introduction_text),
    ("participants", "Qui était là", participants_text),
    ("method", "Comment on a apprécié", method_text),
    ("results", "Ce que nous avons apprécié", results_text),
    ("discussion", "Là où on diffère, on jase", discussion_text),
    ("next-steps", "La suite, en petits pas", next_steps_text),
    ("limits", "Ce que ces résultats ne disent pas", limits_text),
)
"""Key, title and first text of each editable paragraph, in the order of the report."""

SECTION_TITLES = {key: title for key, title, _ in SECTIONS}


def _evening(meeting: ReportMeeting, place: str) -> str:
    when = f"Le {fr_date(meeting.held_on)}, " if meeting.held_on else ""
    who = f"{meeting.head_count} personnes" if meeting.head_count else "des personnes"
    venue = f" ({meeting.venue})" if meeting.venue else ""
    sentence = (
        f"{when}{who} {of_name(place)} se sont réunies{venue} pour apprécier ce que leur "
        "communauté a et ce qu’elle peut faire."
    )
    return sentence[:1].upper() + sentence[1:]


def _evening_named(meeting: ReportMeeting, facts: ReportFacts) -> str:
    """The date stands before the statements only when there were several evenings."""
    seen = "es gens ne voient pas la même chose partout"
    if len(facts.meetings) == 1 or not meeting.held_on:
        return f"L{seen}"
    return f"Le {fr_date(meeting.held_on)}, l{seen}"


def _is_strong(item: ReportItem) -> bool:
    """In the upper half of its scale, by the agreed level or by the words of the median."""
    level = item.agreed_level
    if level is None and item.median_words in item.labels:
        level = item.labels.index(item.median_words) + 1
    return level is not None and 2 * level > len(item.labels)


def _discussed(items: Sequence[ReportItem]) -> list[ReportItem]:
    """Opposed views first, then shared ones."""
    return [item for words in (OPPOSED, SHARED) for item in items if item.agreement_words == words]


def _names(items: Sequence[ReportItem]) -> str:
    names = list(dict.fromkeys(item.name for item in items))
    more = len(names) - MOST_NAMED
    if more > 1:
        return f"{', '.join(names[:MOST_NAMED])} et {more} autres énoncés"
    return join_words(names, "et")
