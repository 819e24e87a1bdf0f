"""A few invented firms and their declared rows, in memory: enough for every section to have something to say."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from minassa.declarations.schemas import ACCOUNTS, CNSS, DGI, FIRMS, STAFF
from minassa.entitlements.runs import Run, run
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import first_day, month_index

START, UNTIL = month_index(2025, 1), month_index(2027, 6)
FIRST_FIRM = 9_100_001
MONTHLY = {1: 1_450_000, 2: 620_000, 3: 900_000, 4: 1_750_000, 5: 1_900_000}
SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "cnss_lines": CNSS,
    "dgi_lines": DGI,
    "staff_lines": STAFF,
    "account_lines": ACCOUNTS,
    "firm_lines": FIRMS,
}
FIRMS_OF_THE_COUNTRY = (
    # place, filière, people at the start, hires, group head
    (101, 1, 24, 14, 0),
    (101, 2, 40, 20, 0),
    (102, 4, 12, 9, 0),
    (103, 2, 18, 6, 0),
    (6, 2, 22, 8, 0),
    (6, 1, 9, 4, 0),
    (104, 3, 10, 5, 0),
    (105, 2, 8, 3, 0),
    (9, 5, 6, 3, 0),
    (7, 3, 7, 2, 0),
    (102, 1, 11, 6, 1),
    (4, 2, 5, 0, 0),
)
"""The eleventh firm belongs to the group of the first; the twelfth loses people and files no accounts."""


SHEET_HEADING = (
    "affiliation;ice;identifiant_fiscal;rc;raison_sociale;groupe;debut_activite;date_installation;activite;regime;"
    "attestation_fiscale;attestation_cnss;etablissement;lieu;lieu_du;lieu_au"
)
ACCOUNTS_HEADING = (
    "affiliation;identifiant_fiscal;exercice_du;exercice_au;chiffre_affaires;chiffre_affaires_export_devises;"
    "resultat_fiscal;impot_societes;valeur_ajoutee;depenses_formation"
)
REGISTER_HEADING = (
    "num_cnss;cin;nom;prenom;sexe;annee_naissance;nationalite;contrat;date_embauche;date_sortie;etablissement;"
    "filiere;intitule_poste;niveau_qualification;autre_aide;autre_aide_fin"
)
Row = dict[str, Any]


@dataclass
class Country:
    """Rows in effect of every table, and the text of every line, as a lake would give them."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})
    files: dict[int, list[str]] = field(default_factory=dict)
    names: dict[int, tuple[str, str]] = field(default_factory=dict)

    def current(self, table: str, versions: dict[str, int] | None = None) -> pl.LazyFrame:
        """Rows in effect of a table."""
        del versions
        if table == "deposits":
            return self._deposits()
        return pl.LazyFrame(self.rows[table], schema=dict(SCHEMAS[table]))

    def _deposits(self) -> pl.LazyFrame:
        listed = [{"file_id": number, "name": name, "kind": kind} for number, (name, kind) in self.names.items()]
        return pl.LazyFrame(listed, schema={"file_id": pl.Int64, "name": pl.String, "kind": pl.String})

    def original_line(self, file_id: int, line: int) -> str:
        """The text of a line."""
        return self.files[file_id][line - 1]

    def add(self, table: str, file: tuple[int, str, str], text: str, row: dict[str, Any]) -> None:
        """A declared row, and the line of the file it was read on."""
        number, name, kind = file
        self.names.setdefault(number, (name, kind))
        lines = self.files.setdefault(number, [])
        lines.append(text)
        defaults = {key: "" if kind is pl.String else 0 for key, kind in SCHEMAS[table].items() if kind is not pl.Date}
        self.rows[table].append({**defaults, **row, "file_id": number, "line": len(lines)})


@dataclass(frozen=True)
class Stay:
    """A person in post in a firm, from one month to another."""

    person: int
    first: int
    last: int
    salary: int
    ghost: bool = False
    filiere: int = 0
    qualification: int = 5


