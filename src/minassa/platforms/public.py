"""The door of P2I: what pages, commands and packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.platforms.conformity import Found, Given, Standing, assess, standings, visit
from minassa.platforms.contradictions import SAID, SERVICE_STATES, fields_of
from minassa.platforms.errors import (
    EvidenceRefused,
    ImpossibleStep,
    PlatformError,
    ReportRefused,
    SameHand,
    SheetRefused,
    StaleRow,
    TamperedReport,
    TargetRefused,
)
from minassa.platforms.evidence import read_evidence
from minassa.platforms.parameters import number, platform_parameters
from minassa.platforms.policies import sees_unit
from minassa.platforms.remedying import (
    answer_remedy,
    decide_finding,
    escalate,
    finding_of,
    findings_to_decide,
    propose_remedy,
    remedy_done,
    stream_of_finding,
    verify_remedy,
)
from minassa.platforms.reminding import late_reports, remind_next
from minassa.platforms.reporting import (
    Span,
    check,
    complete,
    prepare_report,
    receive,
    report_holds,
    seal,
    sealed_content,
    send_back,
    sheet_of,
    stream_of,
)
from minassa.platforms.services_offered import Entry, Point, checklist, shared_services
from minassa.platforms.sheets import Line, Sheet, Wording, sheet_on, write_line
from minassa.platforms.targets import FARTHEST, Aim, Measure, propose_target, set_target, targets_of
from minassa.platforms.units import NATIONAL, Unit, body_of, unit, unit_by_slug, units

__all__ = [
    "FARTHEST",
    "NATIONAL",
    "SAID",
    "SERVICE_STATES",
    "Aim",
    "Entry",
    "EvidenceRefused",
    "Found",
    "Given",
    "ImpossibleStep",
    "Line",
    "Measure",
    "PlatformError",
    "Point",
    "ReportRefused",
    "SameHand",
    "Sheet",
    "SheetRefused",
    "Span",
    "StaleRow",
    "Standing",
    "TamperedReport",
    "TargetRefused",
    "Unit",
    "Wording",
    "answer_remedy",
    "assess",
    "body_of",
    "check",
    "checklist",
    "complete",
    "decide_finding",
    "escalate",
    "fields_of",
    "finding_of",
    "findings_to_decide",
    "late_reports",
    "number",
    "platform_parameters",
    "prepare_report",
    "propose_remedy",
    "propose_target",
    "read_evidence",
    "receive",
    "remedy_done",
    "remind_next",
    "report_holds",
    "seal",
    "sealed_content",
    "sees_unit",
    "send_back",
    "set_target",
    "shared_services",
    "sheet_of",
    "sheet_on",
    "standings",
    "stream_of",
    "stream_of_finding",
    "targets_of",
    "unit",
    "unit_by_slug",
    "units",
    "verify_remedy",
    "visit",
    "write_line",
]
