"""A site whose former migrations stopped halfway is told what to do, before anything is touched."""

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorder(settings):
    settings.MIGRATION_MODULES = {}  # pytest --no-migrations hides them
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    return recorder


def asked() -> list[str]:
    return [each.msg for each in run_checks(tags=[Tags.database], databases=["default"])]


def test_one_application_lacks_its_last_former_migration(recorder):
    recorder.record_applied("home", "0001_initial")  # there already, unless --no-migrations
    recorder.record_unapplied("home", "0008_home_heading")
    assert (
        "Les anciennes migrations de « home » sont restées à mi-chemin dans cette base." in asked()
    )
    with pytest.raises(SystemCheckError, match="Remettez la version du logiciel d’avant"):
        call_command("migrate", verbosity=0, skip_checks=False)


def test_all_or_none_is_well(recorder):
    recorder.migration_qs.filter(app="home").delete()
    assert asked() == []
