"""One person, everywhere in the inventory: found, given, erased, erased again after a restore."""

import json
import logging

import pytest
from django.core.management import call_command

from accounts.models import User
from appreciation.domain.help import open_help_request
from appreciation.domain.person_data import (
    can_be_chosen,
    erase_again,
    erase_named,
    erase_person,
    erased_imprints,
    export_person,
    find_person,
    remember_erased,
)
from appreciation.models import (
    Draft,
    Finding,
    HelpMessage,
    Invitee,
    MeetingLog,
    Membership,
    PersonErasure,
    TransitionLog,
)
from background.outbox import queue_mail
from core.errors import DomainError
from tests.factories import MeetingFactory, SeatFactory, UserFactory
from tests.factories.directory import DirectoryEntryFactory
from tests.factories.invitees import InviteeFactory

HER = "luce@exemple.org"


@pytest.fixture
def her(appraisal):
    """Luce Canari: an account, words, a contact, mails; her name in others' words."""
    user = User.objects.create(username="luce", email=HER, first_name="Luce", last_name="Canari")
    Membership.objects.create(appraisal=appraisal, user=user, role="co_facilitator")
    appraisal.contact_name, appraisal.contact_email = "Luce C.", HER
    appraisal.contact_phone, appraisal.requested_by = "819 555-0101", "Comité de Luce Canari"
    appraisal.save()
    meeting = MeetingFactory(appraisal=appraisal)
    MeetingLog.objects.create(meeting=meeting, action="Ouverte", by_label="Luce Canari", user=user)
    Finding.objects.create(appraisal=appraisal, text="Luce Canari connaît tout le monde.")
    Draft.objects.create(
        owner=user, address="/espace/", fields={"t": "à elle"}, saved_at="2026-11-01T00:00Z"
    )
    open_help_request(asker=user, appraisal=appraisal, text="Qui inviter?")
    queue_mail(kind="essai", to=HER, subject="Bonjour", body="Luce")
    return user


def labels() -> set[str]:
    return {found.holding.label.split(".")[1] for found in find_person(HER)}


def test_she_is_found_everywhere_whatever_the_capitals(her):
    assert {
        "User",
        "Membership",
        "Appraisal",
        "MeetingLog",
        "Finding",
        "Draft",
        "HelpRequest",
        "HelpMessage",
        "OutgoingMail",
    } <= labels()
    assert len(find_person("LUCE@exemple.org")) == len(find_person(HER))


def test_what_is_given_is_portable_and_holds_no_secret(her):
    rows = json.loads(export_person(HER))
    assert any(row["contenu"].get("contact_email") == HER for row in rows)
    assert not any("password" in row["contenu"] for row in rows)


def test_she_is_erased_everywhere_and_counts_stay(her, appraisal):
    SeatFactory(meeting=appraisal.meetings.get())
    erase_person(HER)
    assert find_person(HER) == []
    appraisal.refresh_from_db()
    assert (appraisal.contact_name, appraisal.contact_email, appraisal.contact_phone) == ("",) * 3
    assert appraisal.requested_by == "Comité de personne effacée"
    assert Finding.objects.get().text == "personne effacée connaît tout le monde."
    assert MeetingLog.objects.get().by_label == "personne effacée"
    assert HelpMessage.objects.get().author is None
    assert not Draft.objects.exists()
    assert appraisal.meetings.get().seats.count() == 1
    dump = json.dumps([list(model.objects.values()) for model in (TransitionLog,)], default=str)
    assert "Canari" not in dump
    line = PersonErasure.objects.get()
    assert line.rows >= 8
    assert "luce" not in line.imprint


def test_what_is_given_is_the_whole_of_her_rows(her, appraisal):
    InviteeFactory(appraisal=appraisal, name="Luce C.", email=HER, phone="819 555-0102")
    DirectoryEntryFactory(user=her, organisation="Comité", phone="819 555-0103")
    given = {row["quoi"]: row["contenu"] for row in json.loads(export_person(HER))}
    assert given["personnes invitées"]["phone"] == "819 555-0102"
    assert given["fiches du répertoire"]["phone"] == "819 555-0103"
    assert "lessons" not in given["démarches"]


def test_accents_and_capitals_hide_nobody(appraisal):
    user = User.objects.create(
        username="e", email="elise@exemple.org", first_name="Élise", last_name="Bédard"
    )
    Finding.objects.create(appraisal=appraisal, text="ÉLISE BÉDARD nous l’a dit")
    Draft.objects.create(
        owner=UserFactory(), address="/", fields={"t": "Élise Bédard"}, saved_at="2026-11-01T00:00Z"
    )
    for who in (user.email, " élise  bédard "):
        found = {one.holding.label for one in find_person(who)}
        assert {"accounts.User", "appreciation.Finding", "appreciation.Draft"} <= found, who


@pytest.mark.parametrize("who", ["Luce", "L C", "   ", "abcdefgh"])
def test_a_first_name_alone_finds_nobody(who):
    with pytest.raises(DomainError, match="un prénom et un nom"):
        find_person(who)


