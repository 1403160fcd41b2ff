"""Making the files that people asked for, and what each is made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db.models import F

from appreciation.domain.exports import Tell, is_wanted_by_team, make_exports
from appreciation.domain.public_reports import is_public_report, is_still_public
from appreciation.domain.synthesis.files import is_still_wanted, prepare_public_files
from appreciation.enums import RATING_KINDS
from appreciation.interfaces.appraisal_archive import lost_words, write_archive
from appreciation.interfaces.documents.catalogue import BY_CODE
from appreciation.interfaces.documents.contract import DocumentType, Making
from appreciation.interfaces.documents.public_report import write_public_report
from appreciation.interfaces.documents.synthesis_making import write_synthesis_file
from appreciation.models import Appraisal, ExportJob, Meeting
from appreciation.models.exports import FULL_COPY
from core.errors import DomainError


def run_exports(now: datetime) -> None:
    """The job of the worker."""
    prepare_public_files(now)
    make_exports(now, write_job, _is_wanted)


def _is_wanted(job: ExportJob) -> bool:
    if job.edition_id:
        return is_still_wanted(job)
    return is_still_public(job) if is_public_report(job) else is_wanted_by_team(job)


def write_job(job: ExportJob, file: IO[bytes], tell: Tell) -> str:
    """The whole copy, a document of the catalogue, or what is public; and what it lacks."""
    if job.edition is not None:
        write_synthesis_file(job, file, tell)
        return ""
    if job.appraisal is None:
        raise ValueError(job.pk)  # the database refuses such a row
    if is_public_report(job):
        write_public_report(job, file, tell)
        return ""
    if job.code == FULL_COPY:
        return lost_words(write_archive(job.appraisal, file))
    document = BY_CODE.get(job.code)
    if document is None:  # asked before an update of the site
        raise DomainError("Ce document n’existe plus. Choisissez-en un autre.")
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    file.write(
        build_document(document, Making(job.appraisal, job.meeting, base_url, job.options, tell))
    )
    return ""


def build_document(document: DocumentType, making: Making) -> bytes:
    """The file, or `DomainError` with what is missing."""
    if refusal := document.refusal(making):
        raise DomainError(refusal)
    return document.build(making)


def evenings_of(appraisal: Appraisal) -> list[Meeting]:
    """The evenings that documents may be about, the last planned first."""
    evenings = appraisal.meetings.filter(kind__in=RATING_KINDS)
    return list(
        evenings.select_related("appraisal__place", "instrument__scale").order_by(
            F("starts_at").desc(nulls_last=True), "-pk"
        )
    )


def clean_options(
    document: DocumentType, making: Making, typed: Mapping[str, str]
) -> dict[str, str]:
    """What the person chose, each field by its rule; raises `DomainError` with `fields`."""
    cleaned: dict[str, str] = {}
    refused: dict[str, str] = {}
    for option in document.options:
        try:
            cleaned[option.name] = option.clean(typed.get(option.name, option.default(making)))
        except DomainError as error:
            refused[option.name] = str(error)
    if refused:
        raise DomainError("Corrigez ce qui est indiqué.", fields=refused)
    return cleaned
