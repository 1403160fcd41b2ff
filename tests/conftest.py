"""What every test can lean on. People: a lead, a neighbour (another démarche), a stranger."""

import gc
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from tests.factories import AppraisalFactory, MembershipFactory, UserFactory
from tests.migrated import copies_of, one_at_a_time

ONCE = (
    # Documents' bytes and the readers and writers below them: what they are made of is read by
    # domain functions, whose own tests meet both engines.
    "appreciation/interfaces/documents/",
    "core/captions/",
    "core/charts/",
    "core/test_calendar_file.py",
    "core/test_citation.py",
    "core/test_csv_export.py",
    "core/test_json_table.py",
    "core/test_pdf.py",
    "core/test_plain_text.py",
    "core/test_print_job.py",
    "core/test_rich_text.py",
    "core/test_slides.py",
    "core/test_svg_",
    "core/test_tabular",
    "core/test_word.py",
    "core/test_word_template.py",
    "core/test_workbook.py",
    # Sums and sentences: numbers and words in, numbers and words out.
    "appreciation/domain/test_statistics",
    "appreciation/domain/test_wording.py",
    "core/test_dates.py",
    "core/test_disclosure.py",
    "core/test_outside_links.py",
    "core/test_search_words.py",
    "core/test_typography.py",
    # What the demonstration tells; the walk through its screens loads it on both engines.
    "consortium/test_load_demo.py",
    # What is written in the repository.
    "test_guides.py",
    "test_house_rules.py",
)
"""Files, or folders, of tests that know neither the engine nor Wagtail: see the mark `once`."""


gc.set_threshold(50_000, 20, 100)
"""Python looks for lost cycles every 700 objects: one part in twenty of the suite's processor."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that ask for more time go first: none is left alone on one worker at the end."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).as_posix().startswith(ONCE):
            item.add_marker(pytest.mark.once)
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was gathered stays to the end: nobody looks in it again for what could go."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """pytest-django's own, but for the copy that spares a worker the migrations."""
    with django_db_blocker.unblock():
        with one_at_a_time():
            copies = copies_of(connection)
            if found := copies.exists():
                copies.take()
            made = setup_databases(verbosity=0, interactive=False, keepdb=found)
            if not found:
                copies.keep()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: copies.put_back())
            yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _database(db):
    """Nearly every test meets the database."""
    for cache in caches.all():
        cache.clear()


@pytest.fixture(scope="module")
def kept_for_the_module(django_db_setup, django_db_blocker):
    """What a fixture of a module writes on top of this one stays for all its tests, then goes.

    Each test is still undone to that point. Not for a live server, whose tests empty the tables.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def lead():
    return UserFactory(username="lead", first_name="Élise", last_name="Meneuse")


@pytest.fixture
def neighbour():
    """A facilitator of another démarche: she must see nothing of ours."""
    membership = MembershipFactory(user__username="neighbour")
    return membership.user


@pytest.fixture
def stranger():
    return UserFactory(username="stranger")


@pytest.fixture
def appraisal(lead):
    appraisal = AppraisalFactory()
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return appraisal


@pytest.fixture
def private_files(settings, tmp_path):
    """Private documents of this test in a folder of its own."""
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": "core.storages.PrivateFolder", "OPTIONS": {"location": tmp_path}}
    }


@pytest.fixture
def full_disk(monkeypatch):
    """No file can be stored any more, as Django's folder says it (ENOSPC)."""

    def full(self, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
