"""The script ./run: what it does before anything is installed, and how it takes an interruption."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.project.sources import ROOT

CLEAN = {key: value for key, value in os.environ.items() if key != "PYTHON"}


def load_script() -> ModuleType:
    """Read ./run as a module, without starting it and without leaving a compiled copy beside it."""
    loader = SourceFileLoader("run_script", str(ROOT / "run"))
    spec = importlib.util.spec_from_loader("run_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    exec(compile((ROOT / "run").read_text("utf-8"), str(ROOT / "run"), "exec"), vars(module))  # noqa: S102
    return module


def call(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run"), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=CLEAN, check=False)


def environment(folder: Path) -> Any:  # noqa: ANN401 (a class of a script that has no name as a module)
    script = load_script()
    return script.Environment(folder, script.Interpreter(sys.executable, "3.11.7"))


def test_help_is_given_from_any_folder(tmp_path: Path) -> None:
    answer = call("--help", cwd=tmp_path)
    assert answer.returncode == 0
    assert "./run test" in answer.stdout


def test_an_unknown_command_is_refused_with_the_list(tmp_path: Path) -> None:
    answer = call("tset", cwd=tmp_path)
    assert answer.returncode == 2
    assert "tset" in answer.stdout
    assert "./run test" in answer.stdout


def test_an_interpreter_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    answer = call("--python", "3.99", "test", cwd=tmp_path)
    assert answer.returncode == 3
    assert "3.99" in answer.stdout
    assert not (ROOT / ".venv-3.99").exists()


@pytest.mark.parametrize(
    ("version", "suits"), [("3.10.13", False), ("3.11.0", True), ("3.13.9", True), ("3.14.0", False)]
)
def test_only_the_versions_that_were_tried_suit(version: str, *, suits: bool) -> None:
    assert load_script().Interpreter("python", version).suits() is suits


def test_an_environment_is_whole_only_once_its_notes_say_so(tmp_path: Path) -> None:
    made = environment(tmp_path / "env")
    assert not made.sound()
    Path(made.python).parent.mkdir(parents=True)
    Path(made.python).touch()
    assert not made.sound()
    made.write(busy=False, installed={})
    assert made.sound()


def test_an_interrupted_installation_is_begun_again(tmp_path: Path) -> None:
    made = environment(tmp_path)
    Path(made.python).parent.mkdir(parents=True)
    Path(made.python).touch()
    made.write(busy=True, installed={"core": load_script().digest_of("core")})
    assert not made.sound()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"program": 1}'])
def test_notes_cut_short_count_as_none(tmp_path: Path, text: str) -> None:
    made = environment(tmp_path)
    made.notes.write_text(text, "utf-8")
    assert not made.sound()
    assert made.installed() == {}


def test_a_lock_is_laid_again_when_it_changes_and_only_then(tmp_path: Path) -> None:
    made, digest = environment(tmp_path), load_script().digest_of("test")
    made.write(busy=False, installed={"test": digest})
    assert made.satisfies("test")
    assert made.satisfies("core"), "the lock of the tests holds all of core"
    assert not made.satisfies("bench")
    made.write(busy=False, installed={"test": "another digest"})
    assert not made.satisfies("test")


@pytest.mark.skipif(os.name == "nt", reason="apt-get and its stand-in are programs of Linux")
def test_without_a_browser_the_tests_go_on_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stand_in = tmp_path / "apt-get"
    stand_in.write_text("#!/bin/sh\nexit 100\n", "utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    load_script().find_browser()
    assert "pas de Chromium" in capfd.readouterr().out


def test_another_interpreter_gets_another_environment(tmp_path: Path) -> None:
    made = environment(tmp_path)
    Path(made.python).parent.mkdir(parents=True)
    Path(made.python).touch()
    made.write(busy=False, installed={})
    made.interpreter.version = "3.12.1"
    assert not made.sound()


@pytest.mark.parametrize(
    ("arguments", "spread"),
    [([], True), (["-q", "--durations=5"], True), (["-n", "4"], False), (["-n0"], False), (["tests/offer"], False)],
)
def test_the_whole_suite_is_spread_over_the_cores_and_chosen_tests_are_not(
    arguments: list[str], *, spread: bool
) -> None:
    assert bool(load_script().side_by_side(arguments)) is spread