class TestByName:
    NAME = "Jeanne Fictive"

    @pytest.fixture
    def rows(self, appraisal):
        """Two who bear the same name, and a text that holds it."""
        Finding.objects.create(appraisal=appraisal, text="Jeanne Fictive l’a dit.")
        return [
            InviteeFactory(appraisal=appraisal, name=name, email="", phone="819 555-0104")
            for name in ("Jeanne Fictive", "jeanne fictive", "Jeanne Fictive-Autre")
        ]

    def test_only_the_chosen_rows_are_erased(self, rows, lead):
        found = find_person(self.NAME)
        assert {str(one.pk) for one in found if can_be_chosen(one)} == {
            str(rows[0].pk),
            str(rows[1].pk),
        }
        chosen = [one.key for one in found if one.pk == rows[0].pk]
        others = [one.key for one in found if not can_be_chosen(one)]
        assert erase_named(self.NAME, chosen=chosen + others, by=lead) == 1
        assert {one.pk for one in Invitee.objects.all()} == {rows[1].pk, rows[2].pk}
        assert Finding.objects.get().text == "Jeanne Fictive l’a dit."
        assert (PersonErasure.objects.get().rows, PersonErasure.objects.get().done_by) == (1, lead)

    def test_brought_back_by_a_restore_that_row_alone_is_erased_again(self, rows, lead):
        chosen = [one.key for one in find_person(self.NAME) if one.pk == rows[0].pk]
        erase_named(self.NAME, chosen=chosen, by=lead)
        rows[0].save(force_insert=True)
        assert erase_again() == 1
        assert not Invitee.objects.filter(pk=rows[0].pk).exists()
        assert Invitee.objects.filter(pk=rows[1].pk).exists()

    def test_a_name_is_never_erased_everywhere_at_once(self, rows):
        with pytest.raises(DomainError, match="par son courriel"):
            erase_person(self.NAME)
        with pytest.raises(DomainError, match="par le nom"):
            erase_named("jeanne@exemple.org", chosen=[])


def test_the_line_says_who_erased_and_the_log_says_nobody(her, lead, caplog):
    caplog.set_level(logging.INFO)
    erase_person(HER, by=lead)
    assert PersonErasure.objects.get().done_by == lead
    assert "Personne effacée: " in caplog.text
    assert "luce" not in caplog.text.lower()


def test_nobody_erases_herself_nor_the_coordination_an_administrator(her, lead):
    with pytest.raises(DomainError, match="Demandez à quelqu’un d’autre"):
        erase_person(HER, by=her)
    User.objects.filter(pk=her.pk).update(is_superuser=True)
    with pytest.raises(DomainError, match="Seule l’administration"):
        erase_person(HER, by=lead)
    assert User.objects.filter(pk=her.pk).exists()
    erase_person(HER, by=UserFactory(is_superuser=True))
    assert not User.objects.filter(pk=her.pk).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_database_looks_for_her(appraisal, rows, django_assert_num_queries):
    for _ in range(rows):
        InviteeFactory(appraisal=appraisal, email="")
    with django_assert_num_queries(81):
        assert find_person(HER) == []


def test_erased_twice_is_harmless(her):
    erase_person(HER)
    erase_person(HER)
    assert PersonErasure.objects.count() == 1


def test_a_namesake_with_an_address_of_her_own_keeps_her_name(her, appraisal):
    namesake = InviteeFactory(appraisal=appraisal, name="Luce Canari", email="autre@exemple.org")
    unknown = InviteeFactory(appraisal=appraisal, name="Luce Canari", email="")
    assert f"appreciation.Invitee:{namesake.pk}" not in {one.key for one in find_person(HER)}
    erase_person(f" {HER} ")
    namesake.refresh_from_db()
    unknown.refresh_from_db()
    assert (namesake.name, namesake.email) == ("Luce Canari", "autre@exemple.org")
    assert unknown.name == "personne effacée"
    assert not User.objects.filter(pk=her.pk).exists()


def test_others_keep_what_is_theirs(her, lead, appraisal):
    erase_person(HER)
    assert User.objects.filter(pk=lead.pk).exists()
    assert appraisal.memberships.filter(user=lead).exists()


def test_brought_back_by_a_restore_she_is_erased_again(her):
    erase_person(HER)
    kept = erased_imprints()
    PersonErasure.objects.all().delete()
    User.objects.create(username="luce", email="Luce@exemple.org", first_name="Luce")
    assert erase_again() == 0
    remember_erased(kept)
    assert erase_again() == 1
    assert not User.objects.filter(email__iexact=HER).exists()


def test_the_command_finds_gives_and_erases(her, tmp_path, capsys):
    call_command("personal_data", "--find", HER)
    assert "Trouvées:" in capsys.readouterr().out
    call_command("personal_data", "--find", HER, "--export", str(tmp_path / "luce.json"))
    assert HER in (tmp_path / "luce.json").read_text()
    call_command("personal_data", "--find", HER, "--erase")
    assert "Effacée:" in capsys.readouterr().out
    assert find_person(HER) == []
