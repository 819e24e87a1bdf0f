from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from minassa.declarations.findings import LIMIT_PER_RULE
from minassa.declarations.tabular import TabularFile
from tests.declarations.tabular.sheet_examples import (
    ACCOUNTS,
    ACCOUNTS_NAME,
    REGISTER,
    REGISTER_NAME,
    SHEET,
    accounts,
    as_rows,
    column_of,
    register,
    sheet,
    shown,
    with_cell,
    workbook,
)

Reader = Callable[[str | bytes], TabularFile]
Broken = tuple[int, str, str, str, str, str]

# Line, heading, new value, rule, severity, heading shown.
REGISTER_CELLS: list[Broken] = [
    (2, "num_cnss", "19900000", "REG-CNSS", "reject", "num_cnss"),
    (2, "num_cnss", "100000000", "REG-CNSS", "reject", "num_cnss"),
    (2, "num_cnss", "999999999", "REG-CNSS", "reject", "num_cnss"),
    (2, "num_cnss", "19900000A", "REG-NOMBRE", "reject", "num_cnss"),
    (2, "num_cnss", "199000004", "REG-CNSS-CLE", "warn", "num_cnss"),
    (2, "num_cnss", "", "REG-IDENTITE", "reject", "num_cnss"),
    (3, "cin", "000002QZ1X", "REG-CIN", "reject", "cin"),
    (4, "cin", "000002QZ1X", "REG-CIN-FORME", "warn", "cin"),
    (3, "cin", "QZA123456B", "REG-CIN-FORME", "warn", "cin"),
    (2, "sexe", "FEMME", "REG-CODE", "reject", "sexe"),
    (2, "annee_naissance", "98", "REG-NAISSANCE", "reject", "annee_naissance"),
    (2, "annee_naissance", "mille", "REG-NOMBRE", "reject", "annee_naissance"),
    (2, "annee_naissance", "2015", "REG-AGE", "warn", "annee_naissance"),
    (2, "nationalite", "", "REG-CELLULE-VIDE", "reject", "nationalite"),
    (2, "nationalite", "XX", "REG-CODE", "reject", "nationalite"),
    (2, "contrat", "CDIX", "REG-CODE", "reject", "contrat"),
    (2, "date_embauche", "2025-02-30", "REG-DATE", "reject", "date_embauche"),
    (2, "date_embauche", "1/9/2025", "REG-DATE", "reject", "date_embauche"),
    (2, "date_embauche", "1025-09-01", "REG-DATE", "reject", "date_embauche"),
    (2, "date_embauche", "", "REG-CELLULE-VIDE", "reject", "date_embauche"),
    (2, "date_embauche", "2026-01-01", "REG-FUTUR", "warn", "date_embauche"),
    (3, "date_sortie", "2024-03-03", "REG-DATES", "reject", "date_sortie"),
    (2, "etablissement", "0", "REG-NOMBRE", "reject", "etablissement"),
    (2, "etablissement", "12345", "REG-NOMBRE", "reject", "etablissement"),
    (2, "filiere", "IT0", "REG-CODE", "reject", "filiere"),
    (2, "niveau_qualification", "9", "REG-CODE", "reject", "niveau_qualification"),
    (3, "autre_aide", "TAHFIS", "REG-CODE", "reject", "autre_aide"),
    (3, "autre_aide_fin", "2025-13", "REG-MOIS", "reject", "autre_aide_fin"),
    (3, "autre_aide_fin", "", "REG-AIDE-FIN", "reject", "autre_aide_fin"),
    (2, "autre_aide_fin", "2025-06", "REG-AIDE-FIN", "reject", "autre_aide_fin"),
    (5, "date_sortie", "2025-09-02", "REG-CHEVAUCHEMENT", "reject", "date_embauche"),
    (5, "date_sortie", "", "REG-CHEVAUCHEMENT", "reject", "date_embauche"),
]
ACCOUNT_CELLS: list[Broken] = [
    (2, "affiliation", "9900011", "CPT-AFFILIATION", "reject", "affiliation"),
    (2, "affiliation", "", "CPT-CELLULE-VIDE", "reject", "affiliation"),
    (2, "identifiant_fiscal", "IF99", "CPT-NOMBRE", "reject", "identifiant_fiscal"),
    (2, "exercice_au", "2024-12-31", "CPT-EXERCICE", "reject", "exercice_au"),
    (2, "exercice_du", "2026-01-01", "CPT-DATES", "reject", "exercice_au"),
    (2, "exercice_du", "2024-06-01", "CPT-DUREE", "warn", "exercice_au"),
    (2, "chiffre_affaires", "12.500.000,00", "CPT-MONTANT", "reject", "chiffre_affaires"),
    (2, "chiffre_affaires", "-1", "CPT-MONTANT", "reject", "chiffre_affaires"),
    (2, "chiffre_affaires", "1", "CPT-EXPORT", "reject", "chiffre_affaires_export_devises"),
    (2, "valeur_ajoutee", "1.005", "CPT-MONTANT", "reject", "valeur_ajoutee"),
    (2, "depenses_formation", "", "CPT-CELLULE-VIDE", "reject", "depenses_formation"),
]
SHEET_CELLS: list[Broken] = [
    (3, "affiliation", "9900011", "FICHE-AFFILIATION", "reject", "affiliation"),
    (3, "ice", "12345678901234567", "FICHE-ICE", "reject", "ice"),
    (3, "identifiant_fiscal", "99000011", "FICHE-INCOHERENCE", "reject", "identifiant_fiscal"),
    (3, "rc", "RC 12 A", "FICHE-RC", "reject", "rc"),
    (3, "raison_sociale", "AUTRE FICTIF SA", "FICHE-INCOHERENCE", "reject", "raison_sociale"),
    (3, "groupe", "9900011", "FICHE-INCOHERENCE", "reject", "groupe"),
    (3, "activite", "centre d'appels", "FICHE-CODE", "reject", "activite"),
    (3, "regime", "2006", "FICHE-CODE", "reject", "regime"),
    (3, "etablissement", "0", "FICHE-NOMBRE", "reject", "etablissement"),
    (3, "lieu", "casanearchore", "FICHE-CODE", "reject", "lieu"),
    (2, "lieu_au", "2023-01-31", "FICHE-DATES", "reject", "lieu_au"),
    (3, "lieu_du", "2025-06-01", "FICHE-CHEVAUCHEMENT", "reject", "lieu_du"),
    (3, "lieu_du", "", "FICHE-CELLULE-VIDE", "reject", "lieu_du"),
    (2, "attestation_fiscale", "hier", "FICHE-DATE", "reject", "attestation_fiscale"),
]
CELLS = [
    *((register, REGISTER, broken) for broken in REGISTER_CELLS),
    *((accounts, ACCOUNTS, broken) for broken in ACCOUNT_CELLS),
    *((sheet, SHEET, broken) for broken in SHEET_CELLS),
]


