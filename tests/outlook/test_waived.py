"""What conditions withhold: nothing of what is due, and all of what they alone stop."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from minassa.offer.loading import load_offer
from minassa.outlook.waived import KEYS, waived_amounts, without_conditions
from tests.steering.country import small_run


@pytest.fixture(scope="module")
def waived(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The amounts with what conditions withhold, and the table of amounts as the run holds it."""
    run, _ = small_run(Path(tmp_path_factory.mktemp("run")) / "run")
    return waived_amounts(run, load_offer()), run.table("amounts").collect()


def test_every_amount_is_there_once_and_unchanged(waived: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    found, held = waived
    assert found.select(held.columns).equals(held)
    assert found.select("measure", *KEYS).is_duplicated().sum() == 0


def test_what_is_due_is_what_it_would_be_without_conditions(waived: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    due = waived[0].filter("entitled")
    assert due.height > 100
    assert due["amount_cents"].equals(due["waived_cents"], check_names=False)


def test_conditions_withhold_something_of_every_measure(waived: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    refused = waived[0].filter(~pl.col("entitled")).group_by("measure").agg(pl.col("waived_cents").sum())
    assert set(refused.filter(pl.col("waived_cents") > 0)["measure"]) == set(load_offer().measures)


def test_only_the_premium_for_jobs_has_a_forecast_and_it_agrees_once_due(
    waived: tuple[pl.DataFrame, pl.DataFrame],
) -> None:
    known = waived[0].filter(pl.col("expected_cents").is_not_null())
    assert set(known["measure"]) == {"pae"}
    due = known.filter("entitled")
    assert due["amount_cents"].equals(due["expected_cents"], check_names=False)


def test_conditions_of_supports_are_kept() -> None:
    offer = load_offer()
    freed = without_conditions(offer)
    month = 2026 * 12
    assert freed.at("firm_year", month).rules["eligibility_export_share"].inputs
    assert not freed.at("employee_period", month).rules["air_firm_eligible"].inputs
