"""One basin from nothing to its files: the labour process, the pay, what each employer files, the truth about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from minassa.nation.accounts import Accounting
from minassa.nation.cnss_files import CnssFiles
from minassa.nation.declaring import Declaring
from minassa.nation.firm_files import write_accounts, write_firm_sheets
from minassa.nation.labour import live
from minassa.nation.pay import MonthPay, Payroll, other_aids
from minassa.nation.plan import Basin, Plan
from minassa.nation.planting import YearPlans, add_ghosts, plan_pay, plan_year
from minassa.nation.register_files import write_registers
from minassa.nation.spells import Entry
from minassa.nation.staff import gather
from minassa.nation.tax_files import write_statement
from minassa.nation.truth import Notes, note_absences, note_hires, note_pay, note_year, write_flows, write_spells
from minassa.nation.yearbook import YearBook
from minassa.vocabulary.periods import month_number, year_of

PARTS = ("irregularities", "decoys", "flows", "spells", "corrections")
"""The files of truth, one part for each basin."""
_DECEMBER = 12


@dataclass(frozen=True)
class Summary:
    """What was made for a basin: people in post at the start, employee-months declared, people, firms."""

    staff: int
    employee_months: int
    people: int
    firms: int


class _Year:
    """What is kept from January to December."""

    def __init__(self, plans: YearPlans, links: int, firms: int) -> None:
        self.plans = plans
        self.cut = np.zeros(links, np.int64)
        self.payroll = np.zeros((firms, 12), np.int64)


class BasinWork:
    """The making of one basin; `run` does it all."""

    def __init__(self, plan: Plan, basin: Basin, declarations: Path, parts: Path) -> None:
        """Let the people live first: everything after is drawn from the spells."""
        self._plan, self._basin, self._folder, self._parts = plan, basin, declarations, parts
        market = live(plan, basin)
        add_ghosts(market, plan.seed, basin.rank)
        self._staff = gather(market, basin)
        raises = plan_pay(market, plan.seed, basin.rank)
        self._raises = raises.straight() if plan.straight else raises
        self._payroll = Payroll(self._staff, self._raises, plan.seed, basin.rank)
        self._aid, self._aid_until = other_aids(self._staff, plan.seed, basin.rank)
        self._declaring = Declaring(self._staff, plan.seed, basin.rank)
        self._cnss = CnssFiles(self._staff, declarations, plan.seed, basin.rank)
        self._book = YearBook(self._staff, self._aid, self._aid_until)
        self._paid = np.zeros((len(market.firms), plan.months), np.int64)
        self._notes, self._decoys = Notes(self._staff), Notes(self._staff)
        self._declared = 0

    def run(self) -> Summary:
        """Write every file of the basin and the parts of its truth."""
        year = self._open_year(0)
        for month in range(self._plan.written):
            calendar = month_number(self._plan.start + month)
            if calendar == 1 and month:
                year = self._open_year(month)
            self._month(month, year)
            last = month == self._plan.written - 1
            self._registers(month, everybody=last or calendar == _DECEMBER)
            if last or calendar == _DECEMBER:
                self._close_year(month, year, filed=calendar == _DECEMBER)
        self._firms()
        self._truth()
        market = self._staff.market
        return Summary(int(market.firms.size.sum()), self._declared, len(market.people), len(market.firms))

    def _open_year(self, month: int) -> _Year:
        calendar = year_of(self._plan.start + month)
        self._book.open_year()
        plans = plan_year(self._staff.market, self._staff.firm, self._plan.seed, self._basin.rank, calendar)
        plans = plans.straight() if self._plan.straight else plans
        return _Year(plans, len(self._staff.person), len(self._staff.market.firms))

    def _month(self, month: int, year: _Year) -> None:
        pay = self._payroll.month(month)
        self._book.add(month, pay, self._payroll.insertion(pay.spells))
        declared = self._declaring.month(pay, year.plans)
        self._cnss.write(month, declared)
        links = self._staff.link_of[pay.spells]
        year.cut[links] += pay.days != declared.days[links]
        self._declared += len(links)
        spent = self._spent(pay)
        self._paid[:, month] = spent
        year.payroll[:, month_number(self._plan.start + month) - 1] = spent

    def _spent(self, pay: MonthPay) -> NDArray[np.int64]:
        """Return the gross pay of each firm in a month, invented staff left out."""
        spent = np.zeros(len(self._staff.market.firms), np.int64)
        real = self._staff.spells["entry"][pay.spells] != Entry.GHOST
        np.add.at(spent, self._staff.spells["firm"][pay.spells[real]], pay.gross[real])
        return spent

    def _registers(self, month: int, *, everybody: bool) -> None:
        """Write the registers due: everybody's in December and at the end, a firm's when it closes."""
        firms = self._staff.market.firms
        here = (firms.opens <= month) & (firms.closes >= month)
        due = np.flatnonzero(here & ((firms.closes == month) | everybody))
        if len(due):
            folder = self._folder / "registres"
            late = write_registers(self._staff, due, month, self._aid, self._aid_until, folder)
            firm, person = (self._staff.spells[name][late].astype(np.int64) for name in ("firm", "person"))
            self._decoys.add("register_late", firm, person, np.full(len(late), month))

    def _close_year(self, month: int, year: _Year, *, filed: bool) -> None:
        calendar, firms = year_of(self._plan.start + month), self._staff.market.firms
        taxed = self._book.taxed() & filed
        note_year(self._staff, year.plans, year.cut, taxed, month, self._notes)
        if not filed:
            return
        for firm in range(len(firms)):
            statement = self._book.statement(firm, calendar, year.plans)
            write_statement(self._staff, firm, calendar, statement, year.payroll[firm], self._folder)
        rounding = np.flatnonzero(firms.rounds & (year.payroll.sum(axis=1) > 0))
        self._decoys.add("rounding", rounding, None, np.full(len(rounding), month))

    def _firms(self) -> None:
        """Write the sheet and the accounts of each firm."""
        plan, firms = self._plan, self._staff.market.firms
        accounting = Accounting(firms, self._paid, plan.start, plan.seed, self._basin.rank)
        books = [(firm, year) for firm in range(len(firms)) for year in accounting.years(firm, plan.written)]
        write_firm_sheets(firms, plan.start, plan.written, self._folder / "fiches")
        write_accounts(firms, books, plan.start, self._folder)

    def _truth(self) -> None:
        moves = note_hires(self._staff, self._notes, self._decoys)
        note_pay(self._staff, self._raises, self._payroll, self._notes, self._decoys)
        note_absences(self._staff, self._payroll, self._decoys)
        self._notes.write(self._parts / "irregularities.csv")
        self._decoys.write(self._parts / "decoys.csv")
        write_flows(self._staff, moves, self._parts / "flows.csv")
        write_spells(self._staff, self._parts / "spells.csv")
        self._corrections()

    def _corrections(self) -> None:
        corrected = Notes(self._staff)
        if self._cnss.corrected:
            firm, month = (np.array(column) for column in zip(*self._cnss.corrected, strict=True))
            corrected.add("corrected_declaration", firm, None, month)
        corrected.write(self._parts / "corrections.csv")


def make_basin(plan: Plan, basin: Basin, declarations: Path, parts: Path) -> Summary:
    """Write the files of a basin under `declarations` and its parts of the truth in `parts`; say what was made."""
    parts.mkdir(parents=True, exist_ok=True)
    return BasinWork(plan, basin, declarations, parts).run()
