from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from minassa.hosting import archive
from minassa.hosting.archive import erase, kept_files, lines_for, restore, verify, write_backup
from minassa.hosting.database import Database
from minassa.hosting.errors import AlreadyUp, BadBackup, NoDatabase, NotEmpty, NotOurs, ServerFailed
from minassa.hosting.plant import Plant
from minassa.hosting.rights import is_root
from tests.hosting.conftest import do, rows

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
SCHEMA = (
    "CREATE EXTENSION pg_trgm",
    "CREATE TABLE t (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, said text NOT NULL)",
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''append-only''; END'",
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON t FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
    "INSERT INTO t (said) VALUES ('é'), (E'tab\\there'), ('SET transaction_timeout = 0;'), ('منصّة')",
)


@pytest.fixture(autouse=True)
def _own_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def plant(tmp_path: Path, ready_data: Path) -> Iterator[Plant]:
    """A data folder with a database that runs, a lake, a key, and what is not worth keeping."""
    home = tmp_path / "home"
    shutil.copytree(ready_data, home / "postgres" / "data")
    for name, text in {
        "lake/t/_delta_log/0.json": "{}",
        "lake/t/a.parquet": "rows",
        "keys/field.key": "secret",
        "key": "secret",
        "log/web.log": "noise",
        "nation-1/x.txt": "made again",
        "static/a.css": "made again",
        "platform.json": "{}",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    made = Plant(home)
    do(made.database.start(), *SCHEMA)
    yield made
    for folder in tmp_path.iterdir():
        if (folder / "postgres").exists():
            Plant(folder).stop_database()


def test_a_backup_restored_elsewhere_says_the_same(plant: Plant, tmp_path: Path) -> None:
    before = rows(plant.database.address, "SELECT * FROM t ORDER BY n")
    manifest = write_backup(plant, tmp_path / "b.zip")
    assert verify(tmp_path / "b.zip")["files"] == manifest["files"]
    other = Plant(tmp_path / "other")
    assert restore(other, tmp_path / "b.zip") is None
    address = other.database.start()
    assert rows(address, "SELECT * FROM t ORDER BY n") == before
    do(address, "INSERT INTO t (said) VALUES ('next')")
    assert rows(address, "SELECT max(n) FROM t") == [(5,)]
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        do(address, "DELETE FROM t")
    kept = {path.relative_to(other.home).as_posix() for path in kept_files(other.home)}
    assert kept == {"lake/t/_delta_log/0.json", "lake/t/a.parquet", "keys/field.key", "key"}
    assert (other.home / "keys" / "field.key").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_for_its_owner_alone_and_leaves_no_draft(plant: Plant, tmp_path: Path) -> None:
    write_backup(plant, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))


def test_a_sleeping_database_is_put_to_sleep_again(plant: Plant, tmp_path: Path) -> None:
    plant.stop_database()
    write_backup(plant, tmp_path / "b.zip")
    assert plant.database.described() is None
    verify(tmp_path / "b.zip")


def test_the_log_of_a_table_goes_before_the_rows_that_it_names(plant: Plant) -> None:
    names = [path.name for path in kept_files(plant.home)]
    assert names.index("0.json") < names.index("a.parquet")


@pytest.mark.parametrize("cut", [10, 1000, -1, -200])
def test_half_a_file_is_refused_before_anything_is_touched(plant: Plant, tmp_path: Path, cut: int) -> None:
    file = tmp_path / "b.zip"
    write_backup(plant, file)
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(BadBackup):
        restore(Plant(tmp_path / "other"), file)
    assert not list(tmp_path.glob("other*"))