def country() -> Country:
    """The country: always the same."""
    made, draw, person = Country(), random.Random(7), 1_000
    for rank, (place, filiere, staff, hires, group) in enumerate(FIRMS_OF_THE_COUNTRY):
        firm = FIRST_FIRM + rank
        stays = [stay(draw, person + n, filiere, START, rank) for n in range(staff)]
        person += staff
        stays += [
            stay(draw, person + n, filiere, START + draw.randint(5, 24), rank, ghost=rank == 1 and n < 2)
            for n in range(hires)
        ]
        person += hires
        if group:
            stays += [Stay(1_000 + n, START + 8, UNTIL, 1_500_000, filiere=1) for n in range(3)]
        file_firm(made, draw, firm, place, FIRST_FIRM if group else firm, stays)
    return made


def stay(draw: random.Random, person: int, filiere: int, first: int, rank: int, *, ghost: bool = False) -> Stay:
    """A stay drawn for a firm; three people of the first firm leave for its sister, others leave at random."""
    last = UNTIL if draw.random() > (0.9 if rank == 11 else 0.25) else draw.randint(first, UNTIL)
    if 1_000 <= person < 1_003:
        last = START + 7
    support = draw.random() < 0.05
    pay = MONTHLY[filiere] * draw.randint(80, 140) // 100
    return Stay(person, first, last, pay, ghost, 0 if support else filiere, draw.randint(3, 7))


def file_firm(made: Country, draw: random.Random, firm: int, place: int, head: int, stays: list[Stay]) -> None:
    """Everything that a firm files."""
    file_sheet(made, firm, place, head)
    if firm != FIRST_FIRM + 11:
        file_accounts(made, firm, stays)
    for one in stays:
        file_months(made, firm, one)
        if not one.ghost:
            file_stay(made, draw, firm, one)
            file_statements(made, draw, firm, one)


def file_sheet(made: Country, firm: int, place: int, head: int) -> None:
    started = date(2015, 1, 1)
    name = f"EXEMPLE {firm % 100:02d} SARL FICTIF"
    file = (firm * 100 + 1, f"FICHE_{firm}.csv", "firm_sheet")
    text = (
        f"{firm};;;;{name};{head if head != firm else ''};2015-01-01;2015-01-01;ITO-1;2025;2027-06-15;2027-06-15;1;x;;"
    )
    if file[0] not in made.files:
        made.files[file[0]] = [SHEET_HEADING]
    row: Row = {"affiliation": firm, "name": name, "group_head": head, "started_on": started, "installed_on": started}
    row |= {
        "activity": "ITO-1",
        "regime": 2025,
        "establishment": 1,
        "place": place,
        "place_from": None,
        "place_to": None,
    }
    certificates = [date(2025, 12, 15), date(2026, 12, 15), date(2027, 6, 15)]
    row |= {"tax_certificate_on": certificates[-1], "social_certificate_on": certificates[-1]}
    made.add("firm_lines", file, text, row)


