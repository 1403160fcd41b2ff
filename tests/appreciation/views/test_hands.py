import pytest
from django.urls import reverse

from appreciation.domain.questionnaire import questionnaire_for
from appreciation.models import ExitHandCount, HandCount
from tests.factories import MeetingFactory, RoundFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True, head_count=10)


@pytest.fixture
def item(meeting):
    return questionnaire_for(meeting.instrument).items[0]


@pytest.fixture
def url(meeting):
    return reverse("space:hands", args=[meeting.reference])


@pytest.fixture
def client(client, lead):
    client.force_login(lead)
    return client


def test_each_question_has_a_box_per_level(client, url):
    page = client.get(url)
    rows = page.context["rows"]
    assert len(rows) == 3
    assert [cell.label for cell in rows[0].cells] == [
        "1 À peine amorcé",
        "2 En chemin",
        "3 Bien avancé",
        "4 Acquis",
        "Je ne sais pas",
        "Passer",
    ]
    assert "no-store" in page["Cache-Control"]


def test_counting_stores_and_shows_again(client, url, item):
    data = {"question": item.id, "tour": "1", "n1": "2", "n3": "4", "n-1": "1"}
    response = client.post(url, data)
    assert response.url == f"{url}?tour=1#q-{item.id}"
    assert dict(HandCount.objects.values_list("answer", "count")) == {1: 2, 3: 4, -1: 1}
    page = client.get(url)
    assert "7 mains enregistrées." in page.content.decode()
    assert [cell.value for cell in page.context["rows"][0].cells] == ["2", "", "4", "", "1", ""]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("1", "1 main enregistrée."), ("", "Le compte de cette question est retiré.")],
)
def test_one_hand_and_none_are_told_as_one_says_them(client, url, item, typed, told):
    client.post(url, {"question": item.id, "n1": typed})
    assert told in client.get(url).content.decode()


def test_more_hands_than_people_is_refused_and_kept_on_screen(client, url, item):
    response = client.post(url, {"question": item.id, "n1": "8", "n2": "3"})
    assert response.status_code == 422
    assert [cell.value for cell in response.context["rows"][0].cells][:3] == ["8", "3", ""]
    assert "11 mains pour 10 personnes présentes" in response.content.decode()
    assert not HandCount.objects.exists()


def test_more_exit_hands_than_people_is_refused_and_kept_on_screen(client, url):
    response = client.post(url, {"question": "sortie", "heard-yes": "9", "again-yes": "11"})
    assert response.status_code == 422
    heard, _, again = response.context["exits"]
    assert (heard.cells[0].value, again.cells[0].value) == ("9", "11")
    assert "« Reviendriez-vous? » 11 mains pour 10" in response.content.decode().replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert not ExitHandCount.objects.exists()


@pytest.mark.parametrize("typed", ["abc", "-1", "2,5", "99999", "²"])
def test_a_box_that_is_not_a_number_is_told_and_kept(client, url, item, typed):
    response = client.post(url, {"question": item.id, "n1": typed, "n2": "3"})
    assert response.status_code == 422
    assert [cell.value for cell in response.context["rows"][0].cells][:2] == [typed, "3"]
    assert "Un nombre de 0 à 2000, ou rien." in response.content.decode()
    assert not HandCount.objects.exists()


def test_two_people_count_the_same_question(client, url, item):
    client.post(url, {"question": item.id, "n1": "2", "n3": "4", "vu": ""})
    response = client.post(url, {"question": item.id, "n1": "5", "n3": "4", "vu": ""})
    assert response.status_code == 409
    row = response.context["rows"][0]
    assert [(cell.value, cell.stored) for cell in row.cells][:3] == [
        ("5", "2"),
        ("", ""),
        ("4", ""),
    ]
    assert "Quelqu’un a enregistré un autre compte" in response.content.decode()
    assert dict(HandCount.objects.values_list("answer", "count")) == {1: 2, 3: 4}
    again = client.post(url, {"question": item.id, "n1": "5", "n3": "4", "vu": row.seen})
    assert again.status_code == 302
    assert dict(HandCount.objects.values_list("answer", "count")) == {1: 5, 3: 4}


def test_two_people_count_the_exit_questions(client, url):
    client.post(url, {"question": "sortie", "heard-yes": "8", "vu": ""})
    response = client.post(url, {"question": "sortie", "useful-no": "1", "vu": ""})
    assert response.status_code == 409
    heard, useful, _ = response.context["exits"]
    assert (heard.cells[0].value, heard.cells[0].stored) == ("", "8")
    assert ExitHandCount.objects.get().count == 8
    client.post(url, {"question": "sortie", "useful-no": "1", "vu": useful.seen})
    assert ExitHandCount.objects.get().question == "useful"


def test_numbers_typed_when_the_session_expired_come_back(client, url, item, lead):
    client.logout()
    client.post(url, {"question": item.id, "n1": "5", "n2": "x", "vu": ""})
    client.force_login(lead)
    page = client.get(url)
    assert [cell.value for cell in page.context["rows"][0].cells][:2] == ["5", "x"]
    assert not HandCount.objects.exists()


def test_exit_questions_are_numbers(client, url):
    response = client.post(url, {"question": "sortie", "heard-yes": "8", "useful-no": "1"})
    assert response.url.endswith("#sortie")
    assert ExitHandCount.objects.count() == 2
    assert [cell.value for cell in client.get(url).context["exits"][0].cells] == ["8", "", ""]


def test_a_second_round_only_asks_its_questions(client, meeting, url, item):
    meeting.rounds.update(state="closed", closed_at=meeting.opened_at)
    dimension = meeting.rounds.first().instrument_dimension
    RoundFactory(meeting=meeting, instrument_dimension=dimension, number=2, state="open")
    assert len(client.get(url, {"tour": "2"}).context["rows"]) == 1
    client.post(url, {"question": item.id, "tour": "2", "n4": "3"})
    assert HandCount.objects.get().round.number == 2


def test_hands_are_refused_once_entry_is_done(client, meeting, url, item):
    meeting.state = "entry_done"
    meeting.closed_at = meeting.entry_done_at = meeting.opened_at
    meeting.save()
    assert "La saisie est terminée" in client.get(url).content.decode()
    assert client.post(url, {"question": item.id, "n1": "1"}).status_code == 409
    assert not HandCount.objects.exists()


def test_a_question_of_another_instrument_stores_nothing(client, url):
    assert client.post(url, {"question": "999999", "n1": "1"}).status_code == 302
    assert not HandCount.objects.exists()


def test_others_find_nothing(client, url, neighbour, stranger):
    for user in (neighbour, stranger):
        client.force_login(user)
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 404
    client.logout()
    assert client.get(url).url.startswith("/comptes/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries(client, meeting, url, count, django_assert_num_queries):
    items = questionnaire_for(meeting.instrument).items
    for item in items[:count]:
        client.post(url, {"question": item.id, "n1": "1", "n2": "2"})
    client.get(url)
    with django_assert_num_queries(12):
        client.get(url)
