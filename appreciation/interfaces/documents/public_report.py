"""The report that everybody reads, as a PDF: what was published, nothing of what lies behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import IO

from django.conf import settings

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.exports import Tell
from appreciation.domain.public_reports import edition_of
from appreciation.interfaces.documents.report_pdf import pdf_of
from appreciation.interfaces.documents.report_source import ReportFile, identity
from appreciation.interfaces.entry_page import report_of
from appreciation.models import ExportJob, Publication
from core.errors import DomainError


def write_public_report(job: ExportJob, file: IO[bytes], tell: Tell) -> None:
    """The whole file; `DomainError` where there is no report to draw."""
    tell(10, "Le rapport publié se relit")
    source = public_file_of(Publication.objects.get(pk=edition_of(job.code)))
    tell(40, "Les pages se dessinent")
    file.write(pdf_of(source))


def public_file_of(edition: Publication) -> ReportFile:
    """Without the reference of the démarche, nor whom to call: the page says neither."""
    report = report_of(edition, discretion_rules())
    if report is None:
        raise DomainError("Cette entrée a déjà son rapport: c’est le PDF qui vient avec elle.")
    address = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/demarches/{edition.slug}/"
    return ReportFile(
        report, replace(identity(), adviser=""), address=address, number=edition.number
    )
