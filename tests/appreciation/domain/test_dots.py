"""Dots: a phone has its N, the poster is typed; both count together, hidden until shown."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from appreciation.domain import dots
from appreciation.domain.actors import SYSTEM
from appreciation.domain.hall import hall_state
from appreciation.domain.joining import take_seat
from appreciation.domain.meetings import close_meeting
from appreciation.domain.unlinking import unlink_meeting
from appreciation.models import DotVote, Finding
from core.errors import DomainError
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(open=True)


def prepare(meeting, *, texts=("Un four à pain", "Un sentier", "Un marché"), n=3, stack=False):
    dots.prepare_dots(
        meeting=meeting, actor=SYSTEM, findings=[], texts=texts, per_person=n, may_stack=stack
    )
    dots.open_dots(meeting=meeting, actor=SYSTEM)
    meeting.refresh_from_db()
    return list(meeting.dot_poll.options.all())


def put(meeting, *choices):
    """One new seat per choice: `{option: dots}`."""
    seats = [take_seat(meeting=meeting) for _ in choices]
    for seat, choice in zip(seats, choices, strict=True):
        dots.put_dots(seat=seat, dots={option.pk: count for option, count in choice.items()})
    return seats


def ranking(meeting, **options):
    meeting.dot_poll.refresh_from_db()
    return dots.ranking_of(meeting.dot_poll, **options)


def totals(meeting):
    return [(line.rank, line.text, line.dots) for line in ranking(meeting).lines]


def test_phones_and_poster_are_counted_together(meeting):
    oven, path, market = prepare(meeting)
    put(meeting, {oven: 1, path: 1}, {path: 1}, {path: 1, market: 1})
    dots.type_dots(meeting=meeting, actor=SYSTEM, counts={oven.pk: 4, market.pk: 0, path.pk: 0})
    assert totals(meeting) == [(1, "Un four à pain", 5), (2, "Un sentier", 3), (3, "Un marché", 1)]
    assert ranking(meeting).sentence == "« Un four à pain » vient en premier, avec 5 points."
    assert (ranking(meeting).phones, ranking(meeting).from_poster) == (3, 4)


def test_ties_share_a_rank_and_are_said(meeting):
    oven, path, market = prepare(meeting)
    put(meeting, {oven: 1, path: 1}, {oven: 1, path: 1}, {market: 1})
    assert [line.rank for line in ranking(meeting).lines] == [1, 1, 3]
    assert [line.is_tied for line in ranking(meeting).lines] == [True, True, False]
    assert ranking(meeting).sentence == (
        "« Un four à pain » et « Un sentier » sont à égalité, avec 2 points chacune."
    )


def test_under_three_people_nothing_is_shown(meeting):
    oven, path, _ = prepare(meeting)
    put(meeting, {oven: 1}, {path: 1})
    assert ranking(meeting).is_hidden
    assert ranking(meeting).lines == ()
    put(meeting, {oven: 1})
    assert not ranking(meeting).is_hidden
    assert ranking(meeting, k=5).is_hidden


def test_one_phone_beside_a_full_poster_cannot_be_found_by_subtraction(meeting):
    oven, _, _ = prepare(meeting)
    put(meeting, {oven: 1})
    dots.type_dots(meeting=meeting, actor=SYSTEM, counts={oven.pk: 30})
    assert ranking(meeting).is_hidden


def test_a_poster_alone_is_enough(meeting):
    oven, path, _ = prepare(meeting)
    dots.type_dots(meeting=meeting, actor=SYSTEM, counts={oven.pk: 6, path.pk: 1})
    assert not ranking(meeting).is_hidden
    dots.type_dots(meeting=meeting, actor=SYSTEM, counts={oven.pk: 5, path.pk: 1})
    assert ranking(meeting).is_hidden


@pytest.mark.parametrize(
    ("choice", "said"), [((2, 0, 0), "Un seul point par piste"), ((-1, 0, 0), "au plus")]
)
def test_a_person_has_her_dots_and_no_more(meeting, choice, said):
    options = prepare(meeting)
    seat = take_seat(meeting=meeting)
    with pytest.raises(DomainError, match=said):
        dots.put_dots(seat=seat, dots={o.pk: n for o, n in zip(options, choice, strict=True)})
    assert not DotVote.objects.exists()


def test_stacked_where_it_is_allowed_and_never_beyond(meeting):
    oven, path, _ = prepare(meeting, n=2, stack=True)
    (seat,) = put(meeting, {oven: 2})
    with pytest.raises(DomainError, match="2 points au plus"):
        dots.put_dots(seat=seat, dots={oven.pk: 2, path.pk: 1})
    assert dots.dots_of(seat) == {oven.pk: 2}


def test_the_last_sending_is_the_one_that_counts(meeting):
    oven, path, _ = prepare(meeting)
    (seat,) = put(meeting, {oven: 1})
    dots.put_dots(seat=seat, dots={path.pk: 1})
    dots.put_dots(seat=seat, dots={path.pk: 1})
    assert dots.dots_of(seat) == {path.pk: 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        DotVote.objects.create(option=path, seat=seat, count=1)


def test_closed_a_phone_is_refused(meeting):
    oven, _, _ = prepare(meeting)
    (seat,) = put(meeting, {oven: 1})
    dots.close_dots(meeting=meeting, actor=SYSTEM)
    with pytest.raises(DomainError, match="fermé"):
        dots.put_dots(seat=seat, dots={})
    assert dots.dots_of(seat) == {oven.pk: 1}


def test_closing_the_meeting_closes_the_dots(meeting):
    oven, _, _ = prepare(meeting)
    seats = put(meeting, {oven: 1})
    close_meeting(meeting=meeting, actor=SYSTEM)
    meeting.refresh_from_db()
    assert meeting.dots == ""
    with pytest.raises(DomainError, match="fermé"):
        dots.put_dots(seat=seats[0], dots={})


def test_an_option_of_another_meeting_is_refused(meeting):
    prepare(meeting)
    other = prepare(MeetingFactory(open=True))[0]
    with pytest.raises(DomainError, match="pas de ce choix"):
        put(meeting, {other: 1})
    with pytest.raises(DomainError, match="pas de ce choix"):
        dots.type_dots(meeting=meeting, actor=SYSTEM, counts={other.pk: 1})


def test_hidden_until_revealed_then_seen(meeting):
    oven, _, _ = prepare(meeting)
    put(meeting, {oven: 1}, {oven: 1}, {oven: 1})
    assert hall_state(meeting).mode == "dots"
    assert hall_state(meeting).ranking is None
    with pytest.raises(DomainError, match="encore ouvert"):
        dots.reveal_dots(meeting=meeting, actor=SYSTEM)
    dots.close_dots(meeting=meeting, actor=SYSTEM)
    dots.reveal_dots(meeting=meeting, actor=SYSTEM)
    meeting.refresh_from_db()
    assert hall_state(meeting).ranking.lines[0].dots == 3
    with pytest.raises(DomainError, match="déjà vu"):
        dots.open_dots(meeting=meeting, actor=SYSTEM)
    dots.hide_dots(meeting=meeting, actor=SYSTEM)
    meeting.refresh_from_db()
    assert hall_state(meeting).mode == "join"


def test_nothing_to_reveal_without_a_dot(meeting):
    prepare(meeting)
    dots.close_dots(meeting=meeting, actor=SYSTEM)
    with pytest.raises(DomainError, match="Aucun point"):
        dots.reveal_dots(meeting=meeting, actor=SYSTEM)


def test_options_stay_once_the_vote_has_opened(meeting):
    prepare(meeting)
    with pytest.raises(DomainError, match="ne changent plus"):
        prepare(meeting, texts=("A", "B"))


@pytest.mark.parametrize(("texts", "n"), [(("Seule",), 3), (("A", " "), 3), (("A", "B"), 0)])
def test_there_must_be_a_choice(meeting, texts, n):
    with pytest.raises(DomainError):
        prepare(meeting, texts=texts, n=n)


def test_leads_of_the_meeting_come_first(meeting):
    lead = Finding.objects.create(
        appraisal=meeting.appraisal, meeting=meeting, kind="action_lead", text="Une piste"
    )
    Finding.objects.create(
        appraisal=meeting.appraisal, meeting=meeting, kind="strength", text="Une force"
    )
    assert dots.leads_to_choose(meeting) == [lead]
    poll = dots.prepare_dots(
        meeting=meeting,
        actor=SYSTEM,
        findings=[lead],
        texts=["Une autre", ""],
        per_person=1,
        may_stack=False,
    )
    assert list(poll.options.values_list("text", "finding")) == [
        ("Une piste", lead.pk),
        ("Une autre", None),
    ]


def test_the_seats_gone_the_ranking_stays(meeting):
    oven, path, _ = prepare(meeting)
    put(meeting, {oven: 1}, {oven: 1, path: 1}, {path: 1})
    dots.type_dots(meeting=meeting, actor=SYSTEM, counts={oven.pk: 1})
    before = ranking(meeting)
    close_meeting(meeting=meeting, actor=SYSTEM)
    meeting.closed_at = timezone.now() - dt.timedelta(days=31)
    unlink_meeting(meeting=meeting)
    assert not DotVote.objects.exists()
    assert ranking(meeting) == before
