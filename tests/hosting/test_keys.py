"""A secret is drawn once, whoever comes first, and only its owner reads it."""

from __future__ import annotations

import os
import secrets
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from minassa.hosting.keys import drawn_once


def test_processes_that_start_together_end_with_the_same_secret(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "one.key"
    with ProcessPoolExecutor(4) as pool:
        found = set(pool.map(partial(drawn_once, file), [partial(secrets.token_bytes, 32)] * 16))
    assert found == {file.read_bytes()}
    assert len(file.read_bytes()) == 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert os.listdir(file.parent) == ["one.key"]  # noqa: PTH208 (names alone)


def test_a_secret_that_is_there_is_not_drawn_again(tmp_path: Path) -> None:
    file = tmp_path / "key"
    assert drawn_once(file, lambda: b"first") == drawn_once(file, lambda: b"second") == b"first"
