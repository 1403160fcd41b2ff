"""How long names and addresses are kept, and what is left of them afterwards."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from appreciation.domain.contacts import (
    contacts_purge_date,
    erase_due_contacts,
    mail_key,
    next_contacts_to_erase,
    token_digest,
)
from appreciation.enums import InviteeAnswer, MeetingState, Phase
from appreciation.models import ClosedInvitation, Invitee, InviteeCount, PhaseRecord, Restitution
from background.models import OutgoingMail
from background.outbox import queue_mail
from core import purges
from tests.factories import AppraisalFactory, MeetingFactory, SectorFactory
from tests.factories.answers import finish
from tests.factories.invitees import InviteeFactory


def local(year, month, day, hour=12):
    day_of = dt.date(year, month, day)
    return timezone.make_aware(dt.datetime.combine(day_of, dt.time(hour)))


@pytest.fixture
def appraisal():
    return AppraisalFactory(expected_on=dt.date(2026, 10, 22))


@pytest.mark.parametrize(
    ("expected_on", "day"),
    [
        (dt.date(2026, 10, 22), dt.date(2027, 4, 22)),
        (dt.date(2026, 8, 31), dt.date(2027, 2, 28)),
        (dt.date(2027, 8, 31), dt.date(2028, 2, 29)),
        (dt.date(2026, 12, 15), dt.date(2027, 6, 15)),
    ],
)
def test_without_a_meeting_contacts_serve_six_months_after_the_expected_date(expected_on, day):
    assert contacts_purge_date(AppraisalFactory(expected_on=expected_on)) == day


def test_without_any_date_six_months_after_it_was_opened():
    appraisal = AppraisalFactory(expected_on=None)
    type(appraisal).objects.filter(pk=appraisal.pk).update(created_at=local(2026, 1, 10, 23))
    appraisal.refresh_from_db()
    assert contacts_purge_date(appraisal) == dt.date(2026, 7, 10)


def test_a_planned_meeting_moves_the_day(appraisal):
    MeetingFactory(appraisal=appraisal, starts_at=local(2026, 11, 5, 19))
    assert contacts_purge_date(appraisal) == dt.date(2027, 5, 5)


def test_after_the_entry_thirty_days_are_left(appraisal):
    meeting = finish(MeetingFactory(appraisal=appraisal, starts_at=local(2026, 10, 22, 19)))
    meeting.entry_done_at = local(2026, 10, 24, 22)
    meeting.save()
    assert contacts_purge_date(appraisal) == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("restitution", dt.date(2026, 12, 12)),
        ("choice", dt.date(2026, 11, 23)),
        ("follow_up", dt.date(2026, 11, 23)),
    ],
)
def test_a_public_evening_keeps_them_thirty_days_more_another_one_does_not(appraisal, kind, day):
    done = finish(MeetingFactory(appraisal=appraisal))
    done.entry_done_at = local(2026, 10, 24)
    done.save()
    MeetingFactory(appraisal=appraisal, kind=kind, starts_at=local(2026, 11, 12, 19))
    assert contacts_purge_date(appraisal) == day


def test_the_report_s_window_keeps_them_until_it_closes(appraisal):
    meeting = finish(MeetingFactory(appraisal=appraisal))
    meeting.entry_done_at = local(2026, 10, 24)
    meeting.save()
    Restitution.objects.create(
        appraisal=appraisal, opened_at=local(2026, 11, 20), closes_at=local(2026, 12, 20)
    )
    assert contacts_purge_date(appraisal) == dt.date(2026, 12, 20)


def test_the_clock_of_retention_knows_the_next_list(appraisal):
    assert next_contacts_to_erase() is None
    InviteeFactory(appraisal=appraisal)
    InviteeFactory(appraisal=AppraisalFactory(expected_on=dt.date(2027, 1, 1)))
    assert next_contacts_to_erase() == local(2027, 4, 22, 0)


def test_people_go_and_counts_by_sector_and_answer_stay(appraisal):
    health, school = SectorFactory(name="Santé"), SectorFactory(name="École")
    yes = {"answer": InviteeAnswer.YES, "answered_at": timezone.now()}
    InviteeFactory(appraisal=appraisal, sector=health, companions=2, **yes)
    InviteeFactory(appraisal=appraisal, sector=health, **yes)
    silent = InviteeFactory(appraisal=appraisal, sector=school)
    PhaseRecord.objects.create(appraisal=appraisal, phase=Phase.CONVENING, text="Luce Roy, maire")
    PhaseRecord.objects.create(appraisal=appraisal, phase=Phase.PORTRAIT, text="Un quai")
    other = InviteeFactory(appraisal=AppraisalFactory(expected_on=dt.date(2027, 1, 1)))
    for person in (silent, other):
        queue_mail(
            kind="reminder",
            to=person.email,
            subject="Rappel",
            body="Texte",
            key=mail_key(person.appraisal, "date", person.pk, "2026-10-22"),
        )

    assert erase_due_contacts(local(2027, 4, 21, 23)) == 0
    assert Invitee.objects.count() == 4
    assert erase_due_contacts(local(2027, 4, 22, 0)) == 4

    assert list(Invitee.objects.all()) == [other]
    assert list(
        InviteeCount.objects.values_list("sector__name", "answer", "invited", "companions")
    ) == [("Santé", "yes", 2, 2), ("École", "invited", 1, 0)]
    assert ClosedInvitation.objects.get(token_digest=token_digest(silent.token))
    assert ClosedInvitation.objects.count() == 3
    assert [mail.to for mail in OutgoingMail.objects.all()] == [other.email]
    assert dict(PhaseRecord.objects.values_list("phase", "text")) == {
        Phase.CONVENING: "",
        Phase.PORTRAIT: "Un quai",
    }
    assert erase_due_contacts(local(2027, 5, 1)) == 0


def test_a_second_list_adds_to_the_counts_of_the_first(appraisal):
    sector = SectorFactory()
    for _ in range(2):
        InviteeFactory(appraisal=appraisal, sector=sector)
        erase_due_contacts(local(2027, 4, 22))
    assert InviteeCount.objects.get().invited == 2


def test_the_purge_of_the_night_erases_them(appraisal, time_machine, capsys):
    InviteeFactory(appraisal=appraisal)
    time_machine.move_to(local(2027, 4, 22, 3), tick=False)
    call_command("purge_personal_data")
    assert "Contacts des personnes invitées: 1" in capsys.readouterr().out
    assert not Invitee.objects.exists()


def test_an_interrupted_purge_erases_nothing_and_is_done_again(appraisal, monkeypatch):
    """All of it or none: counts are not kept twice, nobody is half erased."""
    first = InviteeFactory(appraisal=appraisal)
    second = InviteeFactory(appraisal=AppraisalFactory(expected_on=dt.date(2026, 10, 22)))
    calls = []

    def stop_at_the_second(token):
        calls.append(token)
        if len(calls) == 2:
            raise OSError

    monkeypatch.setattr("appreciation.domain.contacts.close_link", stop_at_the_second)
    outcomes = {outcome.label: outcome.erased for outcome in purges.run_purges(local(2027, 4, 23))}
    assert outcomes["Contacts des personnes invitées"] is None
    assert set(Invitee.objects.all()) == {first, second}
    assert not InviteeCount.objects.exists()
    monkeypatch.undo()
    assert erase_due_contacts(local(2027, 4, 23)) == 2
    assert sorted(InviteeCount.objects.values_list("invited", flat=True)) == [1, 1]


def test_a_meeting_held_and_never_entered_keeps_them_six_months(appraisal):
    meeting = MeetingFactory(appraisal=appraisal, starts_at=local(2026, 10, 22, 19), open=True)
    assert meeting.state == MeetingState.OPEN
    assert contacts_purge_date(appraisal) == dt.date(2027, 4, 22)
