"""The folder of work: its key, its lake, its runs; and how the command speaks."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from minassa.cli.speaking import Watch, json_option, refusal, spoken
from minassa.cli.workspace import LostKey, NoLake, Workspace
from minassa.entitlements.runs import MANIFEST
from minassa.vocabulary.errors import MinassaError


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    space = Workspace(tmp_path / "var")
    key = space.key()
    assert len(key) == 32
    assert space.key() == key
    assert os.name == "nt" or (space.home / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in space.home.iterdir()] == ["key"]


def test_a_lake_whose_key_is_lost_is_not_given_another(tmp_path: Path) -> None:
    space = Workspace(tmp_path)
    space.lake(create=True)
    (tmp_path / "key").unlink()
    for create in (True, False):
        with pytest.raises(LostKey):
            space.lake(create=create)
    assert not (tmp_path / "key").exists()


def test_a_lake_is_made_by_a_deposit_only(tmp_path: Path) -> None:
    space = Workspace(tmp_path / "var")
    with pytest.raises(NoLake):
        space.lake()
    assert not space.home.exists()
    assert space.lake(create=True).exists
    assert space.lake().exists


def test_runs_are_numbered_and_one_that_was_stopped_is_taken_up(tmp_path: Path) -> None:
    space = Workspace(tmp_path)
    assert space.next_run() == space.runs_path / "calcul-0001"
    for name in ("calcul-0001", "calcul-0007", "calcul-essai"):
        (space.runs_path / name).mkdir(parents=True)
        (space.runs_path / name / MANIFEST).write_text("{}", encoding="utf-8")
    assert space.next_run().name == "calcul-0008"
    (space.runs_path / "calcul-0003.partial").mkdir()
    (space.runs_path / "calcul-0003.partial" / MANIFEST).write_text("{}", encoding="utf-8")
    assert space.next_run().name == "calcul-0003"
    assert {run.path.name for run in space.runs()} == {"calcul-0001", "calcul-0007", "calcul-essai"}


def failing(error: BaseException) -> click.Command:
    """A command that fails in some way."""

    @click.command()
    @json_option
    @spoken
    def fail(json_wanted: bool) -> None:
        del json_wanted
        raise error

    return fail


class Refused(MinassaError):
    """An error of the house."""

    code = "EXEMPLE"


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Refused("c'est refusé"), 1, "c'est refusé  [EXEMPLE]"),
        (OSError(errno.ENOSPC, "No space left on device", "fichier"), 1, "« fichier » : le disque est plein  [SYSTEM]"),
        (PermissionError(errno.EACCES, "Permission denied", "x"), 1, "« x » : vous n'y avez pas accès  [SYSTEM]"),
        (KeyboardInterrupt(), 130, "elle reprendra où elle en était"),
    ],
)
def test_what_fails_is_said_in_a_sentence(error: BaseException, status: int, said: str) -> None:
    result = CliRunner().invoke(failing(error), [])
    assert result.exit_code == status
    assert said in result.stderr
    assert result.stdout == ""


def test_what_fails_is_a_document_for_programs() -> None:
    result = CliRunner().invoke(failing(Refused("c'est refusé")), ["--json"])
    assert result.exit_code == 1
    assert '"code": "EXEMPLE"' in result.stdout


def test_an_unknown_refusal_of_the_machine_is_told_as_it_is() -> None:
    assert refusal(OSError(errno.EIO, "Input/output error")) == "le système refuse : Input/output error"
    assert refusal(OSError("?")) == "le système refuse : ?"


def test_progress_goes_to_the_error_output_and_quiet_means_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    for quiet in (False, True):
        watch = Watch(quiet=quiet)
        for done in range(3):
            watch("Lecture", done, 3)
        watch("Écriture", 0, 0)
        watch.end("Terminé.")
        said = capsys.readouterr()
        assert said.out == ""
        assert [line.split("  ")[-1].strip() for line in said.err.splitlines()] == (
            [] if quiet else ["Lecture", "Écriture", "Terminé."]
        )
