"""The report of the benchmark: prepared once, then each document made in a process of its own.

`python -m tests.benchmarks.report prepare|make`, JSON in and out.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time

import django

PEOPLE, ITEMS = 300, 24


def prepare() -> dict:
    """An evening of 300 people and 24 statements, told, adopted."""
    from appreciation.domain.counts import rebuild_counts
    from appreciation.models import Rating, Seat
    from tests.factories import AppraisalFactory, InstrumentFactory, MeetingFactory, RoundFactory
    from tests.factories.answers import finish
    from tests.factories.outcomes import CommentFactory, FindingFactory

    chance = random.Random(1)  # noqa: S311  the same evening each time
    instrument = InstrumentFactory(with_items=ITEMS)
    appraisal = AppraisalFactory(at_meeting=True, instrument=instrument, quotes_announced=True)
    meeting = MeetingFactory(appraisal=appraisal, head_count=PEOPLE)
    seats = Seat.objects.bulk_create(Seat(meeting=meeting, medium="phone") for _ in range(PEOPLE))
    ratings = []
    for dimension in instrument.instrument_dimensions.all():
        round_ = RoundFactory(meeting=meeting, instrument_dimension=dimension)
        levels = chance.choices(
            (1, 2, 3, 4, -1), weights=[chance.random() for _ in range(5)], k=300
        )
        for item in dimension.items.all():
            ratings += [
                Rating(seat=seat, item=item, round=round_, answer=level)
                for seat, level in zip(seats, levels, strict=True)
            ]
    Rating.objects.bulk_create(ratings)
    finish(meeting)
    rebuild_counts(meeting=meeting)
    for number in range(30):
        kind = ("strength", "challenge", "action_lead")[number % 3]
        FindingFactory(appraisal=appraisal, kind=kind, text=f"Constat {number} de la rencontre.")
    for number in range(10):
        CommentFactory(meeting=meeting, item=ratings[0].item, text=f"Mot {number}", is_quoted=True)
    appraisal.adopted_by = "le comité local"
    appraisal.adopted_on = meeting.starts_at.date() if meeting.starts_at else None
    appraisal.save()
    return {"reference": appraisal.reference, "answers": len(ratings)}


def make(reference: str, code: str) -> dict[str, float]:
    """One document, as a worker that has just started makes it: seconds, megabytes."""
    from background.management.commands.run_worker import POLITENESS

    os.nice(POLITENESS)  # as the worker makes it
    from appreciation.interfaces.documents.catalogue import BY_CODE
    from appreciation.interfaces.documents.contract import Making
    from appreciation.interfaces.documents.making import build_document, evenings_of
    from appreciation.models import Appraisal

    appraisal = Appraisal.objects.get(reference=reference)
    making = Making(appraisal, next(iter(evenings_of(appraisal)), None), "https://exemple.org")
    started, worked = time.perf_counter(), time.process_time()
    content = build_document(BY_CODE[code], making)
    return {
        "wall": time.perf_counter() - started,
        "processor": time.process_time() - worked,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": len(content) / 1000,
    }


COMMANDS = {"prepare": prepare, "make": make}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(COMMANDS[sys.argv[1]](**json.load(sys.stdin))))
