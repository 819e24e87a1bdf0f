from __future__ import annotations

import io
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.simpl_ir import Employer, SimplIrFile, Statement, read, write
from minassa.vocabulary.identifiers import immatriculation_with_key

EMPLOYER = Employer(fiscal_id=99000003, affiliation=9900003, year=2025, name="EXEMPLE <FICTIF> & Cie")

amounts = st.integers(0, 10**11)
days = st.integers(0, 366)
# Control characters and lone surrogates are part of what people paste into names.
names = st.text(max_size=12)


def _read(statement: Statement) -> SimplIrFile:
    written = io.BytesIO()
    write(written, statement)
    return read("exemple.xml", written.getvalue())


@st.composite
def permanents(draw: st.DrawFn) -> pl.DataFrame:
    count = draw(st.integers(0, 6))
    serials = draw(st.lists(st.integers(99_000_00, 99_999_99), min_size=count, max_size=count, unique=True))
    columns: dict[str, list[object]] = {
        "person": [immatriculation_with_key(10_000_000 + serial) for serial in serials],
        "cin": [f"QZ{serial % 1_000_000:06d}" for serial in serials],
        "family_name": draw(st.lists(names, min_size=count, max_size=count)),
        "given_name": draw(st.lists(names, min_size=count, max_size=count)),
        "days_year": draw(st.lists(days, min_size=count, max_size=count)),
        "dependants": draw(st.lists(st.integers(0, 6), min_size=count, max_size=count)),
    }
    for name in (
        "gross_salary_year",
        "exempt_year",
        "instalments_year",
        "gross_taxable_income_year",
        "professional_expenses_year",
        "social_contributions_year",
        "other_deductions_year",
        "net_taxable_income_year",
        "income_tax_withheld_year",
    ):
        columns[name] = draw(st.lists(amounts, min_size=count, max_size=count))
    return pl.DataFrame(columns) if count else pl.DataFrame()


KEPT = (
    "person",
    "cin",
    "days_year",
    "dependants",
    "gross_salary_year",
    "exempt_year",
    "gross_taxable_income_year",
    "professional_expenses_year",
    "social_contributions_year",
    "net_taxable_income_year",
    "income_tax_withheld_year",
)


@settings(max_examples=60)
@given(permanents())
def test_what_is_written_is_read_back_without_a_remark(permanent: pl.DataFrame) -> None:
    read_file = _read(Statement(EMPLOYER, permanent=permanent))
    assert read_file.report.findings == []
    assert read_file.report.accepted == permanent.height
    if permanent.height:
        given_columns = permanent.select(KEPT).cast(read_file.rows.select(KEPT).schema)
        assert read_file.rows.select(KEPT).equals(given_columns)
        deductions = permanent["other_deductions_year"] + permanent["instalments_year"]
        assert read_file.rows["other_deductions_year"].to_list() == deductions.to_list()


@settings(max_examples=30)
@given(gross=amounts, withheld=amounts, allowances=amounts, net=amounts)
def test_the_other_lists_come_back_too(gross: int, withheld: int, allowances: int, net: int) -> None:
    card = {"cin": ["QZ000001"]}
    read_file = _read(
        Statement(
            EMPLOYER,
            exempt=pl.DataFrame(
                card
                | {
                    "gross_salary_year": [gross],
                    "gross_taxable_income_year": [gross],
                    "net_taxable_income_year": [net],
                    "hired_on": [date(2025, 3, 1)],
                }
            ),
            occasional=pl.DataFrame(card | {"gross_salary_year": [gross], "income_tax_withheld_year": [withheld]}),
            trainees=pl.DataFrame(
                card | {"gross_salary_year": [gross], "allowances_year": [allowances], "net_taxable_income_year": [net]}
            ),
            doctoral=pl.DataFrame(card | {"gross_salary_year": [allowances]}),
            payments=pl.DataFrame(
                {
                    "month": list(range(1, 13)),
                    "paid": [0] * 11 + [withheld],
                    "paid_on": [date(2025, 12, 31)] * 12,
                }
            ),
        )
    )
    assert read_file.report.findings == []
    rows = read_file.rows.select("category", "gross_salary_year", "net_taxable_income_year", "income_tax_withheld_year")
    assert rows.rows() == [
        (2, gross, net, 0),
        (3, gross, 0, withheld),
        (4, gross + allowances, net, 0),
        (5, allowances, 0, 0),
    ]


def test_the_header_comes_back() -> None:
    header = _read(Statement(EMPLOYER)).header
    assert (header.fiscal_id, header.affiliation, header.year) == (99000003, 9900003, 2025)
    assert header.name == "EXEMPLE <FICTIF> & Cie"


def test_a_negative_amount_is_the_writers_mistake() -> None:
    permanent = pl.DataFrame({"cin": ["QZ000001"], "gross_salary_year": [-1]})
    with pytest.raises(ValueError, match="négatif"):
        write(io.BytesIO(), Statement(EMPLOYER, permanent=permanent))


def test_a_column_of_no_list_is_the_writers_mistake() -> None:
    with pytest.raises(ValueError, match="salaire"):
        write(io.BytesIO(), Statement(EMPLOYER, doctoral=pl.DataFrame({"salaire": [1]})))
