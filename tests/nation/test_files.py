"""The files are those that employers would send: readers accept every line, and sources agree where nobody cheats."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from minassa.declarations import kinds
from minassa.declarations.ebds import read_declaration
from minassa.vocabulary.periods import month_index
from tests.nation import reading
from tests.nation.reading import Truth, cnss, cnss_files, firms, registers, statements

_SMIG = "EBDS-10-SMIG"


def test_no_line_of_a_cnss_file_is_rejected_nor_remarked_but_for_low_pay(nation: Path) -> None:
    _, reports = cnss(nation)
    assert {report.kind for report in reports} == {
        kinds.EBDS_PREETABLI,
        kinds.EBDS_PRINCIPAL,
        kinds.EBDS_COMPLEMENTARY,
    }
    assert sum(report.lines for report in reports) > 30_000
    assert not [report for report in reports if report.rejected or report.refused]
    # Insertion allowances may be under the minimum wage: that is their law.
    assert {finding.rule for report in reports for finding in report.findings} <= {_SMIG}


def test_no_line_of_a_statement_is_rejected_nor_remarked(nation: Path) -> None:
    rows, reports = statements(nation)
    assert len(rows) > 1_500
    assert not [finding for report in reports for finding in report.findings]
    assert not [report for report in reports if report.rejected or report.refused]
    assert set(rows["category"].unique()) >= {1, 4}


def test_no_row_of_a_sheet_is_rejected_nor_remarked(nation: Path) -> None:
    files = list(reading.sheets(nation))
    assert {file.report.kind for file in files} == {kinds.STAFF_REGISTER, kinds.YEARLY_ACCOUNTS, kinds.FIRM_SHEET}
    assert not [finding for file in files for finding in file.report.findings]
    assert all(file.report.accepted == file.report.lines > 0 for file in files)


def test_each_month_answers_those_declared_the_month_before(nation: Path) -> None:
    lines, _ = cnss(nation)
    asked = lines.filter(pl.col("record") == 2).select("affiliation", "month", "number")
    declared = lines.filter(pl.col("situation") != 1).select(
        "affiliation", pl.col("month") + 1, pl.col("number"), pl.col("cin")
    )
    known = declared.filter((pl.col("number") > 0) & (pl.col("month") <= lines["month"].max()))
    gone = known.join(asked, on=["affiliation", "month", "number"], how="anti")
    # A firm that has closed answers once more, then is silent.
    assert len(gone) == 0
    later = asked.filter(pl.col("month") > lines["month"].min())
    new = later.join(known, on=["affiliation", "month", "number"], how="anti")
    assert len(new) == len(declared.filter((pl.col("number") == 0) & (pl.col("month") <= lines["month"].max())))


def test_some_enter_without_a_number_and_have_one_the_month_after(nation: Path) -> None:
    lines, _ = cnss(nation)
    without = lines.filter(pl.col("number") == 0)
    assert len(without) > 0
    assert without["cin"].str.contains(r"^QZ[0-9]{6}$").all()
    assert set(without["record"].unique()) <= {4, 14}
    assert not without.select("cin").is_duplicated().any()


def test_salaries_are_capped_at_6_000_dirhams(nation: Path) -> None:
    lines, _ = cnss(nation)
    assert (lines["salary_capped"] == lines["salary_real"].clip(0, 600_000)).all()
    assert (lines["salary_real"] > 600_000).any()


def test_a_month_declared_twice_has_the_same_file_name_in_two_folders(nation: Path, truth: Truth) -> None:
    wrong = [path for path in cnss_files(nation) if path.parent.name == "depot-1"]
    assert len(wrong) == len(truth("corrections")) > 0
    for path in wrong:
        right = path.parents[1] / "depot-2" / path.name
        first, second = (read_declaration(file.read_bytes()) for file in (path, right))
        assert first.insured.number.tolist() == second.insured.number.tolist()
        assert int(first.insured.salary_real.sum()) < int(second.insured.salary_real.sum())
        assert not (path.parents[1] / path.name).exists()


def test_the_tax_statement_and_the_cnss_agree_to_the_dirham_where_nothing_is_planted(
    nation: Path, truth: Truth
) -> None:
    lines, _ = cnss(nation)
    rows, _ = statements(nation)
    year = lines.filter(pl.col("month") < month_index(2026, 1))
    numbered = _with_number(year, registers(nation))
    paid = numbered.group_by("affiliation", "number").agg(pl.col("salary_real").sum(), pl.col("days").sum())
    stated = rows.group_by("affiliation", pl.col("person").alias("number")).agg(
        (pl.col("gross_salary_year") - pl.col("exempt_year")).sum().alias("stated"), pl.col("days_year").sum()
    )
    both = paid.join(stated, on=["affiliation", "number"], how="full", coalesce=True)
    planted = {
        (int(row["affiliation"]), int(row["person"]))
        for row in truth("irregularities")
        if row["kind"] in {"disagreement", "ghost"} and row["month"] <= "2025-12"
    }
    gap = (pl.col("salary_real") - pl.col("stated")).abs().fill_null(10**9)
    differ = both.filter(gap > 100).select("affiliation", "number")
    days = both.filter((pl.col("days") != pl.col("days_year")).fill_null(value=True)).select("affiliation", "number")
    assert len(both) > 1_500
    assert set(differ.rows()) <= planted
    assert set(days.rows()) <= planted


def _with_number(lines: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """Lines whose persons without number are given the one of the register."""
    known = register.filter(pl.col("cin") != "").select("cin", "person").unique()
    joined = lines.join(known, on="cin", how="left")
    return joined.with_columns(number=pl.when(pl.col("number") == 0).then("person").otherwise("number"))


def test_nobody_is_real_and_the_papers_say_so(nation: Path) -> None:
    lines, _ = cnss(nation)
    assert lines["affiliation"].is_between(9_900_100, 9_999_999).all()
    assert firms(nation)["name"].str.contains("FICTIF").all()
    first = cnss_files(nation)[0].read_bytes()
    assert b"DONNEES SYNTHETIQUES" in first
    assert registers(nation)["cin"].filter(registers(nation)["cin"] != "").str.starts_with("QZ").all()


def test_the_staff_of_a_register_works_in_an_establishment_of_the_firm_open_by_then(nation: Path) -> None:
    places = firms(nation).group_by("affiliation", "establishment").agg(pl.col("place_from").min())
    staff = registers(nation).join(places, on=["affiliation", "establishment"], how="left")
    assert staff["place_from"].null_count() == 0
    hired_later = staff.filter(pl.col("hired_on") >= pl.date(2025, 1, 1))
    assert (hired_later["hired_on"] >= hired_later["place_from"]).all()


def test_registers_are_dated_december_and_the_last_month(nation: Path) -> None:
    names = {path.stem[-6:] for path in (nation / "declarations" / "registres").iterdir()}
    assert names >= {"202512", "202606"}


def test_accounts_follow_each_other_and_add_up(nation: Path) -> None:
    rows = reading.accounts(nation)
    assert set(rows["fiscal_year"].unique()) >= {2024, 2025}
    assert (rows["export_turnover_year"] <= rows["turnover_year"]).all()
    assert (rows["value_added_year"] <= rows["turnover_year"]).all()
    assert (rows["corporate_tax_year"] <= rows["taxable_profit_year"].clip(0, None)).all()


def test_exports_of_the_year_before_are_those_of_the_country_at_its_scale(nation: Path) -> None:
    rows = reading.accounts(nation).filter(pl.col("fiscal_year") == 2024)
    exports = int(rows["export_turnover_year"].sum())
    assert abs(exports - 26_219 * 10**8 * 1_500 // 148_500) < exports // 20
