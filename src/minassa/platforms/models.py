"""Every table of the package, as Django finds them."""

from __future__ import annotations

from minassa.platforms.conformity_models import Assessment, Evidence, Finding, FindingState, Result, Severity, Visit
from minassa.platforms.report_models import Reminder, Report, ReportState, SealedReport
from minassa.platforms.sheet_models import SheetLine, SpecialisationTarget

__all__ = [
    "Assessment",
    "Evidence",
    "Finding",
    "FindingState",
    "Reminder",
    "Report",
    "ReportState",
    "Result",
    "SealedReport",
    "Severity",
    "SheetLine",
    "SpecialisationTarget",
    "Visit",
]
