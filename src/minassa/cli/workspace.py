"""The folder where Minassa keeps its lake, its key, its runs and its reports."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import click

from minassa.declarations.lake import Lake
from minassa.entitlements.runs import Run, UnknownRun, runs_in
from minassa.hosting.keys import drawn_once
from minassa.vocabulary.errors import MinassaError

P = ParamSpec("P")
T = TypeVar("T")
KEY_BYTES = 32
NUMBERED = "calcul-"


class NoLake(MinassaError):
    """Nothing has been deposited yet in this folder."""

    code = "WORKSPACE-EMPTY"


class LostKey(MinassaError):
    """The lake is there, its key is not: nobody can be told apart, no original file can be read again."""

    code = "WORKSPACE-KEY"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder and what it holds."""

    home: Path

    @property
    def lake_path(self) -> Path:
        """Where the lake stands."""
        return self.home / "lake"

    @property
    def runs_path(self) -> Path:
        """Where the runs stand, one folder each."""
        return self.home / "runs"

    @property
    def report_path(self) -> Path:
        """Where the report is written."""
        return self.home / "report"

    def key(self) -> bytes:
        """The secret under which persons are pseudonyms and files are sealed; made on first use, for its owner only.

        LostKey when it is missing beside a lake: another one would be of no use.
        """
        path = self.home / "key"
        if not path.exists() and self.lake_path.exists():
            message = f"la clé « {path} » manque alors que le lac est là ; remettez celle d'une sauvegarde"
            raise LostKey(message)
        return drawn_once(path, lambda: secrets.token_bytes(KEY_BYTES))

    def lake(self, *, create: bool = False) -> Lake:
        """The lake; NoLake when nothing was deposited yet and none is to be made."""
        found = Lake(self.lake_path, self.key()) if create or self.lake_path.exists() else None
        if found is not None and create:
            found.prepare()
        if found is None or not found.exists:
            message = f"aucun dépôt dans « {self.home} » ; déposez d'abord des fichiers : minassa deposit DOSSIER"
            raise NoLake(message)
        return found

    def runs(self) -> list[Run]:
        """Complete runs, oldest first."""
        return runs_in(self.runs_path)

    def run(self, name: str | None = None) -> Run:
        """A run by name, or the latest; UnknownRun when there is none."""
        if name is not None:
            run = Run(self.runs_path / name)
            _ = run.manifest
            return run
        found = self.runs()
        if not found:
            message = "aucun calcul n'a encore été fait ; lancez : minassa run"
            raise UnknownRun(message)
        return found[-1]

    def next_run(self) -> Path:
        """The folder of the next run; that of a run that was stopped, so that it resumes."""
        stopped = sorted(self.runs_path.glob("*.partial"))
        if stopped:
            return stopped[0].with_suffix("")
        names = [path.name.removeprefix(NUMBERED) for path in self.runs_path.glob(f"{NUMBERED}*")]
        last = max((int(name) for name in names if name.isdecimal()), default=0)
        return self.runs_path / f"{NUMBERED}{last + 1:04d}"

    def synthetic(self) -> dict[str, Any] | None:
        """What is known of the synthetic nation that was deposited here, if one was."""
        path = self.home / "synthetic.json"
        if not path.exists():
            return None
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return document

    def remember_synthetic(self, manifest: dict[str, Any]) -> None:
        """Note that what is deposited here is synthetic: every page and file made from it will say so."""
        self.home.mkdir(parents=True, exist_ok=True)
        waiting = self.home / "synthetic.new"
        waiting.write_text(json.dumps(manifest, ensure_ascii=False, default=str), encoding="utf-8")
        waiting.replace(self.home / "synthetic.json")


def pass_workspace(command: Callable[Concatenate[Workspace, P], T]) -> Callable[P, T]:
    """A command that gets, first, the workspace in the folder that the group was given."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        return command(Workspace(Path(click.get_current_context().obj)), *args, **kwargs)

    return wrapped
