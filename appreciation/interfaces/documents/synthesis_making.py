"""Writing a file of a frozen synthesis, as the worker does."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from django.conf import settings

from appreciation.domain.exports import Tell
from appreciation.domain.synthesis.files import PUBLIC, told_by_code
from appreciation.domain.synthesis.out import read_edition
from appreciation.interfaces.documents.report_source import identity
from appreciation.interfaces.documents.synthesis_pdf import sheet_pdf, synthesis_pdf
from appreciation.interfaces.documents.synthesis_slides import synthesis_slides
from appreciation.interfaces.documents.synthesis_source import SynthesisFile
from appreciation.interfaces.documents.synthesis_word import synthesis_word
from appreciation.interfaces.documents.synthesis_workbook import synthesis_workbook
from appreciation.models import ExportJob, SynthesisEdition, SynthesisPage
from core.errors import DomainError

MAKERS: dict[str, Callable[[SynthesisFile, Tell], bytes]] = {
    "pdf": synthesis_pdf,
    "docx": synthesis_word,
    "pptx": synthesis_slides,
    "xlsx": synthesis_workbook,
    "feuille": sheet_pdf,
}


def write_synthesis_file(job: ExportJob, file: IO[bytes], tell: Tell) -> None:
    """The whole file; `DomainError` for one that no longer exists."""
    scope, kind = told_by_code(job.code)
    maker = MAKERS.get(kind)
    if maker is None or job.edition is None:  # asked before an update of the site
        raise DomainError("Ce fichier n’existe plus. Choisissez-en un autre.")
    tell(10, "La synthèse se relit")
    read = read_edition(job.edition, scope=scope)
    address = _address(job.edition) if scope == PUBLIC else ""
    file.write(maker(SynthesisFile(read, identity(), address), tell))


def _address(edition: SynthesisEdition) -> str:
    page = SynthesisPage.objects.filter(synthesis=edition.synthesis_id, live=True).first()
    if page is None:
        return ""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/syntheses/{page.slug}/"
