"""What is published of a run: the same sums as the run, never a cell behind which too few firms stand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.entitlements.runs import Run
from minassa.steering.public import latest_figures, publish
from minassa.steering.published import FEWEST, MILLION, NUMBERS, figures_of, masked
from tests.steering.country import Country

SYNTHETIC = {"scale_millionths": MILLION // 1000}


@pytest.fixture(scope="session")
def figures(made: tuple[Run, Country]) -> dict[str, Any]:
    """The published figures of the small invented country."""
    return figures_of(made[0], SYNTHETIC)


def test_sums_are_those_of_the_run(figures: dict[str, Any], made: tuple[Run, Country]) -> None:
    """Money by measure and by status, and the jobs of the last month, are what the run holds."""
    run, _ = made
    due = run.table("amounts").filter("entitled").select(pl.col("amount_cents").sum()).collect().item()
    jobs = run.table("firm_month").filter(pl.col("month") == run.until).select(pl.col("headcount_month").sum())
    assert sum(one["due_cents"] for one in figures["measures"]) == due
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
    """No region whose jobs rest on fewer than three firms shows a number."""
    run, _ = made
    last = run.table("firm_month").filter(pl.col("month") == run.until, pl.col("headcount_month") > 0)
    firms = dict(last.group_by("filiere").agg(pl.col("affiliation").n_unique()).collect().iter_rows())
    for row in figures["filieres"]:
        assert row["jobs"] is None or row["jobs"] == 0 or firms[row["filiere"]] >= FEWEST


CELL = st.fixed_dictionaries(
    {
        "jobs": st.integers(0, 90),
        "new_jobs": st.integers(0, 9),
        "due_cents": st.integers(0, 9),
        "firms": st.integers(0, 6),
    }
)


@given(st.lists(CELL, max_size=8))
def test_a_hidden_cell_is_never_alone(cells: list[dict[str, int]]) -> None:
    """Subtraction from the total must not give a hidden cell back, unless nobody else has any job."""
    named = [{"region": number, **cell} for number, cell in enumerate(cells)]
    told = masked(named)
    hidden = [row["region"] for row in told if row["jobs"] is None]
    small = [c["region"] for c in named if (c["jobs"] or c["due_cents"]) and c["firms"] < FEWEST]
    assert set(small) <= set(hidden)
    assert len(hidden) != 1 or not any(c["jobs"] for c in named if c["region"] not in small)
    assert all("firms" not in row for row in told)
    assert all(row[n] is None for row in told if row["region"] in hidden for n in NUMBERS)


def test_figures_are_computed_once_for_each_run(made: tuple[Run, Country], tmp_path: Path) -> None:
    """None without a run; then kept beside it and read from there; a run made again under its name is told anew."""
    run, _ = made
    assert latest_figures(tmp_path) is None
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "calcul-0001").symlink_to(run.path, target_is_directory=True)
    (tmp_path / "synthetic.json").write_text(json.dumps(SYNTHETIC), "utf-8")
    first = latest_figures(tmp_path)
    assert first == figures_of(run, SYNTHETIC) | {"run": "calcul-0001"}
    kept = tmp_path / "published" / "calcul-0001.json"
    marked = {**json.loads(kept.read_text("utf-8")), "until": "kept"}
    kept.write_text(json.dumps(marked), "utf-8")
    assert (latest_figures(tmp_path) or {})["until"] == "kept"
    os.utime(kept, ns=(1, 1))
    assert latest_figures(tmp_path) == first


def test_publishing_says_nothing_without_a_run(tmp_path: Path) -> None:
    """There is nothing to publish."""
    assert publish(tmp_path) is None
