from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from minassa.hosting import locks
from minassa.hosting.logs import RotatingLog
from minassa.hosting.processes import alive, send
from minassa.hosting.supervising import (
    LONGEST_WAIT,
    Child,
    Supervisor,
    bearing,
    end_orphans,
    read_state,
    waiting_time,
)

SLEEPS = (sys.executable, "-c", "import time; print('là', flush=True); time.sleep(600)")
DIES = (sys.executable, "-c", "print('mourant', flush=True); raise SystemExit(3)")
FORKS = (sys.executable, "-c", "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])")
SECONDS = 30.0
linux_only = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="NO /proc: processes bear no mark here")


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    made = Supervisor(tmp_path / "log", tmp_path / "platform.json", f"token-{os.getpid()}-{tmp_path.name}", os.environ)
    yield made
    made.stop()


def look_until(supervisor: Supervisor, wanted: Callable[[], bool]) -> None:
    limit = time.monotonic() + SECONDS
    while not wanted():
        assert time.monotonic() < limit
        supervisor.look()
        time.sleep(0.01)


def test_a_process_that_is_killed_is_started_again(supervisor: Supervisor) -> None:
    supervisor.add(Child("one", SLEEPS))
    supervisor.look()
    first = read_state(supervisor.state_file)["children"][0]["pid"]
    send(first, signal.SIGKILL)
    look_until(supervisor, lambda: read_state(supervisor.state_file)["children"][0]["pid"] not in {first, None})
    assert read_state(supervisor.state_file)["children"][0]["restarts"] == 1


def test_a_process_that_dies_at_once_waits_longer_each_time() -> None:
    waits = [waiting_time(deaths) for deaths in range(12)]
    assert waits[:4] == [0, 0.25, 0.5, 1]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_a_process_killed_often_starts_again_at_once_when_it_had_worked_meanwhile(supervisor: Supervisor) -> None:
    supervisor.add(Child("one", SLEEPS))
    [one] = supervisor.watched
    now = 1000.0
    for _death in range(10):
        one.look(now)
        assert one.process is not None
        one.started = now  # the clock of the test is not that of the machine
        one.process.kill()
        one.process.wait()
        now += LONGEST_WAIT + 1
        one.look(now)
        assert one.next_start == now
    one.look(now)
    assert one.process is not None
    one.started = now
    one.process.kill()
    one.process.wait()
    one.look(now + 1)
    assert one.next_start == now + LONGEST_WAIT


def test_what_a_process_says_and_its_death_are_in_its_log(supervisor: Supervisor) -> None:
    supervisor.add(Child("dying", DIES))
    log = supervisor.log_folder / "dying.log"
    look_until(supervisor, lambda: "code 3" in log.read_text("utf-8") and "mourant" in log.read_text("utf-8"))


def test_a_work_done_once_is_not_begun_again(supervisor: Supervisor) -> None:
    heard: list[str] = []
    supervisor.add(Child("once", (sys.executable, "-c", "print('fait')"), once=True, heard=heard.append))
    look_until(supervisor, lambda: supervisor.watched[0].done and heard == ["fait"])
    supervisor.look()
    assert supervisor.watched[0].restarts == 0
    assert read_state(supervisor.state_file)["children"][0]["state"] == "terminé"


@linux_only
def test_the_end_leaves_nobody_behind_not_even_grandchildren(supervisor: Supervisor) -> None:
    supervisor.add(Child("family", FORKS))
    look_until(supervisor, lambda: len(bearing(supervisor.token)) == 2)
    supervisor.stop()
    look_until(
        Supervisor(supervisor.log_folder, supervisor.state_file, "none", {}), lambda: not bearing(supervisor.token)
    )


@linux_only
def test_orphans_of_a_killed_supervisor_are_found_by_their_mark(supervisor: Supervisor) -> None:
    supervisor.add(Child("orphan", SLEEPS))
    supervisor.look()
    number = read_state(supervisor.state_file)["children"][0]["pid"]
    assert end_orphans(supervisor.state_file) == 1
    supervisor.watched[0].process.wait()  # type: ignore[union-attr]
    assert not alive(number)


def test_without_a_state_there_is_no_orphan(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", "utf-8")
    assert end_orphans(tmp_path / "none.json") == end_orphans(tmp_path / "broken.json") == 0


def test_a_log_never_outgrows_its_size_and_keeps_the_latest(tmp_path: Path) -> None:
    log = RotatingLog(tmp_path / "x.log", largest=100, kept=2)
    for number in range(100):
        log.write(f"line {number:03d}\n".encode())
    log.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["x.log", "x.log.1", "x.log.2"]
    assert all(file.stat().st_size <= 100 for file in files)
    assert files[0].read_text("utf-8").endswith("line 099\n")


def test_a_lock_is_let_go_by_the_death_of_its_holder(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    holds = "import sys; from pathlib import Path; from minassa.hosting.locks import take; "
    holds += "print(take(Path(sys.argv[1])), flush=True); sys.stdin.read()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", holds, str(gate)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() != b"None"
        assert locks.take(gate) is None
        holder.kill()
    descriptor = locks.take(gate)
    assert descriptor is not None
    os.close(descriptor)
