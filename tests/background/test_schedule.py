"""Jobs: each night once, again after a failure, never twice at the same time."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from background import schedule
from background.models import JobRun

NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)  # 12 h in Trois-Rivières
HOUR = timedelta(hours=1)


@pytest.fixture
def ran(monkeypatch):
    """The moments at which the only job ran; `ran.fails` makes it fail."""

    class Ran(list):
        fails = False

        def __call__(self, now):
            if self.fails:
                raise ValueError
            self.append(now)

    job = Ran()
    monkeypatch.setattr(schedule, "_jobs", {})
    return job


def test_a_nightly_job_runs_once_a_night(ran):
    schedule.register_nightly("nuit", ran)
    assert schedule.run_due_jobs(NOON) == ["nuit"]
    assert schedule.run_due_jobs(NOON + 10 * HOUR) == []
    before_night, after_night = NOON + timedelta(hours=15, minutes=14), NOON + 16 * HOUR
    assert schedule.run_due_jobs(before_night) == []
    assert schedule.run_due_jobs(after_night) == ["nuit"]
    assert ran == [NOON, after_night]


@pytest.mark.parametrize(
    "day", [datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 3, 14, tzinfo=UTC)]
)
def test_the_night_that_time_changes_counts_for_one(ran, day):
    schedule.register_nightly("nuit", ran)
    for hour in range(48):
        schedule.run_due_jobs(day - 12 * HOUR + hour * HOUR)
    assert len(ran) == 3  # the first look, then the two nights


def test_a_job_of_every_hour(ran):
    schedule.register_every("heure", ran, every=HOUR)
    schedule.run_due_jobs(NOON)
    assert schedule.run_due_jobs(NOON + timedelta(minutes=59)) == []
    assert schedule.run_due_jobs(NOON + timedelta(minutes=61)) == ["heure"]


def test_a_failure_is_tried_again_half_an_hour_later(ran):
    schedule.register_nightly("nuit", ran)
    ran.fails = True
    assert schedule.run_due_jobs(NOON) == []
    ran.fails = False
    assert schedule.run_due_jobs(NOON + timedelta(minutes=29)) == []
    assert schedule.run_due_jobs(NOON + timedelta(minutes=31)) == ["nuit"]
    assert JobRun.objects.get().failed_at is None


def test_another_worker_does_not_run_it_too(ran):
    schedule.register_nightly("nuit", ran)
    JobRun.objects.create(name="nuit", claimed_until=NOON + HOUR)
    assert schedule.run_due_jobs(NOON) == []
    assert schedule.run_due_jobs(NOON + 2 * HOUR) == ["nuit"]


def test_the_worker_purges_by_itself():
    output = StringIO()
    call_command("run_worker", "--once", stdout=output)
    assert "Fait: purge_personal_data." in output.getvalue()
