"""Every screen about one's account, reached as a person reaches it, and looked at by axe."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from accounts.sealed_secrets import unseal
from background.outbox import send_due_mails
from tests.browser.axe import check_accessible
from tests.browser.sizes import NARROW, PHONE
from tests.factories import PlaceFactory, RoleAssignmentFactory, UserFactory

PASSWORD = "mot-de-passe-long-42"
NEW_PASSWORD = "une-autre-phrase-77"
KNOWN = "claude@exemple.org"


@pytest.fixture
def claude():
    return UserFactory(username="claude", email=KNOWN, first_name="Claude", last_name="Exemple")


@pytest.fixture
def phone(new_context) -> Page:
    """Narrow, as an old telephone is."""
    return new_context(viewport=NARROW).new_page()


def looked_at(page: Page, title: str) -> None:
    """The screen announced, in French, with one heading, no axe finding in any rendering."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.locator("html").get_attribute("lang") == "fr-CA"
    check_accessible(page)
    small = page.evaluate(SMALL_TARGETS)
    assert small == [], page.url


# Buttons and boxes of the screen itself; a link inside a sentence is exempt (WCAG 2.5.8).
SMALL_TARGETS = """
[...document.querySelectorAll("main button, main a.button, main input, main select")]
  .filter(one => one.offsetParent && one.type !== "hidden" && one.type !== "checkbox")
  .filter(one => one.getBoundingClientRect().height < 43.5)
  .map(one => one.outerHTML.slice(0, 120))"""


def enter(page: Page, email: str = KNOWN, password: str = PASSWORD) -> None:
    page.goto("/comptes/connexion/")
    page.get_by_label("Courriel").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()


def link_in(message) -> str:
    return re.search(r"https?://[^/]+(/\S+)", message.body).group(1)


def code_of(user: User) -> str:
    """What the person's application would show at this moment."""
    return totp_code(unseal(Authenticator.objects.get(user=user, type="totp").data["secret"]))


def totp_code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_password_its_refusal_and_its_reset(phone, claude, mailoutbox):
    phone.goto("/comptes/connexion/")
    looked_at(phone, "Se connecter")
    enter(phone, password="pas-le-bon-mot")
    expect(phone.get_by_role("alert")).to_contain_text("ne vont pas ensemble")
    looked_at(phone, "Se connecter")
    phone.get_by_role("link", name="Mot de passe oublié").click()
    looked_at(phone, "Mot de passe oublié")
    phone.get_by_label("Courriel").fill(KNOWN)
    phone.get_by_role("button", name="Envoyer le lien").click()
    looked_at(phone, "Ouvrez votre courriel")
    link = link_in(mailoutbox[0])
    phone.goto(link)
    looked_at(phone, "Nouveau mot de passe")
    phone.get_by_label("Nouveau mot de passe", exact=True).fill("court")
    phone.get_by_label("Nouveau mot de passe, encore une fois").fill("court")
    phone.get_by_role("button", name="Enregistrer").click()
    looked_at(phone, "Nouveau mot de passe")
    phone.get_by_label("Nouveau mot de passe", exact=True).fill(NEW_PASSWORD)
    phone.get_by_label("Nouveau mot de passe, encore une fois").fill(NEW_PASSWORD)
    phone.get_by_role("button", name="Enregistrer").click()
    looked_at(phone, "Votre mot de passe est changé")
    phone.goto(link)
    looked_at(phone, "Ce lien n’est plus valable")
    enter(phone, password=NEW_PASSWORD)
    phone.wait_for_url("**/espace/")


def test_code_by_mail(phone, claude, mailoutbox):
    phone.goto("/comptes/connexion/?next=/comptes/")
    phone.get_by_role("link", name="Recevoir un code par courriel").click()
    looked_at(phone, "Recevoir un code par courriel")
    phone.get_by_label("Courriel").fill(KNOWN)
    phone.get_by_role("button", name="Envoyer le code").click()
    looked_at(phone, "Écrivez le code reçu")
    box = phone.get_by_label("Code reçu par courriel")
    assert box.get_attribute("autocomplete") == "one-time-code"
    box.fill("AAAA-AAAA")
    phone.get_by_role("button", name="Entrer").click()
    looked_at(phone, "Écrivez le code reçu")
    code = re.search(r"^\S{4,}-?\S*$", mailoutbox[0].body, re.MULTILINE).group()
    phone.get_by_label("Code reçu par courriel").fill(code)
    phone.get_by_role("button", name="Entrer").click()
    phone.wait_for_url("**/comptes/")
    looked_at(phone, "Mon compte")


