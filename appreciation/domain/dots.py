"""Choosing priorities with dots: on the poster, by phone, or both, counted together.

Nobody sees a number before the team reveals it; a room of fewer than three people sees none. When
one or two phones voted beside a poster, their dots could be found by subtraction: nothing is shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, ensure_open, ensure_opened, record
from appreciation.domain.locks import share_meeting
from appreciation.domain.ranking import HIDDEN, Ranking, rank_options
from appreciation.enums import DotsState, FindingKind, Medium, MeetingState
from appreciation.models import (
    Appraisal,
    DotCount,
    DotOption,
    DotPoll,
    DotVote,
    Finding,
    Meeting,
    Seat,
)
from core.disclosure import ROOM_K, enough_people
from core.errors import DomainError

MOST_DOTS, MOST_OPTIONS, MOST_TYPED = 10, 20, 20_000


def leads_to_choose(meeting: Meeting) -> list[Finding]:
    """The leads written down in the meeting, in their order."""
    leads = Finding.objects.filter(meeting=meeting, kind=FindingKind.ACTION_LEAD)
    return list(leads.order_by("position", "pk"))


def prepare_dots(
    *,
    meeting: Meeting,
    actor: Actor,
    findings: Sequence[Finding],
    texts: Sequence[str],
    per_person: int,
    may_stack: bool,
) -> DotPoll:
    """What there is to choose from. It changes until the first dot, by phone or typed."""
    if not 1 <= per_person <= MOST_DOTS:
        raise DomainError(f"Donnez de 1 à {MOST_DOTS} points à chaque personne.")
    named = [(None, text.strip()) for text in texts if text.strip()]
    chosen = [*((finding, finding.text) for finding in findings), *named]
    if not 2 <= len(chosen) <= MOST_OPTIONS:  # noqa: PLR2004  one is no choice
        raise DomainError(f"Il faut de 2 à {MOST_OPTIONS} pistes à choisir.")
    with transaction.atomic():
        locked = begin(meeting, actor)
        ensure_opened(locked)
        poll, _ = DotPoll.objects.get_or_create(meeting=locked)
        if poll.opened_at or _has_dots(poll):
            raise DomainError("Des points sont déjà posés: les pistes ne changent plus.")
        poll.per_person, poll.may_stack = per_person, may_stack
        poll.save()
        poll.options.all().delete()
        DotOption.objects.bulk_create(
            DotOption(poll=poll, finding=finding, text=text[:600], position=position)
            for position, (finding, text) in enumerate(chosen, 1)
        )
        record(locked, actor, "Pistes à choisir", f"{len(chosen)} pistes, {per_person} points")
    return poll


def open_dots(*, meeting: Meeting, actor: Actor) -> None:
    """Phones may choose. Not again once the room has seen the result."""
    with transaction.atomic():
        locked = begin(meeting, actor)
        ensure_open(locked)
        poll = poll_of(locked)
        if poll.revealed_at is not None:
            raise DomainError("La salle a déjà vu le résultat: on ne choisit plus.")
        if poll.opened_at is None:
            poll.opened_at = timezone.now()
            poll.save(update_fields=["opened_at"])
        _show(locked, actor, DotsState.OPEN, "Choix par points ouvert")


def close_dots(*, meeting: Meeting, actor: Actor) -> None:
    """Phones choose no more; the poster may still be typed."""
    with transaction.atomic():
        locked = begin(meeting, actor)
        if locked.dots == DotsState.OPEN:
            _show(locked, actor, DotsState.IDLE, "Choix par points fermé")


def reveal_dots(*, meeting: Meeting, actor: Actor) -> None:
    """The ranking on the wall. Refused while a phone may still choose."""
    with transaction.atomic():
        locked = begin(meeting, actor)
        ensure_opened(locked)
        poll = poll_of(locked)
        if locked.dots == DotsState.OPEN:
            raise DomainError("Le choix est encore ouvert: fermez-le, puis révélez.")
        if not _has_dots(poll):
            raise DomainError("Aucun point n’est posé: rien à révéler.")
        if poll.revealed_at is None:
            poll.revealed_at = timezone.now()
            poll.save(update_fields=["revealed_at"])
        _show(locked, actor, DotsState.SHOWN, "Choix par points révélé")


def hide_dots(*, meeting: Meeting, actor: Actor) -> None:
    """Off the wall. The room has seen it: it stays seen."""
    with transaction.atomic():
        locked = begin(meeting, actor)
        if locked.dots == DotsState.SHOWN:
            _show(locked, actor, DotsState.IDLE, "Choix par points masqué")


def type_dots(*, meeting: Meeting, actor: Actor, counts: Mapping[int, int]) -> None:
    """The dots counted on the poster, `{option: dots}`. The last count replaces the one before."""
    with transaction.atomic():
        locked = begin(meeting, actor)
        ensure_opened(locked)
        if locked.state == MeetingState.ENTRY_DONE:
            raise DomainError("La saisie est terminée. Rouvrez-la pour corriger les points.")
        options = set(poll_of(locked).options.values_list("pk", flat=True))
        if not set(counts) <= options:
            raise DomainError("Cette piste n’est pas de ce choix. Rechargez la page.")
        if any(not 0 <= dots <= MOST_TYPED for dots in counts.values()):
            raise DomainError(f"Un nombre de points va de 0 à {MOST_TYPED}.")
        rows = DotCount.objects.filter(option__in=options, medium=Medium.PAPER)
        before = dict(rows.values_list("option", "count"))
        kept = {option: dots for option, dots in counts.items() if dots}
        if kept == before:
            return
        rows.delete()
        DotCount.objects.bulk_create(
            DotCount(option_id=option, medium=Medium.PAPER, count=dots)
            for option, dots in kept.items()
        )
        said = f"{sum(kept.values())} points (avant: {sum(before.values())})"
        record(locked, actor, "Points de l’affiche", said)


def put_dots(*, seat: Seat, dots: Mapping[int, int]) -> None:
    """All the dots of a seat, `{option: dots}`: the last sending is the one that counts.

    Refused beyond the dots of one person, two on one option where that is not allowed, and once
    the vote is closed. Nothing is stored then.
    """
    kept = {option: count for option, count in dots.items() if count}
    with transaction.atomic():
        share_meeting(meeting_id=seat.meeting_id, seat_id=seat.pk)
        poll = DotPoll.objects.select_related("meeting").filter(meeting=seat.meeting_id).first()
        if poll is None or not dots_are_open(poll.meeting):
            raise DomainError("Le choix est fermé. Ces points n’ont pas été comptés.")
        if not set(kept) <= set(poll.options.values_list("pk", flat=True)):
            raise DomainError("Cette piste n’est pas de ce choix. Rechargez la page.")
        if any(count < 0 for count in kept.values()) or sum(kept.values()) > poll.per_person:
            plural = "s" if poll.per_person > 1 else ""
            raise DomainError(f"Vous avez {poll.per_person} point{plural} au plus: enlevez-en.")
        if not poll.may_stack and any(count > 1 for count in kept.values()):
            raise DomainError("Un seul point par piste: posez les autres ailleurs.")
        DotVote.objects.filter(seat=seat, option__poll=poll).delete()
        DotVote.objects.bulk_create(
            DotVote(option_id=option, seat=seat, count=count) for option, count in kept.items()
        )


def dots_of(seat: Seat) -> dict[int, int]:
    return dict(DotVote.objects.filter(seat=seat).values_list("option", "count"))


def dots_are_open(meeting: Meeting) -> bool:
    return meeting.dots == DotsState.OPEN and meeting.state == MeetingState.OPEN


def poll_of(meeting: Meeting) -> DotPoll:
    poll = DotPoll.objects.filter(meeting=meeting).first()
    if poll is None:
        raise DomainError("Choisissez d’abord les pistes.")
    return poll


def keep_without_seats(meeting: Meeting) -> None:
    """Before the seats go (30 days): the phones' dots become counts, and people a number."""
    poll = DotPoll.objects.filter(meeting=meeting).first()
    if poll is None:
        return
    votes = DotVote.objects.filter(option__poll=poll)
    poll.unlinked_people += votes.values("seat").distinct().count()
    poll.save(update_fields=["unlinked_people"])
    by_option = votes.order_by().values_list("option").annotate(Sum("count"))
    DotCount.objects.bulk_create(
        DotCount(option_id=option, medium=Medium.PHONE, count=dots) for option, dots in by_option
    )
    votes.delete()


