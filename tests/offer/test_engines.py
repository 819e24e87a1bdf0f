"""The whole offer gives the same centimes on plain values, on Polars and on DuckDB."""

from __future__ import annotations

import random
from typing import Any

import duckdb
import polars as pl
import pytest

from minassa.engine import evaluate, explain
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.places import places
from tests.offer.rows import employee_period, firm_month, firm_year, frame, hire

SPAN = (parse_month("2016-01"), parse_month("2030-12"))
RECENT = (parse_month("2024-01"), SPAN[1])
NAMES = {
    "employee_period": ["air_amount", "paf_amount", "income_tax_due", "income_tax_counted", "air_no_other_aid"],
    "hire": ["pae_amount", "pae_amount_expected", "pae_skills_rising"],
    "firm_year": ["ais_amount", "export_share", "eligibility_entitled"],
    "firm_month": ["net_jobs", "new_hires_month", "kept_net_jobs"],
}
YEARS = (2018, 2021, 2023, 2025, 2026, 2030)


def drawn() -> dict[str, list[dict[str, Any]]]:
    """A few hundred rows of each grain, drawn with a seed: several years, places, firms in and out of order."""
    draw = random.Random(20251124)
    firms = {
        year: firm_year(
            year=year,
            closing_month=parse_month(f"{year}-12"),
            convention_regime=2016,
            export_turnover_year=draw.randint(0, 10**11),
            turnover_year=10**11,
            corporate_tax_year=draw.randint(0, 10**10),
            activity_year=draw.randint(1, 5),
            value_added_year=draw.randint(0, 2),
        )
        for year in YEARS
    }
    codes = [place.code for place in places()]
    periods = [_period(draw, draw.choice(YEARS), draw.choice(codes)) for _ in range(300)]
    spells = [_spell(draw, draw.choice(YEARS[-2:])) for _ in range(100)]
    months = [
        firm_month(
            month=parse_month("2026-01") + number,
            headcount_month=draw.randint(0, 50),
            headcount_base=20,
            hires_month=draw.randint(0, 9),
            transfers_in_month=draw.randint(0, 9),
            kept_hires_month=draw.randint(0, 9),
        )
        for number in range(24)
    ]
    return {
        "firm_year": list(firms.values()),
        "employee_period": numbered(periods),
        "hire": numbered(spells),
        "firm_month": months,
    }


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"person": number} for number, row in enumerate(rows, start=1)]


def _period(draw: random.Random, year: int, place: int) -> dict[str, Any]:
    worked = draw.randint(0, 12)
    start = parse_month(f"{year}-07" if year == 2025 else f"{year}-01")
    return employee_period(
        year=year,
        period_start=start,
        hired_month=start - draw.randint(0, 70),
        tenure_months_at_start=draw.randint(0, 70),
        place=place,
        months_worked_period=worked,
        gross_taxable_income_period=draw.randint(0, 6_000_000) * worked,
        capped_salary_period=600_000 * worked,
        other_aid_months_period=draw.choice([0, 0, 0, 3, 12]),
        dependants=draw.randint(0, 7),
        income_tax_withheld_period=draw.randint(0, 10**7),
        tax_statement_filed=draw.random() < 0.5,
        moroccan=draw.random() < 0.9,
        in_register=draw.random() < 0.9,
    )


def _spell(draw: random.Random, year: int) -> dict[str, Any]:
    return hire(
        year=year,
        hired_month=parse_month(f"{year}-07"),
        gross_taxable_income_first_12_months=draw.randint(0, 10**8),
        declared_months_in_post=draw.randint(0, 30),
        reference_months_known=draw.randint(0, 12),
        left=draw.random() < 0.5,
        rehired=draw.random() < 0.1,
    )


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, Any]]]:
    return drawn()


@pytest.fixture(scope="module")
def by_polars(rows: dict[str, list[dict[str, Any]]]) -> dict[str, pl.DataFrame]:
    frames = {grain: frame(lines).lazy() for grain, lines in rows.items()}
    results = evaluate(load_offer(), frames, dict.fromkeys(frames, SPAN), NAMES)
    return {grain: shown(grain, result.collect()) for grain, result in results.items()}


def shown(grain: str, result: pl.DataFrame) -> pl.DataFrame:
    keys = list(load_offer().grains[grain].keys)
    return result.select(*keys, *NAMES[grain]).sort(keys)


def plain(grain: str, lines: list[dict[str, Any]], firms: dict[int, dict[str, Any]]) -> pl.DataFrame:
    """The same rules on plain values, one row after the other."""
    told = []
    keys = list(load_offer().grains[grain].keys)
    for line in lines:
        given = (
            {grain: line} if grain in {"firm_year", "firm_month"} else {grain: line, "firm_year": firms[line["year"]]}
        )
        law = load_offer().at(grain, line[load_offer().grains[grain].date])
        values = {n: explain(load_offer(), n, grain, given).value if n in law.rules else None for n in NAMES[grain]}
        told.append({**{key: line[key] for key in keys}, **values})
    return pl.DataFrame(told, infer_schema_length=None).sort(keys)


@pytest.mark.parametrize("grain", NAMES)
def test_a_column_gives_what_plain_values_give(
    grain: str, rows: dict[str, list[dict[str, Any]]], by_polars: dict[str, pl.DataFrame]
) -> None:
    firms = {row["year"]: row for row in rows["firm_year"]}
    expected = plain(grain, rows[grain], firms)
    assert by_polars[grain].rows() == expected.rows()
    amounts = [name for name in NAMES[grain] if name.endswith(("_amount", "_due", "jobs"))]
    assert all((by_polars[grain][name] > 0).any() for name in amounts), "rows that give nothing prove nothing"


def test_duckdb_gives_the_same_centimes(
    rows: dict[str, list[dict[str, Any]]], by_polars: dict[str, pl.DataFrame]
) -> None:
    """From 2024 on: each regime more is as much SQL again."""
    with duckdb.connect() as connection:
        frames = {grain: connection.from_arrow(frame(lines).to_arrow()) for grain, lines in rows.items()}
        results = evaluate(load_offer(), frames, dict.fromkeys(frames, RECENT), NAMES)
        for grain, result in results.items():
            date, keys = load_offer().grains[grain].date, list(load_offer().grains[grain].keys)
            dates = frame(rows[grain]).select(*keys, pl.col(date).alias("dated"))
            expected = by_polars[grain].join(dates, on=keys).filter(pl.col("dated") >= RECENT[0]).drop("dated")
            assert shown(grain, result.pl()).rows() == expected.sort(keys).rows(), grain
            assert expected.height > 0
