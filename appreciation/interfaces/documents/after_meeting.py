"""What is made from the report."""

from __future__ import annotations

from appreciation.interfaces.documents.contract import DocumentType

AFTER_DOCUMENTS: tuple[DocumentType, ...] = ()
