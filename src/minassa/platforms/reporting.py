"""A report from prepared to received: each step one act with its trace, the seal of its canonical content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minassa.journal.public import Entry, append
from minassa.platforms.contradictions import SAID, SERVICE_STATES, Ground, contradictions, fields_of
from minassa.platforms.errors import ReportRefused, SameHand, StaleRow, TamperedReport
from minassa.platforms.models import Reminder, Report, ReportState, SealedReport
from minassa.platforms.parameters import number
from minassa.platforms.sheets import Sheet, sheet_on
from minassa.platforms.states import REPORT_MOVES, ReportEvent
from minassa.platforms.units import unit
from minassa.proof import canonical_bytes
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor
from minassa.vocabulary.periods import MONTHS_A_YEAR, format_month, last_day

FORMAT: Final = "minassa-platform-report-1"
SEALED: Final = "platform.report-sealed"
LARGEST: Final = 1_000_000_000_000
LONGEST: Final = 4_000
DONE: Final = (ReportState.SEALED, ReportState.RECEIVED)


@dataclass(frozen=True, slots=True)
class Span:
    """The months of a report: a quarter or a year, first and last."""

    first_month: int
    last_month: int

    @property
    def yearly(self) -> bool:
        """Whether it is a year."""
        return self.last_month - self.first_month + 1 == MONTHS_A_YEAR

    @property
    def due_on(self) -> date:
        """The last day on which the report is in time."""
        days = number("yearly_report_days" if self.yearly else "quarterly_report_days")
        return last_day(self.last_month) + timedelta(days=days)


def stream_of(report: Report) -> str:
    """The stream of a report in the journal."""
    return f"platform-report:{report.uuid}"


def prepare_report(place: int, span: Span, known: Mapping[str, Any], at: datetime, *, synthetic: bool) -> Report | None:
    """Open the report of a unit with what the platform knows; None when it was opened already."""
    report = Report(
        place=place,
        first_month=span.first_month,
        last_month=span.last_month,
        due_on=span.due_on,
        known=dict(known),
        synthetic=synthetic,
        touched_at=at,
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            Reminder.objects.create(report=report, due_on=span.due_on + timedelta(days=number("reminder_days")))
            append(stream_of(report), "platform.report-prepared", "system:worker", {"run": known.get("run", "")}, at)
    except IntegrityError:
        return None
    return report


def complete(
    actor: Actor, report: Report, told: Mapping[str, Any], at: datetime, *, expected: int | None = None
) -> None:
    """Write what the manager tells, whole or not. ReportRefused for a number that cannot be."""
    with _acting(actor, "platform.complete", report, at, expected) as act:
        act.set(state=REPORT_MOVES.after(ReportState(act.row.state), ReportEvent.COMPLETE))
        act.set(told=_read(act.row, told), findings=[], completed_by=str(actor))
        act.tell("platform.report-completed")


def check(actor: Actor, report: Report, at: datetime, *, expected: int | None = None) -> bool:
    """Confront what was told with what is known; whether nothing stops the report."""
    with _acting(actor, "platform.complete", report, at, expected) as act:
        target = REPORT_MOVES.after(ReportState(act.row.state), ReportEvent.CHECK)
        found = contradictions(act.row.told, ground_of(act.row))
        stopped = any(one.blocking for one in found)
        act.set(findings=[one.told() for one in found], state=act.row.state if stopped else target)
        act.tell("platform.report-checked", contradictions=[one.code for one in found])
    return not stopped


def seal(actor: Actor, report: Report, at: datetime, *, expected: int | None = None) -> SealedReport:
    """Seal a checked report, which files it with the secretariat of the CTO. SameHand for who completed it."""
    with _acting(actor, "platform.seal", report, at, expected) as act:
        target = REPORT_MOVES.after(ReportState(act.row.state), ReportEvent.SEAL)
        if str(actor) == act.row.completed_by:
            raise SameHand(_("Qui a complété le rapport ne le scelle pas : une autre personne doit le faire."))
        rank = act.row.sealed.count() + 1
        content = content_of(act.row, rank)
        digest = _digest(content)
        made = SealedReport(report=act.row, number=rank, content=content, digest=digest, by=str(actor), at=act.at)
        made.save(force_insert=True)
        act.set(state=target)
        act.tell(SEALED, number=rank, digest=digest)
    return made


def receive(actor: Actor, report: Report, at: datetime, *, expected: int | None = None) -> None:
    """The secretariat of the CTO acknowledges a sealed report."""
    with _acting(actor, "platform.receive", report, at, expected) as act:
        act.set(state=REPORT_MOVES.after(ReportState(act.row.state), ReportEvent.RECEIVE), return_reason="")
        act.tell("platform.report-received")


def send_back(actor: Actor, report: Report, reason: str, at: datetime, *, expected: int | None = None) -> None:
    """The secretariat of the CTO sends a sealed report back, saying why; what was sealed stays."""
    with _acting(actor, "platform.receive", report, at, expected) as act:
        target = REPORT_MOVES.after(ReportState(act.row.state), ReportEvent.RETURN)
        if not reason.strip():
            raise ReportRefused(_("Dites ce qui est à corriger."))
        act.set(state=target, return_reason=reason.strip()[:LONGEST])
        act.tell("platform.report-returned")


def ground_of(report: Report) -> Ground:
    """What a report is confronted with."""
    sheet = sheet_of(report)
    return Ground(
        place=report.place,
        area=sheet.rentable_area_m2,
        services=sheet.services,
        firms=report.known["firms"],
        jobs=report.known["jobs"],
        before=_installed_before(report),
        tight=number("tightest_square_metres"),
        wide=number("widest_square_metres"),
    )


def sheet_of(report: Report) -> Sheet:
    """The sheet of the unit on the last day of the report."""
    return sheet_on(unit(report.place), last_day(report.last_month))


def report_holds(sealed: SealedReport) -> bool:
    """Whether a sealed report has the digest that was sealed, here and in the journal."""
    told = Entry.objects.filter(stream=stream_of(sealed.report), kind=SEALED).values_list("body", flat=True)
    known = [one["digest"] for one in told if one["number"] == sealed.number]
    return _digest(sealed.content) == sealed.digest and known == [sealed.digest]


def sealed_content(sealed: SealedReport) -> dict[str, Any]:
    """The content of a sealed report; TamperedReport when it is not what was sealed."""
    if not report_holds(sealed):
        raise TamperedReport(_("Ce rapport ne correspond plus à son empreinte."))
    content: dict[str, Any] = sealed.content
    return content


def content_of(report: Report, rank: int) -> dict[str, Any]:
    """A report as one canonical document."""
    return {
        "format": FORMAT,
        "number": rank,
        "place": report.place,
        "from": format_month(report.first_month),
        "to": format_month(report.last_month),
        "due_on": report.due_on.isoformat(),
        "known": report.known,
        "told": report.told,
        "explained": report.findings,
        "synthetic": report.synthetic,
    }


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def _installed_before(report: Report) -> int | None:
    """Firms installed by the sealed report that ends where this one begins."""
    before = Report.objects.filter(place=report.place, last_month=report.first_month - 1, state__in=DONE)
    told = before.order_by("-first_month").values_list("told", flat=True).first()
    return None if told is None else told.get("firms_installed")


def _read(report: Report, told: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name in fields_of(report.place):
        given = told.get(name)
        if given is not None and not (isinstance(given, int) and 0 <= given <= LARGEST):
            raise ReportRefused(_("Un nombre est négatif, ou trop grand."), field=name)
        kept[name] = given
    states = dict(told.get("services") or {})
    kept["services"] = {code: states[code] for code in sheet_of(report).services if states.get(code) in SERVICE_STATES}
    kept[SAID] = str(told.get(SAID) or "").strip()[:LONGEST]
    return kept


@contextmanager
def _acting(actor: Actor, name: str, report: Report, at: datetime, expected: int | None) -> Iterator[RowAct[Report]]:
    def act_on(row: Report) -> RowAct[Report]:
        return RowAct(row, actor, at, stream_of(row))

    with acting_on_row(report, act_on, actor, name, expected, _stale) as act:
        yield act


def _stale(_row: Report) -> StaleRow:
    return StaleRow(_("Quelqu'un a changé ce rapport entre-temps : relisez, puis recommencez."))
