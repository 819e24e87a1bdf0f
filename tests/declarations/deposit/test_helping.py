from __future__ import annotations

import subprocess
import sys
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import polars as pl
import pytest

from minassa.declarations import files
from minassa.declarations.deposit import deposit, depositing, helping
from minassa.declarations.deposit.keeping import Kept
from minassa.declarations.durable import StorageFailed
from minassa.declarations.ebds import Family
from minassa.declarations.lake import CNSS_LINES, TABLES, Lake
from tests.declarations.deposit.building import KEY, OTHER_FIRM, PERSONS, RECEIVED, ebds, every_kind, put

OWN = ["file_id", "deposit_id", "pack", "offset"]
"""Columns that depend on how the deposit was cut."""


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake", KEY)


@pytest.fixture(autouse=True)
def _a_group_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "GROUP_FILES", 1)


def content(lake: Lake) -> dict[str, pl.DataFrame]:
    return {name: lake.current(name).drop(OWN, strict=False).collect().sort(pl.all()) for name in TABLES}


def test_shared_with_another_process_a_deposit_is_the_same(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "in", *every_kind(), *(ebds(period=period) for period in range(202_401, 202_413)))
    alone = Lake(tmp_path / "alone", KEY)
    expected = deposit([folder], alone, RECEIVED)
    given: list[int] = []
    take = helping.Helper.take

    def counted(helper: helping.Helper, *args: object) -> Future[Kept]:
        given.append(1)
        return take(helper, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(helping.Helper, "take", counted)
    monkeypatch.setattr(depositing, "WORTH_HELP", 0)
    summary = deposit([folder], lake, RECEIVED)
    assert given
    assert {**summary.as_json(), "deposits": []} == {**expected.as_json(), "deposits": []}
    for name, rows in content(alone).items():
        assert rows.equals(content(lake)[name])
    assert deposit([folder], lake, RECEIVED).already == len(list(folder.iterdir()))


@pytest.mark.parametrize("when", ["at once", "later"])
def test_without_another_process_this_one_does_it_all(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    def broken(*_: object) -> Future[Kept]:
        if when == "at once":
            raise BrokenProcessPool
        future: Future[Kept] = Future()
        future.set_exception(BrokenProcessPool())
        return future

    monkeypatch.setattr(depositing, "WORTH_HELP", 0)
    monkeypatch.setattr(helping.Helper, "take", broken)
    assert deposit([put(tmp_path / "in", *every_kind())], lake, RECEIVED).deposited == 7
    assert lake.current(CNSS_LINES).collect().height == 5


def test_a_failure_of_the_other_process_is_told_here(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(depositing, "WORTH_HELP", 0)
    lake.prepare()
    (lake.path / "packs").write_bytes(b"not a folder")
    with pytest.raises(StorageFailed, match="libérez de la place"):
        deposit([put(tmp_path / "in", ebds(), ebds(firm=OTHER_FIRM))], lake, RECEIVED)
    assert lake.files().collect().is_empty()


def test_a_file_that_another_group_wrongly_replaces_takes_its_place_again(tmp_path: Path, lake: Lake) -> None:
    corrected = ("b.txt", ebds(salary=400_000)[1])
    deposit([put(tmp_path / "before", corrected)], lake, RECEIVED)
    folder = put(tmp_path / "in", ("a.txt", ebds(salary=300_000)[1]), corrected)
    summary = deposit([folder], lake, RECEIVED)
    assert (summary.deposited, summary.already) == (2, 0)
    assert lake.current(CNSS_LINES).collect()["salary_real"].unique().to_list() == [400_000]


def test_a_declaration_meets_a_preetabli_of_another_group(tmp_path: Path, lake: Lake) -> None:
    announced = ("a.txt", ebds(Family.PREETABLI, persons=PERSONS[:2])[1])
    answered = ("b.txt", ebds(persons=PERSONS[:3])[1])
    summary = deposit([put(tmp_path / "in", announced, answered)], lake, RECEIVED)
    assert summary.findings["EBDS-04-UNANNOUNCED"] == 1
    assert lake.current(CNSS_LINES).collect().height == 2


KILLED = """
import os
import signal

from minassa.declarations.deposit.helping import Helper
from minassa.declarations.deposit.known import Known
from minassa.declarations.lake import Lake

if __name__ == "__main__":
    lake = Lake({path!r}, {key!r})
    lake.prepare()
    helper = Helper(lake, "")
    print(helper.take(Known(), [], lake.claim()).result().written, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_the_other_process_does_not_outlive_this_one_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED.format(path=str(tmp_path / "lake"), key=KEY), "utf-8")
    # Both processes write to the same pipe: its end comes when neither is left.
    ended = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, timeout=60, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (-9, b"[]")
