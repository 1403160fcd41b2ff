"""What a nightly purge erases of a meeting, and all that it keeps."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from appreciation.domain.counts import count_differences
from appreciation.enums import ExitLevel, ExitQuestion, Medium, MeetingState
from appreciation.models import (
    Comment,
    EveningPass,
    ExitAnswer,
    JoinAttempt,
    MeetingLog,
    Rating,
    RatingCorrection,
    RatingCount,
    Seat,
)
from core import purges
from tests.factories import MeetingFactory
from tests.factories.answers import answer, finish, items_of, seats_of, spread


@pytest.fixture(autouse=True)
def _private(private_files):
    """Files that other tests left are not counted here."""


@pytest.fixture
def meeting():
    """Three phones and two sheets, closed thirty-one days ago; one of each thing that ties."""
    meeting = MeetingFactory()
    seats = seats_of(meeting, 3) + seats_of(meeting, 2, medium=Medium.PAPER)
    for number, seat in enumerate(seats[3:], start=1):
        seat.sheet_number = number
        seat.save()
    item = items_of(meeting.appraisal)[0]
    answer(meeting, item, spread(1, 0, 2, 1, does_not_know=1), seats=seats)
    Comment.objects.create(meeting=meeting, item=item, text="Le quai nous réunit", key="cle")
    RatingCorrection.objects.create(seat=seats[3], item=item, old_answer=1, new_answer=3)
    ExitAnswer.objects.create(
        seat=seats[0], question=ExitQuestion.values[0], answer=ExitLevel.values[0]
    )
    EveningPass.objects.create(meeting=meeting, label="Gisèle", expires_at=timezone.now())
    MeetingLog.objects.create(meeting=meeting, action="Feuille 1 saisie", by_label="Gisèle")
    finish(meeting)
    meeting.closed_at = timezone.now() - timedelta(days=31)
    meeting.state = MeetingState.CLOSED
    meeting.save()
    return meeting


def answers() -> Counter:
    return Counter(Rating.objects.values_list("seat__medium", "answer"))


def counts() -> list[tuple]:
    return sorted(RatingCount.objects.values_list("item", "round", "answer", "medium", "count"))


def test_a_meeting_is_unlinked_after_thirty_days_and_its_answers_stay(meeting, capsys):
    before = answers(), counts()
    old_seats = set(Seat.objects.values_list("pk", flat=True))
    call_command("purge_personal_data")
    assert "Rencontres déliées de leurs appareils: 1\n" in capsys.readouterr().out
    assert (answers(), counts()) == before
    assert count_differences(meeting) == {}
    assert not old_seats & set(Seat.objects.values_list("pk", flat=True))
    assert set(Seat.objects.values_list("token", "sheet_number", "sector")) == {(None, None, None)}
    assert sorted(Seat.objects.values_list("shuffled_number", flat=True)) == [1, 2, 3, 4, 5]
    assert list(Comment.objects.values_list("text", "key")) == [("Le quai nous réunit", None)]
    assert ExitAnswer.objects.count() == 1
    assert not RatingCorrection.objects.exists()


def test_first_names_of_the_evening_go_with_it(meeting):
    call_command("purge_personal_data")
    assert not EveningPass.objects.exists()
    written = " ".join(f"{log.by_label} {log.detail}" for log in MeetingLog.objects.all())
    assert "Gisèle" not in written
    assert "secrétaire d’un soir" in written


def test_entry_ends_with_the_unlinking_and_once(meeting):
    call_command("purge_personal_data")
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.ENTRY_DONE
    first = meeting.unlinked_at
    seats = set(Seat.objects.values_list("pk", flat=True))
    call_command("purge_personal_data")
    meeting.refresh_from_db()
    assert meeting.unlinked_at == first
    assert set(Seat.objects.values_list("pk", flat=True)) == seats


def test_a_meeting_of_yesterday_keeps_its_tokens(meeting):
    meeting.closed_at = timezone.now() - timedelta(days=29)
    meeting.save()
    call_command("purge_personal_data")
    assert Seat.objects.filter(token__isnull=False).count() == 5
    assert EveningPass.objects.count() == 1


def test_dry_run_says_the_same_and_erases_nothing(meeting, capsys):
    JoinAttempt.objects.create(address_key="a")
    JoinAttempt.objects.update(at=timezone.now() - timedelta(days=2))
    before = sorted(Seat.objects.values_list("pk", "token", "sheet_number"))
    call_command("purge_personal_data", "--dry-run")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Essai: rien n’est effacé. Serait effacé aujourd’hui:"
    assert sorted(Seat.objects.values_list("pk", "token", "sheet_number")) == before
    assert JoinAttempt.objects.count() == EveningPass.objects.count() == 1
    call_command("purge_personal_data")
    assert capsys.readouterr().out.splitlines() == said[1:]
    assert [line for line in said[1:] if not line.endswith(": rien à effacer")] == [
        "Codes de rencontre refusés: 1",
        "Rencontres déliées de leurs appareils: 1",
    ]
    assert "Sessions finies: rien à effacer" in said


def test_passes_of_an_evening_that_never_closed_go_too():
    meeting = MeetingFactory(open=True)
    now = timezone.now()
    EveningPass.objects.create(meeting=meeting, label="A", expires_at=now - timedelta(days=31))
    kept = EveningPass.objects.create(
        meeting=meeting, label="B", expires_at=now - timedelta(days=29)
    )
    call_command("purge_personal_data")
    assert list(EveningPass.objects.all()) == [kept]


def test_wrong_codes_of_today_still_count_against_guessing():
    JoinAttempt.objects.create(address_key="a")
    call_command("purge_personal_data")
    assert JoinAttempt.objects.count() == 1


def test_one_purge_that_fails_neither_stops_the_others_nor_passes_for_done(
    meeting, monkeypatch, capsys
):
    def fail(now):
        Seat.objects.all().delete()
        raise ValueError

    broken = purges.Purge("Ancien fichier", fail)
    monkeypatch.setitem(purges._register, "Ancien fichier", broken)
    with pytest.raises(CommandError, match="À refaire: Ancien fichier"):
        call_command("purge_personal_data")
    said = capsys.readouterr().out
    assert "Ancien fichier: échec, rien n’est effacé" in said
    assert "Rencontres déliées de leurs appareils: 1" in said
    assert Seat.objects.count() == 5
