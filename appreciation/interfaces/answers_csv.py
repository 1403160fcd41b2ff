"""Every answer that a team holds, one row each, as a table that is never whole in memory."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from appreciation.domain.answer_words import answer_word
from appreciation.domain.queries.answer_rows import answers_of
from appreciation.models import Meeting
from core.csv_export import Value

HEADINGS = (
    "démarche",
    "lieu",
    "rencontre",
    "instrument",
    "version",
    "tour",
    "dimension",
    "question",
    "personne",
    "réponse",
)


def answer_table(meetings: QuerySet[Meeting]) -> Iterator[tuple[Value, ...]]:
    """The headings at once, before anything is asked of the database; then the answers."""
    yield HEADINGS
    for meeting, answers in answers_of(meetings):
        appraisal, instrument = meeting.appraisal, meeting.instrument
        where = (
            appraisal.reference,
            appraisal.place.name,
            meeting.reference,
            instrument.code,
            instrument.version,
        )
        for one in answers:
            item = one.item
            said = answer_word(one.answer)
            yield (*where, one.round_number, item.dimension, item.code, one.person, said)
