"""Places, the waiting list, promotions, workshops, and the link by which one changes one's mind."""

import datetime as dt

import pytest

from background.models import OutgoingMail
from core.errors import DomainError
from rencontres.domain.choices import chosen_workshops
from rencontres.domain.registrations import (
    RegistrationWords,
    cancel_registration,
    change_registration,
    mark_presence,
    promote_waiting,
    register,
    register_by_hand,
)
from rencontres.domain.seats import seats_of
from rencontres.models import Registration, Workshop
from tests.factories.meetings import NOW, STARTS, regional_meeting, registered

DAY = dt.timedelta(days=1)
WORKSHOPS = (("Avant-midi", "Jardins", 1), ("Avant-midi", "Logement", None), ("", "Marche", None))


def key_of(event, title: str) -> str:
    return event.workshops.get(title=title).key


def mails_to(email: str) -> list[str]:
    rows = OutgoingMail.objects.filter(to=email).order_by("pk")
    return [mail.key.split("/", 3)[3] for mail in rows]


def states(event) -> list[tuple[str, str]]:
    return [(one.email.split("@")[0], one.state) for one in event.registrations.order_by("pk")]


class TestPlaces:
    def test_beyond_the_places_one_waits(self):
        event = regional_meeting(capacity=2)
        for name in ("a", "b", "c", "d"):
            registered(event, f"{name}@exemple.org")
        assert states(event) == [
            ("a", "confirmed"),
            ("b", "confirmed"),
            ("c", "waiting"),
            ("d", "waiting"),
        ]
        seats = seats_of(event)
        assert (seats.left, seats.waiting, seats.is_full) == (0, 2, True)

    def test_without_a_limit_nobody_waits(self):
        event = regional_meeting()
        registered(event)
        assert seats_of(event).left is None
        assert not seats_of(event).is_full

    def test_a_place_that_frees_itself_goes_to_the_first_who_waits(self):
        event = regional_meeting(capacity=1)
        first, second, third = (registered(event, f"{n}@exemple.org") for n in "abc")
        assert cancel_registration(registration=first, now=NOW) == [second]
        assert cancel_registration(registration=first, now=NOW) == []
        second.refresh_from_db()
        third.refresh_from_db()
        assert (second.state, second.promoted_at, third.state) == ("confirmed", NOW, "waiting")
        assert mails_to("b@exemple.org") == ["inscription", "place"]
        mail = OutgoingMail.objects.get(to="b@exemple.org", key__endswith="/place")
        assert "elle est à vous" in mail.body
        assert "BEGIN:VEVENT" in mail.attachment

    def test_whoever_waits_goes_before_a_newcomer_when_places_are_added(self):
        event = regional_meeting(capacity=1)
        for name in ("a", "b"):
            registered(event, f"{name}@exemple.org")
        type(event).objects.filter(pk=event.pk).update(capacity=3)
        newcomer = registered(event, "c@exemple.org")
        assert newcomer.state == "waiting"
        assert [one.email[0] for one in promote_waiting(event=event, now=NOW)] == ["b", "c"]

    def test_publishing_more_places_promotes_at_once(self, time_machine):
        time_machine.move_to(NOW)
        event = regional_meeting(capacity=1)
        for name in ("a", "b"):
            registered(event, f"{name}@exemple.org")
        event.capacity = 2
        event.save_revision().publish()
        assert [state for _, state in states(event)] == ["confirmed", "confirmed"]

    def test_nobody_is_promoted_once_the_meeting_has_begun(self):
        event = regional_meeting(capacity=1)
        first, second = (registered(event, f"{n}@exemple.org") for n in "ab")
        assert cancel_registration(registration=first, now=STARTS) == []
        second.refresh_from_db()
        assert second.state == "waiting"

    def test_the_same_form_twice_is_one_registration(self):
        event = regional_meeting(capacity=1)
        said = RegistrationWords(name="Ana", email="ana@exemple.org")
        one, two = (register(event=event, said=said, form_key="k", now=NOW) for _ in range(2))
        assert one.registration == two.registration
        assert two.state == "confirmed"
        assert mails_to("ana@exemple.org") == ["inscription"]

    def test_the_same_address_changes_nothing_and_its_owner_is_told_once_a_day(self):
        event = regional_meeting(capacity=1)
        mine = registered(event, "ana@exemple.org", organisation="Comité")
        registered(event, "bo@exemple.org")
        for _ in range(2):
            said = RegistrationWords(name="Une autre", email="ANA@exemple.org")
            answer = register(event=event, said=said, form_key=f"k{_}", now=NOW)
            assert answer.state == "waiting", "ce que recevrait une adresse inconnue"
        mine.refresh_from_db()
        assert (mine.name, mine.organisation, mine.state) == ("Ana Exemple", "Comité", "confirmed")
        assert mails_to("ana@exemple.org") == ["inscription", "deja/2026-11-28"]
        assert "votre place est retenue" in OutgoingMail.objects.get(key__contains="deja").body

    def test_somebody_who_cancelled_may_come_back(self):
        event = regional_meeting(capacity=1)
        cancel_registration(registration=registered(event), now=NOW)
        assert registered(event).state == "confirmed"
        assert event.registrations.count() == 2

    @pytest.mark.parametrize(
        ("now", "words"),
        [
            (NOW - 8 * DAY, "pas encore ouvertes"),
            (STARTS - DAY, "closes"),
            (STARTS + DAY, "passée"),
        ],
    )
    def test_the_door_opens_and_closes_on_its_dates(self, now, words):
        event = regional_meeting()
        with pytest.raises(DomainError, match=words):
            registered(event, now=now)
        assert not Registration.objects.exists()

    def test_without_dates_or_called_off_nobody_registers(self):
        no_door = regional_meeting(registration_opens_at=None, registration_closes_at=None)
        off = regional_meeting("off", is_called_off=True, called_off_words="La neige.")
        for event, words in ((no_door, "sans inscription"), (off, "n’a pas lieu")):
            with pytest.raises(DomainError, match=words):
                registered(event)


