"""A purge killed half-way erased nothing; the next run finishes it (promise 3-5.13).

A real process, a real SIGKILL, between what was erased and its commit.
"""

import os
import signal
import subprocess
import sys

import pytest

from tests.sample_data import REPOSITORY

OLD = 40
PREPARE = f"""
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from background.models import OutgoingMail
call_command("migrate", "background", verbosity=0)
old = timezone.now() - timedelta(days=31)
OutgoingMail.objects.bulk_create(
    OutgoingMail(kind="essai", to=f"p{{n}}@exemple.org", subject="s", body="b", sent_at=old)
    for n in range({OLD})
)
"""
KILLED = """
import django; django.setup()
import os, signal
from django.utils import timezone
from background.models import OutgoingMail
from background.nightly import erase_old_mails
from core.purges import Purge, _run
def erase_then_die(now):
    assert erase_old_mails(now) and not OutgoingMail.objects.exists()
    os.kill(os.getpid(), signal.SIGKILL)
_run(Purge("Courriels", erase_then_die), timezone.now(), dry_run=False)
"""
AGAIN = """
import django; django.setup()
from django.utils import timezone
from background.models import OutgoingMail
from background.nightly import erase_old_mails
from core.purges import Purge, _run
purge = Purge("Courriels", erase_old_mails)
print(OutgoingMail.objects.count(), _run(purge, timezone.now(), dry_run=False))
print(OutgoingMail.objects.count(), _run(purge, timezone.now(), dry_run=False))
"""


@pytest.fixture
def run(tmp_path):
    """`run(code)`: in a process of its own, on a database of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "consortium.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'purge.sqlite3'}",
        "PYTHONPATH": f"{REPOSITORY / 'site'}:{REPOSITORY}",
    }

    def start(code: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return start


def test_a_purge_killed_half_way_leaves_all_then_finishes(run):
    assert run(PREPARE).returncode == 0
    assert run(KILLED).returncode == -signal.SIGKILL
    assert run(AGAIN).stdout.split("\n")[:2] == [f"{OLD} {OLD}", "0 0"]
