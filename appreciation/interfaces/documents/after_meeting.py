"""What is made from the report."""

from __future__ import annotations

from appreciation.domain.report import assemble_report
from appreciation.interfaces.documents.contract import (
    CSV,
    PDF,
    SLIDES,
    WORD,
    WORKBOOK,
    DocumentType,
    Making,
    Moment,
)
from appreciation.interfaces.documents.report_pdf import report_pdf
from appreciation.interfaces.documents.report_slides import report_slides
from appreciation.interfaces.documents.report_source import refuse_before_meeting
from appreciation.interfaces.documents.report_word import report_word
from appreciation.interfaces.documents.report_workbook import report_workbook
from appreciation.interfaces.report_document import report_rows
from core.csv_export import csv_lines

REPORT = "Le rapport"
NUMBERS = "Les nombres du rapport"


def _report_csv(making: Making) -> bytes:
    rows = report_rows(assemble_report(making.appraisal))
    return "".join(csv_lines(rows)).encode()


AFTER_DOCUMENTS: tuple[DocumentType, ...] = (
    DocumentType(
        code="rapport-pdf",
        title=REPORT,
        hint="Pour lire, imprimer et afficher (PDF), ou pour continuer à l’écrire (Word).",
        moment=Moment.AFTER,
        extension="pdf",
        content_type=PDF,
        build=report_pdf,
        is_long=True,
        refusal=refuse_before_meeting,
    ),
    DocumentType(
        code="rapport-word",
        title=REPORT,
        hint="",
        moment=Moment.AFTER,
        extension="docx",
        content_type=WORD,
        build=report_word,
        is_long=True,
        refusal=refuse_before_meeting,
    ),
    DocumentType(
        code="restitution-diapositives",
        title="Les diapositives de la restitution",
        hint="Les forces d’abord, une idée par diapositive, ce que vous dites dans les "
        "commentaires. Tout se modifie.",
        moment=Moment.AFTER,
        extension="pptx",
        content_type=SLIDES,
        build=report_slides,
        is_long=True,
        refusal=refuse_before_meeting,
    ),
    DocumentType(
        code="rapport-classeur",
        title=NUMBERS,
        hint="Chaque énoncé, ses réponses, quartiles et mesures de l’accord. Le classeur explique "
        "chaque colonne et dit ses sources.",
        moment=Moment.AFTER,
        extension="xlsx",
        content_type=WORKBOOK,
        build=report_workbook,
        refusal=refuse_before_meeting,
    ),
    DocumentType(
        code="rapport-nombres",
        title=NUMBERS,
        hint="",
        moment=Moment.AFTER,
        extension="csv",
        content_type=CSV,
        build=_report_csv,
    ),
)
