"""A small firm told twice: as a case written by hand, and as the files that its employer would deposit.

Everybody in it is invented: see the ranges of `minassa.nation.invented_numbers`.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from minassa.declarations.ebds import Declaration, Family, Insured, write_many
from minassa.declarations.ebds import Employer as CnssEmployer
from minassa.declarations.simpl_ir import Employer, Statement
from minassa.declarations.simpl_ir import write as write_statement
from minassa.declarations.tabular import write_firm_sheet, write_staff_register, write_yearly_accounts
from minassa.declarations.tabular.staff_form import CONTRACTS, OTHER_AIDS
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.identifiers import affiliation_with_key, ice_with_key, immatriculation_with_key
from minassa.vocabulary.periods import first_day, format_month, last_day, month_index, month_of
from minassa.vocabulary.places import place_by_slug

FIRM, RELATED, ANCHOR = (affiliation_with_key(number) for number in (990_000, 990_001, 990_002))
"""The firm, one of the same group, and one that exists only so that the data begin before the others."""
JULY_2025 = month_index(2025, 7)
AS_OF = month_index(2027, 12)
CAP = 600_000
LEFT = 1
UNPAID = {"CS": 6, "MS": 7, "MP": 8}
PLACES = ("casanearshore", "technopolis", "hors-p2i-oriental")
FILIERES = ("ITO", "CRM", "BPO", "ESO", "KPO", "AUCUNE")


@dataclass(frozen=True)
class Someone:
    """A person in post; amounts in centimes, months as indices."""

    rank: int
    hired: dt.date
    left: dt.date | None = None
    salary: int = 800_000
    raised: tuple[int, int] | None = None
    nationality: str = "MA"
    contract: str = "CDI"
    place: str = PLACES[0]
    filiere: str = "ITO"
    qualification: int = 5
    job_title: str = "Poste"
    in_register: bool = True
    other_aid: tuple[str, int] | None = None
    unpaid: dict[int, str] = field(default_factory=dict)
    stated: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """By year: income stated, tax withheld, dependants; a year that is missing has no statement."""
    came_from_related: bool = False
    had_been_here: bool = False

    @property
    def name(self) -> str:
        """What the case calls the person."""
        return f"personne-{self.rank}"

    @property
    def number(self) -> int:
        """An invented CNSS number."""
        return immatriculation_with_key(19_900_000 + self.rank)

    def pay(self, month: int) -> int:
        """Pay of a month in post."""
        return self.raised[1] if self.raised and month >= self.raised[0] else self.salary

    def last_month(self) -> int:
        """The last month declared."""
        return AS_OF if self.left is None else min(month_of(self.left), AS_OF)

    def months(self) -> Iterator[tuple[int, int, int, int]]:
        """Month, days, pay, rank of the situation, for each month in post."""
        for month in range(month_of(self.hired), self.last_month() + 1):
            if month in self.unpaid:
                yield month, 0, 0, UNPAID[self.unpaid[month]]
            else:
                gone = self.left is not None and month == month_of(self.left)
                yield month, 26, self.pay(month), LEFT if gone else 0


def invented(seed: int, count: int) -> list[Someone]:
    """Some people whom chance makes: hired since July 2025, a few before."""
    rng = random.Random(seed)
    return [_someone(rng, rank) for rank in range(1, count + 1)]


def _someone(rng: random.Random, rank: int) -> Someone:
    start = JULY_2025 + rng.randint(-9, 22)
    hired = first_day(start) + dt.timedelta(days=rng.randint(0, 27))
    end = start + rng.randint(1, 30)
    left = last_day(end) if end < AS_OF and rng.random() < 0.4 else None
    salary = rng.randint(400_000, 4_500_000)
    aid_end = start + rng.randint(0, 20)
    made = Someone(
        rank,
        hired,
        left,
        salary,
        raised=(start + rng.randint(1, 12), salary + rng.randint(0, 900_000)) if rng.random() < 0.5 else None,
        nationality=rng.choice(["MA", "MA", "MA", "FR"]),
        contract=rng.choice(["CDI", "CDI", "CDI", "CDD"]),
        place=rng.choice(PLACES),
        filiere=rng.choice(FILIERES),
        qualification=rng.randint(1, 8),
        job_title=f"Poste {rank}",
        in_register=rng.random() < 0.9,
        other_aid=(rng.choice(list(OTHER_AIDS)), aid_end) if rng.random() < 0.2 else None,
        unpaid={start + 3: rng.choice(list(UNPAID))} if rng.random() < 0.2 else {},
        came_from_related=start > JULY_2025 and rng.random() < 0.1,
        had_been_here=start > JULY_2025 and rng.random() < 0.1,
    )
    return Someone(**{**made.__dict__, "stated": _stated(rng, made)})


def _stated(rng: random.Random, one: Someone) -> dict[int, tuple[int, int, int]]:
    paid: dict[int, int] = {}
    for month, _, pay, _ in one.months():
        paid[month // 12] = paid.get(month // 12, 0) + pay
    income = {year: total + rng.choice([0, 0, rng.randint(0, 500_000)]) for year, total in paid.items()}
    return {
        year: (total, rng.randint(0, total // 3), rng.randint(0, 6))
        for year, total in income.items()
        if rng.random() < 0.85
    }


# -- told as a case ---------------------------------------------------------------------------------------------------


def dirhams(cents: int) -> str:
    """Centimes as a case writes them."""
    return f"{cents // 100}.{cents % 100:02d}"


def as_case(people: Sequence[Someone]) -> dict[str, Any]:
    """The case of the firm and these people."""
    return {
        "title": "Entreprise FICTIVE",
        "source": "EXEMPLE",
        "period": 2026,
        "as_of": format_month(AS_OF),
        "firm": {
            "place": PLACES[0],
            "started": dt.date(2015, 1, 1),
            "accounts": {year: _accounts_told(year) for year in (2025, 2026, 2027)},
        },
        "employees": {one.name: _told(one) for one in people},
    }


def _accounts_told(year: int) -> dict[str, str]:
    turnover, exported, profit, tax = accounts(year)
    return {
        "turnover": dirhams(turnover),
        "export_turnover": dirhams(exported),
        "taxable_profit": dirhams(profit),
        "corporate_tax": dirhams(tax),
    }


def _told(one: Someone) -> dict[str, Any]:
    years = range(one.hired.year, one.last_month() // 12 + 1)
    entry: dict[str, Any] = {
        "hired": one.hired,
        "left": one.left,
        "nationality": one.nationality,
        "contract": one.contract,
        "salary": {format_month(month_of(one.hired)): dirhams(one.salary)},
        "statement": {year: _statement_told(one, year) for year in years},
        "place": one.place,
        "filiere": one.filiere,
        "qualification": one.qualification,
        "job_title": one.job_title,
        "in_register": one.in_register,
        "situations": {format_month(month): code for month, code in one.unpaid.items()},
        "transferred": one.came_from_related,
        "rehired": one.had_been_here,
    }
    if one.raised:
        entry["salary"][format_month(one.raised[0])] = dirhams(one.raised[1])
    if one.other_aid:
        entry["other_aid"] = {"code": one.other_aid[0], "until": format_month(one.other_aid[1])}
    return entry


def _statement_told(one: Someone, year: int) -> dict[str, Any] | str:
    if year not in one.stated:
        return "none"
    income, withheld, dependants = one.stated[year]
    return {"gross_taxable_income": dirhams(income), "withheld": dirhams(withheld), "dependants": dependants}


def accounts(year: int) -> tuple[int, int, int, int]:
    """Turnover, exports, profit and tax of a year, in centimes."""
    return 900_000_000 + year, 700_000_000, 90_000_000, 18_000_000 + year


# -- told as files ----------------------------------------------------------------------------------------------------


def write_files(folder: Path, people: Sequence[Someone]) -> None:
    """Every file of the firm, of the one it is related to, and of the one declared before both."""
    write_cnss(folder, people)
    _write_statements(folder, people)
    _write_register(folder, people)
    for year in (2025, 2026, 2027):
        _write_accounts(folder, year)
    for affiliation in (FIRM, RELATED, ANCHOR):
        _write_sheet(folder, affiliation)


Line = tuple[int, int, int, int, int]
"""CNSS number, days, pay, capped pay, rank of the situation."""


def cnss_lines(people: Sequence[Someone]) -> dict[tuple[int, int], list[Line]]:
    """Lines by firm and month."""
    lines: dict[tuple[int, int], list[Line]] = {}

    def add(affiliation: int, month: int, number: int, days: int, pay: int, situation: int) -> None:
        lines.setdefault((affiliation, month), []).append((number, days, pay, min(pay, CAP), situation))

    for one in people:
        for month, days, pay, situation in one.months():
            add(FIRM, month, one.number, days, pay, situation)
        hired = month_of(one.hired)
        for month, situation in ((hired - 2, 0), (hired - 1, LEFT)) if one.came_from_related else ():
            add(RELATED, month, one.number, 26, 500_000, situation)
        for month, situation in ((hired - 4, 0), (hired - 3, LEFT)) if one.had_been_here else ():
            add(FIRM, month, one.number, 26, 500_000, situation)
    earliest = min(month for _, month in lines)
    add(ANCHOR, earliest - 1, immatriculation_with_key(19_999_000), 26, 400_000, 0)
    return lines


def write_cnss(folder: Path, people: Sequence[Someone]) -> None:
    """The e-BDS declarations of every firm and month."""
    folder.mkdir(parents=True, exist_ok=True)
    declarations = [
        Declaration(
            Family.PRINCIPAL,
            CnssEmployer(affiliation, "ENTREPRISE FICTIVE"),
            int(format_month(month).replace("-", "")),
            transfer=1,
            insured=_insured(lines),
        )
        for (affiliation, month), lines in sorted(cnss_lines(people).items())
    ]
    for declaration, content in zip(declarations, write_many(declarations), strict=True):
        (folder / declaration.file_name).write_bytes(content)


def _insured(lines: list[Line]) -> Insured:
    number, days, pay, capped, situation = (np.array(column, dtype=np.int64) for column in zip(*lines, strict=True))
    nothing = np.zeros(len(lines), dtype=np.int64)
    return Insured(
        number=number,
        name=np.array([b"EXEMPLE FICTIF"] * len(lines)),
        children=nothing,
        af_due=nothing,
        af_deduct=nothing,
        af_net=nothing,
        af_back=nothing,
        days=days,
        salary_real=pay,
        salary_capped=capped,
        situation=situation,
    )


def _write_statements(folder: Path, people: Sequence[Someone]) -> None:
    for year in sorted({year for one in people for year in one.stated}):
        rows = [(one.number, *one.stated[year]) for one in people if year in one.stated]
        columns = ("person", "gross_taxable_income_year", "income_tax_withheld_year", "dependants")
        frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.Int64), orient="row").with_columns(
            pl.col("gross_taxable_income_year").alias("gross_salary_year"),
            pl.col("gross_taxable_income_year").alias("net_taxable_income_year"),
        )
        employer = Employer(fiscal_id=FIRM, affiliation=FIRM, year=year, name="ENTREPRISE FICTIVE")
        write_statement(folder / f"9421_{FIRM}_{year}.xml", Statement(employer, permanent=frame))


def _write_register(folder: Path, people: Sequence[Someone]) -> None:
    rows = [
        {
            "person": one.number,
            "cin": "",
            "nationality": one.nationality,
            "contract": CONTRACTS[one.contract],
            "hired_on": one.hired,
            "left_on": one.left,
            "establishment": PLACES.index(one.place) + 1,
            "filiere": int(Filiere["NONE" if one.filiere == "AUCUNE" else one.filiere]),
            "job_title": one.job_title,
            "qualification": one.qualification,
            "other_aid": one.other_aid[0] if one.other_aid else None,
            "other_aid_until_month": one.other_aid[1] if one.other_aid else 0,
        }
        for one in people
        if one.in_register
    ]
    period = format_month(AS_OF).replace("-", "")
    dates = {"hired_on": pl.Date, "left_on": pl.Date, "other_aid": pl.String}
    frame = pl.DataFrame(rows, schema_overrides=dates)
    write_staff_register(folder / f"REGISTRE_{FIRM}_{period}.csv", frame)


def _write_accounts(folder: Path, year: int) -> None:
    turnover, exported, profit, tax = accounts(year)
    frame = pl.DataFrame(
        {
            "affiliation": [FIRM],
            "fiscal_id": [FIRM],
            "opens_on": [dt.date(year, 1, 1)],
            "closes_on": [dt.date(year, 12, 31)],
            "turnover_year": [turnover],
            "export_turnover_year": [exported],
            "taxable_profit_year": [profit],
            "corporate_tax_year": [tax],
            "value_added_year": [0],
            "training_spend_year": [0],
        }
    )
    write_yearly_accounts(folder / f"COMPTES_{FIRM}_{year}.csv", frame)


def _write_sheet(folder: Path, affiliation: int) -> None:
    rows = [
        {
            "affiliation": affiliation,
            "ice": ice_with_key(affiliation),
            "fiscal_id": affiliation,
            "rc": "990003",
            "name": "ENTREPRISE FICTIVE",
            "group_head": FIRM if affiliation == RELATED else affiliation,
            "started_on": dt.date(2015, 1, 1),
            "installed_on": dt.date(2015, 1, 1),
            "activity": "ITO",
            "regime": 2025,
            "tax_certificate_on": last_day(AS_OF),
            "social_certificate_on": last_day(AS_OF),
            "establishment": number,
            "place": place_by_slug(slug).code,
            "place_from": dt.date(2015, 1, 1),
        }
        for number, slug in enumerate(PLACES, start=1)
    ]
    write_firm_sheet(folder / f"FICHE_{affiliation}.csv", pl.DataFrame(rows))