@pytest.mark.parametrize(
    ("reader", "text", "broken"), CELLS, ids=lambda each: f"{each[1]} {each[2]!r}" if isinstance(each, tuple) else ""
)
def test_each_wrong_cell_is_said_at_its_character(reader: Reader, text: str, broken: Broken) -> None:
    line, heading, value, rule, severity, shown_heading = broken
    wrong = with_cell(text, line, heading, value)
    read = reader(wrong)
    found = [each for each in shown(read.report.findings) if each[0] == rule]
    assert found == [(rule, severity, line, column_of(wrong, line, shown_heading))]
    assert read.report.rejected == (severity == "reject")
    assert line not in read.rows["line"].to_list() or severity == "warn"


@pytest.mark.parametrize(
    ("reader", "text", "broken"), CELLS, ids=lambda each: f"{each[1]} {each[2]!r}" if isinstance(each, tuple) else ""
)
def test_the_same_is_said_of_a_workbook_at_its_column(reader: Reader, text: str, broken: Broken) -> None:
    line, heading, value, rule, severity, shown_heading = broken
    rows = as_rows(text)
    rows[line - 1][rows[0].index(heading)] = value
    found = [each for each in shown(reader(workbook(rows)).report.findings) if each[0] == rule]
    assert found == [(rule, severity, line, rows[0].index(shown_heading) + 1)]