class TestByHand:
    def test_somebody_who_telephoned_needs_no_address_and_comes_after_the_door_is_closed(self):
        event = regional_meeting(capacity=1)
        said = RegistrationWords(name="Lou Exemple")
        for _ in range(2):
            made = register_by_hand(event=event, said=said, form_key="k", now=STARTS - DAY / 2)
        assert (made.state, event.registrations.count()) == ("confirmed", 1)
        other = register_by_hand(event=event, said=said, form_key="l", now=STARTS - DAY / 2)
        assert other.state == "waiting"
        assert not OutgoingMail.objects.exists()

    def test_an_address_that_is_there_is_refused(self):
        event = regional_meeting()
        registered(event)
        said = RegistrationWords(name="Ana", email="Ana@exemple.org")
        with pytest.raises(DomainError) as refusal:
            register_by_hand(event=event, said=said, form_key="k", now=NOW)
        assert list(refusal.value.fields) == ["email"]


class TestWorkshops:
    def test_a_full_workshop_is_refused_to_who_has_a_place_and_nothing_is_kept(self):
        event = regional_meeting(workshops=WORKSHOPS)
        gardens = key_of(event, "Jardins")
        registered(event, "a@exemple.org", workshops=(gardens,))
        with pytest.raises(DomainError, match="« Jardins » vient de se remplir"):
            registered(event, "b@exemple.org", workshops=(gardens,))
        assert event.registrations.count() == 1
        assert not mails_to("b@exemple.org")

    def test_one_for_each_period_as_many_as_one_wants_outside(self):
        event = regional_meeting(workshops=WORKSHOPS)
        keys = [key_of(event, title) for title in ("Jardins", "Logement", "Marche")]
        with pytest.raises(DomainError, match="un seul atelier par période"):
            registered(event, workshops=keys[:2])
        mine = registered(event, workshops=keys[1:])
        assert {one.workshop_key for one in mine.choices.all()} == set(keys[1:])

    def test_a_workshop_of_another_meeting_is_refused(self):
        event = regional_meeting(workshops=WORKSHOPS)
        other = regional_meeting("autre", workshops=WORKSHOPS)
        with pytest.raises(DomainError, match="n’existe plus"):
            registered(event, workshops=(key_of(other, "Marche"),))

    def test_promoted_after_her_workshop_filled_itself_she_is_told(self):
        event = regional_meeting(capacity=1, workshops=WORKSHOPS)
        first = registered(event, "a@exemple.org")
        gardens = (key_of(event, "Jardins"),)
        second = registered(event, "b@exemple.org", workshops=gardens)
        change_registration(
            registration=first, said=RegistrationWords(name="A", workshops=gardens), now=NOW
        )
        type(event).objects.filter(pk=event.pk).update(capacity=2)
        promote_waiting(event=event, now=NOW)
        assert not second.choices.exists()
        assert "« Jardins » s’est rempli" in OutgoingMail.objects.get(
            key__endswith="/place"
        ).body.replace("\N{NO-BREAK SPACE}", " ")

    def test_keys_stay_when_an_editor_publishes_again_and_again(self):
        """A form gives back the rows of a draft without their numbers."""
        event = regional_meeting(workshops=WORKSHOPS)
        key = key_of(event, "Jardins")
        mine = registered(event, workshops=(key,))
        for title in ("Les jardins", "Jardiner"):
            page = type(event).objects.get(pk=event.pk).get_latest_revision_as_object()
            rows = list(page.workshops.all())
            for row in rows:
                row.pk = None
                row.title = title if row.key == key else row.title
            page.workshops = rows
            page.save_revision().publish()
        assert chosen_workshops(mine)[0].title == "Jardiner"
        assert Workshop.objects.filter(event=event).count() == 3


class TestHerLink:
    def test_she_changes_what_she_said_but_not_her_address(self):
        event = regional_meeting(workshops=WORKSHOPS)
        mine = registered(event, workshops=(key_of(event, "Jardins"),))
        said = RegistrationWords(
            name="Ana B.", email="autre@exemple.org", needs="Rampe", workshops=()
        )
        changed = change_registration(registration=mine, said=said, now=STARTS)
        assert (changed.name, changed.email, changed.needs) == (
            "Ana B.",
            "ana@exemple.org",
            "Rampe",
        )
        assert not changed.choices.exists()

    def test_cancelled_what_is_personal_goes_at_once_and_the_row_counts(self):
        event = regional_meeting()
        mine = registered(event, needs="Allergie", organisation="Comité")
        cancel_registration(registration=mine, now=NOW)
        mine.refresh_from_db()
        assert (mine.name, mine.email, mine.organisation, mine.needs, mine.consent_text) == (
            "",
        ) * 5
        assert (mine.state, mine.erased_at) == ("cancelled", NOW)
        assert mails_to("ana@exemple.org") == ["annulee"], "la confirmation en attente ne part plus"
        with pytest.raises(DomainError, match="inscrivez-vous de nouveau"):
            change_registration(registration=mine, said=RegistrationWords(name="A"), now=NOW)
        with pytest.raises(DomainError):
            mark_presence(registration=mine, came=True)
