"""A firm and employees described by hand: the format of a case, and how one is read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from minassa.engine.documents import read_yaml
from minassa.entitlements.case_values import (
    CONTRACTS,
    EARLIEST,
    LATEST,
    AccountAmount,
    Amount,
    Contract,
    FiliereCode,
    Month,
    Pay,
    SignedAmount,
    Situation,
    Slug,
    Year,
    month,
    told,
)
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import MONTHS_A_YEAR, month_index, month_number, month_of, year_of

MOST_LINES = 300_000
"""Lines of pay that a case may amount to; beyond, files are what serves."""
NO_YEAR = 2026
"""The year a case looks at when nothing in it tells another."""
BY_HAND = "worked by hand"


class InvalidCase(MinassaError):
    """A case file does not follow the format; the message says which key."""

    code = "CASE-INVALID"


class Closed(BaseModel):
    """A model that refuses keys it does not know, and dates of another age."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="after")
    @classmethod
    def in_our_age(cls, value: object) -> object:
        """Refuse a date that is not between the years of a case."""
        if isinstance(value, date) and not EARLIEST <= value.year <= LATEST:
            raise ValueError(f"la date n'est pas entre {EARLIEST} et {LATEST}")
        return value


class AccountsEntry(Closed):
    """Accounts of a fiscal year: dirhams as written, centimes once read."""

    turnover: AccountAmount = 0
    export_turnover: AccountAmount = 0
    taxable_profit: SignedAmount = 0
    corporate_tax: AccountAmount = 0
    value_added: SignedAmount = 0
    training_spend: AccountAmount = 0
    closes: date | None = None


class FirmEntry(Closed):
    """The firm: where it stands, since when, what it exports. A certificate left out is always a fresh one."""

    place: Slug
    filiere: FiliereCode = int(Filiere.ITO)
    started: date = date(2010, 1, 1)
    installed: date | None = None
    listed_activity: bool = True
    regime: Year = 2025
    tax_certificate: date | Literal["none"] | None = None
    social_certificate: date | Literal["none"] | None = None
    headcount: dict[Month, int] = Field(default_factory=dict)
    accounts: dict[Year, AccountsEntry] = Field(default_factory=dict)

    @field_validator("headcount")
    @classmethod
    def nobody_below_zero(cls, value: dict[int, int]) -> dict[int, int]:
        """Refuse a headcount below zero."""
        if any(count < 0 for count in value.values()):
            raise ValueError("un effectif n'est pas négatif")
        return value


class StatementEntry(Closed):
    """What the yearly tax statement says of a person; what is left out follows from pay and law."""

    gross_taxable_income: Amount | None = None
    withheld: Amount | None = None
    dependants: int | None = Field(default=None, ge=0, le=99)
    other_deductions: Amount = 0
    days: int | None = Field(default=None, ge=0, le=366)


class AidEntry(Closed):
    """Another public aid on the same salary, and its last month."""

    code: str = Field(min_length=1)
    until: Month


class EmployeeEntry(Closed):
    """A person in post: dates, contract, pay by month, absences, and what happened before."""

    hired: date
    left: date | None = None
    nationality: str = Field(default="MA", pattern=r"^[A-Z]{2}$")
    contract: Contract = CONTRACTS["CDI"]
    salary: Pay
    statement: dict[Year, StatementEntry | Literal["none"]] = Field(default_factory=dict)
    dependants: int = Field(default=0, ge=0, le=99)
    place: Slug | None = None
    filiere: FiliereCode | None = None
    qualification: int = Field(default=5, ge=0, le=8)
    job_title: str = "Poste"
    in_register: bool = True
    other_aid: AidEntry | None = None
    situations: dict[Month, Situation] = Field(default_factory=dict)
    days: dict[Month, int] = Field(default_factory=dict)
    absent: list[Month] = Field(default_factory=list)
    transferred: bool = False
    rehired: bool = False
    replaces_leaver: bool = False

    @field_validator("days")
    @classmethod
    def days_of_a_month(cls, value: dict[int, int]) -> dict[int, int]:
        """Refuse days that no month has."""
        if any(not 0 <= days <= 31 for days in value.values()):  # noqa: PLR2004 (the days of a month)
            raise ValueError("un mois a de 0 à 31 jours")
        return value

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """Refuse a person who leaves before being hired."""
        if self.left is not None and self.left < self.hired:
            raise ValueError("la sortie (left) précède l'embauche (hired)")
        return self


