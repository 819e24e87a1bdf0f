"""What a linter cannot see of the lower half: it must give the same result tomorrow, elsewhere, for anyone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.sources import LOWER_HALF, place, python_files, tree

CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
CLOCKS |= {("time", "localtime"), ("time", "gmtime"), ("time", "monotonic"), ("time", "perf_counter")}
ENVIRONMENT = {"environ", "environb", "getenv"}
UNSEEDED = {"uuid1", "uuid4"}


def impurities(module: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield each line that reads the clock, the environment, or draws what cannot be drawn again."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module in {"os", "uuid"}:
            yield from ((node.lineno, a.name) for a in node.names if a.name in ENVIRONMENT | UNSEEDED)
        elif isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            drawn = owner == "random" and isinstance(node.value, ast.Name) and node.attr != "Random"
            read = (owner, node.attr) in CLOCKS or (owner == "os" and node.attr in ENVIRONMENT)
            if read or drawn or node.attr in UNSEEDED:
                yield node.lineno, f"{owner}.{node.attr}"
        elif isinstance(node, ast.Call) and not node.args + node.keywords and called(node) in {"default_rng", "Random"}:
            yield node.lineno, "a generator without a seed"


def called(node: ast.Call) -> str:
    """Last name of what is called."""
    name: str = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
    return name


def below_the_line() -> list[Path]:
    return python_files(*(f"src/minassa/{package}" for package in LOWER_HALF))


def test_the_lower_half_reads_no_clock_no_environment_and_no_chance() -> None:
    found = [f"{place(file, line)} {what}" for file in below_the_line() for line, what in impurities(tree(file))]
    assert not found, f"Take the date, the setting or the seed as an argument; the command `minassa` gives it: {found}"


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "import os\nos.environ['X']",
        "from os import getenv",
        "import random\nrandom.random()",
        "from uuid import uuid4",
        "import numpy as np\nnp.random.default_rng()",
    ],
)
def test_the_reading_of_the_sources_sees_each_fault(source: str) -> None:
    assert list(impurities(ast.parse(source)))


@pytest.mark.parametrize("source", ["import random\nrandom.Random(7)", "import os\nos.replace('a', 'b')", "row.now"])
def test_the_reading_of_the_sources_lets_the_rest_pass(source: str) -> None:
    assert not list(impurities(ast.parse(source)))
