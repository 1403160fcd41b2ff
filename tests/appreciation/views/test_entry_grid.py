import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse

from appreciation.domain.actors import Actor
from appreciation.domain.paper import Sheet, enter_sheets
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.enums import MeetingState
from appreciation.models import EveningPass, ExitAnswer, MeetingLog, Rating, RatingCorrection, Seat
from tests.factories import MeetingFactory, RoundFactory, SectorFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True, head_count=3)


@pytest.fixture
def items(meeting):
    return [item.id for item in questionnaire_for(meeting.instrument).items]


@pytest.fixture
def url(meeting):
    return reverse("space:entry_grid", args=[meeting.reference])


@pytest.fixture
def client(client, lead):
    client.force_login(lead)
    return client


def typed(items, *rows, save="toutes", **more):
    """`(number, "4", "N", "")` per row, as the page would post them."""
    data = {"tour": "1", "moyen": "paper", "ligne": [], "enregistrer": save, **more}
    for index, (number, *answers) in enumerate(rows):
        data["ligne"].append(str(index))
        data[f"{index}-numero"] = str(number)
        data |= {f"{index}-{i}": a for i, a in zip(items, answers, strict=False)}
    return data


def test_the_grid_proposes_free_numbers_and_says_who_is_missing(client, meeting, url, items, lead):
    sheets = [Sheet(1, {items[0]: 2}), Sheet(3, {items[0]: -1})]
    enter_sheets(meeting=meeting, actor=Actor(user=lead), sheets=sheets)
    page = client.get(url)
    grid = page.context["grid"]
    assert [row.number for row in grid.rows[:4]] == ["2", "4", "5", "6"]
    assert len(grid.rows) == 15
    content = page.content.decode()
    assert "Il manque 1 feuille\N{NO-BREAK SPACE}: 2 reçues, 3 présents" in content
    assert "?tour=1&amp;corriger=3" in content
    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]


def test_saving_stores_each_row_and_comes_back(client, meeting, url, items):
    response = client.post(
        url, typed(items, (1, "4", "n", ""), (2, "", "", ""), (5, "p", "1", "2"))
    )
    assert (response.status_code, response.url) == (302, url)
    assert list(Rating.objects.values_list("seat__sheet_number", "answer")) == [
        (1, 4),
        (1, -1),
        (5, -2),
        (5, 1),
        (5, 2),
    ]
    page = client.get(url)
    assert "2 feuilles enregistrées." in page.content.decode()
    assert MeetingLog.objects.get(action="Feuilles saisies").detail == "saisies: 1 et 5 (1er tour)"


def test_a_call_is_kept_as_such(client, url, items):
    client.post(url, typed(items, (1, "4"), moyen="telephone"))
    assert Seat.objects.get().medium == "telephone"


def test_an_answer_outside_the_scale_is_told_beside_its_cell_and_kept(client, url, items):
    response = client.post(url, typed(items, (1, "4", "9", "2"), (2, "1", "1", "1")))
    assert response.status_code == 422
    (row,) = response.context["grid"].rows
    assert [cell.value for cell in row.cells] == ["4", "9", "2"]
    content = response.content.decode()
    assert "n’est pas un niveau. Écrivez un nombre de 1 à 4, N (ne sait pas)" in content
    assert 'aria-invalid="true"' in content
    assert list(Seat.objects.values_list("sheet_number", flat=True)) == [2]


@pytest.mark.parametrize("number", ["", "0", "abc", "²", "1000000"])
def test_a_bad_number_is_told_and_the_row_kept(client, url, items, number):
    response = client.post(url, typed(items, (number, "4")))
    assert response.status_code == 422
    assert "Le numéro de feuille va de 1 à 99999." in response.content.decode()
    assert response.context["grid"].rows[0].cells[0].value == "4"


def test_the_same_number_on_two_rows_is_told(client, url, items):
    response = client.post(url, typed(items, (1, "4"), (1, "2")))
    assert "Ce numéro est déjà sur une autre ligne." in response.content.decode()
    assert Rating.objects.get().answer == 4


