from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.declarations import files, kinds
from minassa.declarations.files import Found, found, groups, read


def at(path: Path) -> Found:
    return found(str(path), path.name, path.stat().st_size)


@pytest.mark.parametrize(
    ("name", "declarant", "period"),
    [
        ("DS_9900003_202510.txt", "9900003", "202510"),
        ("DSC1_9900003_202510.txt", "9900003", "202510"),
        ("AFFEBDS_9900003_202510_copie.TXT", "9900003", "202510"),
        ("COMPTES_9900003_2025.csv", "9900003", "2025"),
        ("FICHE_9900003.xlsx", "9900003", ""),
        ("traitements.xml", "", ""),
        ("DS_99000031_202510.txt", "", ""),
    ],
)
def test_a_name_says_who_and_when(name: str, declarant: str, period: str) -> None:
    file = found(f"/somewhere/{name}", name, 1)
    assert (file.declarant, file.period) == (declarant, period)


def test_sorted_a_preetabli_comes_just_before_its_declaration() -> None:
    names = ["DS_9900003_202511.txt", "DS_9900003_202510.txt", "AFFEBDS_9900003_202510.txt", "DS_9900011_202510.txt"]
    assert [file.name for file in sorted(found(name, name, 1) for name in names)] == [
        "AFFEBDS_9900003_202510.txt",
        "DS_9900003_202510.txt",
        "DS_9900011_202510.txt",
        "DS_9900003_202511.txt",
    ]


@given(sizes=st.lists(st.integers(0, 60), max_size=20), most=st.integers(1, 4))
def test_groups_keep_every_file_in_order_within_their_bounds(sizes: list[int], most: int) -> None:
    given_files = [found(f"{rank}", f"{rank}", size) for rank, size in enumerate(sizes)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(files, "GROUP_BYTES", 100)
        patched.setattr(files, "GROUP_FILES", most)
        patched.setattr(files, "GROUP_SECONDS", 1e9)
        made = list(groups(given_files))
    assert [file for group in made for file in group] == given_files
    assert all(len(group) <= most and sum(file.size for file in group) <= 100 for group in made)


def test_files_that_are_slow_to_read_make_smaller_groups() -> None:
    returns = [found(f"{rank}.xml", f"{rank}.xml", 3_000_000) for rank in range(100)]
    fixed = [found(f"{rank}.txt", f"{rank}.txt", 3_000_000) for rank in range(100)]
    assert max(len(group) for group in groups(returns)) < len(next(groups(fixed))) == 16


def test_a_few_large_files_make_several_groups_all_the_same() -> None:
    assert [len(group) for group in groups([found(f"{rank}.txt", f"{rank}.txt", 4 << 20) for rank in range(6)])] == [
        2,
        2,
        2,
    ]


def test_the_files_of_one_employer_and_month_are_never_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "GROUP_FILES", 1)
    names = ["AFFEBDS_9900003_202510.txt", "DS_9900003_202510.txt", "DS_9900011_202510.txt"]
    assert [len(group) for group in groups([found(name, name, 1) for name in names])] == [2, 1]


def test_a_small_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "DS_9900003_202510.txt"
    for size in (1, 65_535, 65_536, 65_537, 300_000):
        path.write_bytes(b"B00" + b"1" * 14 + b"B0" + b" " * size)
        original = read(at(path))
        assert (original.content, original.kind, original.whole) == (path.read_bytes(), kinds.EBDS_PRINCIPAL, True)


def test_a_file_that_grew_since_it_was_listed_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"a" * 10)
    listed = at(path)
    path.write_bytes(b"a" * 100_000)
    assert len(read(listed).content) == 100_000


def test_a_gigabyte_of_zeros_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "DS_9900003_202510.txt"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)
    taken = []
    whole = os.read

    def counted(descriptor: int, size: int) -> bytes:
        content = whole(descriptor, size)
        taken.append(len(content))
        return content

    monkeypatch.setattr(os, "read", counted)
    original = read(at(path))
    assert (original.kind, original.whole) == (kinds.UNKNOWN, False)
    assert sum(taken) <= 65_536


def test_a_large_file_of_a_known_kind_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "anything"
    path.write_bytes(b"B00" + b"1" * 14 + b"B0" + b" " * (2 << 20))
    original = read(at(path))
    assert (original.kind, len(original.content)) == (kinds.EBDS_PRINCIPAL, path.stat().st_size)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, words in ((pipe, "pas un fichier"), (tmp_path, "dossier"), (tmp_path / "absent", "n'existe pas")):
        problem = read(found(str(path), path.name, -1)).problem
        assert problem is not None
        assert words in problem.message
