"""The answers row by row: who may take them, what is in them, and that they come as a stream."""

import csv
import io
from collections import Counter

import pytest
from django.urls import reverse

from appreciation.domain.queries import answer_rows
from appreciation.models import Meeting
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory, PlaceFactory
from tests.factories.answers import answer, finish, items_of, seats_of, spread
from tests.factories.people import RoleAssignmentFactory


@pytest.fixture
def appraisal():
    return AppraisalFactory(at_meeting=True, place=PlaceFactory(name="=Lieu", territory=True))


def evening(appraisal, *answers, number=1):
    meeting = MeetingFactory(appraisal=appraisal, open=True)
    for item, given in zip(items_of(appraisal), answers, strict=False):
        answer(meeting, item, given, seats=seats_of(meeting, len(given)))
    return finish(meeting)


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def taken(client, name="appraisal_answers", *args):
    response = client.get(reverse(f"space:{name}", args=args))
    assert response.status_code == 200
    return rows_of(response)


def test_each_answer_is_a_row_and_each_person_a_number(client, appraisal):
    meeting = evening(appraisal, [1, 2, -1, 4], [4, 4, 4, -2])
    answer(meeting, items_of(appraisal)[0], [3, 3, 3], number=2)
    client.force_login(MembershipFactory(appraisal=appraisal).user)
    rows = taken(client, "appraisal_answers", appraisal.reference)
    first, second, _ = items_of(appraisal)
    assert {(row["démarche"], row["lieu"], row["rencontre"]) for row in rows} == {
        (appraisal.reference, "'=Lieu", meeting.reference)
    }
    counted = Counter((row["tour"], row["question"], row["réponse"]) for row in rows)
    assert counted == {
        **{("1", first.code, said): 1 for said in ("1", "2", "NSP", "4")},
        ("1", second.code, "4"): 3,
        ("1", second.code, "REFUS"): 1,
        ("2", first.code, "3"): 3,
    }
    by_person = {}
    for row in rows:
        by_person.setdefault(row["personne"], []).append(row["réponse"])
    assert set(by_person) == {"1", "2", "3", "4"}
    assert sorted(by_person.values()) == [
        ["1", "4", "3"],
        ["2", "4", "3"],
        ["4", "REFUS"],
        ["NSP", "4", "3"],
    ]
    assert not {"secteur", "moyen", "feuille"} & set(rows[0])


def test_few_people_and_an_unfinished_entry_stay_inside(client, appraisal):
    evening(appraisal, [1, 2])
    going = MeetingFactory(appraisal=appraisal, open=True)
    answer(going, items_of(appraisal)[0], spread(4))
    client.force_login(MembershipFactory(appraisal=appraisal).user)
    assert taken(client, "appraisal_answers", appraisal.reference) == []


def test_the_coordination_takes_those_of_her_territory_only(client, appraisal):
    elsewhere = AppraisalFactory(at_meeting=True)
    inside, _ = evening(appraisal, [1, 2, 3]), evening(elsewhere, [1, 2, 3])
    client.force_login(RoleAssignmentFactory(place=appraisal.place).user)
    rows = taken(client, "coordinated_answers")
    assert [row["rencontre"] for row in rows] == [inside.reference] * 3
    client.force_login(MembershipFactory(appraisal=appraisal).user)
    assert client.get(reverse("space:coordinated_answers")).status_code == 404


def test_the_headings_leave_before_the_first_question_to_the_database(
    client, appraisal, django_assert_num_queries
):
    client.force_login(MembershipFactory(appraisal=appraisal).user)
    evening(appraisal, [1, 2, 3])
    response = client.get(reverse("space:appraisal_answers", args=[appraisal.reference]))
    pieces = iter(response.streaming_content)
    with django_assert_num_queries(0):
        assert next(pieces).decode("utf-8-sig").startswith("démarche;lieu;")
    with django_assert_num_queries(4):
        assert next(pieces).count(b"\r\n") == 3


def test_two_queries_for_each_handful_of_meetings(appraisal, django_assert_num_queries):
    for _ in range(answer_rows.MEETINGS_AT_ONCE + 1):
        evening(appraisal, [1, 2, 3])
    with django_assert_num_queries(2 + 2 * 2):
        found = [len(list(rows)) for _, rows in answer_rows.answers_of(Meeting.objects.all())]
    assert found == [3] * (answer_rows.MEETINGS_AT_ONCE + 1)
