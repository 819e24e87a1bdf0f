"""What a benchmark is required to reach, as its last lines say it and as the table at the end shows it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bench._goals import Goal, read, table
from tests.project.sources import ROOT

LEAST = Goal("times as fast", 9.5, 10, "x", least=True)
MOST = Goal("seconds of why", 0.1, 0.1, "s")


def test_a_goal_is_reached_on_the_right_side_of_its_bound() -> None:
    assert not LEAST.reached
    assert MOST.reached
    assert Goal("", 10, 10, "x", least=True).reached
    assert not Goal("", 0.11, 0.1, "s").reached


@pytest.mark.parametrize("goal", [LEAST, MOST])
def test_a_goal_is_read_back_from_its_line(goal: Goal, capsys: pytest.CaptureFixture[str]) -> None:
    goal.say()
    assert read(capsys.readouterr().out) == goal


@pytest.mark.parametrize("line", ["", "20,000,000 employee-months", "goal of the day", "a goal {}"])
def test_any_other_line_tells_no_goal(line: str) -> None:
    assert read(line) is None


def test_the_table_says_what_is_missed() -> None:
    header, *rows = table([("tax", LEAST), ("why", MOST)]).splitlines()
    assert header.split() == ["benchmark", "figure", "measured", "required", "reached"]
    assert [(row.split()[0], row.split()[-1]) for row in rows] == [("tax", "NO"), ("why", "yes")]
    assert "at least 10 x" in rows[0]
    assert "at most 0.1 s" in rows[1]


@pytest.mark.parametrize(("given", "kept"), [({}, "muzzy_decay_ms:10000"), ({"_RJEM_MALLOC_CONF": "x:1"}, "x:1")])
def test_polars_allocator_is_told_before_it_loads_and_a_setting_of_ones_own_stands(
    given: dict[str, str], kept: str
) -> None:
    bare = {name: value for name, value in os.environ.items() if name != "_RJEM_MALLOC_CONF"}
    script = "import minassa, os, sys; assert 'polars' not in sys.modules; print(os.environ['_RJEM_MALLOC_CONF'])"
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**bare, "PYTHONPATH": str(ROOT / "src"), **given},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == kept
