"""The README is true: the commands it shows exist."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module

import click
import pytest

from tests.project.sources import ROOT, packages


def shown() -> list[str]:
    """Lines of code of the README: fenced blocks, and words between backquotes."""
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```(?:sh|bash|console)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()] + spans


def script_commands() -> set[str]:
    """Commands that ./run says it has."""
    said = subprocess.run([sys.executable, str(ROOT / "run"), "--help"], capture_output=True, check=True).stdout
    return set(re.findall(r"^\./run (\w+)", said.decode("utf-8"), re.MULTILINE))


def test_the_readme_shows_the_two_commands() -> None:
    assert {"./run", "./run test"} <= {line.partition("  ")[0].strip() for line in shown()}


def test_every_command_of_the_script_shown_exists() -> None:
    named = {found[1] for line in shown() if (found := re.match(r"(?:\./run|py run) (?!--)(\w+)", line))}
    assert named <= script_commands() | {"demo"}, f"The README shows what ./run does not know: {named}"


def test_every_command_of_minassa_shown_exists() -> None:
    named = {found[1] for line in shown() if (found := re.match(r"(?:\./run )?minassa ([a-z][\w-]*)", line))}
    if "cli" not in packages():
        pytest.skip("the command minassa is not there yet")
    command = import_module("minassa.cli.main").minassa
    assert isinstance(command, click.Group)
    unknown = named - set(command.list_commands(click.Context(command)))
    assert not unknown, f"The README shows commands that do not exist: {sorted(unknown)}"
