"""Mails one does without: chosen on a page, or by the link at their foot; respected when sent."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from appreciation.domain.help import open_help_request
from background.models import MailPreference, OutgoingMail
from background.outbox import Delivery, queue_mail, send_due_mails
from background.preferences import choose_mails, optional_mails, refused_kinds

URL = "/espace/preferences/"
KINDS = {"help", "check_in_reminder", "interest"}
IN_THE_ADMIN = {"practice_to_read", "proposal_arrived", "page_comments"}


def write(to: str, kind: str = "help") -> OutgoingMail:
    return queue_mail(kind=kind, to=to, subject="Une réponse", body="Bonjour\n")


def sent() -> Delivery:
    return send_due_mails(timezone.now())


def test_what_was_unticked_no_longer_leaves_and_comes_back_once_ticked(lead, as_lead, mailoutbox):
    assert {mail.kind for mail in optional_mails()} == KINDS | IN_THE_ADMIN
    assert as_lead.get(URL).context["form"]["help"].initial is True
    assert as_lead.post(URL, {"interest": "on"}).url == URL
    assert refused_kinds(lead) == {"help", "check_in_reminder"} | IN_THE_ADMIN
    page = as_lead.get(URL)
    assert "Vos préférences sont enregistrées." in page.content.decode()
    assert page.context["form"]["help"].initial is False
    write(lead.email)
    write(lead.email, kind="interest")
    assert sent() == Delivery(sent=1)
    assert not OutgoingMail.objects.filter(kind="help").exists()
    as_lead.post(URL, {"help": "on"})
    write(lead.email.upper())
    assert sent() == Delivery(sent=1)
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("kind", ["invitation", "handover", "check_in", "follow", "inconnu"])
def test_what_must_be_known_always_leaves(lead, kind, mailoutbox):
    choose_mails(user=lead, refused={kind, "help"})
    assert refused_kinds(lead) == {"help"}
    write(lead.email, kind=kind)
    assert sent() == Delivery(sent=1)
    assert "arreter" not in mailoutbox[0].body
    assert "List-Unsubscribe" not in mailoutbox[0].extra_headers


def test_an_address_without_account_has_no_choice_to_respect(mailoutbox):
    write("comite@exemple.org")
    assert sent() == Delivery(sent=1)
    assert mailoutbox[0].body == "Bonjour\n"
    assert not MailPreference.objects.exists()


def test_refused_after_it_was_written_it_does_not_leave(
    lead, appraisal, as_coordinator, mailoutbox
):
    open_help_request(asker=lead, appraisal=appraisal, text="Qui inviter?")
    coordinator = User.objects.get(email=OutgoingMail.objects.get().to)
    choose_mails(user=coordinator, refused={"help"})
    assert sent() == Delivery()
    assert (mailoutbox, OutgoingMail.objects.count()) == ([], 0)


@pytest.fixture
def link(lead, mailoutbox) -> str:
    """The link at the foot of the mail that she received."""
    write(lead.email)
    sent()
    return re.search(r"https?://[^/]+(/courriels/arreter/[^\s]+)", mailoutbox[0].body)[1]


def test_opening_the_link_changes_nothing_its_button_does(client, lead, link):
    page = client.get(link).content.decode()
    assert "Ne plus les recevoir" in page
    assert "Demandes d’aide" in page
    assert lead.email not in page
    assert refused_kinds(lead) == set()
    client.post(link)
    assert "Vous ne recevrez plus ces courriels" in client.post(link, follow=True).text
    assert refused_kinds(lead) == {"help"}


def test_one_click_needs_neither_page_nor_cookie(lead, link, mailoutbox):
    one_click = re.search(r"<https?://[^/]+(.+)>", mailoutbox[0].extra_headers["List-Unsubscribe"])
    assert one_click[1] == f"{link}un-clic/"
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(one_click[1]).status_code == 405
    assert strict.post(one_click[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert refused_kinds(lead) == {"help"}


def test_a_link_that_is_gone_or_invented_says_nothing_and_changes_nothing(client, lead, link):
    MailPreference.objects.update(token="autre")
    assert client.post(link, follow=True).status_code == 200
    assert refused_kinds(lead) == set()
    for kind in ("invitation", "inconnu"):
        assert client.get(reverse("mail_choices:stop", args=["autre", kind])).status_code == 404
        client.post(reverse("mail_choices:one_click", args=["autre", kind]))
    assert refused_kinds(lead) == set()


def test_the_page_says_what_always_leaves_and_leads_to_the_directory(
    as_lead, as_stranger, appraisal
):
    page = as_lead.get(URL).content.decode()
    assert "Partent toujours" in page
    assert "/espace/repertoire/ma-fiche/" in page
    assert "/espace/repertoire/" not in as_stranger.get(URL).content.decode()
    assert URL in as_stranger.get("/comptes/").content.decode()
