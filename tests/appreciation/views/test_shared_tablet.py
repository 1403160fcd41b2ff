import pytest
from django.test import Client
from django.urls import reverse

from appreciation.domain.joining import take_seat
from appreciation.enums import Medium
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def url(meeting):
    return reverse("space:shared_tablet", args=[meeting.reference])


@pytest.fixture
def address(client, lead, url):
    client.force_login(lead)
    return client.get(url).context["address"]


def test_the_address_makes_a_tablet_without_any_account(address, meeting):
    tablet = Client()
    assert tablet.get(address).url == reverse("participant:room", args=[meeting.join_code])
    tablet.post(reverse("participant:start", args=[meeting.join_code]))
    assert meeting.seats.get().medium == Medium.SHARED_TABLET


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_the_link_is_shown_only_while_it_works(client, lead, meeting, url, state):
    meeting.state, meeting.closed_at = state, meeting.opened_at
    meeting.save()
    client.force_login(lead)
    page = client.get(url)
    assert "/r/tablette/" not in page.content.decode()
    assert {"planned": "Ouvrez d’abord", "closed": "est fermée"}[state] in page.content.decode()


def test_the_code_never_shows_on_the_wall_of_the_hall(client, lead, meeting, url):
    meeting.mirrored_screen = True
    meeting.save()
    client.force_login(lead)
    content = client.get(url).content.decode()
    assert "/r/tablette/" not in content
    assert "débranchez d’abord le projecteur" in content


def test_going_back_to_the_exit_questions_after_somebody_opens_the_welcome(address, meeting):
    tablet = Client()
    tablet.get(address)
    room, leaving = (
        reverse(f"participant:{name}", args=[meeting.join_code]) for name in ("room", "exit")
    )
    assert tablet.get(leaving).url == room
    assert tablet.post(leaving, {"heard": "yes"}).status_code == 410
    assert Client().get(leaving).status_code == 410
    seat = take_seat(meeting=meeting, medium=Medium.SHARED_TABLET)
    assert not seat.exit_answers.exists()
