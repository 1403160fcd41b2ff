import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.solicitation import (
    MOST_CONSULTATIONS,
    add_consultation,
    remove_consultation,
    solicitation_of,
)
from appreciation.models import Appraisal, OtherConsultation
from core.errors import DomainError
from tests.factories import (
    AppraisalFactory,
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.factories.register import publish_entry, publish_historical

TODAY = dt.date(2027, 5, 20)


@pytest.fixture
def territory():
    return PlaceFactory(territory=True)


@pytest.fixture
def appraisal(territory, lead):
    appraisal = AppraisalFactory(place__parent=territory)
    MembershipFactory(appraisal=appraisal, user=lead)
    return appraisal


def add(appraisal, user, **changes):
    facts = {"title": "Sondage", "organizer": "MRC", "month": dt.date(2027, 3, 9), "asked": ""}
    return add_consultation(appraisal=appraisal, user=user, today=TODAY, **facts | changes)


def seen(appraisal, user, today=TODAY) -> list[str]:
    return [other.place for other in solicitation_of(appraisal, user, today=today).appraisals]


def at(appraisal, moment: dt.date, **stamps) -> None:
    created = timezone.make_aware(dt.datetime.combine(moment, dt.time(12)))
    Appraisal.objects.filter(pk=appraisal.pk).update(created_at=created, **stamps)


def test_a_private_neighbour_is_not_told_to_who_may_not_see_it(appraisal, lead, territory):
    other = AppraisalFactory(place__parent=territory, place__name="Voisine")
    at(other, dt.date(2027, 1, 1))
    assert seen(appraisal, lead) == []
    assert seen(appraisal, RoleAssignmentFactory(place=territory).user) == ["Voisine"]
    MembershipFactory(appraisal=other, user=lead, role="observer")
    assert seen(appraisal, lead) == ["Voisine"]


def test_a_published_one_of_the_same_territory_is_told_to_all(appraisal, lead, territory):
    place = PlaceFactory(name="Publiée", parent=territory)
    public = publish_entry(place=place)
    publish_entry(place=PlaceFactory(name="Ailleurs", parent=PlaceFactory(territory=True)))
    at(public.appraisal, dt.date(2027, 1, 1))
    assert seen(appraisal, lead) == ["Publiée"]


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        (dt.date(2025, 5, 1), ["Voisine"]),
        (dt.date(2025, 4, 30), []),
        (dt.date(2027, 5, 20), ["Voisine"]),
    ],
)
def test_twenty_four_months_are_looked_at(appraisal, lead, territory, created, expected):
    other = AppraisalFactory(place__parent=territory, place__name="Voisine")
    MembershipFactory(appraisal=other, user=lead)
    at(other, created)
    assert seen(appraisal, lead) == expected


def test_a_cancelled_one_asked_nobody(appraisal, lead, territory):
    other = AppraisalFactory(place__parent=territory, state="cancelled")
    MembershipFactory(appraisal=other, user=lead)
    at(other, dt.date(2027, 1, 1))
    assert seen(appraisal, lead) == []


@pytest.mark.parametrize(("year", "count"), [(2025, 0), (2026, 1)])
def test_a_historical_one_counts_by_its_year(appraisal, lead, territory, year, count):
    publish_historical(place=PlaceFactory(parent=territory), year=year)
    assert len(seen(appraisal, lead)) == count


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([], "Rien d’inscrit"),
        ([dt.date(2027, 3, 1)], "Une autre occasion"),
        ([dt.date(2027, 3, 1), dt.date(2026, 1, 1)], "sollicités 2 fois"),
        ([dt.date(2027, 3, 1), dt.date(2025, 4, 1)], "Une autre occasion"),
    ],
)
def test_it_is_said_kindly_how_often_people_were_asked(appraisal, lead, months, said):
    for month in months:
        add(appraisal, lead, month=month)
    found = solicitation_of(appraisal, lead, today=TODAY)
    assert said in found.sentence
    assert len(found.consultations) == len(months)


def test_sent_twice_it_is_there_once(appraisal, lead):
    first = add(appraisal, lead, asked="Les aînés")
    assert add(appraisal, lead, title=" Sondage ", month=dt.date(2027, 3, 30)) == first
    assert first.month == dt.date(2027, 3, 1)
    assert first.added_by == lead


def test_what_is_to_come_is_no_past_consultation(appraisal, lead):
    with pytest.raises(DomainError, match="pas encore eu lieu"):
        add(appraisal, lead, month=dt.date(2027, 6, 1))


def test_the_list_has_an_end(appraisal, lead):
    OtherConsultation.objects.bulk_create(
        OtherConsultation(appraisal=appraisal, title=f"C{n}", organizer="MRC", month=TODAY)
        for n in range(MOST_CONSULTATIONS)
    )
    with pytest.raises(DomainError, match="déjà longue"):
        add(appraisal, lead)


@pytest.mark.parametrize("who", ["stranger", "observer"])
def test_who_may_not_change_changes_nothing(appraisal, lead, who):
    kept = add(appraisal, lead)
    user = UserFactory()
    if who == "observer":
        MembershipFactory(appraisal=appraisal, user=user, role="observer")
    with pytest.raises(DomainError, match="pas la changer"):
        add(appraisal, user, title="Autre")
    with pytest.raises(DomainError, match="pas la changer"):
        remove_consultation(appraisal=appraisal, user=user, pk=kept.pk)
    assert OtherConsultation.objects.count() == 1


def test_removed_once_and_only_from_its_demarche(appraisal, lead):
    elsewhere = AppraisalFactory()
    MembershipFactory(appraisal=elsewhere, user=lead)
    theirs = add(elsewhere, lead)
    remove_consultation(appraisal=appraisal, user=lead, pk=theirs.pk)
    assert OtherConsultation.objects.count() == 1
    for _ in range(2):
        remove_consultation(appraisal=elsewhere, user=lead, pk=theirs.pk)
    assert OtherConsultation.objects.count() == 0
