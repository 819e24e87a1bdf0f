"""Made-up files of every kind, as small as can be. All persons, firms and numbers are invented."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from minassa.declarations import simpl_ir, tabular
from minassa.declarations.ebds import Declaration, Employer, Entrants, Family, Insured, full_names, write
from minassa.vocabulary.identifiers import affiliation_with_key, ice_with_key, immatriculation_with_key

KEY = b"cle d'exemple, connue de tous..."
RECEIVED = "2026-01-01T00:00:00Z"
FIRM = affiliation_with_key(990_000)
OTHER_FIRM = affiliation_with_key(990_001)
PERSONS = tuple(immatriculation_with_key(19_900_000 + rank) for rank in range(6))
FAMILY_NAME, GIVEN_NAME = b"BENEXEMPLE", b"FICTIFA"
CIN = "QZ654321"
OTHER_CIN = "QZ654322"

Named = tuple[str, bytes]


def insured(numbers: Sequence[int], salary: int) -> Insured:
    count = len(numbers)
    nothing = np.zeros(count, dtype=np.int64)
    return Insured(
        number=np.array(numbers, dtype=np.int64),
        name=full_names(np.full(count, FAMILY_NAME), np.full(count, GIVEN_NAME)),
        children=nothing,
        af_due=nothing,
        af_deduct=nothing,
        af_net=nothing,
        af_back=nothing,
        days=np.full(count, 26),
        salary_real=np.full(count, salary),
        salary_capped=np.full(count, min(salary, 600_000)),
        situation=nothing,
    )


def entrant(number: int, cin: str, salary: int = 400_000) -> Entrants:
    return Entrants(
        number=np.array([number]),
        name=full_names(np.array([FAMILY_NAME]), np.array([GIVEN_NAME])),
        cin=np.array([cin.encode()]),
        days=np.array([26]),
        salary_real=np.array([salary]),
        salary_capped=np.array([min(salary, 600_000)]),
    )


def ebds(
    family: Family = Family.PRINCIPAL,
    *,
    firm: int = FIRM,
    period: int = 202_510,
    persons: Sequence[int] = PERSONS[:3],
    salary: int = 500_000,
    entrants: Entrants | None = None,
    complement: int = 0,
    transfer: int = 25_100_000_000_001,
) -> Named:
    """An e-BDS file with its conventional name."""
    declaration = Declaration(
        family,
        Employer(firm, "SOCIETE FICTIVE", city="FES", agency="01"),
        period,
        transfer,
        Insured() if family is Family.COMPLEMENTARY else insured(persons, salary),
        entrants or Entrants(),
        complement,
    )
    return declaration.file_name, write(declaration)


def late(complement: int, *, number: int = 0, cin: str = CIN) -> Named:
    """A complementary declaration of one forgotten entrant."""
    return ebds(Family.COMPLEMENTARY, entrants=entrant(number, cin), complement=complement)


def statement(year: int = 2025, gross: int = 6_000_000) -> Named:
    """A yearly return of one person."""
    permanent = pl.DataFrame(
        {
            "person": [PERSONS[0]],
            "cin": [CIN],
            "family_name": [FAMILY_NAME.decode()],
            "given_name": [GIVEN_NAME.decode()],
            "gross_salary_year": [gross],
            "gross_taxable_income_year": [gross],
            "net_taxable_income_year": [gross],
            "days_year": [312],
            "dependants": [0],
        }
    )
    employer = simpl_ir.Employer(1_234_567, FIRM, year, "SOCIETE FICTIVE")
    written = io.BytesIO()
    simpl_ir.write(written, simpl_ir.Statement(employer, permanent))
    return f"traitements_{year}.xml", written.getvalue()


def register(month: str = "202512", *, birth_year: int = 1990) -> Named:
    """A register of two persons, the second without a CNSS number."""
    heading = "num_cnss;cin;nom;prenom;sexe;annee_naissance;nationalite;contrat;date_embauche;date_sortie;etablissement"
    heading += ";filiere;intitule_poste;niveau_qualification;autre_aide;autre_aide_fin"
    rows = [f"{PERSONS[0]};{CIN}", f";{OTHER_CIN}"]
    rest = f"BENEXEMPLE;FICTIFA;F;{birth_year};MA;CDI;2025-07-01;;0001;ITO;Développeuse;6;;"
    lines = [heading, *(f"{row};{rest}" for row in rows)]
    return f"REGISTRE_{FIRM:07d}_{month}.csv", "\n".join(lines).encode()


def accounts(turnover: str = "1000000,00") -> Named:
    heading = "affiliation;identifiant_fiscal;exercice_du;exercice_au;chiffre_affaires;chiffre_affaires_export_devises"
    heading += ";resultat_fiscal;impot_societes;valeur_ajoutee;depenses_formation"
    row = f"{FIRM:07d};1234567;2025-01-01;2025-12-31;{turnover};500000,00;1000,00;200,00;700000,00;0,00"
    return f"COMPTES_{FIRM:07d}_2025.csv", f"{heading}\n{row}\n".encode()


def sheet() -> Named:
    frame = pl.DataFrame(
        {
            "affiliation": pl.Series([FIRM], dtype=pl.Int32),
            "ice": [ice_with_key(1_234_567_890_000)],
            "fiscal_id": [1_234_567],
            "rc": ["12345"],
            "name": ["SOCIETE FICTIVE"],
            "group_head": pl.Series([FIRM], dtype=pl.Int32),
            "started_on": [date(2020, 1, 1)],
            "installed_on": [date(2020, 1, 1)],
            "activity": ["HORS"],
            "regime": pl.Series([2025], dtype=pl.Int16),
            "tax_certificate_on": [date(2025, 1, 1)],
            "social_certificate_on": [date(2025, 1, 1)],
            "establishment": pl.Series([1], dtype=pl.Int16),
            "place": pl.Series([101], dtype=pl.Int16),
            "place_from": [date(2020, 1, 1)],
            "place_to": pl.Series([None], dtype=pl.Date),
        }
    )
    written = io.BytesIO()
    tabular.write_firm_sheet(written, frame)
    return f"FICHE_{FIRM:07d}.csv", written.getvalue()


def every_kind() -> list[Named]:
    """One file of each kind, all in order."""
    return [
        ebds(Family.PREETABLI),
        ebds(entrants=entrant(PERSONS[3], CIN)),
        late(1, cin=OTHER_CIN),
        statement(),
        register(),
        accounts(),
        sheet(),
    ]


def put(folder: Path, *files: Named) -> Path:
    """Write files in a folder, which is given back."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        (folder / name).write_bytes(content)
    return folder
