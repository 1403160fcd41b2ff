import pytest

from appreciation.enums import Phase
from tests.appreciation.views.conftest import client_of
from tests.factories import AppraisalFactory, MembershipFactory, PlaceFactory, RoleAssignmentFactory

URL = "/espace/"


def test_anonymous_is_sent_to_sign_in(client):
    assert client.get(URL)["Location"] == "/comptes/connexion/?next=/espace/"


def test_the_answer_is_private(as_lead):
    cache_control = as_lead.get(URL)["Cache-Control"]
    assert "private" in cache_control
    assert "no-store" in cache_control


def test_another_verb_is_refused(as_lead):
    assert as_lead.post(URL).status_code == 405


def test_the_empty_state_helps(as_stranger):
    content = as_stranger.get(URL).content.decode()
    assert "Votre première démarche commence par trois réponses" in content
    assert "/espace/demarches/nouvelle/" in content


def test_it_shows_each_appraisal_with_its_phase_and_next_thing(appraisal, as_lead):
    other = AppraisalFactory(place__name="Village-Voisin")
    content = as_lead.get(URL).content.decode()
    assert appraisal.place.name in content
    assert "phase 1 de 8" in content
    assert "Décidez du cadre de la démarche" in content
    assert other.place.name not in content


def test_the_coordinator_sees_her_territory_after_her_own():
    territory = PlaceFactory(territory=True)
    coordinator = RoleAssignmentFactory(place=territory).user
    mine = MembershipFactory(user=coordinator).appraisal
    theirs = AppraisalFactory(place__parent=territory)
    AppraisalFactory(place__parent=PlaceFactory(territory=True))
    rows = client_of(coordinator).get(URL).context["rows"]
    assert [row for row, _ in rows] == [mine, theirs]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?phase=framing", ["D-1", "D-3"]),
        ("?q=lac", ["D-2"]),
        ("?q=d-3", ["D-3"]),
        ("?state=postponed", ["D-3"]),
        ("?territory={territory}", ["D-1", "D-2"]),
        ("?phase=nimporte&territory=zz", ["D-1", "D-2", "D-3"]),
    ],
)
def test_filters_narrow_the_list(lead, query, expected):
    territory = PlaceFactory(territory=True)
    done = dict.fromkeys(["framing_done_at"], "2026-10-01T12:00:00Z")
    rows = [
        AppraisalFactory(reference="D-1", place__parent=territory, place__name="Mont"),
        AppraisalFactory(
            reference="D-2",
            place__parent=territory,
            place__name="Lac",
            phase=Phase.PORTRAIT,
            **done,
        ),
        AppraisalFactory(reference="D-3", place__name="Pré", state="postponed"),
    ]
    for row in rows:
        MembershipFactory(appraisal=row, user=lead)
    found = client_of(lead).get(URL + query.format(territory=territory.pk)).context["rows"]
    assert sorted(row.reference for row, _ in found) == expected


def test_a_long_list_has_pages_and_filters(lead):
    for _ in range(21):
        MembershipFactory(user=lead)
    client = client_of(lead)
    first, second = client.get(URL), client.get(URL + "?page=2")
    assert [len(first.context["rows"]), len(second.context["rows"])] == [20, 1]
    assert "Page 2 de 2" in second.content.decode()
    assert 'role="search"' in first.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_list(lead, count, django_assert_num_queries):
    territory = PlaceFactory(territory=True)
    for _ in range(count):
        MembershipFactory(user=lead, appraisal__place__parent=territory)
    client = client_of(lead)
    client.get(URL)
    with django_assert_num_queries(11):
        response = client.get(URL)
    assert len(response.context["rows"]) == count
