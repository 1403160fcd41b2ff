"""Called off, on again, another day: who is written to, once, and what her agenda does of it."""

import datetime as dt

import pytest
from django.core import mail as sent_mail
from django.urls import reverse
from icalendar import Calendar

from accounts.domain.groups import assign_role
from background.models import OutgoingMail
from background.outbox import send_due_mails
from rencontres.domain.registrations import RegistrationWords, cancel_registration, register_by_hand
from rencontres.models import EventPlace
from tests.admin_forms import as_typed
from tests.factories import PlaceFactory, UserFactory
from tests.factories.meetings import NOW, STARTS, regional_meeting, registered

SNOW = "La tempête ferme la route."


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event():
    """One has a place, one waits, one gave no address, one cancelled."""
    event = regional_meeting(
        capacity=2, last_published_at=NOW, region=PlaceFactory(region=True, name="Région")
    )
    for name in "axb":
        registered(event, f"{name}@exemple.org")
    said = RegistrationWords(name="Lou Exemple")
    register_by_hand(event=event, said=said, form_key="lou", now=NOW)
    cancel_registration(registration=event.registrations.get(email__startswith="x"), now=NOW)
    OutgoingMail.objects.all().delete()
    type(event).objects.filter(pk=event.pk).update(capacity=2)
    return event


def publish(event, **changed):
    page = type(event).objects.get(pk=event.pk)
    for name, value in changed.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def written() -> list[tuple[str, str]]:
    rows = OutgoingMail.objects.order_by("pk")
    return [(one.to[0], one.key.split("/", 3)[3].partition("/")[0]) for one in rows]


def entry_of(mail):
    calendar = Calendar.from_ical(mail.attachment)
    return str(calendar["method"]), calendar.walk("VEVENT")[0]


class TestCalledOff:
    def test_everyone_expected_is_told_why_and_once(self, event, time_machine):
        first = publish(event)
        assert written() == []
        time_machine.move_to(NOW + dt.timedelta(hours=1))
        publish(event, is_called_off=True, called_off_words=SNOW)
        publish(event, introduction="<p>Une virgule.</p>")
        assert written() == [("a", "called_off"), ("b", "called_off")]
        told = OutgoingMail.objects.first()
        assert SNOW in told.body
        assert "12 décembre 2026" in told.body.replace("\N{NO-BREAK SPACE}", " ")
        method, entry = entry_of(told)
        assert (method, str(entry["status"])) == ("CANCEL", "CANCELLED")
        assert str(entry["uid"]).startswith(f"evenement-{event.pk}@")
        assert entry["organizer"].startswith("mailto:")
        assert entry["sequence"] > int(first.last_published_at.timestamp()) // 60

    def test_a_mail_program_is_told_that_the_date_is_taken_back(self, event):
        publish(event, is_called_off=True, called_off_words=SNOW)
        send_due_mails(NOW)
        _text, calendar = sent_mail.outbox[0].message().get_payload()
        assert calendar.get_content_type() == "text/calendar"
        assert calendar.get_param("method") == "CANCEL"

    def test_who_waits_is_told_without_a_date_to_take_out(self, event):
        type(event).objects.filter(pk=event.pk).update(capacity=1)
        late = registered(event, "c@exemple.org")
        publish(event, is_called_off=True, called_off_words=SNOW)
        told = OutgoingMail.objects.get(to=late.email, key__contains="called_off")
        assert (told.attachment, "fichier joint" in told.body) == ("", False)

    def test_on_again_they_are_told_and_off_again_too(self, event):
        publish(event, is_called_off=True, called_off_words=SNOW)
        publish(event, is_called_off=False)
        publish(event, is_called_off=True)
        assert [letter for who, letter in written() if who == "a"] == [
            "called_off",
            "back_on",
            "called_off",
        ]
        back = OutgoingMail.objects.get(to="a@exemple.org", key__contains="back_on")
        assert entry_of(back)[0] == "PUBLISH"
        assert "votre place vous attend" in back.body
        assert "a changé" not in back.body

    def test_on_again_another_day_the_mail_says_so(self, event):
        publish(event, is_called_off=True, called_off_words=SNOW)
        week = dt.timedelta(days=7)
        publish(event, is_called_off=False, starts_at=STARTS + week, ends_at=STARTS + 8 * week)
        told = OutgoingMail.objects.get(to="a@exemple.org", key__contains="back_on")
        assert "La date a changé. Voici ce qui est prévu maintenant" in told.body
        assert "19\N{NO-BREAK SPACE}décembre" in told.body

    def test_a_draft_nor_what_is_over_tells_nobody(self, event, time_machine):
        page = type(event).objects.get(pk=event.pk)
        page.is_called_off, page.called_off_words = True, SNOW
        page.save_revision()
        assert written() == []
        time_machine.move_to(STARTS + dt.timedelta(days=1))
        publish(event, is_called_off=True, called_off_words=SNOW)
        assert written() == []


class TestInTheAdmin:
    @pytest.fixture
    def editor(self, client, event):
        user = UserFactory(is_superuser=True)
        assign_role(user=user, role="coordinator", place=event.region)
        client.force_login(user)
        return client

    def published(self, client, event, **typed):
        address = reverse("wagtailadmin_pages:edit", args=[event.pk])
        form = as_typed(client.get(address).context["form"]) | typed
        return client.post(address, form | {"action-publish": "oui"}, follow=True).text

    def test_the_screen_names_who_is_not_reached(self, editor, event):
        text = self.published(editor, event, is_called_off="on", called_off_words=SNOW)
        assert "sont averties par courriel" in text
        assert "Lou Exemple" in text
        assert [letter for _, letter in written()] == ["called_off", "called_off"]
        roll = editor.get(reverse("meetings:roll", args=[event.pk])).text
        assert "À avertir autrement&nbsp;: Lou Exemple." in roll

    def test_another_day_and_hall_the_mail_is_offered_with_its_words(self, editor, event):
        text = self.published(
            editor, event, starts_at="2026-12-12 10:00", **{"places-0-name": "École"}
        )
        assert "La date et le lieu ont changé. 3 personnes inscrites ne le savent pas" in text
        address = reverse("meetings:write", args=[event.pk], query={"change": "date,lieu"})
        assert address.replace("&", "&amp;") in text
        assert written() == []
        form = editor.get(address).context["form"]
        assert form["to"].value() == "all"
        assert "La date et le lieu ont changé." in form["text"].value()
        assert "10\N{NO-BREAK SPACE}h" in form["text"].value()
        sent = {name: form[name].value() for name in ("to", "subject", "text", "form_key")}
        assert editor.post(address, sent).status_code == 302
        word = OutgoingMail.objects.get(to="a@exemple.org")
        assert entry_of(word)[1].decoded("dtstart") == STARTS + dt.timedelta(hours=1)

    def test_nothing_that_matters_changed_nothing_is_said(self, editor, event):
        text = self.published(editor, event, introduction='{"entityMap": {}, "blocks": []}')
        assert "ne le savent pas" not in text
        assert "averties" not in text

    def test_whoever_may_not_write_to_them_is_told_who_may(self, editor, client, event):
        other = UserFactory()
        assign_role(user=other, role="editor", place=event.region)
        client.force_login(other)
        text = self.published(client, event, starts_at="2026-12-12 10:00")
        assert "Demandez à la coordination" in text
        assert "ecrire/" not in text


def test_places_given_in_another_order_are_no_change(event):
    page = publish(event, places=[EventPlace(name="B", sort_order=1)])
    assert [str(one) for one in page.places.all()] == ["B"]
    assert written() == []
