from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Invitation


def invitation(number, **dates):
    now = timezone.now()
    values = {"expires_at": now + timedelta(days=7)} | dates
    return Invitation.objects.create(
        email=f"noe{number}@exemple.org", token_hash=str(number), **values
    )


def test_finished_invitations_go_after_thirty_days(capsys):
    past, recent = timezone.now() - timedelta(days=31), timezone.now() - timedelta(days=29)
    for number, dates in enumerate(
        [{"expires_at": past}, {"used_at": past}, {"revoked_at": past}], start=1
    ):
        invitation(number, **dates)
    kept = [invitation(4), invitation(5, used_at=recent), invitation(6, expires_at=recent)]
    call_command("purge_personal_data")
    assert set(Invitation.objects.all()) == set(kept)
    assert "Invitations finies: 3" in capsys.readouterr().out


def test_second_run_has_nothing_to_erase(capsys):
    call_command("purge_personal_data")
    assert "Invitations finies: rien à effacer" in capsys.readouterr().out


def test_sessions_past_their_end_go_with_their_device(client, stranger):
    sign_in = {"login": stranger.email, "password": "mot-de-passe-long-42"}
    client.post("/comptes/connexion/", sign_in)
    client.get("/comptes/")
    assert UserSession.objects.count() == 1
    call_command("purge_personal_data")
    assert Session.objects.count() == UserSession.objects.count() == 1
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    call_command("purge_personal_data")
    assert Session.objects.count() == UserSession.objects.count() == 0
