"""The declared rows that a case amounts to, as if its firm had filed them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal

import polars as pl

from minassa.declarations import schemas
from minassa.declarations.schemas import Columns
from minassa.entitlements.cases import Case, EmployeeEntry, StatementEntry
from minassa.entitlements.sources import Sources
from minassa.vocabulary.periods import MONTHS_A_YEAR, first_day, last_day, month_index, month_of, year_of
from minassa.vocabulary.places import place_by_slug

FIRM, RELATED, ANCHOR = 9_900_003, 9_900_011, 9_900_029
"""The firm of the case, one of the same group, and one that exists only so that the data begin before the case."""
COLLEAGUES = 1_000_000
LEFT = 1
UNPAID = {6, 7, 8}
FULL_MONTH = 26
CAP = 600_000
BEFORE = 3
WITHHELD_AS_DUE = -1
"""Stands for the tax withheld where the case leaves it out: what was due, which only the offer can tell."""
Row = dict[str, Any]


def people(case: Case) -> dict[str, int]:
    """The number that stands for each employee of the case."""
    return {name: number for number, name in enumerate(case.entry.employees, start=1)}


def declared(case: Case) -> Sources:
    """Every row that the firm of the case, and those around it, would have declared."""
    numbers = people(case)
    cnss: list[Row] = []
    staff: list[Row] = []
    dgi: list[Row] = []
    for name, employee in case.entry.employees.items():
        cnss.extend(_months(case, employee, numbers[name]))
        staff.extend(_register(case, employee, numbers[name]))
        dgi.extend(_statements(case, employee, numbers[name]))
    cnss.extend(_colleagues(case))
    start = min([row["month"] for row in cnss], default=case.first)
    cnss.append(_line(ANCHOR, COLLEAGUES - 1, start - 1, 0, 0))
    return Sources(
        _frame(cnss, schemas.CNSS),
        _frame(dgi, schemas.DGI),
        _frame(staff, schemas.STAFF),
        _frame(list(_accounts(case)), schemas.ACCOUNTS),
        _frame(list(_sheets(case)), schemas.FIRMS),
    )


def _frame(rows: list[Row], columns: Columns) -> pl.LazyFrame:
    numbered = [{"file_id": 1, "line": number, **row} for number, row in enumerate(rows, start=1)]
    return pl.DataFrame(numbered, schema=dict(columns), strict=False).lazy()


def _line(affiliation: int, person: int, month: int, salary: int, situation: int, days: int = FULL_MONTH) -> Row:
    return {
        "month": month,
        "affiliation": affiliation,
        "person": person,
        "record": 2,
        "days": days,
        "salary_real": salary,
        "salary_capped": min(salary, CAP),
        "situation": situation,
        "children": 0,
    }


def _salary(employee: EmployeeEntry, month: int) -> int:
    """Pay of a month: the amount that holds from the latest month listed on."""
    past = [start for start in employee.salary if start <= month]
    return employee.salary[max(past) if past else min(employee.salary)]


def _months(case: Case, employee: EmployeeEntry, person: int) -> Iterator[Row]:
    hired, left = month_of(employee.hired), None if employee.left is None else month_of(employee.left)
    for month in range(hired, (case.as_of if left is None else min(left, case.as_of)) + 1):
        if month in employee.absent:
            continue
        situation = employee.situations.get(month, LEFT if month == left else 0)
        pay = 0 if situation in UNPAID else _salary(employee, month)
        worked = 0 if situation in UNPAID else employee.days.get(month, FULL_MONTH)
        yield _line(FIRM, person, month, pay, situation, worked)
    yield from _before(employee, person, hired)


def _before(employee: EmployeeEntry, person: int, hired: int) -> Iterator[Row]:
    """What happened before the hiring: a stay in a related firm, in this one, or a leaver in the same post."""
    if employee.transferred:
        yield _line(RELATED, person, hired - 2, 500_000, 0)
        yield _line(RELATED, person, hired - 1, 500_000, 1)
    if employee.rehired:
        yield _line(FIRM, person, hired - BEFORE - 1, 500_000, 0)
        yield _line(FIRM, person, hired - BEFORE, 500_000, 1)
    if employee.replaces_leaver:
        yield _line(FIRM, person + COLLEAGUES * 2, hired - 2, 500_000, 0)
        yield _line(FIRM, person + COLLEAGUES * 2, hired - 1, 500_000, 1)


def _stay(employee: EmployeeEntry, person: int, hired: date, left: date | None, as_of: int) -> Row:
    aid = employee.other_aid
    return {
        "affiliation": FIRM,
        "as_of_month": as_of,
        "person": person,
        "person_by_cin": 0,
        "sex": 0,
        "birth_year": 0,
        "moroccan": employee.nationality == "MA",
        "nationality": employee.nationality,
        "contract": employee.contract,
        "hired_on": hired,
        "left_on": left,
        "establishment": 0,
        "filiere": 0,
        "job_title": f"{employee.job_title} {person % COLLEAGUES}" if employee.replaces_leaver else employee.job_title,
        "qualification": employee.qualification,
        "other_aid": "" if aid is None else aid.code,
        "other_aid_until_month": 0 if aid is None else aid.until,
    }


def _register(case: Case, employee: EmployeeEntry, person: int) -> Iterator[Row]:
    number, filiere = _establishment(case, employee)
    placed = {"establishment": number, "filiere": filiere}
    if employee.in_register:
        yield {**_stay(employee, person, employee.hired, employee.left, case.as_of), **placed}
    if employee.replaces_leaver:
        gone = employee.hired.replace(day=1) - timedelta(days=1)
        started = first_day(month_of(gone) - 1)
        yield {**_stay(employee, person + COLLEAGUES * 2, started, gone, case.as_of), **placed, "other_aid": ""}


def _establishment(case: Case, employee: EmployeeEntry) -> tuple[int, int]:
    """Establishment number (one per place of the case) and filière of a person."""
    places = _places(case)
    slug = employee.place or case.entry.firm.place
    return places.index(slug), case.entry.firm.filiere if employee.filiere is None else employee.filiere


def _places(case: Case) -> list[str]:
    others = [e.place for e in case.entry.employees.values() if e.place]
    return list(dict.fromkeys([case.entry.firm.place, *others]))


def _statements(case: Case, employee: EmployeeEntry, person: int) -> Iterator[Row]:
    pay: dict[int, int] = {}
    for row in _months(case, employee, person):
        if row["affiliation"] == FIRM and row["person"] == person and row["month"] >= month_of(employee.hired):
            year = year_of(row["month"])
            pay[year] = pay.get(year, 0) + row["salary_real"]
    for year, total in sorted(pay.items()):
        entry = employee.statement.get(year, StatementEntry())
        if isinstance(entry, StatementEntry) and month_index(year, MONTHS_A_YEAR) <= case.as_of:
            yield _statement(employee, person, year, total, entry)


def _statement(employee: EmployeeEntry, person: int, year: int, total: int, entry: StatementEntry) -> Row:
    income, withheld, dependants = entry.gross_taxable_income, entry.withheld, entry.dependants
    return {
        "year": year,
        "fiscal_id": 0,
        "affiliation": FIRM,
        "person": person,
        "category": 1,
        "gross_taxable_income_year": total if income is None else income,
        "other_deductions_year": entry.other_deductions,
        "income_tax_withheld_year": WITHHELD_AS_DUE if withheld is None else withheld,
        "dependants": employee.dependants if dependants is None else dependants,
        "days_year": entry.days or 0,
        "social_contributions_year": 0,
    }


def _colleagues(case: Case) -> Iterator[Row]:
    """Nameless colleagues, as many as the headcount of the case says, from each month listed on."""
    steps = sorted(case.entry.firm.headcount.items())
    for index, (month, count) in enumerate(steps):
        end = steps[index + 1][0] - 1 if index + 1 < len(steps) else case.as_of
        for at in range(month, end + 1):
            for number in range(count):
                yield _line(FIRM, COLLEAGUES + number, at, 400_000, 0)


def _accounts(case: Case) -> Iterator[Row]:
    for year, entry in sorted(case.entry.firm.accounts.items()):
        closes = entry.closes or date(year, 12, 31)
        yield {
            "affiliation": FIRM,
            "fiscal_id": 0,
            "fiscal_year": year,
            "opens_on": first_day(month_of(closes) - MONTHS_A_YEAR + 1),
            "closes_on": closes,
            "turnover_year": entry.turnover,
            "export_turnover_year": entry.export_turnover,
            "taxable_profit_year": entry.taxable_profit,
            "corporate_tax_year": entry.corporate_tax,
            "value_added_year": entry.value_added,
            "training_spend_year": entry.training_spend,
        }


def _sheets(case: Case) -> Iterator[Row]:
    firm = case.entry.firm
    for number, slug in enumerate(_places(case)):
        yield {**_sheet(case, FIRM), "establishment": number, "place": place_by_slug(slug).code}
    yield {**_sheet(case, RELATED), "establishment": 0, "place": place_by_slug(firm.place).code}
    yield {**_sheet(case, ANCHOR), "group_head": ANCHOR, "establishment": 0, "place": place_by_slug(firm.place).code}


def _sheet(case: Case, affiliation: int) -> Row:
    firm = case.entry.firm
    return {
        "affiliation": affiliation,
        "ice": "",
        "fiscal_id": 0,
        "rc": "",
        "name": "FICTIF",
        "group_head": FIRM,
        "started_on": firm.started,
        "installed_on": firm.installed or firm.started,
        "activity": "ANNEXE-1" if firm.listed_activity else "HORS",
        "regime": firm.regime,
        "tax_certificate_on": _certificate(firm.tax_certificate, case.as_of),
        "social_certificate_on": _certificate(firm.social_certificate, case.as_of),
        "place_from": None,
        "place_to": None,
    }


def _certificate(given: date | Literal["none"] | None, as_of: int) -> date | None:
    if given == "none":
        return None
    return given if isinstance(given, date) else last_day(as_of)
