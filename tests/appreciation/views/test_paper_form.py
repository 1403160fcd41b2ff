import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.phases import change_state
from tests.factories import ItemFactory, MeetingFactory, SectorFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def url(meeting):
    return reverse("space:paper_form", args=[meeting.reference])


@pytest.fixture
def client(client, lead):
    client.force_login(lead)
    return client


def test_the_sheet_says_who_will_see_it_and_asks_every_question(client, url, meeting):
    content = client.get(url).content.decode()
    assert "La personne qui saisit votre feuille la verra." in content
    assert "Ni nom ni courriel." in content
    assert "Le rapport ira au public, en résumé" in content
    for text in (
        "Énoncé 1",
        "Énoncé 3",
        "Repère du niveau 2.",
        "Je ne sais pas",
        "Reviendriez-vous?",
    ):
        assert text in content
    assert content.count("paper-sheet") == 1


def test_numbered_sheets(client, url):
    content = client.get(url, {"numeros": "9-12"}).content.decode()
    assert content.count('<article class="paper-sheet"') == 4
    for number in (9, 10, 11, 12):
        assert f'aria-label="Feuille {number}"' in content


@pytest.mark.parametrize("asked", ["abc", "5-2", "0-3", "1-500", "1-2-3"])
def test_bad_numbers_are_told(client, url, asked):
    response = client.get(url, {"numeros": asked})
    assert response.status_code == 422
    assert "par exemple 1-15" in response.content.decode()


def test_a_question_with_its_own_anchors_prints_them(client, url, meeting):
    ItemFactory(
        instrument_dimension=meeting.instrument.instrument_dimensions.first(),
        text="À part",
        anchors="Rien encore\nUn début\nPresque\nTout à fait là",
    )
    assert "Tout à fait là" in client.get(url).content.decode()


def test_the_sector_is_asked_only_when_the_meeting_asks(client, url, meeting):
    SectorFactory(name="Santé")
    assert "Santé" not in client.get(url).content.decode()
    meeting.asks_sector = True
    meeting.save()
    assert "Santé" in client.get(url).content.decode()


def test_others_find_nothing(client, url, neighbour, stranger):
    for user in (neighbour, stranger):
        client.force_login(user)
        assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).url.startswith("/comptes/")


@pytest.mark.parametrize("asked", ["1", "1-15"])
def test_the_page_takes_the_same_queries(client, url, asked, django_assert_num_queries):
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url, {"numeros": asked})


def test_sheets_printed_before_a_postponement_are_the_sheets_of_the_new_date(appraisal, as_lead):
    meeting = MeetingFactory(appraisal=appraisal, starts_at=timezone.now() + dt.timedelta(days=9))

    def printed():
        page = as_lead.get(f"/espace/rencontres/{meeting.reference}/formulaire/").content.decode()
        return page[page.index("<article") : page.rindex("</article>")]

    before = printed()
    for days in (30, 60):
        change_state(
            appraisal=appraisal,
            name="postpone",
            user=appraisal.memberships.get().user,
            comment="La neige.",
            new_date=timezone.localdate() + dt.timedelta(days=days),
        )
    assert printed() == before
