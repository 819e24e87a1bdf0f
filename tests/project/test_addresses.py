"""What is committed serves on any machine: no address of a package index, no folder of somebody's disk."""

from __future__ import annotations

import re

import pytest

from tests.project.sources import ROOT, place, project_files, text_of

# Written in pieces, so that this file does not hold what it looks for.
FOLDERS = "work|tmp|root|home|opt"
MACHINE = re.compile(rf"(?<![\w./<-])/(?:{FOLDERS})/\w")
INDEX = re.compile(
    "|".join(["py" + r"pi\.org/simple", "python" + r"hosted\.org", "index" + r"-url", "registry" + r"\.npm"])
)


def test_the_locks_hold_digests_and_no_address() -> None:
    for file in (ROOT / "requirements").glob("*.[it][nx]*"):
        assert not re.search(r"https?:|://", file.read_text("utf-8")), (
            f"{place(file)}: make it with ./run lock, which writes no address."
        )


@pytest.mark.parametrize("lock", ["core", "spark", "test", "bench"])
def test_every_pin_of_a_lock_has_a_digest(lock: str) -> None:
    pins = re.split(r"\n(?=\S)", (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8").strip())
    bare = [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin]
    assert pins
    assert not bare, f"requirements/{lock}.txt: make it with ./run lock: {bare}"


@pytest.mark.parametrize("pattern", [MACHINE, INDEX], ids=["folder of a machine", "package index"])
def test_no_file_names_a_machine_or_a_package_index(pattern: re.Pattern[str]) -> None:
    found = [
        place(file, number)
        for file in project_files()
        for number, line in enumerate((text_of(file) or "").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not found, f"Use a path relative to the project, pytest's tmp_path, or the machine's own settings: {found}"


def test_the_patterns_see_what_they_look_for() -> None:
    assert MACHINE.search("in /" + "tmp/x")
    assert not MACHINE.search("src/minassa/work/x")
    assert INDEX.search("https://py" + "pi.org/simple")
