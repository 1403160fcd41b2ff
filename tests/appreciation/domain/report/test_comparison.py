"""« Avant / maintenant »: only what may be compared, and nothing that was hidden."""

import datetime as dt
import json

import pytest
from django.db import transaction

from appreciation.domain.report import (
    assemble_report,
    comparison_for_team,
    report_from_snapshot,
    report_to_snapshot,
)
from appreciation.domain.report.comparison import (
    GONE,
    NEW,
    NOT_ANSWERED,
    OTHER_SCALE,
    OTHER_WORDS,
    TOO_FEW_ONCE,
)
from appreciation.enums import PublicationLevel
from appreciation.interfaces.comparison_document import comparison_rows
from appreciation.models import Outcome
from core.disclosure import DisclosedDistribution
from tests.factories import (
    AppraisalFactory,
    InstrumentDimensionFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    ScaleFactory,
)
from tests.factories.answers import answer, finish, items_of, seats_of, spread
from tests.factories.outcomes import ActionFactory, AgreedRatingFactory
from tests.factories.register import publish_entry

LEVEL = PublicationLevel
ENOUGH = spread(0, 3, 4, 0)


def held(instrument, *answers, level=LEVEL.FULL, year=2024, adopted=True, **values):
    """A démarche whose statements were answered by `answers`, in their order."""
    appraisal = AppraisalFactory(
        at_restitution=True,
        instrument=instrument,
        announced_level=level,
        adopted_by="le comité" if adopted else "",
        adopted_on=dt.date(year, 11, 3) if adopted else None,
        **values,
    )
    meeting = MeetingFactory(
        appraisal=appraisal,
        starts_at=dt.datetime(year, 10, 22, 23, 30, tzinfo=dt.UTC),
    )
    for item, given in zip(items_of(appraisal), answers, strict=False):
        if given:
            answer(meeting, item, given, seats=seats_of(meeting, len(given)))
    finish(meeting)
    return appraisal


def compared(again, *, level=LEVEL.FULL):
    return assemble_report(again, level=level).comparison


@pytest.fixture
def instrument():
    return InstrumentFactory(with_items=3)


def copy_of(instrument, *, scale=None, codes=("q1", "q2", "q3"), name=None, words="Énoncé"):
    """Another version with the same dimensions."""
    other = InstrumentFactory(
        code=instrument.code,
        name=name or instrument.name,
        version="2",
        scale=scale or instrument.scale,
    )
    for position, (old, code) in enumerate(
        zip(instrument.instrument_dimensions.all(), codes, strict=True), start=1
    ):
        dimension = InstrumentDimensionFactory(
            instrument=other, dimension=old.dimension, position=position
        )
        ItemFactory(instrument_dimension=dimension, code=code, text=f"{words} {position}")
    return other


def reasons(comparison):
    return {each.reason for each in comparison.left_out}


def test_a_first_time_compares_nothing(instrument):
    assert compared(held(instrument, ENOUGH)) is None


def test_both_times_stand_side_by_side_with_what_was_done_between(instrument):
    first = held(instrument, spread(0, 6, 0, 0), spread(0, 0, 0, 5), ENOUGH)
    ActionFactory(appraisal=first, title="Covoiturage", state="done")
    AgreedRatingFactory(meeting=first.meetings.get(), item=items_of(first)[0], level=2)
    again = held(instrument, spread(0, 0, 7, 0), ENOUGH, ENOUGH, year=2026, previous=first)
    AgreedRatingFactory(meeting=again.meetings.get(), item=items_of(again)[0], level=3)
    found = compared(again)
    item = next(each for each in found.items if each.now.agreed_level)
    assert (item.before.distribution.levels, item.now.distribution.levels) == (
        (0, 6, 0, 0),
        (0, 0, 7, 0),
    )
    assert (item.before.median_words, item.now.median_words) == ("En chemin", "Bien avancé")
    assert (item.before.agreed_label, item.now.agreed_label) == ("En chemin", "Bien avancé")
    assert (found.before_on.year, found.now_on.year) == (2024, 2026)
    assert [(each.title, each.state) for each in found.actions] == [("Covoiturage", "fait")]
    assert (len(found.items), found.left_out) == (3, ())
    assert found.outcomes == ()


