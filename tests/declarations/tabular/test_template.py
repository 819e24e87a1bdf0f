from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from minassa.declarations.kinds import FIRM_SHEET, STAFF_REGISTER, YEARLY_ACCOUNTS
from minassa.declarations.tabular import (
    read_firm_sheet,
    read_staff_register,
    read_yearly_accounts,
    write_template,
)
from minassa.declarations.tabular.forms import EXAMPLE
from minassa.declarations.tabular.template import FORMS

READERS = {
    STAFF_REGISTER: (read_staff_register, "REGISTRE_9900003_202512.xlsx"),
    YEARLY_ACCOUNTS: (read_yearly_accounts, "COMPTES_9900003_2025.xlsx"),
    FIRM_SHEET: (read_firm_sheet, "FICHE_9900003.xlsx"),
}
KINDS = sorted(FORMS)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_template_left_as_it_is_holds_nothing(kind: str, tmp_path: Path) -> None:
    write_template(kind, tmp_path / "modele.xlsx")
    reader, name = READERS[kind]
    report = reader(name, tmp_path / "modele.xlsx").report
    assert report.refused
    assert [finding.rule for finding in report.findings] == [f"{FORMS[kind].prefix}-VIDE"]


def test_its_examples_are_sound_rows_once_their_mark_is_gone(kind: str, tmp_path: Path) -> None:
    write_template(kind, tmp_path / "modele.xlsx")
    book = load_workbook(tmp_path / "modele.xlsx")
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=2):
        row[-1].value = None
    filled = io.BytesIO()
    book.save(filled)
    reader, name = READERS[kind]
    read = reader(name, filled.getvalue())
    assert read.report.findings == []
    assert read.report.accepted == len(FORMS[kind].columns[0].examples)


def test_an_example_left_beside_true_rows_is_left_out_and_said(tmp_path: Path) -> None:
    write_template(STAFF_REGISTER, tmp_path / "modele.xlsx")
    book = load_workbook(tmp_path / "modele.xlsx")
    page = book.worksheets[0]
    page.cell(2, len(FORMS[STAFF_REGISTER].columns) + 1).value = None
    filled = io.BytesIO()
    book.save(filled)
    read = read_staff_register("REGISTRE_9900003_202512.xlsx", filled.getvalue())
    assert [(each.rule, str(each.severity), each.line) for each in read.report.findings] == [("REG-EXEMPLE", "warn", 3)]
    assert (read.report.lines, read.report.accepted) == (1, 1)


def test_it_says_what_each_column_is_and_offers_its_codes(kind: str, tmp_path: Path) -> None:
    write_template(kind, tmp_path / "modele.xlsx")
    book = load_workbook(tmp_path / "modele.xlsx")
    form = FORMS[kind]
    page = book.worksheets[0]
    headings = [cell.value for cell in page[1]]
    assert headings == [*form.headings, "remarque"]
    assert page.freeze_panes == "A2"
    marks = [row[-1] for row in page.iter_rows(min_row=2, values_only=True)]
    assert len(marks) == len(form.columns[0].examples)
    assert all(str(mark).startswith(EXAMPLE) for mark in marks)
    offered = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in page.data_validations.dataValidation
    }
    coded = [column.heading for column in form.columns if column.codes]
    assert len(offered) == len(coded)
    explained = {row[0].value: row for row in book["Explications"].iter_rows(min_row=6)}
    assert set(explained) == {*form.headings, "remarque"}
    assert all(all(cell.value for cell in row[:6]) for row in explained.values())


def test_lists_too_long_to_be_written_in_place_stand_on_a_sheet(tmp_path: Path) -> None:
    write_template(FIRM_SHEET, tmp_path / "modele.xlsx")
    book = load_workbook(tmp_path / "modele.xlsx")
    listed = [cell.value for cell in book["Listes"]["A"]]
    assert listed[0] == "lieu"
    assert "casanearshore" in listed


def test_no_other_kind_has_a_template(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_template("ebds_principal", tmp_path / "modele.xlsx")
