"""What others made is what they published: digests, licences, no map that is not shipped."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import minassa.web

VENDOR = Path(minassa.web.__file__).parent / "static" / "vendor"
ROWS = [
    [cell.strip() for cell in line.strip("|\n ").split("|")]
    for line in (VENDOR / "VENDOR.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| file", "| ---"))
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_file_is_the_one_that_was_published(row: list[str]) -> None:
    name, _package, version, licence, digest = row
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest
    assert version
    assert licence


def test_every_file_is_listed() -> None:
    shipped = [*VENDOR.rglob("*.css"), *VENDOR.rglob("*.js"), *VENDOR.rglob("*.woff2")]
    shipped += (VENDOR.parent.parent / "fonts").glob("*.ttf")
    assert {(VENDOR / row[0]).resolve() for row in ROWS} == {file.resolve() for file in shipped}


def test_no_style_names_a_map_that_is_not_there() -> None:
    assert not [file for file in VENDOR.rglob("*.css") if "sourceMappingURL" in file.read_text("utf-8")]