FILES: list[tuple[bytes, str, int, int]] = [
    (b"", "REG-VIDE", 0, 0),
    (b"\xef\xbb\xbf\r\n;;;\r\n", "REG-VIDE", 0, 0),
    (REGISTER.splitlines()[0].encode(), "REG-VIDE", 0, 0),
    (b"PDF\x00\x01", "REG-BINAIRE", 0, 0),
    (b"%PDF-1.7 texte", "REG-BINAIRE", 0, 0),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "REG-BINAIRE", 0, 0),
    (REGISTER.encode("utf-16"), "REG-ENCODAGE", 1, 1),
    (REGISTER.encode("cp1252").replace(b"CRM", b"CR\x81"), "REG-ENCODAGE", 3, 66),
    (b"Bonjour;tout;le;monde\n1;2;3;4\n", "REG-ENTETE-ABSENTE", 1, 1),
    (REGISTER.replace("contrat", "contrats", 1).encode(), "REG-ENTETE-ABSENTE", 1, 1),
    (REGISTER.replace("prenom", "nom", 1).encode(), "REG-ENTETE-DOUBLE", 1, 18),
    (REGISTER.partition("\n")[2].encode(), "REG-ENTETE-ABSENTE", 1, 1),
    (b"PK\x03\x04 pas un classeur", "REG-CLASSEUR", 0, 0),
    (workbook([]), "REG-VIDE", 0, 0),
    (workbook([["nom", "prenom"], ["EXEMPLE", "FICTIF"]]), "REG-ENTETE-ABSENTE", 1, 1),
]


@pytest.mark.parametrize(("content", "rule", "line", "column"), FILES)
def test_what_is_no_register_is_refused_with_one_reason(content: bytes, rule: str, line: int, column: int) -> None:
    read = register(content)
    assert shown(read.report.findings) == [(rule, "reject", line, column)]
    assert read.report.refused
    assert read.rows.is_empty()


@pytest.mark.parametrize(
    "name", ["registre.csv", "REGISTRE_99_202512.csv", "REGISTRE_9900003_202513.csv", "REGISTRE_0000000_202512.csv"]
)
def test_a_register_without_its_name_is_refused(name: str) -> None:
    read = register(REGISTER, name)
    assert shown(read.report.findings) == [("REG-NOM", "reject", 0, 0)]
    assert read.report.refused


def test_a_line_with_too_many_or_too_few_cells_is_left_out_alone() -> None:
    lines = REGISTER.splitlines()
    lines[1] += ";"
    lines[3] = lines[3].rpartition(";")[0]
    read = register("\n".join(lines))
    assert shown(read.report.findings) == [("REG-LIGNE", "reject", 2, 1), ("REG-LIGNE", "reject", 4, 1)]
    assert (read.report.lines, read.report.accepted, read.report.rejected) == (4, 2, 2)
    assert read.rows["line"].to_list() == [3, 5]


def test_misplaced_marks_cost_their_line_alone() -> None:
    text = with_cell(with_cell(REGISTER, 2, "intitule_poste", 'écran 5" tactile'), 3, "intitule_poste", '"cité ; là"')
    read = register(text)
    assert shown(read.report.findings) == [("REG-GUILLEMETS", "reject", 2, 1)]
    assert read.rows["line"].to_list() == [3, 4, 5]
    assert read.rows["job_title"][0] == "cité ; là"


def test_a_column_of_no_form_is_ignored_and_said() -> None:
    lines = [f"{line};{rank or 'matricule'}" for rank, line in enumerate(REGISTER.splitlines())]
    read = register("\n".join(lines))
    assert shown(read.report.findings) == [("REG-ENTETE-INCONNUE", "warn", 1, len(lines[0]) - len("matricule") + 1)]
    assert read.rows.equals(register(REGISTER).rows)


