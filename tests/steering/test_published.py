"""What is published of a run: the same sums as the run, never a cell behind which too few firms stand."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from minassa.entitlements.runs import Run
from minassa.outlook.disclosure.parameters import control
from minassa.steering.public import latest_figures, publish
from minassa.steering.published import MILLION, figures_of
from minassa.steering.releases.controlled import release
from minassa.steering.releases.shapes import NATION
from minassa.vocabulary.places import place_by_slug
from tests.steering.country import Country

SYNTHETIC = {"scale_millionths": MILLION // 1000}


@pytest.fixture(scope="session")
def figures(made: tuple[Run, Country]) -> dict[str, Any]:
    """The published figures of the small invented country."""
    return figures_of(made[0], release(made[0]), SYNTHETIC)


def test_sums_are_those_of_the_run(figures: dict[str, Any], made: tuple[Run, Country]) -> None:
    """Money in all and by status, and the jobs of the last month, are what the run holds of measures and years told.

    A measure of a year that too few firms stand behind waits; nothing else is left out.
    """
    run, _ = made
    told = release(run)
    amounts = run.table("amounts").filter("entitled").with_columns((pl.col("period_end") // 12).alias("year")).collect()
    blocks = told.kept.money.group_by("measure", "year").agg(pl.col("due_cents").sum().alias("told"))
    held = amounts.group_by("measure", "year").agg(pl.col("amount_cents").sum(), pl.col("affiliation").n_unique())
    both = held.join(blocks, on=["measure", "year"], how="left")
    known = both.filter(pl.col("told").is_not_null())
    assert (known["told"] == known["amount_cents"]).all()
    waiting = both.filter(pl.col("told").is_null(), pl.col("amount_cents") > 0)
    assert waiting.height > 0
    assert (waiting["affiliation"] < 4).all()
    due = known["told"].sum()
    jobs = run.table("firm_month").filter(pl.col("month") == run.until).select(pl.col("headcount_month").sum())
    assert figures["totals"]["due_cents"] == due
    assert sum(one["due_cents"] for one in figures["statuses"]) == due
    assert figures["months"][-1]["headcount"] == jobs.collect().item()
    assert due > 0


def test_targets_are_brought_to_the_size_of_the_data(figures: dict[str, Any]) -> None:
    """270,000 jobs in the country are 270 in one a thousand times smaller; the data say they are synthetic."""
    assert [one["jobs"] for one in figures["path"]] == [140, 190, 270]
    assert figures["synthetic"] is True


def test_figures_are_plain_data(figures: dict[str, Any]) -> None:
    """They can be kept and given away as JSON without losing anything."""
    assert json.loads(json.dumps(figures)) == figures


def test_too_few_firms_are_not_told(figures: dict[str, Any], made: tuple[Run, Country]) -> None:
    """No filière, region or P2I whose jobs rest on fewer firms than the threshold shows a number."""
    run, _ = made
    last = run.table("firm_month").filter(pl.col("month") == run.until, pl.col("headcount_month") > 0)
    for name, column, rows in (("filiere", "filiere", "filieres"), ("place", "place", "p2i")):
        firms = dict(last.group_by(column).agg(pl.col("affiliation").n_unique()).collect().iter_rows())
        for row in figures[rows]:
            key = row[name] if name == "filiere" else place_by_slug(row[name]).code
            assert row["jobs"] is None or row["jobs"] == 0 or firms[key] >= control().fewest_firms.value
    assert any(row["jobs"] is None for row in figures["regions"])


def test_a_late_firm_is_not_read_in_two_releases(made: tuple[Run, Country], tmp_path: Path) -> None:
    """What one firm changes of months already published stays out: the next release tells them as they were."""
    run, _ = made
    last = run.table("firm_month").filter(pl.col("month") == run.until).sort("headcount_month").collect()
    late = last["affiliation"][-1]
    before = Run(tmp_path / "before")
    shutil.copytree(run.path, before.path)
    silent = (pl.col("affiliation") == late) & (pl.col("month") > run.until - 3)
    frame = run.table("firm_month").with_columns(headcount_month=pl.when(silent).then(0).otherwise("headcount_month"))
    frame.collect().write_parquet(before.path / "firm_month.parquet")
    first = release(before)
    second = release(run, first.kept)
    for month in range(run.until - 2, run.until + 1):
        told = [one.months[month].value(NATION) for one in (first, second)]
        assert told[0] == told[1]
        true = run.table("firm_month").filter(pl.col("month") == month).select(pl.col("headcount_month").sum())
        assert told[0] < true.collect().item()
    assert second.withheld >= 3


def test_figures_are_computed_once_for_each_run(made: tuple[Run, Country], tmp_path: Path) -> None:
    """None without a run; then kept beside it and read from there; a run made again under its name is told anew."""
    run, _ = made
    assert latest_figures(tmp_path) is None
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "calcul-0001").symlink_to(run.path, target_is_directory=True)
    (tmp_path / "synthetic.json").write_text(json.dumps(SYNTHETIC), "utf-8")
    first = latest_figures(tmp_path)
    assert first == figures_of(run, release(run), SYNTHETIC) | {"run": "calcul-0001"}
    kept = tmp_path / "published" / "calcul-0001.json"
    marked = {**json.loads(kept.read_text("utf-8")), "until": "kept"}
    kept.write_text(json.dumps(marked), "utf-8")
    assert (latest_figures(tmp_path) or {})["until"] == "kept"
    os.utime(kept, ns=(1, 1))
    assert latest_figures(tmp_path) == first


def test_publishing_says_nothing_without_a_run(tmp_path: Path) -> None:
    """There is nothing to publish."""
    assert publish(tmp_path) is None


def test_a_nation_of_one_firm_has_nothing_to_publish(made: tuple[Run, Country], tmp_path: Path) -> None:
    """Every month and every amount would be those of the firm: no figure, and no number in the open data."""
    run, _ = made
    alone = Run(tmp_path / "runs" / "calcul-0001")
    shutil.copytree(run.path, alone.path)
    for name in ("firm_month", "amounts"):
        rows = run.table(name).filter(pl.col("affiliation") == pl.col("affiliation").min()).collect()
        rows.write_parquet(alone.path / f"{name}.parquet")
    assert publish(tmp_path) is None
    told = release(alone)
    assert (told.months, told.kept.money.height) == ({}, 0)
    assert told.withheld > 0
