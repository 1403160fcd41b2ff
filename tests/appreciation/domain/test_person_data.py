"""One person, everywhere in the inventory: found, given, erased, erased again after a restore."""

import json

import pytest
from background.outbox import queue_mail
from django.core.management import call_command

from accounts.models import User
from appreciation.domain.help import open_help_request
from appreciation.domain.person_data import (
    erase_again,
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
    MeetingLog,
    Membership,
    PersonErasure,
    TransitionLog,
)
from tests.factories import MeetingFactory, SeatFactory

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


def test_erased_twice_is_harmless(her):
    erase_person(HER)
    erase_person(HER)
    assert PersonErasure.objects.count() == 1


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
