"""The pages that everyone reads: the list, a meeting, its calendar, the feed, the search."""

import datetime as dt
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from icalendar import Calendar
from wagtail.models import Page

from accounts.domain.groups import assign_role
from cms.models import SiteDocument
from rencontres.models import (
    EventDocument,
    EventPlace,
    ProgrammeItem,
    RegionalMeetingPage,
    Registration,
    Sequel,
)
from tests.admin_forms import as_typed
from tests.factories import PlaceFactory, UserFactory
from tests.factories.meetings import NOW, STARTS, meeting_list, regional_meeting, registered

DAY = dt.timedelta(days=1)
WORKSHOPS = (("Avant-midi", "Jardins", 1), ("Avant-midi", "Logement", None))


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def told(**rows):
    event = regional_meeting(workshops=WORKSHOPS)
    for name, values in rows.items():
        setattr(event, name, values)
    event.save_revision().publish()
    return event


def test_a_meeting_says_when_where_what_and_how_to_come(client):
    told(
        programme=[
            ProgrammeItem(starts=dt.time(13), title="Ateliers", room="Salle B"),
            ProgrammeItem(starts=dt.time(9), ends=dt.time(9, 30), title="Accueil"),
        ]
    )
    text = client.get("/rencontres/automne/").text.replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "Le 12 décembre 2026, de 9 h à 16 h",
        "Centre communautaire",
        "Salle B",
        "Jardins",
        "1 place<",
        'href="/rencontres/automne/inscription/"',
        "Jusqu’au 11 décembre 2026, 9 h",
    ):
        assert words in text
    assert text.index("Accueil") < text.index("Ateliers")


def test_what_is_typed_in_haste_reads_as_quebec_writes_it(client):
    told(
        introduction="<p>L'avenir d'ici: <b>lire</b> ensemble !</p>",
        programme=[ProgrammeItem(starts=dt.time(9), title="L'accueil", speakers="L'équipe")],
    )
    text = client.get("/rencontres/automne/").text
    assert "L’avenir d’ici\N{NO-BREAK SPACE}: <b>lire</b> ensemble!" in text
    assert ("L’accueil" in text, "L’équipe" in text) == (True, True)


def test_one_called_off_is_not_offered_for_agendas(client):
    link = reverse("rencontres:meeting_calendar", args=["automne"])
    event = told()
    assert link in client.get("/rencontres/automne/").text
    event.is_called_off, event.called_off_words = True, "La tempête."
    event.save_revision().publish()
    assert link not in client.get("/rencontres/automne/").text


def test_a_period_typed_in_two_ways_is_one():
    event = regional_meeting(workshops=(("Avant-midi", "A", 1), (" avant-midi", "B", 1)))
    assert [one.period for one in event.workshops.all()] == ["Avant-midi", "Avant-midi"]


def test_minutes_and_sequels_come_first_once_it_was_held(client, time_machine):
    event = told(sequels=[Sequel(words="Un comité du logement", carrier="La table", state="done")])
    event.minutes = "<p>Quarante personnes sont venues.</p>"
    event.save_revision().publish()
    time_machine.move_to(STARTS + DAY)
    text = client.get("/rencontres/automne/").text
    assert text.index("Compte rendu") < text.index("Les suites") < text.index("Ateliers au choix")
    assert "Fait</span>" in text
    assert "S’inscrire</h2>" not in text


def test_search_engines_are_told_of_the_event(client):
    regional_meeting(is_called_off=True, called_off_words="La neige.")
    text = client.get("/rencontres/automne/").text
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    (event,) = [one for one in map(json.loads, blocks) if one.get("@type") == "Event"]
    assert event["startDate"] == "2026-12-12T09:00:00-05:00"
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert event["location"][0]["name"] == "Centre communautaire"
    assert "Cette rencontre n’a pas lieu" in text


