"""A meeting whose instrument asks what the real files of `data/notations` answered: five levels."""

from collections.abc import Iterable, Sequence

from appreciation.models import Instrument, Meeting
from tests.factories.appraisals import (
    AppraisalFactory,
    InstrumentDimensionFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    ScaleFactory,
)

FIVE_LEVELS = ("Pas du tout", "Un peu", "Moyennement", "Beaucoup", "Tout à fait")


def five_level_instrument(
    codes: Iterable[str], levels: Sequence[str] = FIVE_LEVELS, **options
) -> Instrument:
    """One dimension per code, each with one item on a scale of five levels (or those given)."""
    instrument = InstrumentFactory(scale=ScaleFactory(levels=levels), **options)
    for position, code in enumerate(codes, start=1):
        dimension = InstrumentDimensionFactory(instrument=instrument, position=position)
        ItemFactory(instrument_dimension=dimension, code=code, text=f"Énoncé {code}")
    return instrument


def meeting_asking(
    codes: Iterable[str], levels: Sequence[str] = FIVE_LEVELS, *, place=None, **meeting
) -> Meeting:
    """An open meeting with such an instrument, somewhere unless `place` is given."""
    instrument = five_level_instrument(codes, levels)
    where = {"place": place} if place else {}
    appraisal = AppraisalFactory(at_meeting=True, instrument=instrument, **where)
    return MeetingFactory(appraisal=appraisal, open=True, **meeting)
