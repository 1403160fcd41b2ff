"""Files of an edition: made once, kept while it is out, made anew when less may be shown."""

import datetime as dt
import io

import openpyxl
import pytest
from django.utils import timezone

from appreciation.domain.exports import GONE, erase_old_exports
from appreciation.domain.synthesis.files import (
    PUBLIC,
    REGION,
    ask_for_file,
    files_of,
    kept_files,
    open_file,
    prepare_public_files,
    ready_files,
)
from appreciation.enums import ExportState
from appreciation.interfaces.documents.making import run_exports
from appreciation.models import ExportJob
from cms.models import SiteSettings
from core.errors import DomainError
from tests.factories.people import UserFactory
from tests.factories.starter_site import ensure_site_pages
from tests.factories.syntheses import edition_out, frozen_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(private_files):
    """What the worker makes stays in a folder of the test."""


@pytest.fixture
def coordinator():
    return UserFactory(is_superuser=True)


def asked_workbook(edition, user, scope):
    return ask_for_file(edition=edition, user=user, scope=scope, kind="xlsx")


def names_in(job) -> set[str]:
    with open_file(job) as content:
        book = openpyxl.load_workbook(io.BytesIO(content.read()))
    return {row[0] for row in book["Démarches"].iter_rows(min_row=2, values_only=True)}


def only_workbooks() -> None:
    """The others take seconds: they are read back beside their makers."""
    ExportJob.objects.exclude(code__endswith="-xlsx").update(
        state=ExportState.FAILED, words="laissé de côté"
    )


def test_files_of_everybody_are_made_once_the_edition_is_out_and_then_kept(client):
    ensure_site_pages()
    edition = edition_out()
    prepare_public_files(timezone.now())
    only_workbooks()
    run_exports(timezone.now())

    (job,) = ready_files(edition).values()
    assert edition.export_jobs.count() == 5
    assert "Village-Exemple 6" not in names_in(job)
    taken = client.get("/syntheses/mauricie-2026/?format=xlsx")
    assert taken["Content-Disposition"] == 'attachment; filename="mauricie-2026.xlsx"'
    assert taken.content[:2] == b"PK"

    erase_old_exports(timezone.now() + dt.timedelta(days=3), kept_files())
    assert list(ready_files(edition)) == ["xlsx"]
    edition.withdrawn_at = timezone.now()
    edition.save()
    erase_old_exports(timezone.now() + dt.timedelta(days=3), kept_files())
    assert not edition.export_jobs.exists()


def test_a_raised_k_takes_the_file_away_and_asks_for_another():
    edition = edition_out()
    prepare_public_files(timezone.now())
    only_workbooks()
    run_exports(timezone.now())
    ensure_site_pages()
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults={"disclosure_k": 7})

    assert ready_files(edition) == {}
    prepare_public_files(timezone.now())
    assert edition.export_jobs.filter(state=ExportState.WAITING).count() == 5


def test_the_region_has_its_own_file_with_all_it_may_read(coordinator):
    edition = frozen_edition()
    job = asked_workbook(edition, coordinator, REGION)
    assert asked_workbook(edition, coordinator, REGION) == job
    run_exports(timezone.now())

    made = files_of(edition, scope=REGION)["xlsx"]
    assert made.state == ExportState.READY
    assert "Village-Exemple 6" in names_in(made)
    assert files_of(edition, scope=PUBLIC) == {}
    assert asked_workbook(edition, coordinator, REGION) == made


def test_nobody_else_asks_and_a_right_that_was_lost_makes_nothing(coordinator):
    edition = frozen_edition()
    with pytest.raises(DomainError, match="coordination de la région"):
        asked_workbook(edition, UserFactory(), REGION)
    with pytest.raises(DomainError, match="n’existe pas"):
        ask_for_file(edition=edition, user=coordinator, scope=REGION, kind="exe")

    job = asked_workbook(edition, coordinator, REGION)
    coordinator.is_superuser = False
    coordinator.save()
    run_exports(timezone.now())
    job.refresh_from_db()
    assert (job.state, job.words) == (ExportState.FAILED, GONE)


def test_what_was_asked_for_everybody_is_not_made_once_it_is_withdrawn():
    edition = edition_out()
    prepare_public_files(timezone.now())
    edition.withdrawn_at = timezone.now()
    edition.save()
    run_exports(timezone.now())

    assert set(edition.export_jobs.values_list("state", flat=True)) == {ExportState.FAILED}