def test_the_list_shows_what_comes_then_what_was(client):
    regional_meeting("fini", title="Printemps", starts_at=NOW - 60 * DAY, ends_at=NOW - 59 * DAY,
                     registration_opens_at=None, registration_closes_at=None)  # fmt: skip
    regional_meeting("tard", title="Hiver", starts_at=STARTS + 90 * DAY, ends_at=STARTS + 91 * DAY)
    regional_meeting()
    text = client.get("/rencontres/").text
    names = ("À venir", "Rencontre d’automne", "Hiver", "Déjà tenues", "Printemps")
    places = [text.index(f">{name}<") for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("address", "queries"), [("/rencontres/", 11), ("/rencontres/automne/", 16)]
)
@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, django_assert_num_queries, address, queries, count):
    told(
        places=[EventPlace(name=f"Salle {n}") for n in range(count)],
        programme=[ProgrammeItem(starts=dt.time(9 + n), title=f"M{n}") for n in range(count)],
        sequels=[Sequel(words=f"Suite {n}") for n in range(count)],
    )
    for number in range(count - 1):
        regional_meeting(f"autre-{number}")
    registered(RegionalMeetingPage.objects.get(slug="automne"))
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_calendars_and_feed(client):
    event = regional_meeting()
    regional_meeting("off", title="Hiver", is_called_off=True, called_off_words="La neige.")
    one = client.get("/rencontres/automne/calendrier.ics")
    assert one["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = Calendar.from_ical(one.content).walk("VEVENT")
    assert str(entry["uid"]).startswith(f"evenement-{event.pk}@")
    every = Calendar.from_ical(client.get("/rencontres/calendrier.ics").content).walk("VEVENT")
    assert {str(e["summary"]): str(e["status"]) for e in every} == {
        "Rencontre d’automne": "CONFIRMED",
        "Hiver": "CANCELLED",
    }
    feed = client.get("/rencontres/fil.rss").text
    assert feed.count("<item>") == 2
    assert "/rencontres/automne/</link>" in feed
    assert client.get("/rencontres/inconnue/calendrier.ics").status_code == 404


def test_menus_search_and_sitemap_name_it_once_it_is_there(client):
    meeting_list()
    assert 'href="/rencontres/"' not in client.get("/").text
    regional_meeting(introduction="<p>Parler des coopératives.</p>")
    assert 'href="/rencontres/"' in client.get("/").text
    found = client.get("/recherche/?q=cooperative&genre=rencontres").text
    assert "Rencontre d’automne" in found
    assert "/rencontres/automne/</loc>" in client.get("/sitemap.xml").text
    assert "Disallow: /rencontres/inscriptions/" in client.get("/robots.txt").text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": STARTS}, "ends_at"),
        ({"registration_closes_at": None}, "registration_closes_at"),
        ({"registration_opens_at": None}, "registration_opens_at"),
        ({"registration_opens_at": STARTS}, "registration_closes_at"),
        ({"registration_closes_at": STARTS + DAY}, "registration_closes_at"),
        ({"is_called_off": True}, "called_off_words"),
    ],
)
def test_dates_that_contradict_each_other_are_refused(values, field):
    with pytest.raises(ValidationError) as refusal:
        regional_meeting(**values)
    assert list(refusal.value.error_dict) == [field]


def test_the_region_that_people_registered_with_stays(time_machine):
    """Its coordination reads what they said: no other is let in by a change of the page."""
    event = regional_meeting()
    other = PlaceFactory(territory=True)
    event.region = other
    event.full_clean()
    mine = registered(event)
    stored = RegionalMeetingPage.objects.get(pk=event.pk)
    stored.region = other
    with pytest.raises(ValidationError) as refusal:
        stored.full_clean()
    assert list(refusal.value.error_dict) == ["region"]
    Registration.objects.filter(pk=mine.pk).update(erased_at=NOW)
    stored.full_clean()


def test_without_a_place_or_with_a_private_file_it_is_not_published():
    event = regional_meeting()
    event.places = []
    with pytest.raises(ValidationError, match="Dites où"):
        event.full_clean()
    event.places = [EventPlace(name="Salle")]
    event.documents = [EventDocument(title="Ordre", document=SiteDocument(title="x"))]
    with pytest.raises(ValidationError, match="est privé"):
        event.full_clean()


class TestEditing:
    @pytest.fixture
    def editor(self, client):
        client.force_login(UserFactory(is_superuser=True, is_staff=True))
        return client

    def test_a_meeting_with_people_is_not_deleted_nor_the_list_above(self, editor):
        event = regional_meeting()
        address = reverse("wagtailadmin_pages:delete", args=[event.pk])
        assert editor.get(address).status_code == 200
        registered(event)
        for page in (event, meeting_list()):
            answer = editor.get(reverse("wagtailadmin_pages:delete", args=[page.pk]))
            assert answer.status_code == 302
        assert Page.objects.filter(pk=event.pk).exists()

    def test_the_form_opens_and_only_meetings_can_be_added(self, editor):
        parent = meeting_list()
        add = reverse(
            "wagtailadmin_pages:add", args=["rencontres", "regionalmeetingpage", parent.pk]
        )
        page = editor.get(add)
        assert page.status_code == 200
        assert "elle n’a pas lieu" in page.text.lower()
        assert "Vide\N{NO-BREAK SPACE}: autant qu’on veut." in page.text
        assert page.context["form"]["region"].value() is None
        base = reverse("wagtailadmin_pages:add", args=["rencontres", "eventpage", parent.pk])
        assert editor.get(base).status_code in (302, 403, 404)

    def test_regions_and_territories_alone_are_offered_hers_first(self, client):
        region = PlaceFactory(region=True, name="Région")
        territory = PlaceFactory(territory=True, name="Territoire", parent=region)
        PlaceFactory(name="Village", parent=territory)
        user = UserFactory(is_superuser=True, is_staff=True)
        assign_role(user=user, role="coordinator", place=region)
        client.force_login(user)
        add = ["rencontres", "regionalmeetingpage", meeting_list().pk]
        form = client.get(reverse("wagtailadmin_pages:add", args=add)).context["form"]
        assert form["region"].value() == region.pk
        offered = {str(label) for value, label in form["region"].field.choices if value}
        assert {"Région", "Territoire"} <= offered
        assert "Village" not in offered

    def test_an_hour_and_a_title_as_people_write_them(self, editor):
        event = told(programme=[ProgrammeItem(starts=dt.time(9), title="Accueil")])
        edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
        form = editor.get(edit).context["form"]
        typed = {"title": "Rencontre d'hiver", "programme-0-starts": "13 h 30"}
        editor.post(edit, as_typed(form, **typed) | {"action-publish": "oui"})
        event = RegionalMeetingPage.objects.get(pk=event.pk)
        assert event.title == "Rencontre d’hiver"
        assert event.programme.get().starts == dt.time(13, 30)
