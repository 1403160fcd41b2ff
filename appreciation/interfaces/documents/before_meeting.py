"""What is handed out before and at the meeting."""

from __future__ import annotations

from appreciation.interfaces.documents.contract import DocumentType

HALL_DOCUMENTS: tuple[DocumentType, ...] = ()
