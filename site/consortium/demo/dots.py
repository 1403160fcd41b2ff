"""A demonstration room chooses where to start: phones and poster, then the wall."""

from __future__ import annotations

import random
from collections.abc import Sequence

from appreciation.domain.actors import Actor
from appreciation.domain.dots import (
    close_dots,
    hide_dots,
    leads_to_choose,
    open_dots,
    prepare_dots,
    put_dots,
    reveal_dots,
    type_dots,
)
from appreciation.models import Meeting, Seat

TYPED = ("Un four à pain derrière l’église (fictif)", "Un sentier jusqu’au quai (fictif)")
PER_PERSON = 2
ON_THE_POSTER = (4, 2, 3)
"""Dots stuck on the first options of the poster."""


def choose_with_dots(
    meeting: Meeting, seats: Sequence[Seat], actor: Actor, chance: random.Random
) -> None:
    """While the meeting is open. The leads come first, then what the room adds."""
    poll = prepare_dots(
        meeting=meeting,
        actor=actor,
        findings=leads_to_choose(meeting),
        texts=TYPED,
        per_person=PER_PERSON,
        may_stack=False,
    )
    open_dots(meeting=meeting, actor=actor)
    options = [option.pk for option in poll.options.all()]
    for seat in seats:
        put_dots(seat=seat, dots=dict.fromkeys(chance.sample(options, PER_PERSON), 1))
    close_dots(meeting=meeting, actor=actor)
    stuck = dict(zip(options, ON_THE_POSTER, strict=False))
    type_dots(meeting=meeting, actor=actor, counts=stuck)
    reveal_dots(meeting=meeting, actor=actor)
    hide_dots(meeting=meeting, actor=actor)