def test_signing_out_and_closed_doors(phone, claude):
    phone.goto("/comptes/inscription/")
    looked_at(phone, "Les comptes s’ouvrent sur invitation")
    phone.goto("/comptes/inactif/")
    looked_at(phone, "Ce compte est fermé")
    enter(phone)
    phone.wait_for_url("**/espace/")
    phone.context.watched.expected_statuses.add(404)  # this test has no home page
    phone.goto("/comptes/deconnexion/")
    looked_at(phone, "Se déconnecter?")
    phone.get_by_role("button", name="Se déconnecter").click()
    phone.goto("/comptes/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Se connecter")


def test_password_and_address_are_changed(phone, claude, mailoutbox):
    enter(phone)
    phone.wait_for_url("**/espace/")
    phone.goto("/comptes/mot-de-passe/")
    looked_at(phone, "Changer de mot de passe")
    phone.get_by_label("Mot de passe actuel").fill(PASSWORD)
    phone.get_by_label("Nouveau mot de passe", exact=True).fill(NEW_PASSWORD)
    phone.get_by_label("Nouveau mot de passe, encore une fois").fill(NEW_PASSWORD)
    phone.get_by_role("button", name="Changer").click()
    expect(phone.get_by_role("status")).to_contain_text("Votre mot de passe est changé")
    phone.goto("/comptes/courriel/")
    looked_at(phone, "Changer d’adresse de courriel")
    phone.get_by_label("Nouvelle adresse").fill("claude.neuf@exemple.org")
    phone.get_by_role("button", name="Changer", exact=True).click()
    expect(phone.get_by_text("Nouvelle adresse à confirmer")).to_be_visible()
    looked_at(phone, "Changer d’adresse de courriel")
    message = next(one for one in mailoutbox if "/courriel/confirmer/" in one.body)
    assert message.to == ["claude.neuf@exemple.org"]
    phone.goto(link_in(message))
    looked_at(phone, "Confirmer l’adresse de courriel")
    phone.get_by_role("button", name="Confirmer").click()
    claude.refresh_from_db()
    assert claude.email == "claude.neuf@exemple.org"
    phone.goto("/comptes/courriel/confirmer/rien/")
    looked_at(phone, "Confirmer l’adresse de courriel")


def with_application(page: Page) -> str:
    """Plug an application of codes as a person does; the screens after it; one recovery code."""
    enter(page)
    page.wait_for_url("**/espace/")
    page.goto("/comptes/securite/")
    looked_at(page, "Clés d’accès et deuxième preuve d’identité")
    page.get_by_role("link", name="Brancher une application").click()
    looked_at(page, "Brancher une application de codes")
    page.get_by_label("Code à six chiffres").fill("000000")
    page.get_by_role("button", name="Brancher").click()
    looked_at(page, "Brancher une application de codes")
    secret = page.locator(".steps code").inner_text()
    page.get_by_label("Code à six chiffres").fill(totp_code(secret))
    page.get_by_role("button", name="Brancher").click()
    looked_at(page, "Codes de secours")
    return page.locator(".codes code").first.inner_text()


def enter_with_proof(page: Page, proof: str) -> None:
    enter(page)
    looked_at(page, "Deuxième preuve d’identité")
    page.get_by_label("Code de l’application, ou code de secours").fill("000000")
    page.get_by_role("button", name="Entrer").click()
    looked_at(page, "Deuxième preuve d’identité")
    page.get_by_label("Code de l’application, ou code de secours").fill(proof)
    page.get_by_role("button", name="Entrer").click()


def test_application_of_codes_is_plugged_then_unplugged(phone, claude):
    with_application(phone)
    phone.goto("/comptes/securite/secours/refaire/")
    looked_at(phone, "Préparer des codes de secours")
    phone.goto("/comptes/securite/")
    looked_at(phone, "Clés d’accès et deuxième preuve d’identité")
    phone.goto("/comptes/securite/application/retirer/")
    looked_at(phone, "Débrancher l’application de codes?")
    phone.get_by_role("button", name="Débrancher").click()
    expect(phone.get_by_role("status")).to_contain_text("L’application de codes est débranchée")
    assert not Authenticator.objects.filter(user=claude, type="totp").exists()


def test_recovery_code_and_trusted_device(phone, new_context, claude):
    recovery = with_application(phone)
    elsewhere = new_context(viewport=NARROW).new_page()
    enter_with_proof(elsewhere, recovery)
    looked_at(elsewhere, "Faire confiance à cet appareil?")
    elsewhere.get_by_role("button", name="Oui, pendant 30 jours").click()
    elsewhere.wait_for_url("**/espace/")

    phone.goto("/comptes/appareils/")
    looked_at(phone, "Appareils connectés")
    phone.get_by_role("button", name="Déconnecter les autres appareils").click()
    expect(phone.get_by_role("status")).to_contain_text("Vos autres appareils sont déconnectés")
    elsewhere.goto("/comptes/")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Se connecter")
    enter(elsewhere)
    elsewhere.wait_for_url("**/espace/")  # trusted: no second proof asked


