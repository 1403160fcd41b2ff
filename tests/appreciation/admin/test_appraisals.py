"""The coordinator's list of démarches in the admin."""

import datetime as dt
import io
import re

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from appreciation.models import Appraisal
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    MeetingFactory,
    PlaceFactory,
    UserFactory,
)

URL = "/admin/demarches/"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def territory():
    return PlaceFactory(territory=True, name="Territoire-Test")


@pytest.fixture
def as_coordinator(territory):
    user = UserFactory()
    assign_role(user=user, role=RoleAssignment.Role.COORDINATOR, place=territory)
    return client_of(user)


@pytest.fixture
def ours(territory):
    return AppraisalFactory(
        reference="D-2026-0001", place__parent=territory, place__name="Mont-Exemple"
    )


@pytest.fixture
def theirs():
    return AppraisalFactory(
        reference="D-2026-0002",
        place__parent=PlaceFactory(territory=True, name="Territoire-Voisin"),
        place__name="Lac-Exemple",
    )


def references(response) -> list[str]:
    return [row.reference for row in response.context["object_list"]]


def test_she_sees_her_territories_only(as_coordinator, ours, theirs):
    response = as_coordinator.get(URL)
    content = response.content.decode()
    assert references(response) == [ours.reference]
    assert "Mont-Exemple" in content
    assert "Lac-Exemple" not in content
    assert "Territoire-Voisin" not in content


def test_the_administrator_sees_all(ours, theirs):
    admin = client_of(UserFactory(is_superuser=True, is_staff=True))
    assert sorted(references(admin.get(URL))) == [ours.reference, theirs.reference]


@pytest.mark.parametrize("path", ["", "inspecter"])
def test_facilitators_and_visitors_do_not_enter(ours, lead, path):
    url = URL if not path else f"{URL}inspect/{ours.pk}/"
    assert Client().get(url).status_code == 302
    assert client_of(lead).get(url).status_code in (302, 404)


def test_she_inspects_one_of_hers(as_coordinator, ours):
    content = as_coordinator.get(f"{URL}inspect/{ours.pk}/").content.decode()
    assert "Mont-Exemple" in content
    assert "Comité de citoyennes et de citoyens" in content


@pytest.mark.parametrize("pk", ["{theirs}", "999999", "abc"])
def test_another_territory_is_not_there(as_coordinator, theirs, pk):
    url = f"{URL}inspect/{pk.format(theirs=theirs.pk)}/"
    assert as_coordinator.get(url).status_code == 404


@pytest.mark.parametrize("action", ["create/", "edit/{pk}/", "delete/{pk}/"])
def test_nothing_is_written_from_here(as_coordinator, ours, action):
    url = URL + action.format(pk=ours.pk)
    for answer in (as_coordinator.get(url), as_coordinator.post(url)):
        assert answer.status_code in (302, 403, 404)
    ours.refresh_from_db()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=mont", ["D-2026-0001"]),
        ("?q=2026-0003", ["D-2026-0003"]),
        ("?phase__exact=framing", ["D-2026-0001", "D-2026-0003"]),
        ("?state__exact=postponed", ["D-2026-0003"]),
        ("?territoire={territory}", ["D-2026-0001", "D-2026-0003"]),
        ("?instrument={instrument}", ["D-2026-0003"]),
        ("?annee=1999", []),
        ("?annee=abc&instrument=x&territoire=y", ["D-2026-0001", "D-2026-0003"]),
        ("?annee=99999999999&instrument=99999999999", ["D-2026-0001", "D-2026-0003"]),
        ("?fbclid=x&created_by__nowhere=x", ["D-2026-0001", "D-2026-0003"]),
    ],
)
def test_filters_and_search_narrow_the_list(as_coordinator, ours, territory, query, expected):
    other = AppraisalFactory(
        reference="D-2026-0003",
        place__parent=territory,
        state="postponed",
        instrument=InstrumentFactory(name="Autre grille"),
    )
    query = query.format(territory=territory.pk, instrument=other.instrument_id)
    assert sorted(references(as_coordinator.get(URL + query))) == expected


def test_the_list_and_its_filter_say_the_same_year(as_coordinator, ours, territory):
    """The year here when it was opened, late on the 31st; that of the meeting for a past one."""
    past = AppraisalFactory(
        reference="D-2026-0004", place__parent=territory, is_historical=True, historical_year=2014
    )
    new_year_in_london = dt.datetime(2026, 1, 1, 3, tzinfo=dt.UTC)
    Appraisal.objects.filter(pk=ours.pk).update(created_at=new_year_in_london)
    for year, expected in (("2014", past), ("2025", ours)):
        shown = as_coordinator.get(f"{URL}?annee={year}")
        assert references(shown) == [expected.reference]
        assert re.findall(r'<td class="field-year[^>]*>\s*(\d+)', shown.text) == [year]
    assert re.findall(r"annee=(\d{4})", as_coordinator.get(URL).text) == ["2025", "2014"]


def test_a_neighbouring_territory_cannot_be_asked_by_address(as_coordinator, ours, theirs):
    response = as_coordinator.get(f"{URL}?territoire={theirs.place.parent_id}")
    assert theirs.reference not in response.content.decode()


@pytest.mark.parametrize(
    "question", ["created_by__password__startswith", "meetings__join_code__startswith"]
)
def test_what_no_screen_shows_cannot_be_guessed_sign_by_sign(as_coordinator, ours, question):
    """The list answers the same whether the guess is right or not."""
    MeetingFactory(appraisal=ours, join_code="K7M2PX")
    ours.created_by = UserFactory(password="pbkdf2_sha256$un-secret")
    ours.save()
    for guess in ("pbkdf2", "K7", "zz"):
        assert references(as_coordinator.get(URL, {question: guess})) == [ours.reference]


def test_csv_runs_nothing_and_reads_in_french(as_coordinator, ours, theirs):
    ours.requested_by = "=HYPERLINK(1)"
    ours.save()
    response = as_coordinator.get(URL + "?export=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0].startswith("Référence;Communauté;Territoire;Phase;État;Année")
    assert "'=HYPERLINK(1)" in lines[1]
    assert len(lines) == 2
    assert "Lac-Exemple" not in text


def test_xlsx_keeps_formulas_as_text(as_coordinator, ours, theirs):
    ours.requested_by = "=1+1"
    ours.save()
    response = as_coordinator.get(URL + "?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows())
    assert [len(rows), rows[0][0].value, rows[1][0].value] == [2, "Référence", "D-2026-0001"]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_list(
    as_coordinator, territory, count, django_assert_num_queries
):
    instrument = InstrumentFactory()
    for _ in range(count):
        AppraisalFactory(place__parent=territory, instrument=instrument)
    as_coordinator.get(URL)
    with django_assert_num_queries(23):
        response = as_coordinator.get(URL)
    assert len(references(response)) == count
