import pytest
from django.urls import reverse

from appreciation.domain.questionnaire import questionnaire_for
from appreciation.models import Comment
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def url(meeting):
    return reverse("space:paper_words", args=[meeting.reference])


@pytest.fixture
def client(client, lead):
    client.force_login(lead)
    return client


@pytest.fixture
def word(meeting):
    item = questionnaire_for(meeting.instrument).items[0]
    return {"item": item.id, "text": "Le quai nous rassemble.", "sending": "abc"}


def test_a_word_is_kept_and_not_shown_again(client, url, word):
    assert client.post(url, word).url == url
    page = client.get(url).content.decode()
    assert "Le mot est gardé." in page
    assert "Le quai nous rassemble." not in page
    assert Comment.objects.get().text == "Le quai nous rassemble."


def test_sending_twice_keeps_one(client, url, word):
    assert [client.post(url, word).status_code for _ in range(2)] == [302, 302]
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"item": ""}, "Choisissez une question de la feuille."),
        ({"item": "999999"}, "Choisissez une question de la feuille."),
        ({"text": ""}, "Copiez ici le mot écrit sur la feuille."),
        ({"text": "x" * 10_001}, "Raccourcissez-le"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(client, url, word, change, told):
    response = client.post(url, word | change)
    assert response.status_code == 422
    content = response.content.decode()
    assert told in content
    assert (word | change)["text"][:9_000] in content
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("state", "message"),
    [("planned", "n’est pas encore ouverte"), ("entry_done", "La saisie est terminée")],
)
def test_a_word_too_late_stays_on_screen(client, meeting, url, word, state, message):
    meeting.state = state
    meeting.closed_at = meeting.entry_done_at = meeting.opened_at
    meeting.save()
    assert message in client.get(url).content.decode()
    response = client.post(url, word)
    assert response.status_code == 409
    assert "Le quai nous rassemble." in response.content.decode()
    assert not Comment.objects.exists()


def test_a_word_written_when_the_session_expired_comes_back(client, url, word, lead):
    client.logout()
    client.post(url, word)
    client.force_login(lead)
    assert "Le quai nous rassemble." in client.get(url).content.decode()
    assert not Comment.objects.exists()


def test_others_find_nothing(client, url, neighbour, stranger):
    for user in (neighbour, stranger):
        client.force_login(user)
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 404
