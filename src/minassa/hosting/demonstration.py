"""What a demonstration invents: its cases, its nation as large as was asked, its story; each made by a process once.

Which nation is under way is written down until it is made: stopped, the next start goes on with that one, as it was
asked and known on the day when it was begun.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from minassa.hosting.errors import OtherNation
from minassa.hosting.supervising import Child

MANAGE = (sys.executable, "-m", "minassa.web")
PEOPLE, MONTHS = 6000, 42
MOST_PROCESSES = 4
UNDER_WAY, MADE = "nation.json", "synthetic.json"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Nation:
    """The nation to make: employees at its start, months lived, and the day it is known on.

    `today` is an ISO day: what was due by then is declared. None: all months are declared, those to come included.
    `processes` write its files.
    """

    people: int = PEOPLE
    months: int = MONTHS
    today: str | None = None
    processes: int = 1

    def options(self) -> tuple[str, ...]:
        """The options of `minassa demo` that make it."""
        size = ("--people", str(self.people), "--months", str(self.months), "--workers", str(self.processes))
        return (*size, "--earlier") if self.today is None else (*size, "--today", self.today)


def nation_to_make(home: Path, people: int | None, months: int | None) -> Nation | None:
    """The nation that this folder still has to make, noted as under way; None when it has one already.

    Without a size it is the usual one, declared up to today; with `months`, all of them are declared. OtherNation when
    the folder holds, or has begun, one of another size than the one asked.
    """
    begun = _read(home / UNDER_WAY)
    has = begun or _read(home / MADE)
    if has and any(wanted not in (None, has[name]) for name, wanted in (("people", people), ("months", months))):
        raise OtherNation(
            f"« {home} » contient déjà une nation de {has['people']} salariés sur {has['months']} mois : "
            "prenez un autre dossier (MINASSA_HOME), ou effacez celui-ci (./run reset)"
        )
    if begun:
        return Nation(**begun)
    if any((home / "runs").glob("*/manifest.json")):
        return None
    nation = Nation(today=date.today().isoformat())  # noqa: DTZ011 (the machine's own day)
    if people is not None:
        nation = replace(nation, people=people, processes=min(os.cpu_count() or 1, MOST_PROCESSES))
    if months is not None:
        nation = replace(nation, months=months, today=None)
    _write(home / UNDER_WAY, asdict(nation))
    return nation


def nation_made(home: Path) -> None:
    """Note that the nation under way is made: deposited, computed, published."""
    (home / UNDER_WAY).unlink(missing_ok=True)


def invented_cases() -> Child:
    """The invented cases of the demonstration, made once behind the rest."""
    return Child("demonstration", (*MANAGE, "demonstrate"), once=True)


def invented_story() -> Child:
    """A year of claims of the invented nation, played behind; on a later start, what has come since."""
    return Child("story", (sys.executable, "-m", "minassa.simulators.story"), once=True)


def invented_nation(home: Path, nation: Nation, say: Say, then: Child | None) -> Child:
    """The main job on a synthetic nation, done once behind the rest; what it says goes to the person too."""
    command = (sys.executable, "-m", "minassa.cli.main", "--workspace", str(home), "demo", *nation.options())
    return Child("nation", command, once=True, heard=lambda line: say(f"  nation │ {line}"), then=then)


def _read(file: Path) -> dict[str, Any]:
    """What a note says; empty when there is none, or when it is damaged."""
    try:
        document = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def _write(file: Path, document: dict[str, Any]) -> None:
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(document), "utf-8")
    draft.replace(file)
