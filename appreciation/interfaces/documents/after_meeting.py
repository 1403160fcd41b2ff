"""What is made from the report."""

from __future__ import annotations

from appreciation.domain.report import assemble_report
from appreciation.interfaces.documents.bulletin import bulletin_text
from appreciation.interfaces.documents.contract import (
    DocumentType,
    Making,
    Moment,
)
from appreciation.interfaces.documents.report_pdf import report_pdf
from appreciation.interfaces.documents.report_slides import report_slides
from appreciation.interfaces.documents.report_source import refuse_before_meeting, refuse_outside
from appreciation.interfaces.documents.report_word import report_word
from appreciation.interfaces.documents.report_workbook import report_workbook
from appreciation.interfaces.documents.resident_image import resident_image, resident_image_words
from appreciation.interfaces.documents.resident_sheet import sheet_pdf, sheet_word
from appreciation.interfaces.report_document import report_rows
from core.csv_export import csv_lines

REPORT = "Le rapport"
NUMBERS = "Les nombres du rapport"
SHEET = "La feuille pour les gens de la place"
IMAGE = "L’image à partager"


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
        build=report_workbook,
        refusal=refuse_before_meeting,
    ),
    DocumentType(
        code="rapport-nombres",
        title=NUMBERS,
        hint="",
        moment=Moment.AFTER,
        extension="csv",
        build=_report_csv,
    ),
    DocumentType(
        code="feuille-residents-pdf",
        title=SHEET,
        hint="Une page en mots simples, au niveau annoncé: les forces, les défis, la suite, où "
        "lire le rapport.",
        moment=Moment.AFTER,
        extension="pdf",
        build=sheet_pdf,
        is_long=True,
        refusal=refuse_outside,
    ),
    DocumentType(
        code="feuille-residents-word",
        title=SHEET,
        hint="",
        moment=Moment.AFTER,
        extension="docx",
        build=sheet_word,
        refusal=refuse_outside,
    ),
    DocumentType(
        code="image-residents",
        title=IMAGE,
        hint="La même page à partager en ligne. Le texte dit tout ce que l’image montre: collez-le "
        "comme texte de remplacement, sous l’image ou dans le message.",
        moment=Moment.AFTER,
        extension="png",
        build=resident_image,
        is_long=True,
        refusal=refuse_outside,
    ),
    DocumentType(
        code="image-residents-texte",
        title=IMAGE,
        hint="",
        moment=Moment.AFTER,
        extension="txt",
        build=resident_image_words,
        refusal=refuse_outside,
    ),
    DocumentType(
        code="bulletin-municipal",
        title="Le texte pour le bulletin municipal",
        hint="120 mots au plus, avec la source et où lire la suite.",
        moment=Moment.AFTER,
        extension="txt",
        build=bulletin_text,
        refusal=refuse_outside,
    ),
)
