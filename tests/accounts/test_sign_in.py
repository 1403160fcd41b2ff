"""Sign-in: password, code, reset, limits, trusted device; one sign-in for the admin too."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.domain.addresses import confirm_current_address
from tests.factories import UserFactory

PASSWORD = "mot-de-passe-long-42"
SIGN_IN = "/comptes/connexion/"


def sign_in(client, user, **extra):
    return client.post(SIGN_IN, {"login": user.email, "password": PASSWORD, **extra})


def test_password_opens_the_space(client, stranger):
    response = sign_in(client, stranger)
    assert response.status_code == 302
    assert response["Location"] == "/espace/"
    assert client.session["_auth_user_id"] == str(stranger.pk)


def test_sign_in_page_is_french_and_ours(client):
    page = client.get(SIGN_IN).content.decode()
    assert "<h1>Se connecter</h1>" in page
    assert "Garder ma session ouverte 30 jours sur cet appareil" in page
    assert "inscription" not in page


def test_untrusted_device_forgets_when_the_browser_closes(client, stranger):
    sign_in(client, stranger)
    assert client.session.get_expire_at_browser_close() is True


def test_trusted_device_stays_thirty_days(client, stranger):
    sign_in(client, stranger, remember="on")
    assert client.session.get_expire_at_browser_close() is False
    assert client.session.get_expiry_age() == 30 * 24 * 3600


def test_wrong_password_and_unknown_address_answer_alike(client, stranger):
    wrong = client.post(SIGN_IN, {"login": stranger.email, "password": "pas-le-bon-mot"})
    unknown = client.post(SIGN_IN, {"login": "inconnue@exemple.org", "password": "pas-le-bon-mot"})
    assert wrong.status_code == unknown.status_code == 200
    texts = [re.sub(r'value="[^"]*"', "", page.content.decode()) for page in (wrong, unknown)]
    assert texts[0] == texts[1]


class CountingHasher(MD5PasswordHasher):
    """The hashing takes nearly all the time of an answer: as many for one as for the other."""

    algorithm = "md5_compte"
    made = 0

    def encode(self, password, salt):
        type(self).made += 1
        return super().encode(password, salt)


def test_wrong_password_and_unknown_address_take_the_same_time(client, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    known = UserFactory()
    made = []
    for email in (known.email, "inconnue@exemple.org"):
        before = CountingHasher.made
        client.post(SIGN_IN, {"login": email, "password": "pas-le-bon-mot"})
        made.append(CountingHasher.made - before)
    assert made[0] == made[1] > 0


def test_sixth_try_waits_even_with_the_right_password(client, stranger):
    for _ in range(5):
        client.post(SIGN_IN, {"login": stranger.email, "password": "pas-le-bon-mot"})
    response = sign_in(client, stranger)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert sign_in(client, stranger).status_code == 302


def test_code_by_mail_opens_the_space(client, stranger, mailoutbox):
    response = client.post("/comptes/connexion/code/", {"email": stranger.email})
    assert response.status_code == 302
    message = mailoutbox[0]
    assert message.subject == "Votre code pour entrer"
    assert stranger.last_name not in message.body
    code = re.search(r"^\S{4,}-?\S*$", message.body, re.MULTILINE).group()
    client.get(response["Location"])
    response = client.post("/comptes/connexion/code/confirmer/", {"code": code})
    assert response["Location"] == "/espace/"


def test_code_for_an_unknown_address_answers_alike(client, stranger, mailoutbox):
    known = client.post("/comptes/connexion/code/", {"email": stranger.email})
    unknown = Client().post("/comptes/connexion/code/", {"email": "inconnue@exemple.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert mailoutbox[1].subject == "Aucun compte à cette adresse"


def reset_link(client, user, mailoutbox) -> str:
    client.post("/comptes/mot-de-passe/oublie/", {"email": user.email})
    return re.search(r"http://testserver(/\S+)", mailoutbox[-1].body).group(1)


def test_reset_link_works_once(client, stranger, mailoutbox):
    link = reset_link(client, stranger, mailoutbox)
    form = client.get(link, follow=True)
    new = {"password1": "une-autre-phrase-77", "password2": "une-autre-phrase-77"}
    client.post(form.redirect_chain[-1][0], new)
    stranger.refresh_from_db()
    assert stranger.check_password("une-autre-phrase-77")
    again = Client().get(link, follow=True).content.decode()
    assert "Ce lien n’est plus valable" in again


def test_reset_link_dies_after_an_hour(client, stranger, mailoutbox):
    link = reset_link(client, stranger, mailoutbox)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=True):
        assert "Ce lien n’est plus valable" in client.get(link, follow=True).content.decode()


def test_reset_link_never_follows_a_forged_host(client, stranger, mailoutbox):
    response = client.post(
        "/comptes/mot-de-passe/oublie/",
        {"email": stranger.email},
        headers={"Host": "pirate.example"},
    )
    assert response.status_code == 400
    assert mailoutbox == []


def test_changing_password_ends_the_other_sessions(client, stranger):
    elsewhere = Client()
    sign_in(elsewhere, stranger)
    sign_in(client, stranger)
    client.post(
        "/comptes/mot-de-passe/",
        {
            "oldpassword": PASSWORD,
            "password1": "une-autre-phrase-77",
            "password2": "une-autre-phrase-77",
        },
    )
    assert client.get("/comptes/").status_code == 200
    assert elsewhere.get("/comptes/").status_code == 302


def test_session_number_changes_at_sign_in(client, stranger):
    session = client.session
    session["avant"] = "vu"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, stranger)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_nobody_signs_up(client):
    response = client.get("/comptes/inscription/")
    assert "Les comptes s’ouvrent sur invitation" in response.content.decode()
    response = client.post(
        "/comptes/inscription/", {"email": "pirate@exemple.org", "password1": "une-phrase-77-abc"}
    )
    assert "Les comptes s’ouvrent sur invitation" in response.content.decode()


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/login/"])
def test_admin_uses_the_same_sign_in(client, path):
    response = client.get(path, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0].startswith(SIGN_IN)


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/"])
def test_signing_in_leads_back_to_the_admin(client, path):
    address, _ = client.get(path, follow=True).redirect_chain[-1]
    assert address == f"{SIGN_IN}?next={path.replace('/', '%2F')}"


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/login/"])
def test_who_may_not_enter_the_admin_is_told_so(client, stranger, path):
    client.force_login(stranger)
    response = client.get(path, follow=True)
    assert response.status_code == 403
    assert "Cette page ne vous est pas ouverte" in response.content.decode()


def test_my_account_gathers_everything(client, stranger):
    client.force_login(stranger)
    page = client.get("/comptes/").content.decode()
    for words in ("Changer de mot de passe", "Clés d’accès", "Appareils connectés", stranger.email):
        assert words in page
    assert "Inviter des personnes" not in page


def test_my_account_asks_to_sign_in(client):
    assert client.get("/comptes/")["Location"] == f"{SIGN_IN}?next=/comptes/"


class TestSecondFactor:
    @pytest.fixture
    def administrator(self):
        return UserFactory(is_superuser=True, is_staff=True)

    def test_administrator_is_sent_to_choose_one(self, client, settings, administrator):
        settings.SECOND_FACTOR_REQUIRED = True
        client.force_login(administrator)
        response = client.get("/admin/")
        assert response["Location"] == "/comptes/securite/"
        assert (
            "ajoutez d’abord une deuxième preuve"
            in client.get("/comptes/securite/").content.decode()
        )

    def test_facilitator_needs_none(self, client, settings, stranger):
        settings.SECOND_FACTOR_REQUIRED = True
        client.force_login(stranger)
        assert client.get("/comptes/").status_code == 200

    def test_with_one_the_admin_opens(self, client, settings, administrator):
        settings.SECOND_FACTOR_REQUIRED = True
        TOTP.activate(administrator, generate_totp_secret())
        client.force_login(administrator)
        assert client.get("/admin/").status_code == 200

    def test_password_alone_is_then_not_enough(self, client, administrator):
        TOTP.activate(administrator, generate_totp_secret())
        response = sign_in(client, administrator)
        assert response["Location"] == "/comptes/connexion/preuve/"
        assert client.get("/admin/").status_code == 302
        assert Authenticator.objects.count() == 1


class TestAddress:
    """Changing one's address: the old one holds until the new one is confirmed."""

    CHANGE = "/comptes/courriel/"

    @pytest.fixture
    def entered(self, client, stranger):
        sign_in(client, stranger)
        return client

    def test_old_address_opens_the_account_until_the_new_is_confirmed(
        self, entered, stranger, mailoutbox
    ):
        old = stranger.email
        entered.post(self.CHANGE, {"action_add": "1", "email": "neuve@exemple.org"})
        stranger.refresh_from_db()
        assert stranger.email == old
        assert old in entered.get(self.CHANGE).text
        link = re.search(r"http://testserver(/\S+confirmer/\S+)", mailoutbox[-1].body).group(1)
        entered.get(link)
        stranger.refresh_from_db()
        assert stranger.email == old  # a mail scanner that opens the link confirms nothing
        entered.post(link)
        stranger.refresh_from_db()
        assert stranger.email == "neuve@exemple.org"
        assert sign_in(Client(), stranger).status_code == 302
        assert "_auth_user_id" not in sign_in_as(old).session

    def test_the_change_is_given_up(self, entered, stranger):
        entered.post(self.CHANGE, {"action_add": "1", "email": "neuve@exemple.org"})
        entered.post(self.CHANGE, {"action_remove": "", "email": "neuve@exemple.org"})
        stranger.refresh_from_db()
        assert EmailAddress.objects.get().email == stranger.email

    def test_somebody_elses_address_is_never_taken(self, entered, stranger, mailoutbox):
        other = UserFactory(email="autre@exemple.org")
        page = entered.post(self.CHANGE, {"action_add": "1", "email": "AUTRE@exemple.org"})
        assert page.status_code in (200, 302)
        for message in mailoutbox:
            for link in re.findall(r"http://testserver(/\S+confirmer/\S+)", message.body):
                assert entered.post(link).status_code < 500
        stranger.refresh_from_db()
        other.refresh_from_db()
        assert (stranger.email != other.email, other.email) == (True, "autre@exemple.org")

    def test_address_changed_by_an_administrator_no_longer_opens(
        self, admin_client, entered, stranger
    ):
        old = stranger.email
        confirm_current_address(stranger)
        form = {
            "username": stranger.username,
            "email": "neuve@exemple.org",
            "first_name": "Noé",
            "last_name": "Neuf",
            "is_active": "on",
        }
        response = admin_client.post(f"/admin/users/edit/{stranger.pk}/", form)
        assert response.status_code == 302
        assert "_auth_user_id" not in sign_in_as(old).session
        assert "_auth_user_id" in sign_in_as("neuve@exemple.org").session


