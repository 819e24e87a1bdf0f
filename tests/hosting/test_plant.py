from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from minassa.hosting import plant as plant_module
from minassa.hosting import testing
from minassa.hosting.demonstration import Nation
from minassa.hosting.errors import AlreadyUp, StepFailed
from minassa.hosting.plant import Plant, Wishes, ended_by_signal
from minassa.hosting.ports import free_ports, is_free, served
from minassa.hosting.processes import alive
from minassa.hosting.supervising import Child, Supervisor

SERVES = "import http.server, sys; http.server.test(HandlerClass=http.server.SimpleHTTPRequestHandler, "
SERVES += "port=int(sys.argv[1]), bind='127.0.0.1')"
PREPARES = """
import os, sys
print("files\\ntables", flush=True)
print("table of", *sys.argv[1:], os.environ["MINASSA_HOME"])
"""
SECONDS = 60.0


class Small(Plant):
    """A platform whose pages are those of a folder: the whole start, without the application."""

    def preparation(self) -> tuple[str, ...]:
        return (sys.executable, "-c", PREPARES)

    def children(self, supervisor: Supervisor) -> list[Child]:
        return [Child("web", (sys.executable, "-c", SERVES, str(supervisor.more["port"])))]

    def invented(self) -> Child:
        return Child("demonstration", (sys.executable, "-c", "pass"), once=True)

    def nation(self, nation: Nation, say: Callable[[str], None], then: Child | None) -> Child:
        made = super().nation(nation, say, then)
        write = "import pathlib; file = pathlib.Path({!r}, 'runs', 'one', 'manifest.json')"
        write += "; file.parent.mkdir(parents=True, exist_ok=True); file.touch()"
        write += "; pathlib.Path({!r}, 'nation.json').unlink()"
        return replace(made, command=(sys.executable, "-c", write.format(str(self.home), str(self.home))))

    def story(self) -> Child:
        write = f"import pathlib; pathlib.Path({str(self.home)!r}, 'told').open('a').write('once\\n')"
        return replace(super().story(), command=(sys.executable, "-c", write))


def until(wanted: Callable[[], Any]) -> None:
    limit = time.monotonic() + SECONDS
    while not wanted():
        assert time.monotonic() < limit
        time.sleep(0.02)


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    # Signals belong to the main thread; here the platform stands in another.
    monkeypatch.setattr(plant_module, "ended_by_signal", threading.RLock)
    made = Small(tmp_path / "home")
    yield made
    made.stop()


def test_the_platform_starts_says_where_it_is_and_stops_when_asked(plant: Small) -> None:
    said: list[str] = []
    taken = socket.create_server(("127.0.0.1", free_ports(8400, 1)[0]))
    port = taken.getsockname()[1]
    thread = threading.Thread(target=plant.up, args=(Wishes(port=port, nation=False), said.append))
    with taken:
        thread.start()
        until(lambda: "Ctrl-C pour arrêter." in said)
    until(lambda: "demonstration" in {row["name"] for row in plant.status()["processes"]})
    status = plant.status()
    assert status["up"]
    assert status["ready"]
    assert status["address"] != f"http://127.0.0.1:{port}"
    assert any(status["address"] in line for line in said)
    assert f"table of accounts {plant.home}" in said
    assert {row["name"] for row in status["processes"]} == {"supervisor", "web", "demonstration", "postgresql"}
    with pytest.raises(AlreadyUp, match="127"):
        plant.up(Wishes(), said.append)
    assert plant.stop()
    thread.join(SECONDS)
    assert not plant.status()["up"]
    assert not plant.stop()


def test_the_story_is_played_once_the_nation_is_there_and_again_at_each_start(plant: Small) -> None:
    for start in (1, 2):
        thread = threading.Thread(target=plant.up, args=(Wishes(port=free_ports(8450, 1)[0]), lambda _: None))
        thread.start()
        until(lambda: (plant.home / "told").exists() and (plant.home / "told").read_text() == "once\n" * start)  # noqa: B023
        assert (plant.home / "runs" / "one" / "manifest.json").exists()
        names = [row["name"] for row in plant.status()["processes"]]
        assert names.count("story") == 1
        assert names.count("nation") == (1 if start == 1 else 0)
        assert plant.stop()
        thread.join(SECONDS)


def test_a_start_that_fails_ends_what_it_began(plant: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plant_module, "ANSWERS_WITHIN", 0.3)
    monkeypatch.setattr(plant_module, "served", lambda _: False)
    with pytest.raises(StepFailed, match=r"web\.log"):
        plant.up(Wishes(nation=False), lambda _: None)
    assert not plant.running()
    assert plant.database.described() is None


def prepared(plant: Plant, command: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The table of accounts that a preparation says."""
    monkeypatch.setattr(type(plant), "preparation", lambda _plant: (sys.executable, "-c", command))
    with plant.preparing(dict(os.environ), accounts=True) as preparation:
        preparation.reach("tables")
        return preparation.rest()


def test_a_preparation_that_fails_names_its_log(plant: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StepFailed, match=r"preparation\.log"):
        prepared(plant, "print('files'); raise SystemExit('why it failed')", monkeypatch)
    assert "why it failed" in (plant.log_folder / "preparation.log").read_text("utf-8")


def test_accounts_that_cannot_be_made_stop_nothing(plant: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = "print('files\\ntables\\nhalf a table'); raise SystemExit('why')"
    assert prepared(plant, failing, monkeypatch) == ""
    assert prepared(plant, "print('files\\ntables\\nthe table')", monkeypatch) == "the table"


def test_sigterm_is_taken_for_ctrl_c() -> None:
    with pytest.raises(KeyboardInterrupt), ended_by_signal():
        signal.raise_signal(signal.SIGTERM)


def test_a_port_that_is_taken_is_passed_over() -> None:
    first, second = free_ports(8500, 2)
    with socket.create_server(("127.0.0.1", first)):
        assert not is_free(first)
        assert free_ports(first, 1)[0] > first
        assert free_ports(second, 1) == [second]


def test_nobody_is_served_where_nothing_listens() -> None:
    assert not served(free_ports(8600, 1)[0])


def test_the_server_of_the_tests_is_one_and_each_process_has_a_name_there(monkeypatch: pytest.MonkeyPatch) -> None:
    first = testing.test_server()
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    assert not alive(gone.pid)
    name = f"test_minassa_{gone.pid}_gw0"
    base = first.replace(f"/minassa_{os.getpid()}?", "/minassa?")
    with psycopg.connect(base, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"'.encode())
    assert testing.test_server() == first
    with psycopg.connect(base) as link:
        assert link.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None
    monkeypatch.setenv("DATABASE_URL", "postgresql://given/base")
    assert testing.provide_database() == "postgresql://given/base"
    assert testing.django_settings("postgresql://u@h:1/b")["NAME"] == "b"