def test_a_sheet_typed_otherwise_is_shown_and_corrected_on_purpose(client, url, items):
    client.post(url, typed(items, (1, "4", "2")))
    response = client.post(url, typed(items, (1, "4", "3")))
    content = response.content.decode()
    assert response.status_code == 409
    assert "La feuille 1 est déjà saisie autrement" in content
    assert "gardé\N{NO-BREAK SPACE}: 2" in content
    (row,) = response.context["grid"].rows
    assert [cell.value for cell in row.cells] == ["4", "3", ""]
    assert list(Rating.objects.values_list("answer", flat=True)) == [4, 2]
    knowing = {"0-remplacer": "oui", "0-vu": row.seen}
    response = client.post(url, typed(items, (1, "4", "3"), **knowing))
    assert response.status_code == 302
    assert list(Rating.objects.values_list("answer", flat=True)) == [4, 3]
    correction = RatingCorrection.objects.get()
    assert (correction.old_answer, correction.new_answer) == (2, 3)
    assert "Feuille 1, question 2\N{NO-BREAK SPACE}: 2 → 3." in client.get(url).content.decode()


def exits(index, heard="", useful="", again=""):
    asked = {"heard": heard, "useful": useful, "again": again}
    return {f"{index}-sortie-{question}": typed for question, typed in asked.items()}


def test_exit_questions_are_typed_with_their_sheet(client, url, items):
    data = typed(items, (1, "4"), (2, "", "")) | exits(0, "o", "m", "") | exits(1, "", "", "N")
    assert client.post(url, data).status_code == 302
    stored = ExitAnswer.objects.values_list("seat__sheet_number", "question", "answer")
    assert sorted(stored) == [(1, "heard", "yes"), (1, "useful", "somewhat"), (2, "again", "no")]
    page = client.get(url)
    assert [line.words[-3:] for line in page.context["entered"]] == [
        ("O", "M", ""),
        ("", "", "N"),
    ]
    assert page.context["grid"].rows[0].number == "3"


def test_a_letter_that_is_no_exit_answer_is_told_beside_its_box(client, url, items):
    response = client.post(url, typed(items, (1, "4")) | exits(0, "3", "O"))
    assert response.status_code == 422
    (row,) = response.context["grid"].rows
    assert [cell.value for cell in row.exit_cells] == ["3", "O", ""]
    assert "n’est pas une réponse de sortie. Écrivez O (oui)" in response.content.decode()
    assert not Seat.objects.exists()


def test_an_exit_answer_is_corrected_on_purpose_and_the_journal_says_so(client, url, items, lead):
    client.post(url, typed(items, (1, "4")) | exits(0, "O", "O"))
    changed = typed(items, (1, "4")) | exits(0, "N", "O", "O")
    refused = client.post(url, changed)
    assert refused.status_code == 409
    (row,) = refused.context["grid"].rows
    assert [cell.stored for cell in row.exit_cells] == ["O", "", "vide"]
    client.post(url, changed | {"0-remplacer": "oui", "0-vu": row.seen})
    assert dict(ExitAnswer.objects.values_list("question", "answer")) == {
        "heard": "no",
        "useful": "yes",
        "again": "yes",
    }
    line = MeetingLog.objects.first()
    assert line.by_label == str(lead)
    assert line.detail == "corrigées: 1 (1er tour); questions de sortie corrigées: 1"


def test_exit_questions_are_added_to_a_sheet_that_had_none(client, url, items):
    client.post(url, typed(items, (1, "4")))
    assert client.post(url, typed(items, (1, "4")) | exits(0, "O")).status_code == 302
    assert ExitAnswer.objects.get().seat == Rating.objects.get().seat


