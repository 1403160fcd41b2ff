"""Invitations: once, for seven days, never more than the sender has."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.domain.invitations import (
    accept_invitation,
    hash_token,
    invite,
    revoke_invitation,
)
from accounts.models import Invitation, RoleAssignment, User
from background.models import OutgoingMail
from background.outbox import send_due_mails
from core.errors import DomainError
from core.typography import fr_date, fr_time
from tests.factories import UserFactory
from tests.factories.people import RoleAssignmentFactory
from tests.factories.places import PlaceFactory

PASSWORD = "une-longue-phrase-55"
LIST = "/comptes/invitations/"


@pytest.fixture
def territory():
    return PlaceFactory(kind="territory", name="Territoire-Exemple")


@pytest.fixture
def coordinator(territory):
    user = UserFactory(username="coordination", first_name="Odile", last_name="Coordo")
    RoleAssignmentFactory(user=user, place=territory)
    return user


@pytest.fixture
def tokens():
    return []


@pytest.fixture
def send(tokens):
    return lambda invitation, token: tokens.append(token)


def accept(token, **changes):
    data = {"first_name": "Noé", "last_name": "Neuf", "password": PASSWORD}
    return accept_invitation(token=token, **data | changes)


def test_link_opens_an_account_once(coordinator, send, tokens):
    invite(invited_by=coordinator, email=" Noe@Exemple.org ", send=send)
    user = accept(tokens[0])
    assert (user.email, str(user)) == ("noe@exemple.org", "Noé Neuf")
    assert not user.role_assignments.exists()
    with pytest.raises(DomainError, match="n’est plus valable"):
        accept(tokens[0])
    assert User.objects.filter(email="noe@exemple.org").count() == 1


def test_only_the_imprint_is_kept(coordinator, send, tokens):
    invitation = invite(invited_by=coordinator, email="noe@exemple.org", send=send)
    assert invitation.token_hash == hash_token(tokens[0])
    assert tokens[0] not in str(Invitation.objects.values().get())


def test_link_dies_after_seven_days(coordinator, send, tokens):
    invite(invited_by=coordinator, email="noe@exemple.org", send=send)
    with (
        time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)),
        pytest.raises(DomainError),
    ):
        accept(tokens[0])


def test_revoked_link_is_dead(coordinator, send, tokens):
    invitation = invite(invited_by=coordinator, email="noe@exemple.org", send=send)
    revoke_invitation(invitation=invitation)
    with pytest.raises(DomainError):
        accept(tokens[0])


def test_second_invitation_replaces_the_first(coordinator, send, tokens):
    invite(invited_by=coordinator, email="noe@exemple.org", send=send)
    invite(invited_by=coordinator, email="noe@exemple.org", send=send)
    with pytest.raises(DomainError):
        accept(tokens[0])
    assert accept(tokens[1]).email == "noe@exemple.org"


def test_role_is_given_inside_ones_own_places(coordinator, territory, send, tokens):
    village = PlaceFactory(kind="local_community", parent=territory)
    invite(invited_by=coordinator, email="noe@exemple.org", role="editor", place=village, send=send)
    assignment = accept(tokens[0]).role_assignments.get()
    assert (assignment.role, assignment.place) == ("editor", village)
    assert sorted(group.name for group in assignment.user.groups.all()) == [
        "Comité d’un territoire",
        f"Comité: {village.name} ({village.pk})",
    ]


def test_role_elsewhere_is_refused(coordinator, send, tokens):
    elsewhere = PlaceFactory(kind="territory")
    with pytest.raises(DomainError, match="ne coordonnez pas"):
        invite(
            invited_by=coordinator,
            email="noe@exemple.org",
            role="coordinator",
            place=elsewhere,
            send=send,
        )
    assert tokens == []


def test_role_without_a_place_is_refused(coordinator, send):
    with pytest.raises(DomainError, match="territoire"):
        invite(invited_by=coordinator, email="noe@exemple.org", role="editor", send=send)


def test_role_lost_meanwhile_by_the_sender_is_not_given(coordinator, territory, send, tokens):
    invite(
        invited_by=coordinator, email="noe@exemple.org", role="editor", place=territory, send=send
    )
    RoleAssignment.objects.filter(user=coordinator).delete()
    with pytest.raises(DomainError):
        accept(tokens[0])
    assert not User.objects.filter(email="noe@exemple.org").exists()


def test_who_has_an_account_is_not_invited(coordinator, stranger, send):
    with pytest.raises(DomainError, match="déjà un compte"):
        invite(invited_by=coordinator, email=stranger.email.upper(), send=send)


def test_facilitator_cannot_invite(stranger, send):
    with pytest.raises(DomainError, match="coordination"):
        invite(invited_by=stranger, email="noe@exemple.org", send=send)


def test_weak_password_opens_nothing(coordinator, send, tokens):
    invite(invited_by=coordinator, email="noe@exemple.org", send=send)
    with pytest.raises(DomainError):
        accept(tokens[0], password="court")
    assert Invitation.objects.get().used_at is None
    assert accept(tokens[0])


class TestScreens:
    def test_coordinator_invites_and_the_guest_enters(self, client, coordinator, mailoutbox):
        client.force_login(coordinator)
        response = client.post(LIST, {"email": "noe@exemple.org", "role": "", "place": ""})
        assert response["Location"] == LIST
        send_due_mails(timezone.now())
        message = mailoutbox[0]
        assert message.to == ["noe@exemple.org"]
        assert message.subject == "Votre invitation à ouvrir un compte"
        link = re.search(r"http://127.0.0.1:8000(/\S+)", message.body).group(1)
        ends = Invitation.objects.get().expires_at
        assert f"jusqu’au {fr_date(ends)}, {fr_time(ends)}." in message.body
        page = client.get(LIST).content.decode()
        assert "noe@exemple.org" in page
        client.logout()
        assert "Odile Coordo vous invite" in client.get(link).content.decode()
        data = {"first_name": "Noé", "last_name": "Neuf", "password": PASSWORD}
        response = client.post(link, data)
        assert response["Location"] == "/espace/"
        assert client.session["_auth_user_id"] == str(User.objects.get(email="noe@exemple.org").pk)
        assert client.get(link).status_code == 410

    def test_looking_at_the_link_consumes_nothing(self, client, coordinator, mailoutbox):
        client.force_login(coordinator)
        client.post(LIST, {"email": "noe@exemple.org"})
        send_due_mails(timezone.now())
        link = re.search(r"http://127.0.0.1:8000(/\S+)", mailoutbox[0].body).group(1)
        client.logout()
        for _ in range(3):
            assert client.get(link).status_code == 200
            assert client.head(link).status_code == 200
        assert Invitation.objects.get().used_at is None

    def test_nothing_typed_is_lost_with_a_weak_password(self, client, coordinator, send, tokens):
        invite(invited_by=coordinator, email="noe@exemple.org", send=send)
        link = f"/comptes/invitations/accepter/{tokens[0]}/"
        data = {"first_name": "Noé", "last_name": "Neuf", "password": "court"}
        page = client.post(link, data).content.decode()
        assert 'value="Noé"' in page
        assert "attention" in page

    def test_mail_server_away_does_not_keep_from_inviting(self, client, coordinator, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        client.force_login(coordinator)
        page = client.post(LIST, {"email": "noe@exemple.org"}, follow=True).content.decode()
        assert "L’invitation est partie" in page
        assert send_due_mails(timezone.now()).waiting == 1
        assert OutgoingMail.objects.get().to == "noe@exemple.org"

    def test_a_cancelled_invitation_does_not_leave_any_more(self, client, coordinator):
        client.force_login(coordinator)
        client.post(LIST, {"email": "noe@exemple.org"})
        revoke_invitation(invitation=Invitation.objects.get())
        assert not OutgoingMail.objects.exists()

    def test_invited_again_she_gets_one_mail_whose_link_works(self, client, coordinator):
        """The first had not left yet: a link that is dead already is never sent."""
        client.force_login(coordinator)
        for _ in range(2):
            client.post(LIST, {"email": "noe@exemple.org"})
        mail = OutgoingMail.objects.get()
        assert mail.key == f"invitation/{Invitation.objects.get(revoked_at=None).pk}/"

    @pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
    def test_stranger_finds_nothing(self, client, stranger, method):
        client.force_login(stranger)
        assert getattr(client, method)(LIST).status_code in (404, 405)

    def test_anonymous_is_sent_to_sign_in(self, client):
        assert client.get(LIST)["Location"] == f"/comptes/connexion/?next={LIST}"

    def test_neighbour_neither_sees_nor_revokes(self, client, coordinator, send):
        invitation = invite(invited_by=coordinator, email="noe@exemple.org", send=send)
        neighbour = UserFactory()
        RoleAssignmentFactory(user=neighbour, place=PlaceFactory(kind="territory"))
        client.force_login(neighbour)
        assert "noe@exemple.org" not in client.get(LIST).content.decode()
        url = f"{LIST}{invitation.pk}/annuler/"
        assert client.post(url).status_code == 404
        assert client.get(url).status_code == 405
        invitation.refresh_from_db()
        assert invitation.revoked_at is None

    def test_neighbour_place_is_not_offered(self, client, coordinator):
        elsewhere = PlaceFactory(kind="territory", name="Ailleurs")
        client.force_login(coordinator)
        page = client.post(
            LIST, {"email": "noe@exemple.org", "role": "editor", "place": elsewhere.pk}
        ).content.decode()
        assert "Ailleurs" not in page
        assert not Invitation.objects.exists()

    def test_coordinator_revokes(self, client, coordinator, send):
        invitation = invite(invited_by=coordinator, email="noe@exemple.org", send=send)
        client.force_login(coordinator)
        client.post(f"{LIST}{invitation.pk}/annuler/")
        invitation.refresh_from_db()
        assert invitation.revoked_at is not None
        assert not invitation.is_usable

    @pytest.mark.parametrize("rows", [1, 3])
    def test_list_costs_the_same_whatever_its_length(
        self, client, coordinator, send, rows, django_assert_num_queries
    ):
        for number in range(rows):
            invite(invited_by=coordinator, email=f"noe{number}@exemple.org", send=send)
        client.force_login(coordinator)
        with django_assert_num_queries(11):
            page = client.get(LIST).content.decode()
        assert f"noe{rows - 1}@exemple.org" in page