class CaseEntry(Closed):
    """A whole case: firm, employees, the period looked at, what is known up to when, what is expected."""

    title: str
    source: str = Field(min_length=1)
    working: str = ""
    period: int | str | None = None
    as_of: Month | None = None
    firm: FirmEntry
    employees: dict[str, EmployeeEntry] = Field(default_factory=dict)
    rules: list[str] = Field(default_factory=list)
    expected: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def shown_working(self) -> Self:
        """Refuse a case worked by hand that does not show how."""
        if self.source == BY_HAND and not self.working.strip():
            raise ValueError(f"un cas « {BY_HAND} » doit montrer son calcul (clé working)")
        return self


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
        document = source if isinstance(source, Mapping) else read_yaml(_text(source))
        entry = CaseEntry.model_validate(document)
        return _dated(entry)
    except ValidationError as error:
        message = f"le cas ne suit pas le format : {told(error)}"
        raise InvalidCase(message) from error
    except (yaml.YAMLError, RecursionError) as error:
        message = f"le cas n'est pas un YAML lisible : {' '.join(str(error).split())}"
        raise InvalidCase(message) from error
    except ValueError as error:
        message = f"le cas ne suit pas le format : {error}"
        raise InvalidCase(message) from error


def _text(source: Path | str) -> str:
    if isinstance(source, str):
        return source
    try:
        return source.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"« {source.name} » n'est pas un texte en UTF-8 ; un cas est un fichier YAML"
        raise InvalidCase(message) from error
    except OSError as error:
        why = "n'existe pas" if isinstance(error, FileNotFoundError) else "ne peut pas être lu"
        message = f"« {source} » {why} ; donnez un fichier YAML"
        raise InvalidCase(message) from error


def _dated(entry: CaseEntry) -> Case:
    """The case with its months; ValueError for a period that is none, or more lines than a case may hold."""
    as_of = entry.as_of or _last_told(entry)
    lines = sum(max(as_of - month_of(one.hired) + 1, 0) for one in entry.employees.values())
    lines += sum(count * max(as_of - start + 1, 0) for start, count in entry.firm.headcount.items())
    if lines > MOST_LINES:
        raise ValueError(f"le cas fait {lines} lignes de paie, plus de {MOST_LINES} : déposez plutôt des fichiers")
    first, last = _looked_at(entry.period, as_of)
    return Case(entry, as_of, first, last)


def _last_told(entry: CaseEntry) -> int:
    """The last month that the case speaks of: pay, statements, years of hiring; else the last accounts."""
    paid = [start for one in entry.employees.values() for start in one.salary]
    years = [year for one in entry.employees.values() for year in (*one.statement, one.hired.year)]
    years = years or list(entry.firm.accounts) or [NO_YEAR]
    return max([*paid, *(month_index(year, MONTHS_A_YEAR) for year in years)])


def _looked_at(period: int | str | None, as_of: int) -> tuple[int, int]:
    """First and last month of the period looked at: by default, the last year that is over."""
    if period is None:
        year = year_of(as_of) if month_number(as_of) == MONTHS_A_YEAR else year_of(as_of) - 1
        return month_index(year, 1), month_index(year, MONTHS_A_YEAR)
    first, part, last = str(period).partition("/")
    whole = first.isdecimal() and not part
    try:
        return (month(f"{first}-01"), month(f"{first}-12")) if whole else (month(first), month(last if part else first))
    except ValueError as error:
        message = f"period : {error} ; écrivez 2026, 2026-03 ou 2026-01/2026-06"
        raise ValueError(message) from error