def test_a_second_round_asks_no_exit_question(client, meeting, url, items):
    client.post(url, typed(items, (1, "4")) | exits(0, "O"))
    meeting.rounds.update(state="closed", closed_at=meeting.opened_at)
    dimension = meeting.rounds.first().instrument_dimension
    RoundFactory(meeting=meeting, instrument_dimension=dimension, number=2, state="open")
    grid = client.get(url, {"tour": "2"}).context["grid"]
    assert (grid.rows[0].number, grid.rows[0].exit_cells) == ("1", [])
    client.post(url, typed(items, (1, "2"), tour="2"))
    assert ExitAnswer.objects.get().answer == "yes"
    assert Rating.objects.get(round__number=2).answer == 2


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_two_people_correct_the_same_sheet(client, url, items, accept):
    client.post(url, typed(items, (1, "4", "2", "3")))
    (row,) = client.get(url, {"corriger": "1"}).context["grid"].rows
    knowing = {"0-remplacer": "oui", "0-vu": row.seen}
    assert client.post(url, typed(items, (1, "1", "2", "3"), **knowing)).status_code == 302
    late = typed(items, (1, "4", "2", "1"), **knowing)
    response = client.post(url, late, headers={"accept": accept})
    assert response.status_code == 409
    assert list(Rating.objects.order_by("item").values_list("answer", flat=True)) == [1, 2, 3]
    if accept == "text/html":
        (row,) = response.context["grid"].rows
        assert [(cell.value, cell.stored) for cell in row.cells] == [
            ("4", "1"),
            ("2", ""),
            ("1", "3"),
        ]
        assert not row.replaces
        assert "a changé pendant que vous la corrigiez" in response.content.decode()
    else:
        (told,) = response.json()["rows"]
        assert (told["state"], told["asks_to_replace"]) == ("conflict", True)
        assert [cell["stored"] for cell in told["cells"].values()] == ["1", "3"]
    # Sent again as it is, it still overwrites nothing.
    assert client.post(url, late).status_code == 409
    assert list(Rating.objects.order_by("item").values_list("answer", flat=True)) == [1, 2, 3]


def test_sending_twice_stores_once(client, url, items):
    data = typed(items, (1, "4", "2", "3"), (2, "1", "1", "n"))
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert (Seat.objects.count(), Rating.objects.count()) == (2, 6)
    assert MeetingLog.objects.filter(action="Feuilles saisies").count() == 1


def test_sheets_typed_when_the_session_expired_come_back(client, url, items, lead):
    client.logout()
    sent = client.post(url, typed(items, (3, "4", "9", "n"), (4, "1")))
    assert sent.url == f"/comptes/connexion/?next={url}"
    assert Rating.objects.count() == 0
    client.force_login(lead)
    page = client.get(url)
    rows = page.context["grid"].rows
    assert [row.number for row in rows] == ["3", "4"]
    assert [cell.value for cell in rows[0].cells] == ["4", "9", "n"]
    assert "Votre texte est encore là." in page.content.decode()
    assert Rating.objects.count() == 0
    assert len(client.get(url).context["grid"].rows) == 15


def test_the_script_is_told_that_the_session_expired(client, url, items):
    client.logout()
    data = typed(items, (1, "4"))
    response = client.post(url, data, headers={"accept": "application/json"})
    assert response.status_code == 401
    assert response.json() == {
        "refusal": "Votre accès est terminé. Rien n’est perdu\N{NO-BREAK SPACE}: "
        "ce que vous avez tapé est à l’écran."
    }


def test_a_stored_sheet_opens_to_be_corrected(client, url, items):
    client.post(url, typed(items, (7, "4", "n", "")))
    (row,) = client.get(url, {"corriger": "7"}).context["grid"].rows
    assert (row.number, row.replaces) == ("7", True)
    assert [cell.value for cell in row.cells] == ["4", "N", ""]


def test_saving_one_row_leaves_the_others_on_screen(client, url, items):
    response = client.post(url, typed(items, (1, "4"), (2, "3"), save="1"))
    assert response.status_code == 200
    assert [row.cells[0].value for row in response.context["grid"].rows] == ["4"]
    assert list(Seat.objects.values_list("sheet_number", flat=True)) == [2]


def test_the_script_gets_an_answer_for_its_row(client, url, items):
    response = client.post(
        url, typed(items, (1, "4"), save="0"), headers={"accept": "application/json"}
    )
    told = response.json()
    listed = BeautifulSoup(told.pop("entered"), "html.parser")
    assert [cell.text for cell in listed.select("tbody th, tbody td")][:3] == ["1", "papier", "4"]
    assert told == {
        "refusal": "",
        "totals": "Il manque 2 feuilles\N{NO-BREAK SPACE}: 1 reçue, 3 présents",
        "rows": [
            {
                "index": 0,
                "state": "saved",
                "message": "Feuille 1 enregistrée",
                "number_error": "",
                "sector_error": "",
                "asks_to_replace": False,
                "seen": "",
                "cells": {},
            }
        ],
    }


