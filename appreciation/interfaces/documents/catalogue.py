"""Every document of a démarche, in the order of the page that offers them."""

from __future__ import annotations

from appreciation.interfaces.documents.after_meeting import AFTER_DOCUMENTS
from appreciation.interfaces.documents.before_meeting import HALL_DOCUMENTS
from appreciation.interfaces.documents.contract import DocumentType

DOCUMENT_TYPES: tuple[DocumentType, ...] = (*HALL_DOCUMENTS, *AFTER_DOCUMENTS)
BY_CODE = {each.code: each for each in DOCUMENT_TYPES}
