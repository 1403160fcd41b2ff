"""What the hall sees from the welcome to the vote, with what to say in the notes of each slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from appreciation.domain.agenda import AgendaCode
from appreciation.domain.consent import consent_text
from appreciation.domain.portraits import portrait_of
from appreciation.interfaces.documents.agenda_document import TimedAgenda, timed_agenda
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts, facts_of, questions_of
from core.qr_code import qr_code
from core.slides import SlideDeck
from core.svg_images import svg_to_png
from core.typography import fr_typo

if TYPE_CHECKING:
    from appreciation.domain.questionnaire import QuestionnaireDimension

T = TypeVar("T")
PER_SLIDE = 3
QR_WIDTH = 900
RULES = (
    "Chacun parle pour soi, une personne à la fois.",
    "On ne juge personne. On ne se compare pas aux voisins.",
    "Un désaccord bien dit est un résultat.",
    "Ce qui se dit de personnel reste ici.",
)
NEXT = (
    "Le projet de rapport vous est remis pour que vous le corrigiez.",
    "Rien n’est publié au-delà de ce qui a été dit au début.",
    "Le milieu choisit de une à trois actions, avec un premier petit pas.",
    "On se redonne des nouvelles.",
)


def welcome_slides(making: Making) -> bytes:
    facts = facts_of(making)
    timed = timed_agenda(AgendaCode.FULL, facts.starts_at)
    deck = SlideDeck(
        title=f"{facts.title}, {facts.place}",
        author=facts.organisation,
        footer=facts.foot,
        banner=facts.banner,
    )
    _welcome(deck, facts, timed)
    _who_sees_what(deck, making, facts)
    _portrait(deck, making, timed)
    _how_to_answer(deck, facts, timed)
    for dimension in questions_of(making).dimensions:
        _dimension(deck, dimension)
    last = timed.moments[-1].item
    suite = [fr_typo(sentence) for sentence in NEXT]
    deck.points("La suite", [*suite, *filter(None, [facts.contact])], notes=_aloud(last.say))
    return deck.to_bytes()


def _welcome(deck: SlideDeck, facts: HallFacts, timed: TimedAgenda) -> None:
    first = timed.moments[0].item
    when = ", ".join(filter(None, (facts.title, facts.day)))
    deck.opening(f"Bienvenue à {facts.place}", fr_typo(when), notes=_aloud(first.say))
    moments = [f"{each.hour} – {each.item.title}" for each in timed.moments]
    half = (len(moments) + 1) // 2
    deck.points("Notre rencontre", moments[:half], notes=_aloud(first.do))
    deck.points("Notre rencontre, ensuite", moments[half:], notes=timed.agenda.summary)
    deck.points("Nos règles", [fr_typo(rule) for rule in RULES], notes=first.keep_in_mind)


def _who_sees_what(deck: SlideDeck, making: Making, facts: HallFacts) -> None:
    report = (
        "C’est une répétition: tout sera effacé, il n’y aura pas de rapport."
        if facts.is_rehearsal
        else f"Le rapport ira {facts.report_goes}."
    )
    said = (
        "Ni nom ni courriel.",
        "La salle verra les réponses toutes ensemble.",
        "La personne qui saisit votre feuille la verra.",
        report,
        "Sautez une question ou arrêtez quand vous voulez.",
    )
    aloud = "\n\n".join(consent_text(making.appraisal))
    deck.points("Qui verra quoi?", [fr_typo(sentence) for sentence in said], notes=aloud)


def _portrait(deck: SlideDeck, making: Making, timed: TimedAgenda) -> None:
    """Key figures with their year and source; none, no slide."""
    moment = timed.moments[1].item
    for figures in _by_slide(portrait_of(making.appraisal).figures):
        points = [
            (
                fr_typo(f"{each.label}: {each.value} {each.unit}".strip()),
                fr_typo(f"{each.year}, {each.source}"),
            )
            for each in figures
        ]
        deck.points("Notre portrait en chiffres", points, notes=_aloud(moment.say))


def _how_to_answer(deck: SlideDeck, facts: HallFacts, timed: TimedAgenda) -> None:
    moment = timed.moments[2].item
    ways = [
        ("Sur une feuille", "Cochez une case par question."),
        ("À main levée", "Si la salle le préfère."),
    ]
    if facts.code:
        by_phone = ("Avec votre téléphone", f"{facts.short_address}, code {facts.code}")
        ways.insert(0, by_phone)
    deck.points("Comment répondre", ways, notes=_aloud(moment.say))
    if facts.code:
        deck.picture(
            f"{facts.short_address} – {facts.code}",
            _qr_picture(facts.join_url),
            alt=f"Code QR qui mène à {facts.join_url}",
            notes="Sans téléphone? Prenez une feuille. C’est aussi bon.",
        )


def _dimension(deck: SlideDeck, dimension: QuestionnaireDimension) -> None:
    if not dimension.items or dimension.discussion_only:
        deck.statement(dimension.title, dimension.prompt or dimension.title, notes=dimension.prompt)
        return
    if len(dimension.items) == 1:
        (only,) = dimension.items
        levels = [f"{level.position} – {level.anchor or level.label}" for level in only.levels]
        deck.points(
            dimension.title,
            [fr_typo(text) for text in (only.text, *levels)],
            notes=dimension.prompt,
        )
        return
    for items in _by_slide(dimension.items):
        points = [
            (
                fr_typo(item.text),
                " · ".join(f"{level.position} {level.label}" for level in item.levels),
            )
            for item in items
        ]
        deck.points(dimension.title, points, notes=dimension.prompt)


def _by_slide(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), PER_SLIDE):
        yield things[start : start + PER_SLIDE]


def _aloud(sentences: tuple[str, ...]) -> str:
    return "\n".join(sentences)


def _qr_picture(address: str) -> bytes:
    code = qr_code(address)
    box = f'viewBox="0 0 {code.size} {code.size}" width="{code.size}" height="{code.size}"'
    drawing = f'<rect width="100%" height="100%" fill="#fff"/><path d="{code.path}"/>'
    return svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{drawing}</svg>', QR_WIDTH)