def file_accounts(made: Country, firm: int, stays: list[Stay]) -> None:
    for year in (2024, 2025, 2026):
        turnover = sum(s.salary for s in stays) * 12 * 2
        exported = turnover * (60 if firm == FIRST_FIRM + 5 else 92) // 100
        file = (firm * 100 + year - 2000, f"COMPTES_{firm}_{year}.csv", "yearly_accounts")
        made.files[file[0]] = [ACCOUNTS_HEADING]
        profit = turnover // 12
        values = (turnover, exported, profit, profit // 5, turnover // 2, turnover // 200)
        names: tuple[str, ...] = ("turnover_year", "export_turnover_year", "taxable_profit_year", "corporate_tax_year")
        names = (*names, "value_added_year", "training_spend_year")
        text = f"{firm};;{year}-01-01;{year}-12-31;" + ";".join(f"{v // 100},{v % 100:02d}" for v in values)
        row: Row = {
            "affiliation": firm,
            "fiscal_year": year,
            "opens_on": date(year, 1, 1),
            "closes_on": date(year, 12, 31),
        }
        made.add("account_lines", file, text, {**row, **dict(zip(names, values, strict=True))})


def file_months(made: Country, firm: int, one: Stay) -> None:
    for month in range(one.first, one.last + 1):
        period = first_day(month).strftime("%Y%m")
        file = (firm * 10_000 + month - START + 500, f"DS_{firm}_{period}.txt", "ebds_principal")
        name = f"{'FICTIF':<30}{'EXEMPLE':<30}"
        text = f"B02{firm}{period}{one.person + 900_000_000:09d}{name}" + "00" + "0" * 24 + "26"
        text += f"{one.salary:013d}{min(one.salary, 600_000):09d}  {123_456_789:019d}"
        row: Row = {"affiliation": firm, "person": one.person, "month": month, "record": 2, "days": 26}
        row |= {"salary_real": one.salary, "salary_capped": min(one.salary, 600_000), "situation": 0}
        left = month == one.last and one.last < UNTIL
        made.add("cnss_lines", file, text.ljust(260), {**row, "situation": 1 if left else 0})


def file_stay(made: Country, draw: random.Random, firm: int, one: Stay) -> None:
    file = (firm * 100 + 2, f"REGISTRE_{firm}_202706.csv", "staff_register")
    if file[0] not in made.files:
        made.files[file[0]] = [REGISTER_HEADING]
    moroccan, open_ended = draw.random() > 0.03, draw.random() > 0.08
    number = one.person + 900_000_000
    nationality = "MA" if moroccan else "FR"
    text = f"{number};QZ{one.person:06d};FICTIF;EXEMPLE;F;1990;{nationality};CDI;2020-01-01;;1;ITO;Poste;5;;"
    row: Row = {
        "affiliation": firm,
        "as_of_month": UNTIL,
        "person": one.person,
        "moroccan": moroccan,
        "establishment": 1,
    }
    row |= {"nationality": "MA" if moroccan else "FR", "contract": 1 if open_ended else 2, "filiere": one.filiere}
    row |= {"hired_on": first_day(one.first), "left_on": first_day(one.last) if one.last < UNTIL else None}
    row |= {"job_title": f"POSTE {one.person % 9}", "qualification": one.qualification}
    made.add("staff_lines", file, text, row)


def file_statements(made: Country, draw: random.Random, firm: int, one: Stay) -> None:
    for year in (2025, 2026):
        months = [m for m in range(one.first, one.last + 1) if m // 12 == year]
        if not months:
            continue
        income = one.salary * len(months)
        stated = income * 108 // 100 if draw.random() < 0.04 else income
        tax = income * (12 + one.salary // 200_000) // 100
        file = (firm * 100 + 50 + year % 100, f"ETAT9421_{firm}_{year}.xml", "simpl_ir_9421")
        text = (
            f"<PersonnelPermanent><nom>FICTIF</nom><prenom>EXEMPLE</prenom><numCNI>QZ{one.person:06d}</numCNI>"
            f"<numCNSS>{one.person + 900_000_000}</numCNSS><periode>{26 * len(months)}</periode>"
            f"<nbrReductions>1</nbrReductions><mtRevenuBrutImposable>{stated // 100}.00</mtRevenuBrutImposable>"
            f"<irPreleve>{tax // 100}.00</irPreleve></PersonnelPermanent>"
        )
        row: Row = {
            "year": year,
            "affiliation": firm,
            "person": one.person,
            "category": 1,
            "days_year": 26 * len(months),
        }
        row |= {"gross_taxable_income_year": stated, "income_tax_withheld_year": tax, "dependants": 1}
        made.add("dgi_lines", file, text, row)


def small_run(target: Path) -> tuple[Run, Country]:
    """The run of the offer on the country."""
    made = country()
    return run(made, dict.fromkeys(SCHEMAS, 1), load_offer(), target, UNTIL), made