def test_one_changed_byte_is_found_and_named(plant: Plant, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    write_backup(plant, file)
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(tmp_path / "c.zip", "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, b"ROWS" if name.endswith("a.parquet") else whole.read(name))
    with pytest.raises(BadBackup, match=r"a\.parquet"):
        verify(tmp_path / "c.zip")


def test_restoring_sets_the_former_folder_aside(plant: Plant, tmp_path: Path) -> None:
    write_backup(plant, tmp_path / "b.zip")
    do(plant.database.address, "INSERT INTO t (said) VALUES ('since')")
    aside = restore(plant, tmp_path / "b.zip")
    assert aside is not None
    assert (aside / "log" / "web.log").exists()
    assert rows(plant.database.start(), "SELECT count(*) FROM t") == [(4,)]
    plant.stop_database()
    assert rows(Plant(aside).database.start(), "SELECT count(*) FROM t") == [(5,)]


def test_a_dump_that_fails_to_load_leaves_the_former_folder_as_it_was(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(plant, tmp_path / "b.zip")
    monkeypatch.setattr(archive, "lines_for", lambda _, lines: [*lines, b"SELECT no_such_thing;\n"])
    with pytest.raises(ServerFailed, match="no_such_thing"):
        restore(plant, tmp_path / "b.zip")
    assert rows(plant.database.start(), "SELECT count(*) FROM t") == [(4,)]
    assert not (tmp_path / "home.restoring").exists()


def test_a_setting_unknown_to_old_servers_is_left_out_at_the_head_only() -> None:
    lines = [b"SET transaction_timeout = 0;\n", b"CREATE TABLE t;\n", b"SET transaction_timeout = 0;\n"]
    assert list(lines_for(15, lines)) == lines[1:]
    assert list(lines_for(18, lines)) == lines


def test_erasing_leaves_an_empty_folder(plant: Plant) -> None:
    plant.stop()
    erase(plant)
    assert not list(plant.home.iterdir())


def test_a_folder_that_is_not_ours_is_never_erased(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    with pytest.raises(NotOurs):
        erase(Plant(tmp_path))
    assert (tmp_path / "photos").exists()


def test_neither_erasure_nor_restoration_under_a_platform_that_runs(plant: Plant, tmp_path: Path) -> None:
    write_backup(plant, tmp_path / "b.zip")
    with plant.alone():
        with pytest.raises(AlreadyUp):
            erase(plant)
        with pytest.raises(AlreadyUp):
            restore(plant, tmp_path / "b.zip")


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="DATABASE_URL") as caught:
        Database(tmp_path, "postgresql://someone:hunter2@127.0.0.1:1/none").start()
    assert "hunter2" not in str(caught.value)


@pytest.fixture
def debian_15(open_folder: Path) -> Iterator[str]:
    """A private cluster of Debian's PostgreSQL 15, reached as a given DATABASE_URL."""
    if not (DEBIAN_15 / "postgres").exists():
        pytest.skip("NO POSTGRESQL 15 ON THIS MACHINE: install Debian's package `postgresql`.")
    account = {"user": "nobody", "extra_groups": []} if is_root() else {}
    if is_root():
        shutil.chown(open_folder, "nobody")
    data = str(open_folder / "data")

    def call(program: str, *arguments: str) -> None:
        command = [str(DEBIAN_15 / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **account)  # type: ignore[call-overload]

    call("initdb", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--username=minassa", "--auth=trust", data)
    options = f"-k {open_folder} -h '' -c fsync=off"
    call("pg_ctl", "start", "--wait", "-D", data, "-o", options, "-l", str(open_folder / "log"))
    call("createdb", "-h", str(open_folder), "-U", "minassa", "minassa")
    yield f"postgresql://minassa@/minassa?host={open_folder}"
    call("pg_ctl", "stop", "-m", "immediate", "-D", data)


def test_a_given_database_of_debian_takes_over_our_backup(
    plant: Plant, debian_15: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(plant, tmp_path / "b.zip")
    monkeypatch.setenv("DATABASE_URL", debian_15)
    other = Plant(tmp_path / "other")
    assert other.database.start() == debian_15
    assert str((other.database.described() or {})["version"]).startswith("15")
    restore(other, tmp_path / "b.zip")
    assert rows(debian_15, "SELECT count(*) FROM t") == [(4,)]
    assert not (other.home / "postgres").exists()
    with pytest.raises(NotEmpty):
        restore(other, tmp_path / "b.zip")
    with pytest.raises(NotOurs):
        erase(other)
    write_backup(other, tmp_path / "c.zip")
    assert (verify(tmp_path / "c.zip")["database"] or {})["version"].startswith("15")
    assert os.environ["DATABASE_URL"] == debian_15
