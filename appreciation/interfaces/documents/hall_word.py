"""Papers of the hall that people change to their own words, in Word."""

from __future__ import annotations

from collections.abc import Callable

from appreciation.domain.agenda import AgendaCode
from appreciation.domain.consent import consent_text
from appreciation.interfaces.documents.agenda_document import TimedMoment, timed_agenda
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts, common_scale, facts_of
from appreciation.interfaces.documents.table_sheets import HEADINGS, discussed
from core.typography import NBSP, fr_typo
from core.word import WordDocument

BOX = "☐"
TO_FILL = "_" * 30
ROOM = "\n\n"
"""Two empty lines in a cell: room for a sentence by hand."""


def hall_word(facts: HallFacts, title: str) -> WordDocument:
    """A document of the hall, with its foot and what nobody may take for real."""
    return WordDocument(
        title=title, author=facts.organisation, footer=facts.foot, banner=facts.banner
    )


def agenda_word(code: AgendaCode) -> Callable[[Making], bytes]:
    def build(making: Making) -> bytes:
        facts = facts_of(making)
        timed = timed_agenda(code, facts.starts_at)
        word = hall_word(facts, timed.agenda.title)
        word.title(timed.agenda.title, _when_and_where(facts))
        word.paragraph(timed.agenda.summary)
        rows = [(each.hour, each.item.title, each.item.minutes) for each in timed.moments]
        word.table(
            ("Heure", "Moment", "Minutes"),
            [*rows, (timed.ends_at, "Fin", timed.agenda.minutes)],
            caption="La soirée en un coup d’œil",
            widths_cm=(3.5, 10, 3),
        )
        for moment in timed.moments:
            _write_moment(word, moment)
        return word.to_bytes()

    return build


def _write_moment(word: WordDocument, moment: TimedMoment) -> None:
    word.heading(f"{moment.hour}{NBSP}: {moment.item.title} ({moment.item.minutes} min)")
    word.heading("Ce que je fais", 2)
    word.bullets(moment.item.do)
    word.heading("Qu’est-ce que je dis", 2)
    word.bullets(moment.item.say)
    word.paragraph(moment.item.keep_in_mind, strong="À garder en tête.")


def consent_word(making: Making) -> bytes:
    facts = facts_of(making)
    title = "À lire à voix haute, avant que les gens répondent"
    word = hall_word(facts, title)
    word.title(title, _when_and_where(facts))
    for paragraph in consent_text(making.appraisal):
        word.paragraph(paragraph)
    if facts.help_line:
        word.paragraph(facts.help_line)
    return word.to_bytes()


def tables_word(making: Making) -> bytes:
    facts = facts_of(making)
    word = hall_word(facts, "Feuilles de table")
    for number in range(1, facts.tables + 1):
        if number > 1:
            word.page_break()
        _write_table(word, making, facts, number)
    return word.to_bytes()


def _write_table(word: WordDocument, making: Making, facts: HallFacts, number: int) -> None:
    word.heading(f"Table {number}, {facts.place}")
    word.paragraph(fr_typo(f"Personnes à la table: ______   Qui écrit: {TO_FILL}"))
    word.heading("De quoi parlons-nous?", 2)
    word.paragraph("   ".join(f"{BOX}{NBSP}{each.title}" for each in discussed(making)))
    word.heading("Notre niveau, si la table s’entend", 2)
    levels = [f"{level.position}{NBSP}{level.label}" for level in common_scale(making)]
    choices = "   ".join(f"{BOX}{NBSP}{label}" for label in [*levels, "Pas d’accord entre nous"])
    word.paragraph(f"Question n° ______   {choices}")
    for heading, question in HEADINGS:
        word.table((fr_typo(f"{heading}: {question[:1].lower()}{question[1:]}"),), [(ROOM,)])


def _when_and_where(facts: HallFacts) -> str:
    when = f"{facts.day}, {facts.hour}" if facts.day else TO_FILL
    return fr_typo(f"{facts.place}. Quand: {when}. Où: {facts.venue or TO_FILL}")
