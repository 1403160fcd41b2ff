"""The report: one object, assembled from the data, for the screen, the paper and the register."""

from appreciation.domain.report.assembly import assemble_report, comparison_for_team
from appreciation.domain.report.nouns import (
    ComparedItem,
    Comparison,
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
    Side,
)
from appreciation.domain.report.snapshot import report_from_snapshot, report_to_snapshot

__all__ = [
    "ComparedItem",
    "Comparison",
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
    "Side",
    "assemble_report",
    "comparison_for_team",
    "report_from_snapshot",
    "report_to_snapshot",
]
