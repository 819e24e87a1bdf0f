from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from minassa.declarations.tabular import (
    ACCOUNTS_SCHEMA,
    FIRM_SCHEMA,
    STAFF_SCHEMA,
    read_staff_register,
)
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.places import place_by_slug
from tests.declarations.tabular.sheet_examples import (
    ACCOUNTS,
    REGISTER,
    REGISTER_NAME,
    SHEET,
    accounts,
    as_rows,
    register,
    sheet,
    shown,
    workbook,
)


def test_the_register_gives_rows_of_the_lake() -> None:
    read = register(REGISTER)
    assert read.report.findings == []
    assert (read.report.affiliation, read.report.period, read.report.kind) == ("9900003", "202512", "staff_register")
    assert (read.report.lines, read.report.accepted, read.report.rejected) == (4, 4, 0)
    assert read.rows.schema == STAFF_SCHEMA
    assert read.rows.row(1, named=True) == {
        "line": 3,
        "affiliation": 9900003,
        "as_of_month": month_index(2025, 12),
        "person": 0,
        "cin": "QZ000002",
        "sex": 2,
        "birth_year": 1990,
        "moroccan": True,
        "nationality": "MA",
        "contract": 2,
        "hired_on": date(2024, 3, 4),
        "left_on": date(2025, 11, 30),
        "establishment": 2,
        "filiere": 2,
        "job_title": "Téléconseiller",
        "qualification": 4,
        "other_aid": "TAHFIZ",
        "other_aid_until_month": month_index(2025, 6),
    }
    foreign = read.rows.row(2, named=True)
    assert (foreign["moroccan"], foreign["contract"], foreign["sex"], foreign["qualification"]) == (False, 4, 0, 0)
    assert (foreign["filiere"], foreign["other_aid"], foreign["left_on"]) == (0, "", None)


def test_the_accounts_give_centimes() -> None:
    read = accounts(ACCOUNTS)
    assert read.report.findings == []
    assert (read.report.affiliation, read.report.period) == ("9900003", "2025")
    assert read.rows.schema == ACCOUNTS_SCHEMA
    assert read.rows.row(0, named=True) == {
        "line": 2,
        "affiliation": 9900003,
        "fiscal_id": 99000003,
        "fiscal_year": 2025,
        "opens_on": date(2025, 1, 1),
        "closes_on": date(2025, 12, 31),
        "turnover_year": 1_250_000_000,
        "export_turnover_year": 1_075_000_050,
        "taxable_profit_year": -140_000_000,
        "corporate_tax_year": 0,
        "value_added_year": 820_000_025,
        "training_spend_year": 15_000_010,
    }


def test_the_sheet_gives_places_and_its_own_head() -> None:
    read = sheet(SHEET)
    assert read.report.findings == []
    assert (read.report.affiliation, read.report.period, read.report.lines) == ("9900003", "", 3)
    assert read.rows.schema == FIRM_SCHEMA
    first = read.rows.row(0, named=True)
    assert (first["place"], first["place_to"]) == (place_by_slug("casanearshore").code, date(2025, 6, 30))
    assert (first["ice"], first["group_head"], first["regime"]) == ("990000030000033", 9900003, 2025)
    assert (first["tax_certificate_on"], first["social_certificate_on"]) == (date(2025, 11, 30), None)
    assert read.rows["establishment"].to_list() == [1, 1, 2]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_same_rows_whatever_the_spreadsheet_that_saved_them(ends: str, separator: str, encoding: str) -> None:
    content = REGISTER.replace(";", separator).replace("\n", ends).encode(encoding)
    read = register(content)
    assert read.report.findings == []
    assert read.rows.equals(register(REGISTER).rows)


def test_quoted_cells_may_hold_separators_line_ends_and_marks() -> None:
    text = REGISTER.replace("Développeuse", '"Développeuse ""senior"" ; web\nmobile"', 1)
    read = register(text)
    assert read.report.findings == []
    assert read.rows["job_title"][0] == 'Développeuse "senior" ; web\nmobile'
    assert read.rows["line"].to_list() == [2, 4, 5, 6]


def test_every_cell_may_be_quoted() -> None:
    text = "\n".join('"' + line.replace(";", '";"') + '"' for line in REGISTER.splitlines())
    assert register(text).rows.equals(register(REGISTER).rows)


def test_a_workbook_gives_the_same_rows_with_dates_and_numbers_as_such() -> None:
    rows: list[list[object]] = [list(cells) for cells in as_rows(REGISTER)]
    rows[1][0], rows[1][5], rows[1][13] = 199000003, 1998.0, 6
    rows[1][8] = datetime(2025, 9, 1)  # noqa: DTZ001 - a spreadsheet knows no time zone
    rows[2][9] = date(2025, 11, 30)
    rows[2][10] = 2
    read = register(workbook(rows), "REGISTRE_9900003_202512.xlsx")
    assert read.report.findings == []
    assert read.rows.equals(register(REGISTER).rows)


def test_amounts_computed_by_a_spreadsheet_are_read_as_it_shows_them() -> None:
    rows: list[list[object]] = [list(cells) for cells in as_rows(ACCOUNTS)]
    rows[1][4:10] = [12_500_000.0, 0.1 + 0.2, -1_400_000, 0, 8_200_000.25, 150_000.1]
    read = accounts(workbook(rows), "COMPTES_9900003_2025.xlsx")
    assert read.report.findings == []
    assert read.rows["export_turnover_year"].to_list() == [30]
    assert read.rows["training_spend_year"].to_list() == [15_000_010]


def test_formulas_count_by_the_value_kept_in_the_file() -> None:
    rows: list[list[object]] = [list(cells) for cells in as_rows(ACCOUNTS)]
    rows[1][4] = "=2*3"
    read = accounts(workbook(rows))
    # The writer of this test keeps 0 as the value of a formula: the export is then more than the turnover.
    assert [finding.rule for finding in read.report.findings] == ["CPT-EXPORT"]


def test_rows_between_and_after_may_be_empty_and_columns_in_any_order() -> None:
    lines = REGISTER.splitlines()
    mixed = [";".join(reversed(line.split(";"))) for line in lines]
    text = "\n".join(["", mixed[0], mixed[1], ";" * 15, "", *mixed[2:], "", ";" * 15])
    read = register(text)
    assert read.report.findings == []
    assert read.rows.drop("line").equals(register(REGISTER).rows.drop("line"))
    assert read.rows["line"].to_list() == [3, 6, 7, 8]


def test_a_path_is_read_as_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / REGISTER_NAME
    path.write_text(REGISTER, encoding="utf-8")
    assert read_staff_register(path.name, path).rows.equals(register(REGISTER).rows)


def test_names_are_never_read() -> None:
    read = register(REGISTER.replace("FICTIVE", "PRENOMSECRET"))
    assert "PRENOMSECRET" not in str(read.rows.to_dicts()) + str(read.report)


def test_accounts_named_otherwise_speak_of_their_first_row() -> None:
    read = accounts(ACCOUNTS, "comptes.csv")
    assert (read.report.affiliation, read.report.period) == ("9900003", "2025")
    assert shown(read.report.findings) == []
