"""The folder where Minassa keeps its lake, its key, its runs and its reports."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minassa.declarations.lake import Lake
from minassa.entitlements.runs import MANIFEST, Run, UnknownRun
from minassa.vocabulary.errors import MinassaError

VARIABLE = "MINASSA_HOME"
KEY_BYTES = 32


class NoLake(MinassaError):
    """Nothing has been deposited yet in this folder."""

    code = "WORKSPACE-EMPTY"


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
        """The secret under which persons are pseudonyms and files are sealed; made on first use, for its owner only."""
        path = self.home / "key"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            waiting = path.with_suffix(".new")
            waiting.touch(mode=0o600)
            waiting.write_bytes(secrets.token_bytes(KEY_BYTES))
            waiting.replace(path)
        return path.read_bytes()

    def lake(self, *, create: bool = False) -> Lake:
        """The lake; NoLake when nothing was deposited yet and none is to be made."""
        lake = Lake(self.lake_path, self.key())
        if create:
            lake.prepare()
        elif not lake.exists:
            message = f"aucun dépôt dans « {self.home} » ; déposez d'abord des fichiers : minassa deposit DOSSIER"
            raise NoLake(message)
        return lake

    def runs(self) -> list[Run]:
        """Complete runs, oldest first."""
        found = sorted(self.runs_path.glob(f"*/{MANIFEST}"), key=lambda path: (path.stat().st_mtime_ns, path.parent.name))
        return [Run(path.parent) for path in found]

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
        numbers = [int(path.name.split("-")[-1]) for path in self.runs_path.glob("calcul-*") if path.name[-4:].isdigit()]
        return self.runs_path / f"calcul-{max(numbers, default=0) + 1:04d}"

    def synthetic(self) -> dict[str, Any] | None:
        """What is known of the synthetic nation that was deposited here, if one was."""
        path = self.home / "synthetic.json"
        if not path.exists():
            return None
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return document

    def remember_synthetic(self, manifest: dict[str, Any]) -> None:
        """Note that what is deposited here is synthetic: every page and file made from it will say so."""
        path = self.home / "synthetic.json"
        path.write_text(json.dumps(manifest, ensure_ascii=False, default=str), encoding="utf-8")


def workspace(home: str | None) -> Workspace:
    """The workspace in the folder given, else in the one that the environment names, else in `var`."""
    return Workspace(Path(home or os.environ.get(VARIABLE) or "var"))
