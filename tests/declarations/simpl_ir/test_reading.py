from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from minassa.declarations.simpl_ir import ROW_SCHEMA, read
from tests.declarations.simpl_ir.statement_example import EXAMPLE, place, read_text, replaced, shown


def test_the_example_is_accepted_without_any_remark_but_that_of_its_odd_person() -> None:
    read_file = read_text(EXAMPLE)
    assert read_file.report.as_json() == {
        "file": "exemple.xml",
        "kind": "simpl_ir_9421",
        "affiliation": "9900003",
        "period": "2025",
        "lines": 6,
        "accepted": 6,
        "rejected": 0,
        "findings": [],
    }
    assert not read_file.report.refused


def test_the_header_is_read() -> None:
    header = read_text(EXAMPLE).header
    assert (header.fiscal_id, header.affiliation, header.year) == (99000003, 9900003, 2025)
    assert (header.opens_on, header.closes_on) == (date(2025, 1, 1), date(2025, 12, 31))
    assert header.name == "EXEMPLE & FICTIF SARL"
    assert header.totals["totalMtIrPrelevePP"] == 620_050


def test_rows_have_the_columns_of_the_lake_in_centimes() -> None:
    rows = read_text(EXAMPLE).rows
    assert rows.schema == ROW_SCHEMA
    first = rows.row(0, named=True)
    assert first == {
        "line": place(EXAMPLE, "<PersonnelPermanent>")[0],
        "year": 2025,
        "fiscal_id": 99000003,
        "affiliation": 9900003,
        "person": 199000003,
        "cin": "QZ000001",
        "category": 1,
        "gross_salary_year": 10_800_000,
        "exempt_year": 600_000,
        "gross_taxable_income_year": 10_200_000,
        "professional_expenses_year": 2_550_000,
        "social_contributions_year": 500_000,
        # 500.00 of other deductions and 1,000.00 of instalments, which the total of deductions includes.
        "other_deductions_year": 150_000,
        "net_taxable_income_year": 7_000_000,
        "income_tax_withheld_year": 620_050,
        "dependants": 2,
        "days_year": 312,
    }


def test_each_list_has_its_category_and_what_it_says() -> None:
    rows = read_text(EXAMPLE).rows.select(
        "category", "person", "cin", "gross_salary_year", "net_taxable_income_year", "income_tax_withheld_year"
    )
    assert rows.rows() == [
        (1, 199000003, "QZ000001", 10_800_000, 7_000_000, 620_050),
        (1, 0, "QZ000002", 5_000_000, 3_300_000, 0),
        (2, 199000029, "QZE00003", 6_000_000, 5_600_000, 0),
        (3, 0, "QZ000004", 1_000_000, 0, 300_000),
        (4, 199000045, "QZ000005", 1_260_000, 1_250_000, 0),
        (5, 0, "QZ000006", 700_000, 0, 0),
    ]


def test_instalments_outside_the_total_of_deductions_are_not_counted() -> None:
    text = replaced("<mtTotalDeduction>32000.00", "<mtTotalDeduction>31000.00").replace("49000.00", "48000.00")
    read_file = read_text(text)
    assert read_file.report.findings == []
    assert read_file.rows["other_deductions_year"][0] == 50_000


@pytest.mark.parametrize("total", ["4", "5", "6"])
def test_the_headcount_may_count_the_lists_added_in_2017(total: str) -> None:
    assert read_text(replaced("<effectifTotal>4<", f"<effectifTotal>{total}<")).report.findings == []


def test_a_misspelt_end_of_year_and_a_mark_and_a_namespace_of_schema_are_admitted() -> None:
    text = EXAMPLE.replace("exerciceFiscalAu", "exerciceFiscalDAu").replace(
        "<TraitementEtSalaire>",
        '<TraitementEtSalaire xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="traitementSalaire.xsd">',
    )
    read_file = read("exemple.xml", b"\xef\xbb\xbf" + text.encode())
    assert read_file.report.findings == []
    assert read_file.header.closes_on == date(2025, 12, 31)


def test_lists_may_be_absent() -> None:
    start, end = EXAMPLE.index("<listVersements>"), EXAMPLE.index("</TraitementEtSalaire>")
    assert read_text(EXAMPLE[:start] + EXAMPLE[end:]).report.findings == []


def test_comments_sections_and_instructions_do_not_shift_lines() -> None:
    noise = "<!-- <PersonnelPermanent> --><?note <Stagiaire> ?>\n<!--\n<PersonnelPermanent>\n-->"
    text = EXAMPLE.replace("<listPersonnelPermanent>\n", f"<listPersonnelPermanent>\n{noise}\n")
    text = text.replace("1 rue Synthétique</adressePersonnelle>", "<![CDATA[<Stagiaire> \n]]></adressePersonnelle>")
    read_file = read_text(text)
    assert read_file.report.findings == []
    expected = [place(text, "<PersonnelPermanent>\n  <nom>", rank)[0] for rank in (0, 1)]
    assert read_file.rows["line"].to_list()[:2] == expected


def test_a_path_and_a_zip_say_the_same_as_the_bytes(tmp_path: Path) -> None:
    plain = tmp_path / "exemple.xml"
    plain.write_text(EXAMPLE, encoding="utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("declaration.xml", EXAMPLE)
    expected = read_text(EXAMPLE).rows
    assert read("exemple.xml", plain).rows.equals(expected)
    assert read("exemple.zip", packed.getvalue()).rows.equals(expected)


def test_findings_of_a_file_on_one_line_stand_at_their_column() -> None:
    text = replaced("<irPreleve>3000.00", "<irPreleve>3 000").replace("\n", "")
    findings = read_text(text).report.findings
    assert shown(findings) == [("SIMPL-MONTANT", "reject", 1, place(text, "<irPreleve>3 000")[1])]


def test_nobody_is_named_in_what_is_said_of_a_file() -> None:
    # One column too few: names slide into amounts, numbers into names.
    text = replaced("<mtExonere>6000.00<", "<mtExonere>EXEMPLE FICTIVE 199000003 QZ000001<")
    read_file = read_text(text)
    said = " ".join(finding.message for finding in read_file.report.findings)
    assert "SIMPL-MONTANT" in {finding.rule for finding in read_file.report.findings}
    assert not any(secret in said for secret in ("FICTIVE", "199000003", "QZ000001"))


def test_a_rejected_person_leaves_the_others_in_effect() -> None:
    read_file = read_text(replaced("<periode>312<", "<periode>367<"))
    assert (read_file.report.lines, read_file.report.accepted, read_file.report.rejected) == (6, 5, 1)
    assert not read_file.report.refused
    assert read_file.rows.height == 5
