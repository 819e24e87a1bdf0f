from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations import files
from minassa.declarations.deposit import deposit
from minassa.declarations.durable import StorageFailed
from minassa.declarations.lake import CNSS_LINES, DEPOSITS, TABLES, Lake
from minassa.declarations.lake.storage import Storage
from tests.declarations.deposit.building import FIRM, KEY, OTHER_FIRM, RECEIVED, Named, ebds, every_kind, put

FIRMS = (FIRM, OTHER_FIRM)
PERIODS = (202_510, 202_511)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake", KEY)


def content(lake: Lake) -> dict[str, pl.DataFrame]:
    """What is in effect, without the numbers and packs that depend on how many deposits there were."""
    out = ["file_id", "deposit_id", "pack", "offset"]
    return {name: lake.current(name).drop(out, strict=False).collect().sort(pl.all()) for name in TABLES}


def die_after(table: str, folder: Path, path: Path) -> None:
    """Deposit, and die as a killed process does once a table has been committed."""
    whole = Storage.publish

    def fatal(storage: Storage, *args: object) -> None:
        whole(storage, *args)  # type: ignore[arg-type]
        if getattr(args[0], "name", "") == table:
            os._exit(9)

    Storage.publish = fatal  # type: ignore[assignment,method-assign]
    deposit([folder], Lake(path, KEY), RECEIVED)


@pytest.mark.parametrize("table", [CNSS_LINES, DEPOSITS])
def test_a_killed_process_leaves_all_or_nothing_and_the_same_deposit_goes_on(
    tmp_path: Path, lake: Lake, table: str
) -> None:
    name, sent = ebds(firm=OTHER_FIRM)
    warned = (name, sent.replace(b"SOCIETE", b"SOCIET\xc9"))
    folder = put(tmp_path / "in", *every_kind(), warned)
    lake.prepare()
    process = multiprocessing.get_context("spawn").Process(target=die_after, args=(table, folder, lake.path))
    process.start()
    process.join()
    assert process.exitcode == 9
    visible = {name: lake.table(name).collect().height for name in TABLES}
    assert (visible[DEPOSITS] == 8) is (table == DEPOSITS)
    assert table == DEPOSITS or set(visible.values()) == {0}
    assert lake._storage.rows(CNSS_LINES, lake._storage.version(CNSS_LINES)) == 8  # noqa: SLF001 - it did write them
    deposit([folder], lake, RECEIVED)
    straight = Lake(tmp_path / "straight", KEY)
    deposit([folder], straight, RECEIVED)
    for name, rows in content(straight).items():
        assert rows.equals(content(lake)[name])


class Stopped(Exception):
    pass


def test_a_deposit_stopped_between_groups_resumes_without_doing_anything_twice(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "GROUP_FILES", 1)
    folder = put(tmp_path / "in", *(ebds(firm=firm, period=period) for firm in FIRMS for period in PERIODS))

    def stop(_: str, done: int, __: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        deposit([folder], lake, RECEIVED, stop)
    kept = lake.files().collect().height
    assert 0 < kept < 4
    resumed = deposit([folder], lake, RECEIVED)
    assert (resumed.already, resumed.deposited) == (kept, 4 - kept)
    assert lake.current(CNSS_LINES).collect().height == lake.table(CNSS_LINES).collect().height == 12


def test_a_full_disk_is_said_and_what_was_committed_stays(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposit([put(tmp_path / "first", ebds())], lake, RECEIVED)

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(StorageFailed, match="libérez de la place"):
            deposit([put(tmp_path / "second", ebds(firm=OTHER_FIRM))], lake, RECEIVED)
    assert lake.current(CNSS_LINES).collect()["affiliation"].unique().to_list() == [FIRM]
    deposit([tmp_path / "second"], lake, RECEIVED)
    assert lake.current(CNSS_LINES).collect()["affiliation"].n_unique() == 2


FILE = st.tuples(st.sampled_from(FIRMS), st.sampled_from([300_000, 400_000, 500_000]))


def made(firm: int, salary: int) -> Named:
    return ebds(firm=firm, salary=salary, persons=(199_000_003,))


@settings(max_examples=8, deadline=None)
@given(history=st.lists(st.lists(FILE, min_size=1, max_size=2, unique_by=lambda file: file[0]), min_size=1, max_size=4))
def test_after_any_history_the_last_version_of_each_key_is_in_effect(
    history: list[list[tuple[int, int]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("history")
    lake = Lake(folder / "lake", KEY)
    in_effect: dict[int, int] = {}
    seen: list[tuple[dict[str, int], dict[int, int]]] = []
    for rank, deposited in enumerate(history):
        new = [file for file in deposited if in_effect.get(file[0]) != file[1]]
        summary = deposit([put(folder / f"{rank}", *(made(*file) for file in deposited))], lake, RECEIVED)
        assert (summary.deposited, summary.already) == (len(new), len(deposited) - len(new))
        in_effect |= dict(deposited)
        seen.append((lake.versions(), dict(in_effect)))
    for versions, expected in seen:
        rows = lake.current(CNSS_LINES, versions).select("affiliation", "salary_real").collect()
        assert sorted(rows.rows()) == sorted(expected.items())
