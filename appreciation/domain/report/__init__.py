"""The report: one object, assembled from the data, for the screen, the paper and the register."""

from appreciation.domain.report.assembly import assemble_report
from appreciation.domain.report.nouns import (
    Report,
    ReportAction,
    ReportAgreed,
    ReportExit,
    ReportFinding,
    ReportItem,
    ReportMedium,
    ReportMeeting,
    ReportParagraph,
    ReportQuote,
)
from appreciation.domain.report.snapshot import report_from_snapshot, report_to_snapshot

__all__ = [
    "Report",
    "ReportAction",
    "ReportAgreed",
    "ReportExit",
    "ReportFinding",
    "ReportItem",
    "ReportMedium",
    "ReportMeeting",
    "ReportParagraph",
    "ReportQuote",
    "assemble_report",
    "report_from_snapshot",
    "report_to_snapshot",
]
