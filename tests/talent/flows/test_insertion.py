"""Insertion measured from declared lines, against what was planted in a country and against hand-made cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from minassa.declarations.deposit import deposit
from minassa.declarations.lake import Lake
from minassa.entitlements.months import aliases, by_number
from minassa.nation import make_nation
from minassa.nation.graduates import graduates_of, true_insertion
from minassa.talent.flows.insertion import HORIZONS, at_work, insertion, whereabouts
from minassa.talent.flows.staying import LEAST, staying, stays
from minassa.vocabulary.periods import month_index

KEY = b"a key for tests, known to all ....."
FIRST = month_index(2025, 1)
MONTHS = 40
LAST = FIRST + MONTHS - 1
COHORT = ["programme", "provider", "cohort"]


@dataclass(frozen=True)
class Met:
    """Graduates under pseudonyms, declared work, and the truth."""

    graduates: pl.DataFrame
    work: pl.DataFrame
    truth: pl.DataFrame


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    folder = tmp_path_factory.mktemp("graduates")
    make_nation(folder / "nation", people=400, months=MONTHS, seed=29, straight=True)
    lake = Lake(folder / "lake", KEY)
    deposit([folder / "nation"], lake, "2028-06-05T09:00:00+00:00")
    lived = _stays(folder / "nation" / "verite" / "spells.csv")
    names = lived.select(number="person").unique()
    names = names.with_columns(person=pl.Series(lake.pseudonyms().of_numbers(names["number"].to_numpy())))
    staff = lake.current("staff_lines").collect()
    latest = (
        staff.sort("as_of_month").group_by("affiliation", "person").last().select("affiliation", "person", "filiere")
    )
    truly = latest.join(names, on="person").select("affiliation", "filiere", person="number")
    graduates = graduates_of(lived, truly, seed=29)
    pseudonyms = pl.Series("person", lake.pseudonyms().of_numbers(graduates["number"].to_numpy()))
    work = at_work(by_number(lake.current("cnss_lines"), aliases(staff)), latest.lazy()).collect()
    truth = true_insertion(graduates, lived, truly, LAST, HORIZONS)
    return Met(graduates.with_columns(pseudonyms).drop("number"), work, truth)


def _stays(path: Path) -> pl.DataFrame:
    def month(name: str) -> pl.Expr:
        text = pl.col(name)
        return (
            text.str.slice(0, 4).cast(pl.Int32, strict=False) * 12
            + text.str.slice(5, 2).cast(pl.Int32, strict=False)
            - 1
        )

    return pl.read_csv(path, separator=";", schema_overrides={"left_on": pl.String}).with_columns(
        from_month=month("hired_on"), to_month=month("left_on"), affiliation=pl.col("affiliation").cast(pl.Int32)
    )


def test_what_was_planted_is_measured(met: Met) -> None:
    measured = insertion(met.graduates, met.work.lazy(), LAST)
    both = measured.join(met.truth, on=[*COHORT, "horizon"], suffix="_truth")
    assert both.height == measured.height == met.truth.height > 40
    assert both["employed"].fill_null(0).sum() > 100
    told = both.filter(pl.col("observed") > 0)
    for column in ("observed", "employed", "in_trade"):
        assert told[column].to_list() == told[f"{column}_truth"].to_list()
    assert both.filter(pl.col("observed") == 0)["employed"].null_count() == both.filter(pl.col("observed") == 0).height


def test_who_gave_no_ground_is_counted_and_never_met(met: Met) -> None:
    measured = insertion(met.graduates, met.work.lazy(), LAST).unique(COHORT)
    alone = met.graduates.filter(~pl.col("grounded"))
    assert measured["without_ground"].sum() == alone.join(measured, on=COHORT, how="semi").height > 0
    assert measured["graduates"].sum() == met.graduates["grounded"].sum()
    assert not set(stays(met.graduates, met.work.lazy(), LAST)["person"]) & set(alone["person"])


def test_whereabouts_add_up(met: Met) -> None:
    told = whereabouts(met.graduates, met.work.lazy(), LAST)
    assert (told["inserted"] + told["never_seen"]).to_list() == told["graduates"].to_list()
    assert (told["gone"] <= told["inserted"]).all()
    assert (told["left_at_least"] <= told["left_at_most"]).all()


def test_the_curve_of_stays_only_falls(met: Met) -> None:
    held = stays(met.graduates, met.work.lazy(), LAST)
    curve = staying(held)
    assert curve is not None
    assert list(curve.part) == sorted(curve.part, reverse=True)
    assert all(low <= part <= high for low, part, high in zip(curve.low, curve.part, curve.high, strict=True))
    assert curve.people == held.height
    assert staying(held.head(LEAST - 1)) is None


def _work(*rows: tuple[int, int, int, int]) -> pl.LazyFrame:
    schema = {"person": pl.Int64, "month": pl.Int32, "filiere": pl.Int8, "salary_month": pl.Int64}
    return pl.LazyFrame(list(rows), schema=schema, orient="row")


def _graduates(*rows: tuple[int, int, int, bool]) -> pl.DataFrame:
    frame = pl.DataFrame(
        list(rows),
        schema={"person": pl.Int64, "graduated_month": pl.Int32, "filiere": pl.Int8, "grounded": pl.Boolean},
        orient="row",
    )
    return frame.with_columns(programme=pl.lit("p"), provider=pl.lit("o"), cohort=pl.lit("c"))


def test_a_horizon_not_reached_is_empty_and_not_zero() -> None:
    told = insertion(_graduates((1, 100, 1, True)), _work((1, 103, 1, 500_000)), last_month=104, horizons=(3, 6))
    assert told["employed"].to_list() == [1, None]
    assert told["in_trade"].to_list() == [1, None]
    assert told["wage_month"].to_list() == [500_000, None]


def test_another_trade_is_work_and_not_the_trade_learned() -> None:
    told = insertion(_graduates((1, 100, 1, True)), _work((1, 103, 2, 500_000)), last_month=110, horizons=(3,))
    assert told.row(0, named=True) | {"employed": 1, "in_trade": 0} == told.row(0, named=True)


def test_a_short_gap_is_a_change_of_employer_and_a_long_one_a_departure() -> None:
    months = (*range(101, 105), 107, *range(112, 115))
    held = stays(_graduates((1, 100, 1, True)), _work(*((1, month, 1, 1) for month in months)), last_month=120)
    assert held.rows() == [(1, 7, True)]


def test_two_employers_are_one_month_at_work_and_so_is_an_absence() -> None:
    lines = pl.LazyFrame(
        {
            "person": [1, 1, 1, 2, 2],
            "month": [5, 5, 6, 5, 6],
            "affiliation": [7, 8, 7, 7, 7],
            "days": [13, 26, 0, 0, 0],
            "situation": [0, 0, 0, 3, 1],
            "salary_real": [200, 300, 100, 0, 0],
        }
    )
    filiere_of = pl.LazyFrame({"affiliation": [7, 8], "person": [1, 1], "filiere": [2, 1]})
    assert at_work(lines, filiere_of).sort("person").collect().rows() == [(1, 5, 1, 500), (2, 5, 0, 0)]
