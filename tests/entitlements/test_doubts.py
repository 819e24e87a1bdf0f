"""What no doubt touches of an amount is what the offer gives when the declarations say the lower of two incomes."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from minassa.entitlements.doubts import KEYS, overstated
from minassa.entitlements.runs import Run, run
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import MONTHS_A_YEAR
from tests.steering.country import FIRST_FIRM, SCHEMAS, START, UNTIL, Country, country

REFERENCE = 12
RAISED_FIRM = FIRST_FIRM + 2


def computed(made: Country, folder: Path) -> Run:
    return run(made, dict.fromkeys(SCHEMAS, 1), load_offer(), folder, UNTIL)


def amounts(made: Run, name: str = "amount_cents") -> pl.DataFrame:
    due = pl.when("entitled").then(pl.col("amount_cents")).otherwise(0)
    return made.table("amounts").select(*KEYS, due.alias(name)).collect()


@pytest.fixture(scope="module")
def bent() -> Country:
    """The nation, one firm stating a tenth more than it declares, another having raised pay for the reference."""
    made = country()
    for row in made.rows["dgi_lines"]:
        if row["affiliation"] == FIRST_FIRM:
            row["gross_taxable_income_year"] = row["gross_taxable_income_year"] * 11 // 10
    hired: dict[int, int] = {}
    for row in made.rows["cnss_lines"]:
        person = row["person"]
        hired[person] = min(row["month"], hired.get(person, row["month"]))
    for row in made.rows["cnss_lines"]:
        since = row["month"] - hired[row["person"]]
        if row["affiliation"] == RAISED_FIRM and hired[row["person"]] > START + 6 and since < REFERENCE:
            row["salary_real"] = row["salary_real"] * 14 // 10
    return made


@pytest.fixture(scope="module")
def told(bent: Country, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return computed(bent, tmp_path_factory.mktemp("doubts") / "bent")


def test_an_undoubted_amount_is_below_the_amount_and_never_below_nothing(told: Run) -> None:
    assert told.undoubted is not None
    found = told.undoubted.collect()
    both = found.join(amounts(told), on=KEYS, how="left")
    assert found.height
    assert found.select(KEYS).is_unique().all()
    assert both.select(((pl.col("undoubted_cents") >= 0) & (pl.col("undoubted_cents") < pl.col("amount_cents"))).all())[
        0, 0
    ]


def test_a_statement_that_says_too_much_leaves_what_cnss_says(bent: Country, told: Run, tmp_path: Path) -> None:
    over = set(overstated(told.table("discrepancies")).select("affiliation", "person", "year").collect().rows())
    declared: dict[tuple[int, int, int], int] = {}
    for row in bent.rows["cnss_lines"]:
        key = (row["affiliation"], row["person"], row["month"] // MONTHS_A_YEAR)
        declared[key] = declared.get(key, 0) + row["salary_real"]
    assert {key for key in over if key[0] == FIRST_FIRM}
    lower = Country()
    for name, rows in bent.rows.items():
        lower.rows[name] = [dict(row) for row in rows]
    for row in lower.rows["dgi_lines"]:
        key = (row["affiliation"], row["person"], row["year"])
        if key in over:
            row["gross_taxable_income_year"] = declared[key]
    straight = amounts(computed(lower, tmp_path / "lower"), "lower_cents")
    assert told.undoubted is not None
    of_firm = pl.col("affiliation") == FIRST_FIRM
    given = amounts(told).filter(of_firm, pl.col("measure").is_in(["air", "paf", "pae"]))
    given = given.join(told.undoubted.collect(), on=KEYS, how="left").join(straight, on=KEYS, how="left")
    kept = pl.coalesce("undoubted_cents", "amount_cents")
    assert given.filter(pl.col("undoubted_cents").is_not_null()).height
    assert given.filter(kept != pl.min_horizontal("lower_cents", "amount_cents")).is_empty()


def test_pay_raised_for_the_reference_leaves_the_premium_on_the_pay_that_followed(told: Run) -> None:
    raised = told.table("irregularities").filter(pl.col("kind") == "raised_reference").collect()
    assert told.undoubted is not None
    due = amounts(told).filter(pl.col("amount_cents") > 0)
    both = due.join(told.undoubted.collect(), on=KEYS, how="left").join(
        raised.select("affiliation", "person", "evidence_a", "evidence_b"), on=["affiliation", "person"], how="inner"
    )
    both = both.filter(pl.col("affiliation") == RAISED_FIRM)
    premiums, others = both.filter(pl.col("measure") == "pae"), both.filter(pl.col("measure") != "pae")
    assert premiums.height
    assert others.height
    for row in premiums.iter_rows(named=True):
        part = row["amount_cents"] * row["evidence_b"] / row["evidence_a"]
        assert abs(row["undoubted_cents"] - part) <= 1
    statement_agrees = others.filter(pl.col("undoubted_cents").is_null())
    assert statement_agrees.height == others.height
