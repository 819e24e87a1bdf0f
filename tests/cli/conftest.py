"""The command, and a folder where a small synthetic country was made, deposited and run by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minassa.cli.main import minassa

MADE = ["--people", "100", "--months", "26", "--seed", "4"]
Call = Callable[..., Result]


def called(home: Path, *words: object) -> Result:
    """What the command answers in a folder; an exception that is no exit status is a defect."""
    result = CliRunner().invoke(minassa, ["--workspace", str(home), *map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def told(home: Path, *words: object) -> Any:  # noqa: ANN401 - whatever the command tells programs
    """The document of a command that went well, asked for with --json."""
    result = called(home, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@dataclass(frozen=True)
class Place:
    """A folder of work, and the files of the country deposited in it. Not to be written to."""

    home: Path
    files: Path
    deposited: dict[str, Any]
    run: dict[str, Any]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A country made, deposited and run, each by its command."""
    folder = tmp_path_factory.mktemp("place")
    home, files = folder / "var", folder / "nation"
    assert called(home, "nation", "make", files, *MADE).exit_code == 0
    deposited = told(home, "deposit", files)
    return Place(home, files, deposited, told(home, "run"))