def test_a_second_round_is_chosen_by_its_address(client, meeting, url, items):
    meeting.rounds.update(state="closed", closed_at=meeting.opened_at)
    dimension = meeting.rounds.first().instrument_dimension
    RoundFactory(meeting=meeting, instrument_dimension=dimension, number=2, state="open")
    page = client.get(url, {"tour": "2"})
    assert [cell.is_open for cell in page.context["grid"].rows[0].cells] == [True, False, False]
    response = client.post(url, typed(items, (1, "4"), tour="2"))
    assert response.url == f"{url}?tour=2"
    assert Rating.objects.get().round.number == 2


def test_a_sector_is_chosen_from_the_list(client, meeting, url, items):
    meeting.asks_sector = True
    meeting.save()
    sector = SectorFactory(name="Santé")
    assert "Santé" in client.get(url).content.decode()
    assert client.post(url, typed(items, (1, "4"), **{"0-secteur": "999999"})).status_code == 422
    client.post(url, typed(items, (1, "4"), **{"0-secteur": str(sector.pk)}))
    assert Seat.objects.get().sector == sector


@pytest.mark.parametrize(
    ("state", "message"),
    [("planned", "n’est pas encore ouverte"), ("entry_done", "La saisie est terminée")],
)
def test_entry_is_refused_before_and_after(client, meeting, url, items, state, message):
    meeting.state = state
    meeting.closed_at = meeting.entry_done_at = meeting.opened_at
    meeting.save()
    assert message in client.get(url).content.decode()
    response = client.post(url, typed(items, (1, "4", "2")))
    assert response.status_code == 409
    assert message in response.content.decode()
    assert [cell.value for cell in response.context["grid"].rows[0].cells] == ["4", "2", ""]
    assert Seat.objects.count() == 0


def test_nothing_typed_shows_on_the_wall_of_the_hall(client, meeting, url, items):
    client.post(url, typed(items, (1, "4")))
    meeting.mirrored_screen = True
    meeting.save()
    page = client.get(url).content.decode()
    assert "celui de la salle" in page
    assert "corriger" not in page
    response = client.post(url, typed(items, (2, "4")))
    assert response.status_code == 409
    assert "corriger=1" not in response.content.decode()
    assert Seat.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_a_neighbour_and_a_stranger_find_nothing(client, url, neighbour, stranger, method):
    for user in (neighbour, stranger):
        client.force_login(user)
        assert getattr(client, method)(url).status_code == 404


def test_a_verb_that_the_grid_does_not_know(client, url):
    assert client.put(url).status_code == 405


def test_an_anonymous_visitor_is_sent_to_sign_in(client, url):
    client.logout()
    response = client.get(url)
    assert response.status_code == 302
    assert response.url.startswith("/comptes/")


def test_an_observer_does_not_type(client, appraisal, url, stranger):
    appraisal.memberships.create(user=stranger, role="observer")
    client.force_login(stranger)
    assert client.get(url).status_code == 404


def test_closed_to_phones_still_takes_paper(client, meeting, url, items):
    meeting.state, meeting.closed_at = MeetingState.CLOSED, meeting.opened_at
    meeting.save()
    assert client.post(url, typed(items, (1, "4"))).status_code == 302
    assert EveningPass.objects.count() == 0


@pytest.mark.parametrize("count", [1, 15])
def test_the_page_takes_the_same_queries_for_any_number_of_sheets(
    client, meeting, url, items, lead, count, django_assert_num_queries
):
    sheets = [Sheet(number, dict.fromkeys(items, 2)) for number in range(1, count + 1)]
    enter_sheets(meeting=meeting, actor=Actor(user=lead), sheets=sheets)
    client.get(url)
    with django_assert_num_queries(15):
        client.get(url)


@pytest.mark.parametrize("count", [1, 15])
def test_saving_takes_the_same_queries_for_any_number_of_sheets(
    client, meeting, url, items, count, django_assert_num_queries
):
    rows = [(number, "1", "2", "3") for number in range(1, count + 1)]
    client.get(url)
    advisory_lock = connection.vendor == "postgresql"  # decision 6
    with django_assert_num_queries(23 + advisory_lock):
        client.post(url, typed(items, *rows))
