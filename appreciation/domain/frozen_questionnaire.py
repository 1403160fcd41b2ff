"""Questionnaires kept in the memory of the process: 300 phones read the same twelve questions."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from appreciation.domain.questionnaire import Questionnaire, questionnaire_for
from appreciation.models import Instrument

KEPT = 64


def questionnaire_in_memory(instrument: Instrument) -> Questionnaire:
    """The questions of `instrument`; no query once a frozen one has been read here.

    Only what is frozen is kept: it can no longer change (DESIGN.md §4). An instrument that still
    can is read again each time.
    """
    if instrument.frozen_at is None:
        return questionnaire_for(instrument)
    return _frozen(instrument.pk, _moment(instrument.frozen_at))


def frozen_questionnaire(instrument_id: int, frozen_at: dt.datetime | str | None) -> Questionnaire:
    """The same, for who read no more than the id and the moment, as the database wrote it."""
    if frozen_at is None:
        return questionnaire_for(_instrument(instrument_id))
    return _frozen(instrument_id, _moment(frozen_at))


def _moment(frozen_at: dt.datetime | str) -> str:
    """One spelling for both: SQLite hands out text without a zone, the others moments in UTC."""
    return str(frozen_at).partition("+")[0]


@lru_cache(maxsize=KEPT)
def _frozen(instrument_id: int, moment: str) -> Questionnaire:
    """The moment of freezing is part of the key: an id used again brings other questions."""
    return questionnaire_for(_instrument(instrument_id))


def _instrument(instrument_id: int) -> Instrument:
    return Instrument.every.select_related("scale").get(pk=instrument_id)