def test_what_happened_between_is_told_as_the_register_told_it(instrument):
    first = held(instrument, ENOUGH)
    shown = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for day, words, when in (
        ("2025-05-03", "Dix voitures", shown),
        ("2025-03-01", "Un essai", shown),
        ("2025-04-01", "Entre nous", None),
        ("2026-11-30", "Trop tard", shown),
    ):
        Outcome.objects.create(appraisal=first, happened_on=day, words=words, shown_at=when)
    again = held(instrument, ENOUGH, year=2026, previous=first)
    assert compared(again).outcomes == ()
    publish_entry(appraisal=first)
    assert [(each.on.month, each.words) for each in compared(again).outcomes] == [
        (3, "Un essai"),
        (5, "Dix voitures"),
    ]
    report = assemble_report(again, level=LEVEL.FULL)
    assert report_from_snapshot(json.loads(json.dumps(report_to_snapshot(report)))) == report
    rows = list(comparison_rows(report.comparison, source="ici"))
    assert ("entre les deux", "Petit pas, le 3\xa0mai\xa02025", "Dix voitures") in rows


def test_another_version_keeps_the_codes_it_shares(instrument):
    first = held(instrument, ENOUGH, ENOUGH, ENOUGH)
    second = copy_of(instrument, codes=("q1", "q2", "q9"), words="Énoncé reformulé")
    again = held(second, ENOUGH, ENOUGH, ENOUGH, year=2026, previous=first)
    found = compared(again)
    assert len(found.items) == 2
    assert sorted(each.reason for each in found.left_out) == sorted([NEW, GONE])


def test_a_scale_of_another_length_is_not_compared(instrument):
    first = held(instrument, ENOUGH, ENOUGH, ENOUGH)
    three = copy_of(instrument, scale=ScaleFactory(levels=("Non", "Un peu", "Oui")))
    again = held(three, *[spread(2, 2, 2)] * 3, year=2026, previous=first)
    found = compared(again)
    assert found.items == ()
    assert reasons(found) == {OTHER_SCALE}


def test_another_instrument_must_say_the_same_thing(instrument):
    first = held(instrument, ENOUGH, ENOUGH, ENOUGH)
    other = copy_of(instrument, name="Une autre grille", words="Autre chose")
    again = held(other, ENOUGH, ENOUGH, ENOUGH, year=2026, previous=first)
    assert reasons(compared(again)) == {OTHER_WORDS}
    same = copy_of(InstrumentFactory(with_items=3), name="Une troisième grille")
    for old, new in zip(
        instrument.instrument_dimensions.all(), same.instrument_dimensions.all(), strict=True
    ):
        new.dimension = old.dimension
        new.save()
    again = held(same, ENOUGH, ENOUGH, ENOUGH, year=2026, previous=first)
    assert len(compared(again).items) == 3


def test_nothing_answered_is_told_apart_from_too_few(instrument):
    first = held(instrument, ENOUGH, spread(1, 0, 0, 0))
    again = held(instrument, ENOUGH, ENOUGH, ENOUGH, year=2026, previous=first)
    assert reasons(compared(again)) == {TOO_FEW_ONCE, NOT_ANSWERED}


def test_hidden_answers_leave_the_agreed_levels_alone(instrument):
    first = held(instrument, spread(0, 0, 2, 0))
    again = held(instrument, ENOUGH, year=2026, previous=first)
    for each, level in ((first, 2), (again, 3)):
        AgreedRatingFactory(meeting=each.meetings.get(), item=items_of(each)[0], level=level)
    (item,) = compared(again).items
    assert (item.before.agreed_level, item.now.agreed_level) == (2, 3)
    assert (item.before.distribution, item.now.distribution) == (None, None)
    assert (item.now.median_words, item.now.agreement_words) == ("", "")


