"""Processes watched over: started, started again with patience when they die, ended together."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minassa.hosting.logs import RotatingLog, follow
from minassa.hosting.processes import PROC, alive, command_line, end

MARK = "MINASSA_PLATFORM"
"""Variable that all processes of one start carry, so that they are found again whatever happened to their parent."""
FIRST_WAIT, LONGEST_WAIT = 0.25, 8.0
"""Seconds between a start and the next one, at least: after a first death, and after many in a row."""
SETTLED_AFTER = 60.0
"""Seconds of life after which a process is forgiven its former deaths."""
PATIENCE = 10.0
LAST_WORDS = 1.0
"""Seconds left to the last lines of a process that has ended to reach its log."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep alive; one that has a work to do `once` is left in peace when it has done it.

    `then` is what starts once it has.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    once: bool = False
    heard: Callable[[str], None] | None = None
    then: Child | None = None


def waiting_time(deaths: int) -> float:
    """Seconds that part two starts after so many deaths in a row: doubled each time, up to the longest.

    They are counted from the last start: what dies at once is not started again and again, while a process that worked
    longer than that before it was killed is missed by everyone and starts again at once.
    """
    return float(min(FIRST_WAIT * 2 ** min(deaths - 1, 10), LONGEST_WAIT)) if deaths else 0.0


class Watched:
    """One child and how it fares."""

    def __init__(self, child: Child, log: RotatingLog, environment: Mapping[str, str]) -> None:
        self.child, self.log = child, log
        self.environment = {**environment, **child.environment}
        self.process: subprocess.Popen[bytes] | None = None
        self.since = 0.0
        self.started = self.next_start = 0.0
        self.restarts = self.deaths = 0
        self.done = False
        self.copying: threading.Thread | None = None

    def start(self) -> None:
        """Start the process, in a session of its own: Ctrl-C is for its watcher."""
        self.process = subprocess.Popen(
            self.child.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.since, self.started = time.time(), time.monotonic()
        if self.process.stdout is not None:
            self.copying = follow(self.process.stdout, self.log, self.child.heard)

    def look(self, now: float) -> bool:
        """Start the process if it is time to, take note of its death: whether something changed."""
        if self.done:
            return False
        if self.process is None:
            if now < self.next_start:
                return False
            self.start()
            return True
        code = self.process.poll()
        if code is None:
            return False
        end_group(self.process.pid)
        self.process = None
        if self.child.once and code == 0:
            self.done = True
            return True
        self.deaths = 1 if now - self.started > SETTLED_AFTER else self.deaths + 1
        self.restarts += 1
        self.next_start = max(now, self.started + waiting_time(self.deaths))
        said = f"--- fin inattendue (code {code}) ; nouveau départ dans {self.next_start - now:.1f} s\n"
        self.log.write(said.encode())
        return True

    def described(self) -> dict[str, Any]:
        """What is written of it for `status`."""
        state = "terminé" if self.done else "en marche" if self.process else "en attente"
        pid = self.process.pid if self.process else None
        return {"name": self.child.name, "pid": pid, "state": state, "since": self.since, "restarts": self.restarts}


class Supervisor:
    """Keeps children alive and writes how they fare into one file, replaced in one go."""

    def __init__(self, log_folder: Path, state_file: Path, token: str, environment: Mapping[str, str]) -> None:
        self.log_folder, self.state_file, self.token = log_folder, state_file, token
        self.environment = {**environment, MARK: token}
        self.watched: list[Watched] = []
        self.more: dict[str, Any] = {}

    def add(self, child: Child) -> None:
        """Watch over one more process; it starts at the next look."""
        log = RotatingLog(self.log_folder / f"{child.name}.log")
        self.watched.append(Watched(child, log, self.environment))

    def look(self) -> None:
        """One look at everyone."""
        now = time.monotonic()
        changed = [one for one in self.watched if one.look(now)]
        for one in changed:
            if one.done and one.child.then is not None:
                self.add(one.child.then)
        if changed:
            self.write()

    def write(self) -> None:
        """Write how all fare."""
        document = {
            "supervisor": os.getpid(),
            "token": self.token,
            **self.more,
            "children": [one.described() for one in self.watched],
        }
        draft = self.state_file.with_suffix(".draft")
        draft.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        draft.replace(self.state_file)

    def stop(self) -> None:
        """End everyone: asked first, then forced."""
        running = [one.process for one in self.watched if one.process is not None]
        for process in running:
            process.terminate()
        limit = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.0, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            end_group(process.pid)
        for one in self.watched:
            if one.copying is not None:
                one.copying.join(LAST_WORDS)
            one.log.close()


def end_group(leader: int) -> None:
    """End what a process that is gone has left behind in its group (the workers of a server killed by force)."""
    if sys.platform == "win32":
        return
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def read_state(state_file: Path) -> dict[str, Any]:
    """What the last supervisor wrote; empty without it."""
    try:
        document = json.loads(state_file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def bearing(token: str) -> list[int]:
    """Living processes of the start that bears this token (Linux)."""
    mark = f"{MARK}={token}".encode()
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            words = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if mark in words and int(folder.name) != os.getpid() and alive(int(folder.name)):
            found.append(int(folder.name))
    return found


def end_orphans(state_file: Path) -> int:
    """End what a supervisor that was killed has left running: how many."""
    state = read_state(state_file)
    if not state.get("token"):
        return 0
    if (PROC / "self").exists():
        left = bearing(str(state["token"]))
    else:
        noted = [int(child["pid"]) for child in state.get("children", []) if child.get("pid")]
        left = [pid for pid in noted if "minassa" in " ".join(command_line(pid))]
    for pid in left:
        end(pid, patience=3.0)
    return len(left)
