"""Real servers in folders of their own, stopped whatever happens."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from minassa.hosting.processes import alive, children_of, end, send
from minassa.hosting.server import Server


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any account may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="minassa-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Give servers, quick ones by default, in the folder of the test."""
    made: list[Server] = []

    def make(home: Path = tmp_path / "postgres", *, quick: bool = True, **more: object) -> Server:
        made.append(Server(home, quick=quick, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for server in made:
        pid = server.pid()
        if pid is not None:
            end(pid, gently=signal.SIGQUIT)


@pytest.fixture(scope="session")
def ready_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder just made, to copy: quicker than making one for each test."""
    made = Server(tmp_path_factory.mktemp("ready") / "postgres", quick=True)
    made.start()
    made.stop()
    return made.data


@pytest.fixture
def server(make_server: Callable[..., Server], ready_data: Path) -> Server:
    """One server, started."""
    made = make_server()
    shutil.copytree(ready_data, made.data)
    made.start()
    return made


def rows(address: str, query: str = "SELECT n FROM t ORDER BY n") -> list[tuple[object, ...]]:
    """What a query answers."""
    with psycopg.connect(address) as link:
        return link.execute(query.encode()).fetchall()


def do(address: str, *statements: str) -> None:
    """Run statements, each acknowledged."""
    with psycopg.connect(address, autocommit=True) as link:
        for statement in statements:
            link.execute(statement.encode())


def murder(server: Server) -> None:
    """Kill (-9) of the server and of all its servants."""
    pid = server.pid()
    assert pid is not None
    family = [pid, *children_of(pid)]
    for number in family:
        send(number, signal.SIGKILL)
    while any(map(alive, family)):
        pass
