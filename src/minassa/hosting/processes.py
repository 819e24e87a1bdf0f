"""What the system says of a process: whether it lives, what it runs, what it weighs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

PROC = Path("/proc")
KILOBYTE = 1024


def alive(pid: int) -> bool:
    """Whether a process of that number exists and is not merely waiting to be buried."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return bool(command_line(pid))
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return state_letter(pid) != "Z"


def state_letter(pid: int) -> str:
    """The state of a process as Linux writes it (R, S, D, Z…); empty where it is not told."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[0]


def command_line(pid: int) -> list[str]:
    """What a process was started with; empty when it is gone or hidden."""
    if PROC.joinpath("self").exists():
        try:
            raw = (PROC / str(pid) / "cmdline").read_bytes()
        except OSError:
            return []
        return [os.fsdecode(word) for word in raw.rstrip(b"\0").split(b"\0")] if raw else []
    listing = ["tasklist", "/fo", "csv", "/nh", "/fi", f"PID eq {pid}"]
    command = listing if sys.platform == "win32" else ["ps", "-o", "command=", "-p", str(pid)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    if sys.platform == "win32":
        return [answer.split('","')[0].strip('"')] if f'"{pid}"' in answer else []
    return answer.split()


def works_in(pid: int, folder: Path) -> bool | None:
    """Whether a process stands in that folder, even renamed since; None where the system does not tell."""
    try:
        return (PROC / str(pid) / "cwd").samefile(folder)
    except OSError:
        return None


def children_of(pid: int) -> list[int]:
    """The processes started by one, and theirs, on Linux; none elsewhere."""
    found: list[int] = []
    for task in PROC.glob(f"{pid}/task/*/children"):
        try:
            numbers = [int(word) for word in task.read_text(encoding="ascii").split()]
        except OSError:
            continue
        for number in numbers:
            found += [number, *children_of(number)]
    return found


def memory_of(pid: int) -> int | None:
    """Bytes of memory held by a process and all it started, shared pages counted once; None where not told."""
    sizes = [proportional_bytes(number) for number in (pid, *children_of(pid))]
    known = [size for size in sizes if size is not None]
    return sum(known) if known else None


def proportional_bytes(pid: int) -> int | None:
    """Bytes of one process, a page shared by n counted for 1/n; None where not told."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return sum(int(line.split()[1]) * KILOBYTE for line in lines if line.startswith("Pss:"))


def end(pid: int, *, gently: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> bool:
    """Ask a process to end, then insist after so many seconds; whether it had to be forced."""
    if not send(pid, gently):
        return False
    limit = time.monotonic() + patience
    while time.monotonic() < limit:
        if not alive(pid):
            return False
        time.sleep(0.02)
    if sys.platform == "win32":
        subprocess.run(
            [shutil.which("taskkill") or "taskkill", "/f", "/t", "/pid", str(pid)], capture_output=True, check=False
        )
    else:
        send(pid, signal.SIGKILL)
    return True


def send(pid: int, number: signal.Signals) -> bool:
    """Send a signal; whether there was someone to receive it."""
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError, OSError):
        return False
    return True


def found_on_path(name: str) -> str | None:
    """Full path of a program of the machine; None without it."""
    return shutil.which(name)