FEW = ([1], [4], [2, 2], [1, 2, 3, 4], [-1, -1, -1], [4, 4, 4, 4], [1, -2, -2, -2])


@pytest.mark.parametrize("hidden_time", ["before", "now"])
@pytest.mark.parametrize("level", LEVEL.values)
def test_worlds_that_differ_in_hidden_answers_compare_alike(instrument, hidden_time, level):
    seen = []
    for few in FEW:
        with transaction.atomic():
            hides = hidden_time == "before"
            first = held(instrument, ENOUGH, few if hides else ENOUGH, reference="D-1")
            again = held(
                instrument,
                ENOUGH,
                ENOUGH if hides else few,
                year=2026,
                previous=first,
                reference="D-2",
                place=first.place,
            )
            report = assemble_report(again, level=level)
            seen.append(json.dumps(report_to_snapshot(report)["comparison"], sort_keys=True))
            transaction.set_rollback(True)
    assert len(set(seen)) == 1


def test_the_witness_five_answers_do_change_it(instrument):
    seen = set()
    for few in (spread(5, 0, 0, 0), spread(0, 0, 0, 5)):
        with transaction.atomic():
            first = held(instrument, ENOUGH, few, reference="D-1")
            again = held(instrument, ENOUGH, ENOUGH, previous=first, reference="D-2")
            seen.add(repr(compared(again).items))
            transaction.set_rollback(True)
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("announced", "level", "has_numbers"),
    [
        (LEVEL.FULL, LEVEL.FULL, True),
        (LEVEL.FULL, LEVEL.SUMMARY, False),
        (LEVEL.SUMMARY, LEVEL.FULL, False),
        (LEVEL.SUMMARY, LEVEL.REGION, False),
        (LEVEL.REGION, LEVEL.REGION, True),
        (LEVEL.REGION, LEVEL.FULL, None),
        (LEVEL.REGION, LEVEL.SUMMARY, None),
        (LEVEL.PRIVATE, LEVEL.FULL, None),
        (LEVEL.PRIVATE, LEVEL.REGION, None),
        (LEVEL.PRIVATE, LEVEL.PRIVATE, True),
    ],
)
def test_what_was_announced_the_first_time_binds_still(instrument, announced, level, has_numbers):
    """`has_numbers` is None when nothing of the first time is shown."""
    first = held(instrument, ENOUGH, level=announced)
    again = held(instrument, ENOUGH, year=2026, previous=first)
    found = compared(again, level=level)
    if has_numbers is None:
        assert found is None
        return
    (item,) = found.items
    assert isinstance(item.before.distribution, DisclosedDistribution) is has_numbers
    assert isinstance(item.now.distribution, DisclosedDistribution) is has_numbers
    assert item.before.agreement_words


def test_a_first_report_never_adopted_does_not_leave_with_the_second(instrument):
    first = held(instrument, ENOUGH, adopted=False)
    again = held(instrument, ENOUGH, year=2026, previous=first)
    assert compared(again) is None
    assert comparison_for_team(again, sees_both=True) is not None
    assert comparison_for_team(again, sees_both=False) is None


def test_it_travels_in_the_snapshot_and_a_raised_k_hides_more(instrument):
    first = held(instrument, ENOUGH, spread(0, 0, 6, 6))
    again = held(instrument, spread(0, 6, 6, 0), spread(6, 6, 0, 0), year=2026, previous=first)
    report = assemble_report(again)
    snapshot = json.loads(json.dumps(report_to_snapshot(report)))
    assert report_from_snapshot(snapshot) == report
    raised = report_from_snapshot(snapshot, outside_k=10).comparison
    assert [len(item.before.distribution.levels) for item in raised.items] == [4]
    assert raised.left_out[0].reason == TOO_FEW_ONCE
    assert len(raised.left_out) == len(report.comparison.left_out) + 1


def test_an_edition_from_before_still_reads(instrument):
    snapshot = report_to_snapshot(assemble_report(held(instrument, ENOUGH)))
    assert "comparison" not in snapshot
    assert report_from_snapshot(snapshot).comparison is None
