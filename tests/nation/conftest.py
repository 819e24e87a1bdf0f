"""A small country shared by the tests: eighteen months, two basins at least, one of each irregularity."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from minassa.nation import Manifest, make_nation


def small_country(folder: Path, *, seed: int = 6, workers: int = 1) -> Manifest:
    return make_nation(folder, people=1_500, months=18, seed=seed, workers=workers)


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nation") / "pays"
    small_country(folder)
    return folder


@pytest.fixture(scope="session")
def manifest(nation: Path) -> Manifest:
    return small_country(nation)


@pytest.fixture(scope="session")
def truth(nation: Path) -> Callable[[str], list[dict[str, str]]]:
    def read(name: str) -> list[dict[str, str]]:
        with (nation / "verite" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    return read


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file of a folder, by its path inside."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
