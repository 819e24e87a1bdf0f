"""The group of commands: what it lists is what there is, and listing it loads nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from minassa.cli.main import COMMANDS, VARIABLE, minassa
from tests.cli.conftest import called
from tests.project.sources import ROOT

HEAVY = ("altair", "deltalake", "duckdb", "narwhals", "numpy", "polars", "pydantic", "vl_convert", "yaml")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_there_and_is_what_the_list_says(name: str) -> None:
    command = minassa.get_command(click.Context(minassa), name)
    assert command is not None
    assert command.get_short_help_str(limit=200) == COMMANDS[name].line
    assert command.name in {name, None}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help(name: str, tmp_path: Path) -> None:
    result = called(tmp_path, name, "--help")
    assert result.exit_code == 0
    assert COMMANDS[name].line in " ".join(result.output.split())
    assert not list(tmp_path.iterdir())


def test_the_help_lists_every_command() -> None:
    result = called(Path("var"), "--help")
    assert result.exit_code == 0
    assert all(f"  {name} " in result.output and later.line in result.output for name, later in COMMANDS.items())


def test_an_unknown_command_is_a_wrong_use(tmp_path: Path) -> None:
    assert called(tmp_path, "calculer").exit_code == 2


def test_help_loads_no_engine() -> None:
    code = (
        "import sys\nfrom minassa.cli.main import minassa\n"
        "try:\n    minassa(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    environment = {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert said.stdout.rstrip().endswith("LOADED")


def test_the_folder_of_work_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "ailleurs"))
    seen: list[str] = []

    @click.command("see")
    @click.pass_obj
    def see(home: str) -> None:
        seen.append(home)

    context = minassa.make_context("minassa", ["offer"])
    context.invoke(minassa.callback or see, home=context.params["home"])
    context.invoke(see)
    assert seen == [str(tmp_path / "ailleurs")]
