from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from minassa.declarations.lake import (
    CNSS_LINES,
    DEPOSITS,
    FINDINGS,
    REJECTED,
    STAFF_LINES,
    TABLES,
    Lake,
    LakeMissing,
    LakePathRefused,
    LakeUnreadable,
    UnknownFile,
    UnknownTable,
    UnknownVersion,
    WrongKey,
)
from minassa.declarations.lake.storage import Storage
from minassa.declarations.packs import PackUnreadable
from minassa.declarations.pseudonyms import KeyTooShort

KEY = b"cle d'exemple, connue de tous..."

Put = Callable[..., int]


def salaries(lake: Lake, versions: dict[str, int] | None = None) -> list[int]:
    return sorted(lake.current(CNSS_LINES, versions).collect()["salary_real"].to_list())


def test_every_table_has_its_columns_even_without_rows(lake: Lake) -> None:
    for name, table in TABLES.items():
        assert dict(lake.current(name).collect_schema()) == table.columns
        assert dict(lake.table(name).collect_schema()) == table.columns
        assert lake.current(name).collect().is_empty()


def test_every_table_keeps_its_columns_once_it_has_rows(lake: Lake, deposited: Put) -> None:
    deposited()
    deposited("staff_register")
    for name in (DEPOSITS, CNSS_LINES, STAFF_LINES, FINDINGS):
        rows = lake.current(name).collect()
        assert rows.height
        assert dict(rows.schema) == TABLES[name].columns


def test_a_later_file_of_the_same_key_takes_the_place_of_the_earlier(lake: Lake, deposited: Put) -> None:
    deposited(salary=1, count=3)
    deposited(salary=2, count=2)
    assert salaries(lake) == [2, 2]
    assert sorted(lake.table(CNSS_LINES).collect()["salary_real"].to_list()) == [1, 1, 1, 2, 2]


def test_depositing_the_old_file_again_restores_its_rows(lake: Lake, deposited: Put) -> None:
    deposited(salary=1)
    deposited(salary=2)
    deposited(salary=1)
    assert salaries(lake) == [1]


def test_another_employer_month_or_complement_adds(lake: Lake, deposited: Put) -> None:
    deposited(salary=1)
    deposited(salary=2, affiliation=9_900_011)
    deposited(salary=3, period="202511")
    deposited("ebds_complementary", salary=4, complement=1)
    deposited("ebds_complementary", salary=5, complement=2)
    assert salaries(lake) == [1, 2, 3, 4, 5]
    deposited("ebds_complementary", salary=6, complement=1)
    assert salaries(lake) == [1, 2, 3, 5, 6]


def test_a_rejected_file_takes_no_place(lake: Lake, deposited: Put) -> None:
    deposited(salary=1)
    refused = deposited(salary=2, state=REJECTED)
    assert salaries(lake) == [1]
    assert refused not in lake.current(DEPOSITS).collect()["file_id"].to_list()
    assert lake.files().filter(file_id=refused).collect()["current"].to_list() == [False]


def test_of_registers_the_latest_month_of_each_employer_is_current(lake: Lake, deposited: Put) -> None:
    deposited("staff_register", period="202512", salary=1980)
    deposited("staff_register", period="202511", salary=1970)
    deposited("staff_register", period="202503", salary=1960, affiliation=9_900_011)
    assert sorted(lake.current(STAFF_LINES).collect()["birth_year"].to_list()) == [1960, 1980]
    assert lake.table(STAFF_LINES).collect().height == 3
    deposited("staff_register", period="202512", salary=1990)
    assert sorted(lake.current(STAFF_LINES).collect()["birth_year"].to_list()) == [1960, 1990]


def test_recorded_versions_show_the_lake_as_it_stood(lake: Lake, deposited: Put) -> None:
    deposited(salary=1)
    first = lake.versions()
    deposited(salary=2)
    second = lake.versions()
    deposited(salary=3, period="202511")
    assert salaries(lake, first) == [1]
    assert salaries(lake.at(second)) == [2]
    assert lake.at(first).versions() == first
    assert lake.at(first).table(CNSS_LINES).collect()["salary_real"].to_list() == [1]
    assert lake.table(DEPOSITS, first[DEPOSITS]).collect().height == 1
    assert salaries(lake) == [2, 3]