def sign_in_as(email: str) -> Client:
    client = Client()
    client.post(SIGN_IN, {"login": email, "password": PASSWORD})
    return client


def test_reset_for_an_unknown_address_answers_alike(client, stranger, mailoutbox):
    answers = [
        Client().post("/comptes/mot-de-passe/oublie/", {"email": email})
        for email in (stranger.email, "inconnue@exemple.org")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert [message.to for message in mailoutbox] == [[stranger.email], ["inconnue@exemple.org"]]
    assert "/mot-de-passe/nouveau/" not in mailoutbox[1].body


def test_too_many_reset_demands_are_refused_in_french(client, stranger):
    answers = [
        client.post("/comptes/mot-de-passe/oublie/", {"email": stranger.email}) for _ in range(30)
    ]
    assert answers[0].status_code == 302
    assert answers[-1].status_code == 429
    assert "Il y a eu trop d’essais de suite" in answers[-1].text
    assert answers[-1]["Retry-After"] == "60"


def test_wrong_code_by_mail_three_times_ends_the_code(client, stranger, mailoutbox):
    client.post("/comptes/connexion/code/", {"email": stranger.email})
    code = re.search(r"^\S{4,}-?\S*$", mailoutbox[0].body, re.MULTILINE).group()
    for _ in range(3):
        client.post("/comptes/connexion/code/confirmer/", {"code": "AAAA-BBBB"})
    client.post("/comptes/connexion/code/confirmer/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_code_dies_after_ten_minutes(client, stranger, mailoutbox):
    client.post("/comptes/connexion/code/", {"email": stranger.email})
    code = re.search(r"^\S{4,}-?\S*$", mailoutbox[0].body, re.MULTILINE).group()
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=True):
        client.post("/comptes/connexion/code/confirmer/", {"code": code})
        assert "_auth_user_id" not in client.session


def test_wrong_second_factors_are_limited_too(client):
    administrator = UserFactory(is_superuser=True, is_staff=True)
    secret = generate_totp_secret()
    TOTP.activate(administrator, secret)
    sign_in(client, administrator)
    for _ in range(6):
        client.post("/comptes/connexion/preuve/", {"code": "000000"})
    good = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post("/comptes/connexion/preuve/", {"code": good})
    assert "_auth_user_id" not in client.session


def test_somebody_who_just_entered_is_not_asked_again_who_she_is(client, stranger):
    sign_in(client, stranger)
    assert client.get("/comptes/securite/application/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        response = client.get("/comptes/securite/application/")
        assert response["Location"].startswith("/comptes/confirmer/")
