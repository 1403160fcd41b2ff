"""Following a démarche: double opt-in, one mail a day, gone at a click, known to nobody."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.check_in_answers import ReplyDraft, Teller, answer_check_in
from appreciation.domain.followers import (
    CONSENT,
    confirm_following,
    erase_unconfirmed,
    next_unconfirmed,
    tell_followers,
)
from appreciation.domain.outcomes import OutcomeDraft, record_outcome, show_check_in
from appreciation.domain.publications import publish, withdraw
from appreciation.models import Follower
from background.models import OutgoingMail
from background.outbox import send_due_mails
from core.purges import run_purges
from tests.factories.adopted import adopted_appraisal
from tests.factories.outcomes import ActionFactory
from tests.factories.register import publish_entry

ENTRY = "/demarches/riviere-exemple-2026/"
FOLLOW = "/suivre/demarches/riviere-exemple-2026/"
ADDRESS = "lise@exemple.org"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def published(lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level="summary", user=lead)
    return appraisal


@pytest.fixture
def asked(published):
    Client().post(FOLLOW, {"email": ADDRESS})
    return Follower.objects.get()


@pytest.fixture
def follower(asked):
    confirm_following(follower=asked)
    OutgoingMail.objects.all().delete()
    return Follower.objects.get()


def links(name, follower):
    return reverse(f"following:{name}", args=[follower.token])


def step(appraisal, lead, words="Un marché a ouvert.", **values):
    draft = OutcomeDraft(
        kind="outcome", happened_on=dt.date(2026, 11, 10), words=words, is_public=True, **values
    )
    return record_outcome(appraisal=appraisal, user=lead, draft=draft)


def test_the_entry_offers_to_follow(client, published):
    assert f'href="{FOLLOW}"' in client.get(ENTRY).text
    page = client.get(FOLLOW)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_asking_writes_to_the_address_and_keeps_the_consent(client, published):
    response = client.post(FOLLOW, {"email": f" {ADDRESS} "})
    assert response.url == f"{FOLLOW}?envoye=oui"
    assert "Regardez vos courriels." in client.get(response.url).text
    asked = Follower.objects.get()
    assert (asked.email, asked.confirmed_at, asked.consent_text) == (ADDRESS, None, CONSENT)
    mail = OutgoingMail.objects.get()
    assert mail.to == ADDRESS
    assert links("confirm", asked) in mail.body


@pytest.mark.parametrize("email", ["", "lise", "a@b", "a@b.ca\nBcc: c@d.ca"])
def test_what_is_no_address_is_told(client, published, email):
    response = client.post(FOLLOW, {"email": email})
    assert response.status_code == 422
    assert 'id="id_email_error"' in response.text
    assert not Follower.objects.exists()


def test_known_and_unknown_addresses_get_the_same_answer(client, follower):
    known = client.post(FOLLOW, {"email": ADDRESS.upper()})
    unknown = client.post(FOLLOW, {"email": "autre@exemple.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    subjects = OutgoingMail.objects.order_by("pk").values_list("to", "subject")
    assert [(to, subject.partition(" la ")[0]) for to, subject in subjects] == [
        (ADDRESS, "Vous suivez déjà"),
        ("autre@exemple.org", "Confirmer que vous suivez"),
    ]
    assert Follower.objects.count() == 2


def test_asking_again_the_same_day_writes_once(client, asked):
    for _ in range(3):
        client.post(FOLLOW, {"email": ADDRESS})
    assert OutgoingMail.objects.count() == 1
    assert Follower.objects.count() == 1


@pytest.mark.parametrize("verb", ["GET", "HEAD"])
def test_opening_the_links_changes_nothing(asked, verb):
    for name in ("confirm", "stop"):
        assert Client().generic(verb, links(name, asked)).status_code == 200
    asked.refresh_from_db()
    assert asked.confirmed_at is None
    assert Client().generic(verb, links("one_click", asked)).status_code == 405
    assert Follower.objects.count() == 1


def test_the_button_confirms_once(client, asked, time_machine):
    now = timezone.now()
    time_machine.move_to(now + HOUR, tick=False)
    assert client.post(links("confirm", asked)).status_code == 302
    asked.refresh_from_db()
    assert asked.confirmed_at == asked.told_until == now + HOUR
    time_machine.move_to(now + 90 * HOUR, tick=False)
    client.post(links("confirm", asked))
    assert "C’est confirmé." in client.get(links("confirm", asked)).text
    assert Follower.objects.get().confirmed_at == now + HOUR


def test_after_48_hours_the_link_is_over_and_the_address_goes(client, asked, time_machine):
    end = asked.asked_at + 48 * HOUR
    assert next_unconfirmed() == end
    assert erase_unconfirmed(end) == 0
    time_machine.move_to(end + dt.timedelta(seconds=1), tick=False)
    assert client.post(links("confirm", asked)).status_code == 404
    assert Follower.objects.get().confirmed_at is None
    list(run_purges(timezone.now()))
    assert not Follower.objects.exists()


def test_asked_again_the_next_day_the_link_of_the_new_mail_has_its_48_hours(
    client, asked, time_machine
):
    time_machine.move_to(asked.asked_at + 47 * HOUR, tick=False)
    client.post(FOLLOW, {"email": ADDRESS})
    assert OutgoingMail.objects.count() == 2
    time_machine.move_to(asked.asked_at + 94 * HOUR, tick=False)
    assert client.post(links("confirm", asked)).status_code == 302
    assert Follower.objects.get().confirmed_at == asked.asked_at + 94 * HOUR


def test_one_address_cannot_have_the_site_write_to_hundreds(client, published):
    here, elsewhere = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    for number in range(20):
        client.post(FOLLOW, {"email": f"a{number}@exemple.org"}, **here)
    refused = client.post(FOLLOW, {"email": "de-trop@exemple.org"}, **here)
    assert refused.status_code == 429
    assert "réessayez plus tard" in refused.text
    assert 'value="de-trop@exemple.org"' in refused.text
    assert OutgoingMail.objects.count() == Follower.objects.count() == 20
    assert client.post(FOLLOW, {"email": "lise@exemple.org"}, **elsewhere).status_code == 302


def test_asking_again_later_starts_again(client, asked, time_machine):
    time_machine.move_to(asked.asked_at + 49 * HOUR, tick=False)
    client.post(FOLLOW, {"email": ADDRESS})
    again = Follower.objects.get()
    assert again.token != asked.token
    assert client.post(links("confirm", again)).status_code == 302


def test_the_page_stops_and_erases(client, follower):
    page = client.get(links("stop", follower)).text
    assert "Arrêter et effacer mon adresse" in page
    assert client.post(links("stop", follower)).status_code == 302
    assert not Follower.objects.exists()
    assert "Vous ne recevrez plus ces courriels" in client.get(links("stop", follower)).text
    assert client.post(links("stop", follower)).status_code == 302


def test_one_click_needs_neither_page_nor_cookie(follower, published, lead):
    step(published, lead)
    tell_followers(timezone.now())
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(links("one_click", follower), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Follower.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert strict.post(links("one_click", follower)).status_code == 200


def test_news_leave_in_one_mail_with_the_headers_that_unsubscribe(
    follower, published, lead, mailoutbox
):
    step(published, lead, "Un marché a ouvert.")
    step(published, lead, "Le covoiturage roule.")
    action = ActionFactory(appraisal=published)
    check_in = published.check_ins.create(months=3, due_on="2027-01-15")
    answer_check_in(check_in=check_in, replies=[ReplyDraft(action, "done")], teller=Teller())
    show_check_in(check_in=check_in, user=lead, is_public=True)
    publish(appraisal=published, level="full", user=lead)
    now = timezone.now()
    tell_followers(now)
    tell_followers(now + HOUR)
    assert send_due_mails(timezone.now()).sent == 1
    (mail,) = mailoutbox
    for words in ("Un marché a ouvert.", "Le covoiturage roule.", "suivi à 3 mois", "édition"):
        assert words in mail.body
    assert re.search(r"https?://[^/]+/demarches/riviere-exemple-2026/", mail.body)
    one_click = mail.extra_headers["List-Unsubscribe"]
    assert one_click.startswith("<http")
    assert one_click.endswith(f"{links('one_click', follower)}>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    tell_followers(now + DAY)
    assert OutgoingMail.objects.count() == 1


def test_what_appears_after_the_mail_of_the_day_waits_for_the_next_and_is_not_lost(
    follower, published, lead, time_machine
):
    noon = timezone.localtime().replace(hour=12, minute=0) + DAY
    time_machine.move_to(noon, tick=False)
    step(published, lead, "Un marché a ouvert.")
    tell_followers(noon)
    time_machine.move_to(noon + HOUR, tick=False)
    step(published, lead, "Le covoiturage roule.")
    tell_followers(noon + 2 * HOUR)
    assert OutgoingMail.objects.count() == 1
    tell_followers(noon + DAY)
    second = OutgoingMail.objects.latest("pk")
    assert "Le covoiturage roule." in second.body
    assert "Un marché a ouvert." not in second.body


def test_nothing_new_is_told_and_what_is_not_public_neither(follower, published, lead):
    draft = OutcomeDraft(kind="outcome", happened_on=dt.date(2026, 11, 10), words="Pour nous")
    record_outcome(appraisal=published, user=lead, draft=draft)
    tell_followers(timezone.now())
    assert not OutgoingMail.objects.exists()


def test_whoever_did_not_confirm_is_told_nothing(asked, published, lead):
    OutgoingMail.objects.all().delete()
    step(published, lead)
    tell_followers(timezone.now())
    assert not OutgoingMail.objects.exists()


def test_a_page_that_leaves_is_told_once_and_everybody_is_erased(follower, published, lead):
    step(published, lead)
    withdraw(appraisal=published, user=lead, reason="À revoir")
    tell_followers(timezone.now())
    tell_followers(timezone.now() + DAY)
    mail = OutgoingMail.objects.get()
    assert "a été retirée du registre" in mail.body
    assert mail.headers == {}
    assert not Follower.objects.exists()


def test_a_page_that_waits_for_its_day_has_not_left(follower, published, lead):
    withdraw(appraisal=published, user=lead, reason="À revoir")
    later = timezone.now() + 5 * DAY
    publish(appraisal=published, level="summary", user=lead, embargo_until=later)
    tell_followers(timezone.now())
    assert Follower.objects.count() == 1
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("level", ["region", "private"])
def test_only_a_public_entry_is_followed(client, level):
    edition = publish_entry(level=level)
    assert client.get(f"/suivre/demarches/{edition.slug}/").status_code == 404
    assert client.post(f"/suivre/demarches/{edition.slug}/", {"email": ADDRESS}).status_code == 404
    assert client.get("/suivre/demarches/inconnue/").status_code == 404


def test_the_address_stands_nowhere_public(client, follower):
    for url in (ENTRY, f"{ENTRY}?format=csv", "/demarches/?format=json", FOLLOW):
        response = client.get(url)
        content = b"".join(response) if response.streaming else response.content
        assert ADDRESS.encode() not in content
