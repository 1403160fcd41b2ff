"""The database does not give the second factor away; a changed key says what to do."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection

from accounts.sealed_secrets import UnreadableSecretError, seal, unseal
from tests.factories import UserFactory

PROOF = "/comptes/connexion/preuve/"
TRUST = "/comptes/connexion/appareil/"  # asked once the proof is good
OLD_KEY = "tests-seulement"
NEW_KEY = "une-cle-toute-neuve"


@pytest.fixture
def secret():
    return generate_totp_secret()


@pytest.fixture
def claude(secret):
    user = UserFactory()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return user


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def give_password(client, user) -> None:
    client.post("/comptes/connexion/", {"login": user.email, "password": "mot-de-passe-long-42"})


def enter(client, user, code: str):
    give_password(client, user)
    return client.post(PROOF, {"code": code})


def test_the_row_does_not_contain_the_secret_and_signing_in_works(client, claude, secret):
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        rows = [str(row[0]) for row in cursor.fetchall()]
    assert len(rows) == 2
    assert not any(secret in row for row in rows)
    codes = RecoveryCodes.activate(claude)
    assert codes.instance.data["seed"] != unseal(codes.instance.data["seed"])
    assert enter(client, claude, code_for(secret)).url == TRUST


def test_the_same_secret_is_never_sealed_twice_alike():
    assert seal("secret") != seal("secret")
    assert unseal(seal("secret")) == "secret"


def test_a_changed_key_is_told_at_the_door(client, claude, secret, settings):
    settings.SECRET_KEY = NEW_KEY
    response = enter(client, claude, code_for(secret))
    assert response.status_code == 200
    assert "la clé secrète du site a changé" in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("screen", ["", "telecharger/"])
def test_a_changed_key_is_told_where_recovery_codes_are_shown(client, secret, settings, screen):
    user = UserFactory()
    settings.SECRET_KEY = NEW_KEY
    give_password(client, user)
    settings.SECRET_KEY = OLD_KEY
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    settings.SECRET_KEY = NEW_KEY
    response = client.get(f"/comptes/securite/secours/{screen}", follow=True)
    assert response.redirect_chain == [("/comptes/securite/", 302)]
    assert "la clé secrète du site a changé" in response.content.decode()


def test_the_old_key_kept_aside_still_opens(client, claude, secret, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [OLD_KEY]
    assert enter(client, claude, code_for(secret)).url == TRUST


def test_the_proof_once_removed_is_plugged_again(client, claude, settings):
    settings.SECRET_KEY = NEW_KEY
    Authenticator.objects.filter(user=claude).delete()  # the line of the guide
    fresh = generate_totp_secret()
    TOTP.activate(claude, fresh)
    assert enter(client, claude, code_for(fresh)).url == TRUST


@pytest.mark.parametrize("stored", ["", "JBSWY3DPEHPK3PXP", "gAAAAA", "é"])
def test_what_no_key_of_ours_sealed_is_refused(stored):
    with pytest.raises(UnreadableSecretError):
        unseal(stored)
