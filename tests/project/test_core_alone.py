"""The command needs nothing but requirements/core.txt: what the tests install beside is out of its reach here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

CORE = Path(__file__).parents[2] / "requirements" / "core.txt"
BEGIN = """\
import sys
for name in {beside!r}:
    sys.modules[name] = None  # an import of it raises ModuleNotFoundError
from minassa.cli.main import main
sys.argv = ["minassa", *sys.argv[1:]]
sys.exit(main())
"""


def plain(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def beside_core() -> list[str]:
    """Top-level modules of what is installed here and that core.txt does not pin."""
    pinned = {
        plain(found) for found in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", CORE.read_text("utf-8"), re.MULTILINE)
    }
    return sorted(
        module
        for module, owners in packages_distributions().items()
        if not {plain(owner) for owner in owners} & pinned and module.isidentifier()
    )


def test_the_whole_way_of_a_file_is_walked_with_the_core_alone(tmp_path: Path) -> None:
    beside = beside_core()
    assert {"pyarrow", "pytest", "hypothesis"} <= set(beside)
    nation = tmp_path / "nation"

    def minassa(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", BEGIN.format(beside=beside), *arguments],
            env={**os.environ, "MINASSA_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    minassa("nation", "make", str(nation), "--people", "600", "--months", "30", "--seed", "7")
    minassa("deposit", str(nation))
    minassa("run")
    first = minassa("amounts", "--measure", "air").split()[0]
    assert first in minassa("why", first, "--lines")
    for engine in ("polars", "duckdb"):
        assert "0 différences" in minassa("replay", "--engine", engine)
    minassa("report")
    assert list((tmp_path / "home" / "report").glob("*.html"))