def test_a_lazy_frame_does_not_move_when_a_deposit_comes_before_it_is_collected(lake: Lake, deposited: Put) -> None:
    deposited(salary=1)
    rows = lake.current(CNSS_LINES)
    deposited(salary=2, period="202511")
    assert rows.collect()["salary_real"].to_list() == [1]


def test_two_readers_of_the_same_folder_see_the_same(lake: Lake, deposited: Put) -> None:
    other = Lake(lake.path, KEY)
    deposited(salary=1)
    assert salaries(other) == [1]
    deposited(salary=2)
    assert salaries(other) == [2]


class Stopped(Exception):
    pass


@pytest.mark.parametrize("after", [CNSS_LINES, FINDINGS])
def test_a_crash_between_two_commits_leaves_nothing_to_see(
    lake: Lake, deposited: Put, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    deposited(salary=1)
    whole = Storage.publish

    def interrupted(storage: Storage, table: object, *args: object) -> None:
        whole(storage, table, *args)  # type: ignore[arg-type]
        if getattr(table, "name", "") == after:
            raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(Storage, "publish", interrupted)
        with pytest.raises(Stopped):
            deposited(salary=2, period="202511", count=5)
    again = Lake(lake.path, KEY)
    assert again._storage.rows(CNSS_LINES, again.versions()[CNSS_LINES]) == 6  # noqa: SLF001 - they are on disk
    for name in TABLES:
        assert again.table(name).collect().height == again.current(name).collect().height <= 1
    deposited(salary=3, period="202511")
    assert salaries(again) == [1, 3]


def test_a_claimed_number_is_never_given_twice(lake: Lake) -> None:
    other = Lake(lake.path, KEY)
    claimed = [lake.claim(), other.claim(), lake.claim(), other.claim()]
    assert claimed == sorted(set(claimed))


def test_compaction_changes_no_row_and_loses_no_version(lake: Lake, deposited: Put) -> None:
    for month in range(1, 4):
        for affiliation in (9_900_003, 9_900_011, 9_900_029):
            deposited(affiliation=affiliation, period=f"2025{month:02d}", salary=affiliation + month, count=2)
    deposited("staff_register")
    deposited(period="202501", salary=7)
    before, versions = {name: lake.table(name).collect().sort(pl.all()) for name in TABLES}, lake.versions()
    now = lake.current(CNSS_LINES).collect().sort(pl.all())
    assert lake.optimize() > 10
    assert len(lake._storage.files(TABLES[CNSS_LINES], lake.versions()[CNSS_LINES])) == 3  # noqa: SLF001
    for name in TABLES:
        assert lake.table(name).collect().sort(pl.all()).equals(before[name])
        assert lake.at(versions).table(name).collect().sort(pl.all()).equals(before[name])
    assert lake.current(CNSS_LINES).collect().sort(pl.all()).equals(now)
    assert lake.current(CNSS_LINES, versions).collect().sort(pl.all()).equals(now)
    assert lake.optimize() == 0
    deposited(period="202502", salary=8)
    assert 8 in salaries(lake)


def test_findings_are_those_of_visible_files(lake: Lake, deposited: Put) -> None:
    first, second = deposited(salary=1), deposited(salary=2, state=REJECTED)
    assert sorted(lake.findings().collect()["file_id"].to_list()) == [first, second]
    assert lake.findings([second]).collect()["file_id"].to_list() == [second]


def test_an_original_file_and_its_lines_come_back(lake: Lake, deposited: Put) -> None:
    first = deposited(salary=1, content=b"UN EXEMPLE\nDEUX FICTIF\n")
    second = deposited(salary=2, content="trois\r\nquatre é".encode("cp1252"))
    assert lake.original_file(first) == b"UN EXEMPLE\nDEUX FICTIF\n"
    assert lake.original_line(first, 2) == "DEUX FICTIF"
    assert [lake.original_line(second, line) for line in (1, 2)] == ["trois", "quatre é"]
    assert lake.original_lines(second, [2, 1]) == {1: "trois", 2: "quatre é"}
    with pytest.raises(PackUnreadable):
        lake.original_lines(second, [1, 9])
    for line in (-1, 0, 3):
        with pytest.raises(PackUnreadable):
            lake.original_line(first, line)
    with pytest.raises(UnknownFile):
        lake.original_line(77, 1)


def test_the_key_is_the_one_the_lake_was_made_with(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(WrongKey):
        Lake(lake.path, KEY[::-1])
    with pytest.raises(KeyTooShort):
        Lake(lake.path, b"courte")
    (tmp_path / "lake" / "lake.json").write_text("{", encoding="utf-8")
    with pytest.raises(LakeUnreadable):
        Lake(lake.path, KEY)
    (tmp_path / "lake" / "lake.json").write_text('{"format": 9, "key_check": ""}', encoding="utf-8")
    with pytest.raises(LakeUnreadable, match="format 9"):
        Lake(lake.path, KEY)


def test_what_does_not_exist_is_said_in_plain_words(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(LakeMissing, match="Aucun lac"):
        Lake(tmp_path / "elsewhere", KEY).current(CNSS_LINES)
    with pytest.raises(UnknownTable, match="cnss_lines"):
        lake.current("salaries")
    with pytest.raises(UnknownVersion, match="version 99"):
        lake.at({**lake.versions(), CNSS_LINES: 99})
    with pytest.raises(UnknownVersion, match="deposits"):
        lake.current(CNSS_LINES, {CNSS_LINES: 0})
    assert not (tmp_path / "elsewhere").exists()


def test_a_creation_cut_short_is_finished_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> None:
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(Storage, "prepare", stop)
        with pytest.raises(Stopped):
            Lake(tmp_path / "lake", KEY).prepare()
    again = Lake(tmp_path / "lake", KEY)
    assert not again.exists
    again.prepare()
    assert again.current(CNSS_LINES).collect().is_empty()


def test_many_commits_keep_every_version(lake: Lake, deposited: Put) -> None:
    recorded = []
    for rank in range(42):
        deposited("staff_register", period=f"{1990 + rank // 12}{rank % 12 + 1:02d}", salary=1900 + rank)
        recorded.append(lake.versions())
    assert [lake.at(recorded[at]).table(STAFF_LINES).collect().height for at in (0, 20, 41)] == [1, 21, 42]


def test_two_writers_do_not_undo_each_other(lake: Lake, put_into: Callable[..., int]) -> None:
    other = Lake(lake.path, KEY)
    for rank, writer in enumerate([lake, other, other, lake]):
        put_into(writer, period=f"2025{rank + 1:02d}", salary=rank)
    assert salaries(lake) == salaries(other) == [0, 1, 2, 3]


def test_lines_that_were_not_counted_are_a_mistake_of_the_caller(lake: Lake, deposited: Put) -> None:
    deposited(count=2)
    deposits, lines = lake.table(DEPOSITS).collect(), lake.table(CNSS_LINES).collect()
    with pytest.raises(ValueError, match="1 lines for cnss_lines, 2 announced"):
        lake.commit(lake.claim(), deposits, {CNSS_LINES: lines.head(1)})


def test_a_lake_shown_as_it_stood_is_not_written_to(lake: Lake) -> None:
    with pytest.raises(ValueError, match="as it stood"):
        lake.at(lake.versions()).prepare()


@pytest.mark.parametrize("name", ["lac d'été", "بحيرة", "a+b & c#d"])
def test_a_folder_may_have_spaces_and_accents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, put_into: Put
) -> None:
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / name)
    for path in (tmp_path / name / "lake", Path("beside")):
        lake = Lake(path, KEY)
        lake.prepare()
        put_into(lake, salary=3)
        put_into(lake, salary=4, period="202511")
        lake.optimize()
        assert salaries(Lake(path, KEY)) == [3, 4]


@pytest.mark.parametrize("name", ["%41", "year=2025", "a*", "[b]", "c?"])
def test_a_path_that_would_be_misread_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(LakePathRefused, match="caractères"):
        Lake(tmp_path / name / "lake", KEY)
