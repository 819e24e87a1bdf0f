from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from minassa.hosting import server as server_module
from minassa.hosting import sockets
from minassa.hosting.errors import ServerFailed, UnsafeFolder
from minassa.hosting.locks import held
from minassa.hosting.processes import alive
from minassa.hosting.rights import Way, as_account, as_account_with_copy, in_namespace, is_root
from minassa.hosting.server import Server
from tests.hosting.conftest import do, murder, rows

Maker = Callable[..., Server]
START = "import sys; from pathlib import Path; from minassa.hosting.server import Server; "
START += "s = Server(Path(sys.argv[1]), quick=True); s.start(); print(s.pid(), flush=True); sys.stdin.read()"
root_only = pytest.mark.skipif(not is_root(), reason="NOT ROOT: only root may become another account")


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    """A living process that has nothing to do with a database."""
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def starter(home: Path) -> subprocess.Popen[str]:
    """Another process that starts the server of that folder, says its number, and waits."""
    return subprocess.Popen(
        [sys.executable, "-c", START, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_a_new_server_speaks_utf8_sorts_by_code_and_has_what_the_platform_needs(server: Server) -> None:
    address = server.address()
    assert rows(address, "SHOW server_encoding") == [("UTF8",)]
    assert rows(address, "SELECT datcollate FROM pg_database WHERE datname = 'minassa'") == [("C.UTF-8",)]
    do(address, *(f"CREATE EXTENSION {name}" for name in ("pg_trgm", "btree_gist", "unaccent")))
    assert len(rows(address, "SELECT gen_random_uuid(), sha256('x')")) == 1


def test_nothing_listens_on_the_network(server: Server) -> None:
    assert rows(server.address(), "SHOW listen_addresses") == [("",)]
    assert server.socket_folder.stat().st_mode & 0o777 == 0o700


def test_a_second_start_finds_the_server_that_runs(server: Server) -> None:
    before = server.pid()
    assert Server(server.home, quick=True).start() == server.address()
    assert server.pid() == before


def test_stop_and_start_again(server: Server) -> None:
    do(server.address(), "CREATE TABLE t (n int)", "INSERT INTO t VALUES (1)")
    assert server.stop()
    assert not server.answers()
    assert not server.stop()
    server.start()
    assert rows(server.address()) == [(1,)]


def test_every_acknowledged_row_is_there_after_kill_9(make_server: Maker) -> None:
    server = make_server(quick=False)
    server.start()
    do(server.address(), "CREATE TABLE t (n int)", *["INSERT INTO t SELECT count(*) FROM t"] * 200)
    murder(server)
    server.start()
    assert rows(server.address()) == [(n,) for n in range(200)]


def test_a_pid_file_that_names_a_stranger_is_not_believed(server: Server, bystander: subprocess.Popen[bytes]) -> None:
    do(server.address(), "CREATE TABLE t (n int)", "INSERT INTO t VALUES (7)")
    murder(server)
    note = server.data / "postmaster.pid"
    note.write_text(f"{bystander.pid}\n" + note.read_text("utf-8").split("\n", 1)[1], "utf-8")
    assert server.pid() is None
    server.start()
    assert rows(server.address()) == [(7,)]
    assert bystander.poll() is None


@pytest.mark.parametrize("content", ["", "not a number\n", "1"])
def test_a_broken_pid_file_stops_nobody(server: Server, content: str) -> None:
    murder(server)
    (server.data / "postmaster.pid").write_text(content, "utf-8")
    server.start()
    assert server.answers()


def test_the_server_of_another_folder_is_not_taken_for_ours(
    server: Server, make_server: Maker, ready_data: Path, tmp_path: Path
) -> None:
    other = make_server(tmp_path / "other")
    shutil.copytree(ready_data, other.data)
    other.start()
    murder(server)
    shutil.copy(other.data / "postmaster.pid", server.data / "postmaster.pid")
    assert server.pid() is None
    server.start()
    assert server.pid() != other.pid()


def test_a_stale_socket_with_the_number_of_a_stranger(server: Server, bystander: subprocess.Popen[bytes]) -> None:
    server.stop()
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(server.socket_folder / sockets.NAME))
    lock = server.socket_folder / f"{sockets.NAME}.lock"
    lock.write_text(f"{bystander.pid}\n{server.data}\n0\n5432\n{server.socket_folder}\n", "utf-8")
    server.start()
    assert server.answers()
    assert bystander.poll() is None


def test_a_server_whose_socket_was_swept_away_is_started_anew(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "UNREACHABLE_AFTER", 0.1)
    do(server.address(), "CREATE TABLE t (n int)", "INSERT INTO t VALUES (3)")
    before = server.pid()
    shutil.rmtree(server.socket_folder)
    server.start()
    assert server.pid() != before
    assert rows(server.address()) == [(3,)]


def test_a_half_made_data_folder_is_thrown_away(make_server: Maker) -> None:
    server = make_server()
    (server.home / "data.new" / "base").mkdir(parents=True)
    (server.home / "data.new" / "PG_VERSION").write_text("18\n", "ascii")
    server.start()
    assert server.answers()


def test_launches_at_the_same_instant_end_with_one_server(make_server: Maker) -> None:
    server = make_server()
    others = [starter(server.home) for _ in range(3)]
    said = {other.stdout.readline().strip() for other in others if other.stdout}
    for other in others:
        other.communicate()
    assert said == {str(server.pid())}


def test_the_server_outlives_the_process_that_started_it_and_is_found_again(make_server: Maker) -> None:
    server = make_server()
    with starter(server.home) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        parent.kill()
    assert alive(number)
    server.start()
    assert server.pid() == number


def test_a_deep_folder_has_its_socket_elsewhere(make_server: Maker, tmp_path: Path) -> None:
    server = make_server(tmp_path / ("d" * 60) / ("e" * 60) / "postgres")
    server.start()
    assert server.answers()
    assert sockets.fits(server.socket_folder)
    assert server.socket_folder.stat().st_mode & 0o777 == 0o700
    server.stop()
    server.socket_folder.rmdir()


@root_only
def test_a_socket_folder_that_someone_else_made_first_is_refused(make_server: Maker, tmp_path: Path) -> None:
    server = make_server(tmp_path / ("f" * 60) / ("g" * 60) / "postgres")
    server.socket_folder.mkdir(mode=0o777)
    os.chown(server.socket_folder, 12345, 12345)
    with pytest.raises(UnsafeFolder):
        server.start()
    server.socket_folder.rmdir()


@root_only
@pytest.mark.parametrize("way", [in_namespace, as_account, as_account_with_copy])
def test_root_runs_the_server_in_each_way(way: Way, open_folder: Path, make_server: Maker) -> None:
    server = make_server(open_folder / "postgres", ways=(way,))
    if way is as_account and not any(entry is not None for entry in [way(server.binaries, open_folder, 0)]):
        pytest.skip("THE PROGRAMS LIE UNDER A CLOSED FOLDER: no other account can run them where they are")
    open_folder.chmod(0o755)
    server.start()
    do(server.address(), "CREATE TABLE t (n int)", "INSERT INTO t VALUES (1)")
    murder(server)
    again = make_server(open_folder / "postgres")
    again.start()
    assert rows(again.address()) == [(1,)]


@root_only
def test_data_made_as_root_are_handed_over_when_namespaces_are_gone(open_folder: Path, make_server: Maker) -> None:
    first = make_server(open_folder / "postgres", ways=(in_namespace,))
    first.start()
    do(first.address(), "CREATE TABLE t (n int)", "INSERT INTO t VALUES (1)")
    first.stop()
    second = make_server(open_folder / "postgres", ways=(as_account, as_account_with_copy))
    second.start()
    assert rows(second.address()) == [(1,)]


def test_a_server_that_cannot_start_says_why_and_where(server: Server) -> None:
    server.stop()
    (server.data / "postgresql.auto.conf").write_text("no_such_setting = on\n", "utf-8")
    with pytest.raises(ServerFailed, match="no_such_setting"):
        server.start()


def test_waiting_is_for_those_who_hold_the_lock(server: Server) -> None:
    with held(server.home.with_name("postgres.lock")):
        other = starter(server.home)
        time.sleep(0.3)
        assert other.poll() is None
    assert other.stdout is not None
    assert other.stdout.readline().strip() == str(server.pid())
    other.communicate()


def test_a_database_is_made_once(server: Server) -> None:
    server.start("autre")
    server.start("autre")
    with psycopg.connect(server.address("autre")) as link:
        assert link.info.dbname == "autre"
