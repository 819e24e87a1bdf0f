"""Small sheets written by hand. Everything and everybody is invented."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from minassa.declarations.findings import Finding
from minassa.declarations.tabular import (
    TabularFile,
    read_firm_sheet,
    read_staff_register,
    read_yearly_accounts,
)

REGISTER = """\
num_cnss;cin;nom;prenom;sexe;annee_naissance;nationalite;contrat;date_embauche;date_sortie;etablissement;filiere;intitule_poste;niveau_qualification;autre_aide;autre_aide_fin
199000003;;EXEMPLE;FICTIVE;F;1998;MA;CDI;2025-09-01;;0001;ITO;Développeuse;6;;
;QZ000002;EXEMPLE;FICTIF;M;1990;MA;CDD;04/03/2024;30/11/2025;2;CRM;Téléconseiller;4;TAHFIZ;2025-06
199000029;QZ000003;EXEMPLE;FICTIF;;;FR;DETACHEMENT;2024-01-15;;0001;AUCUNE;;;;
199000003;;EXEMPLE;FICTIVE;F;1998;MA;CDD;2024-01-01;2024-06-30;0001;ITO;Développeuse;6;;
"""

ACCOUNTS = """\
affiliation;identifiant_fiscal;exercice_du;exercice_au;chiffre_affaires;chiffre_affaires_export_devises;resultat_fiscal;impot_societes;valeur_ajoutee;depenses_formation
9900003;99000003;2025-01-01;2025-12-31;12 500 000,00;10750000.5;-1400000;0;8200000.25;150000,1
"""

_FIRM = "9900003;990000030000033;99000003;990003;EXEMPLE FICTIF SARL;;2023-02-01;2025-07-01;ITO;2025;2025-11-30;;"
SHEET = f"""\
affiliation;ice;identifiant_fiscal;rc;raison_sociale;groupe;debut_activite;date_installation;activite;regime;attestation_fiscale;attestation_cnss;etablissement;lieu;lieu_du;lieu_au
{_FIRM}0001;casanearshore;2023-02-01;2025-06-30
{_FIRM}0001;hors-p2i-oriental;2025-07-01;
{_FIRM}0002;technopolis;01/07/2025;
"""

REGISTER_NAME = "REGISTRE_9900003_202512.csv"
ACCOUNTS_NAME = "COMPTES_9900003_2025.csv"
SHEET_NAME = "FICHE_9900003.csv"


def register(content: str | bytes, name: str = REGISTER_NAME) -> TabularFile:
    """Read a register."""
    return read_staff_register(name, content.encode() if isinstance(content, str) else content)


def accounts(content: str | bytes, name: str = ACCOUNTS_NAME) -> TabularFile:
    """Read accounts."""
    return read_yearly_accounts(name, content.encode() if isinstance(content, str) else content)


def sheet(content: str | bytes, name: str = SHEET_NAME) -> TabularFile:
    """Read a firm sheet."""
    return read_firm_sheet(name, content.encode() if isinstance(content, str) else content)


def with_cell(text: str, line: int, heading: str, value: str) -> str:
    """A sheet with another value in the cell of a line (from 1) under a heading."""
    lines = text.splitlines()
    cells = lines[line - 1].split(";")
    cells[lines[0].split(";").index(heading)] = value
    lines[line - 1] = ";".join(cells)
    return "\n".join(lines) + "\n"


def column_of(text: str, line: int, heading: str) -> int:
    """The character, from 1, where the cell of a line under a heading begins."""
    lines = text.splitlines()
    rank = lines[0].split(";").index(heading)
    return len(";".join([*lines[line - 1].split(";")[:rank], ""])) + 1 if rank else 1


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """An XLSX workbook of one sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet()
        for at, cells in enumerate(rows):
            page.write_row(at, 0, cells)
    return stream.getvalue()


def as_rows(text: str) -> list[list[str]]:
    """The cells of a sheet written by hand."""
    return [line.split(";") for line in text.splitlines()]


def shown(findings: list[Finding]) -> list[tuple[str, str, int, int]]:
    """Findings without their sentences."""
    return [(each.rule, str(each.severity), each.line, each.column) for each in findings]