def test_near_words_are_proposed_and_cells_never_quoted() -> None:
    read = register(with_cell(with_cell(REGISTER, 2, "contrat", "CDIX"), 3, "filiere", "MOTSECRET"))
    messages = [finding.message for finding in read.report.findings]
    assert "CDI ?" in messages[0]
    assert "MOTSECRET" not in "".join(messages)
    absent = register(REGISTER.replace("contrat", "contrats", 1)).report.findings[0].message
    assert "« contrat » (écrit autrement ?)" in absent


def test_two_rows_for_one_fiscal_year_keep_the_first() -> None:
    read = accounts(ACCOUNTS + ACCOUNTS.splitlines()[1] + "\n")
    assert shown(read.report.findings) == [("CPT-DOUBLON", "reject", 3, 18)]
    assert read.rows["line"].to_list() == [2]


def test_a_stay_known_by_its_card_alone_may_not_overlap_either() -> None:
    lines = REGISTER.splitlines()
    again = lines[2].replace("04/03/2024", "01/01/2025")
    read = register("\n".join([*lines, again]))
    assert [(each[0], each[2]) for each in shown(read.report.findings)] == [("REG-CHEVAUCHEMENT", 6)]


def test_stays_that_touch_are_kept() -> None:
    touching = with_cell(REGISTER, 5, "date_sortie", "2025-09-01")
    assert register(touching).report.findings == []


def test_findings_beyond_the_limit_of_a_rule_are_counted() -> None:
    head, row = REGISTER.splitlines()[:2]
    count = LIMIT_PER_RULE + 5
    read = register("\n".join([head, *[row.replace("CDI", "CDX")] * count]))
    codes = [finding for finding in read.report.findings if finding.rule == "REG-CODE"]
    assert len(codes) == LIMIT_PER_RULE + 1
    assert codes[-1].line == 0
    assert " 5" in codes[-1].message
    assert read.report.rejected == count


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_that_unfolds_without_measure_is_refused() -> None:
    parts = _parts(workbook(as_rows(REGISTER))) | {"xl/media/zero.bin": bytes(40_000_000)}
    assert shown(register(_packed(parts)).report.findings) == [("REG-BOMBE", "reject", 0, 0)]


def test_a_workbook_with_a_doctype_is_refused() -> None:
    parts = _parts(workbook(as_rows(REGISTER)))
    shared = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = shared.replace(
        b"<sst", b'<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst', 1
    )
    assert shown(register(_packed(parts)).report.findings) == [("REG-CLASSEUR", "reject", 0, 0)]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_refused(part: str) -> None:
    parts = _parts(workbook(as_rows(REGISTER)))
    parts[part] = parts[part][: len(parts[part]) // 2]
    assert shown(register(_packed(parts)).report.findings) == [("REG-CLASSEUR", "reject", 0, 0)]


def test_file_names_of_accounts_bind_their_rows() -> None:
    read = accounts(ACCOUNTS, ACCOUNTS_NAME.replace("2025", "2024"))
    assert [finding.rule for finding in read.report.findings] == ["CPT-EXERCICE"]
    assert read.rows.is_empty()
    assert not read.report.refused


def test_a_key_that_does_not_hold_only_warns() -> None:
    other = REGISTER_NAME.replace("9900003", "9900004")
    assert register(REGISTER, other).report.accepted == 4
    assert shown(accounts(ACCOUNTS.replace("9900003", "9900004", 1), "comptes.csv").report.findings) == [
        ("CPT-AFFILIATION-CLE", "warn", 2, 1)
    ]
    ice = SHEET.replace("990000030000033", "990000030000034")
    found = shown(sheet(ice).report.findings)
    assert found == [("FICHE-ICE-CLE", "warn", line, 9) for line in (2, 3, 4)]
