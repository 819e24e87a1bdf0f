"""Tables as files: whole, exact, readable by a spreadsheet and harmless in it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from minassa.steering.report.exports import csv_cell, harmless, write_tables
from minassa.steering.report.tables import Column, Kind, Table
from minassa.vocabulary.statuses import Status
from tests.steering.conftest import Written

TABLE = Table(
    "essai",
    "Un essai",
    (
        Column("who", "Qui"),
        Column("money", "Dû", "money"),
        Column("jobs", "Emplois", "signed"),
        Column("part", "Part", "rate"),
    ),
    [
        {"who": "=CMD()", "money": -123_456_789, "jobs": -4, "part": 3_333},
        {"who": "B", "money": 5, "jobs": 0, "part": None},
    ],
    {"who": "Ensemble", "money": -123_456_784, "jobs": -4, "part": None},
    shown=1,
)


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


def test_a_csv_holds_every_row_in_dirhams_to_the_centime(tmp_path: Path) -> None:
    write_tables(tmp_path, [TABLE], synthetic=False)
    assert rows_of(tmp_path / "tables" / "essai.csv") == [
        ["Qui", "Dû (DH)", "Emplois", "Part"],
        ["'=CMD()", "-1234567,89", "-4", "33,33"],
        ["B", "0,05", "0", ""],
    ]


def test_the_workbook_holds_numbers_and_no_formula(tmp_path: Path) -> None:
    *_, workbook = write_tables(tmp_path, [TABLE], synthetic=True)
    sheet = load_workbook(workbook)["essai"]
    assert sheet["A1"].value == "Un essai (données synthétiques)"
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=6)]
    assert cells == [
        ["Qui", "Dû (DH)", "Emplois", "Part"],
        ["=CMD()", -1_234_567.89, -4, 0.3333],
        ["B", 0.05, 0, None],
        ["Ensemble", -1_234_567.84, -4, None],
    ]
    assert sheet["A4"].data_type == "s"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("month", 2026 * 12, "2026-01"),
        ("status", Status.PRESS, "presse"),
        ("filiere", 4, "ESO"),
        ("filiere", 0, "Aucune"),
        ("link", ("Circulaire de 2025", "https://example.org/a", "relue"), "Circulaire de 2025 https://example.org/a"),
        ("text", None, ""),
        ("money", -5, "-0,05"),
    ],
)
def test_cells_by_kind(kind: Kind, value: object, text: str) -> None:
    assert csv_cell(Column("k", "K", kind), value) == text


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@a", "\tx"])
def test_no_text_starts_like_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_every_table_of_the_page_is_beside_it_with_all_its_rows(written: Written) -> None:
    folder = written.path.parent / "tables"
    shown = {
        name: len(written.table(name))
        for name in written.tree.xpath("//table/@data-name")
        if not name.startswith("mois-")
    }
    assert len(shown) > 15
    for name, count in shown.items():
        assert len(rows_of(folder / f"{name}.csv")) - 1 >= count, name
    assert len(rows_of(folder / "trajectoire.csv")) - 1 == 30
    assert shown["trajectoire"] == 18
    book = load_workbook(folder / "tables.xlsx", read_only=True)
    assert set(shown) <= set(book.sheetnames)