@pytest.fixture
def key_context(new_context) -> BrowserContext:
    """A device with a fingerprint reader (the browser's own simulated authenticator)."""
    context = new_context(viewport=PHONE)
    context.key_page = context.new_page()
    session = context.new_cdp_session(context.key_page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return context


def test_passkey_opens_the_door_without_a_password(key_context, claude):
    page = key_context.key_page
    enter(page)
    page.wait_for_url("**/espace/")
    page.goto("/comptes/securite/")
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    looked_at(page, "Ajouter une clé d’accès")
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    page.get_by_label("Entrer sans mot de passe avec cette clé").check()
    page.get_by_role("button", name="Ajouter").click()
    page.wait_for_url(lambda url: "/ajouter/" not in url)
    page.goto("/comptes/securite/cles/")
    looked_at(page, "Mes clés d’accès")
    expect(page.locator("main").get_by_role("heading", level=2)).to_contain_text("Mon téléphone")
    page.get_by_role("link", name="Renommer Mon téléphone").click()
    looked_at(page, "Renommer la clé d’accès")
    page.get_by_label("Nom de la clé").fill("Téléphone bleu")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main").get_by_role("heading", level=2)).to_contain_text("Téléphone bleu")

    page.context.watched.expected_statuses.add(404)  # this test has no home page
    page.goto("/comptes/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/comptes/connexion/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url("**/espace/")

    page.goto("/comptes/securite/cles/")
    page.get_by_role("link", name="Retirer Téléphone bleu").click()
    looked_at(page, "Retirer cette clé d’accès?")
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Retirer cette clé d’accès?")
    assert not Authenticator.objects.filter(user=claude, type="webauthn").exists()


def test_screens_that_few_people_meet(phone, sign_in, claude):
    claude.set_unusable_password()  # somebody who only ever entered by code
    claude.save()
    sign_in(phone.context, claude)
    phone.goto("/comptes/mot-de-passe/choisir/")
    looked_at(phone, "Choisir un mot de passe")
    phone.goto("/comptes/courriel/envoye/")
    looked_at(phone, "Ouvrez votre courriel")


def test_something_serious_asks_again_who_it_is(phone, sign_in, claude):
    TOTP.activate(claude, "A" * 32)
    sign_in(phone.context, claude)
    phone.goto("/comptes/securite/application/retirer/")
    looked_at(phone, "Confirmez que c’est vous")
    phone.goto("/comptes/confirmer/code/?next=/comptes/")
    looked_at(phone, "Confirmez que c’est vous")
    phone.get_by_label("Code").fill(code_of(claude))
    phone.get_by_role("button", name="Confirmer").click()
    phone.wait_for_url("**/comptes/")


def test_invitation_from_the_list_to_the_open_account(
    phone, page, claude, mailoutbox, settings, live_server
):
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    region = PlaceFactory(region=True, name="Région-Test")
    RoleAssignmentFactory(user=claude, place=region)
    enter(phone)
    phone.wait_for_url("**/espace/")
    phone.goto("/comptes/invitations/")
    looked_at(phone, "Inviter une personne")
    phone.get_by_label("Courriel de la personne").fill("noe@exemple.org")
    phone.get_by_role("button", name="Envoyer l’invitation").click()
    expect(phone.get_by_role("status")).to_contain_text("L’invitation est partie")
    send_due_mails(timezone.now())
    looked_at(phone, "Inviter une personne")
    link = link_in(mailoutbox[0])
    page.goto(link)
    looked_at(page, "Ouvrir votre compte")
    page.get_by_label("Prénom").fill("Noé")
    page.get_by_label("Nom", exact=True).fill("Neuf")
    page.get_by_label("Mot de passe").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Ouvrir mon compte").click()
    page.wait_for_url("**/espace/")
    phone.context.watched.expected_statuses.add(410)
    phone.goto(link)
    looked_at(phone, "Cette invitation n’est plus valable")
    phone.goto("/comptes/")
    looked_at(phone, "Mon compte")


def test_administrator_is_led_to_a_second_factor(phone, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    UserFactory(email="admin@exemple.org", is_superuser=True, is_staff=True)
    phone.goto("/admin/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Se connecter")
    enter(phone, email="admin@exemple.org")
    looked_at(phone, "Clés d’accès et deuxième preuve d’identité")
    expect(phone.locator("main")).to_contain_text("ajoutez d’abord une deuxième preuve")
