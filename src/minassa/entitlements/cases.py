"""A firm and employees described by hand: read, checked, and turned into declared rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import parse_month

CONTRACTS = {"CDI": 1, "CDD": 2, "INSERTION": 3, "DETACHEMENT": 4, "AUTRE": 9}
Dirhams = str | int | float


class InvalidCase(MinassaError):
    """A case file does not follow the format; the message says which key."""

    code = "CASE-INVALID"


class Closed(BaseModel):
    """A model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AccountsEntry(Closed):
    """Accounts of a fiscal year, in dirhams."""

    turnover: Dirhams = 0
    export_turnover: Dirhams = 0
    taxable_profit: Dirhams = 0
    corporate_tax: Dirhams = 0
    value_added: Dirhams = 0
    training_spend: Dirhams = 0
    closes: date | None = None


class FirmEntry(Closed):
    """The firm: where it stands, since when, what it exports."""

    place: str
    filiere: str = "ITO"
    started: date = date(2010, 1, 1)
    installed: date | None = None
    listed_activity: bool = True
    regime: int = 2025
    tax_certificate: date | str | None = None
    social_certificate: date | str | None = None
    headcount: dict[str, int] = Field(default_factory=dict)
    accounts: dict[int, AccountsEntry] = Field(default_factory=dict)


class StatementEntry(Closed):
    """What the yearly tax statement says of a person, in dirhams; what is left out follows from pay and law."""

    gross_taxable_income: Dirhams | None = None
    withheld: Dirhams | None = None
    dependants: int | None = None
    other_deductions: Dirhams = 0
    days: int | None = None


class AidEntry(Closed):
    """Another public aid on the same salary, and its last month."""

    code: str
    until: str


class EmployeeEntry(Closed):
    """A person in post: dates, contract, pay by month, absences, and what happened before."""

    hired: date
    left: date | None = None
    nationality: str = "MA"
    contract: str = "CDI"
    salary: Dirhams | dict[str, Dirhams]
    statement: dict[int, StatementEntry | str] = Field(default_factory=dict)
    dependants: int = 0
    place: str | None = None
    filiere: str | None = None
    qualification: int = 5
    job_title: str = "Poste"
    in_register: bool = True
    other_aid: AidEntry | None = None
    situations: dict[str, str] = Field(default_factory=dict)
    days: dict[str, int] = Field(default_factory=dict)
    absent: list[str] = Field(default_factory=list)
    transferred: bool = False
    rehired: bool = False
    replaces_leaver: bool = False

    @field_validator("contract")
    @classmethod
    def known_contract(cls, value: str) -> str:
        """Refuse a contract that is not one of the register's."""
        if value not in CONTRACTS:
            message = f"contrat inconnu {value!r} ; attendu : {', '.join(CONTRACTS)}"
            raise ValueError(message)
        return value


class CaseEntry(Closed):
    """A whole case: firm, employees, the period looked at, what is known up to when, what is expected."""

    title: str
    source: str = Field(min_length=1)
    working: str = ""
    period: int | str | None = None
    as_of: str | None = None
    firm: FirmEntry
    employees: dict[str, EmployeeEntry] = Field(default_factory=dict)
    rules: list[str] = Field(default_factory=list)
    expected: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A checked case, with the last month known and the months looked at as indices."""

    entry: CaseEntry
    as_of: int
    first: int
    last: int


def read_case(source: Path | str | Mapping[str, Any]) -> Case:
    """Read a case from a file, its text, or a mapping; InvalidCase says which key is wrong."""
    try:
        document = source if isinstance(source, Mapping) else yaml.safe_load(_text(source))
        entry = CaseEntry.model_validate(document)
    except yaml.YAMLError as error:
        message = f"le cas n'est pas un YAML lisible : {error}"
        raise InvalidCase(message) from error
    except ValidationError as error:
        details = "; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in error.errors())
        message = f"le cas ne suit pas le format : {details}"
        raise InvalidCase(message) from error
    if entry.source == "worked by hand" and not entry.working.strip():
        message = "un cas « worked by hand » doit montrer son calcul (clé working)"
        raise InvalidCase(message)
    return _dated(entry)


def _text(source: Path | str) -> str:
    return source.read_text(encoding="utf-8") if isinstance(source, Path) else source


def _dated(entry: CaseEntry) -> Case:
    as_of = parse_month(entry.as_of) if entry.as_of else max([_last_paid(e) for e in entry.employees.values()] or [0])
    if not as_of:
        years = entry.firm.accounts
        as_of = max(years) * 12 + 11 if years else 2026 * 12 + 11
    first, last = _looked_at(entry.period, as_of)
    return Case(entry, as_of, first, last)


def _last_paid(employee: EmployeeEntry) -> int:
    """Last month for which the case gives something: the exit, else the end of the last year it speaks of."""
    months = [parse_month(m) for m in employee.salary] if isinstance(employee.salary, dict) else []
    years = [year * 12 + 11 for year in employee.statement]
    hired = employee.hired.year * 12 + 11
    return max([*months, *years, hired])


def _looked_at(period: int | str | None, as_of: int) -> tuple[int, int]:
    if isinstance(period, str) and "/" in period:
        first, last = period.split("/")
        return parse_month(first), parse_month(last)
    if period is None:
        year = as_of // 12 if as_of % 12 == 11 else as_of // 12 - 1
        return year * 12, year * 12 + 11
    if not str(period).isdigit():
        month = parse_month(str(period))
        return month, month
    year = int(period)
    return year * 12, year * 12 + 11