def ranking_of(poll: DotPoll, *, k: int = ROOM_K) -> Ranking:
    """Most dots first. Phones and poster together, never apart; nothing under k people."""
    votes = DotVote.objects.filter(option__poll=poll)
    phones = poll.unlinked_people + votes.aggregate(people=Count("seat", distinct=True))["people"]
    totals = {option.pk: 0 for option in poll.options.all()}
    poster = 0
    for option, dots in votes.order_by().values_list("option").annotate(Sum("count")):
        totals[option] += dots
    for option, medium, dots in DotCount.objects.filter(option__poll=poll).values_list(
        "option", "medium", "count"
    ):
        totals[option] += dots
        poster += dots if medium == Medium.PAPER else 0
    floor = phones or math.ceil(poster / poll.per_person)
    if not enough_people(floor, k=k):
        return HIDDEN
    lines = rank_options([(option.text, totals[option.pk]) for option in poll.options.all()])
    return Ranking(lines, phones=phones, from_poster=poster, is_hidden=False, floor=floor)


def settled_ranking(meeting: Meeting, *, k: int = ROOM_K) -> Ranking | None:
    """What the room chose, once it was shown to it or entry is finished; None before, or without
    a dot.
    """
    poll = DotPoll.objects.filter(meeting=meeting).prefetch_related("options").first()
    if poll is None or not _has_dots(poll):
        return None
    is_settled = poll.revealed_at is not None or meeting.state == MeetingState.ENTRY_DONE
    return ranking_of(poll, k=k) if is_settled else None


def rankings_of(appraisal: Appraisal) -> list[Ranking]:
    """What the room chose at each evening of the démarche, for the team that writes the actions."""
    meetings = Meeting.objects.filter(appraisal=appraisal, dot_poll__isnull=False).order_by("pk")
    found = (settled_ranking(meeting) for meeting in meetings)
    return [ranking for ranking in found if ranking is not None]


def _has_dots(poll: DotPoll) -> bool:
    return (
        DotVote.objects.filter(option__poll=poll).exists()
        or DotCount.objects.filter(option__poll=poll).exists()
    )


def _show(meeting: Meeting, actor: Actor, state: DotsState, said: str) -> None:
    if meeting.dots == state:
        return
    meeting.dots = state
    record(meeting, actor, said, fields=("dots",))
