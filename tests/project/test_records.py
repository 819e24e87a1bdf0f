"""Records that people rely on: decisions, the changelog, and what the linter is relied upon to refuse."""

from __future__ import annotations

import re

from tests.project.sources import ROOT, contract, project_files, settings

DECISIONS = ROOT / "docs" / "decisions"
FRAGMENTS = ROOT / "changelog.d"
KINDS = {"law", "feature", "fix", "technical", "breaking"}
PAGE = 60


def test_decisions_are_numbered_listed_and_one_page_long() -> None:
    pages = sorted(DECISIONS.glob("[0-9]*.md"))
    index = (DECISIONS / "README.md").read_text("utf-8")
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text("utf-8")
        assert page.name in index, f"List {page.name} in docs/decisions/README.md."
        assert text.startswith(f"# {page.name[:4]} "), f"{page.name} starts with its number and its title."
        assert len(text.splitlines()) <= PAGE, f"{page.name}: one page; split it, or say less."
        for part in ("**Decided.**", "**Why.**", "**Without it.**"):
            assert part in text, f"{page.name} lacks {part} (docs/decisions/README.md shows the form)."


def test_fragments_of_the_changelog_follow_their_grammar() -> None:
    for file in project_files():
        if file.parent != FRAGMENTS or file.name == "README.md":
            continue
        lesson = f"{file.name}: changelog.d/README.md shows the form."
        kind = file.name.removesuffix(".md").rpartition(".")[2]
        text = file.read_text("utf-8")
        needed = (
            ["Periods", "Touches", "For", "Effect"]
            if kind in {"law", "fix", "breaking"}
            else ["Touches", "For", "Effect"]
        )
        assert kind in KINDS, lesson
        assert re.match(r"# \S", text), lesson
        assert not [word for word in needed if not re.search(rf"^- {word}: \S", text, re.MULTILINE)], lesson


def test_the_linter_still_refuses_what_these_tests_leave_to_it() -> None:
    lint = settings()["tool"]["ruff"]["lint"]
    relied_upon = ("D100", "D101", "D102", "D103", "PLC0415", "F403", "T201", "DTZ", "ERA001", "FIX", "C901", "PLR0915")
    everywhere = {key: codes for key, codes in lint["per-file-ignores"].items() if key.startswith("src")}
    ignored = [*lint["ignore"], *(code for codes in everywhere.values() for code in codes if code != "T201")]
    loose = [code for code in relied_upon if any(code.startswith(given) for given in ignored)]
    assert lint["select"] == ["ALL"]
    assert not loose, f"Documentation, imports at the top and the rest are refused by ruff alone: {loose}"


def test_types_and_warnings_are_strict() -> None:
    tools = settings()["tool"]
    assert tools["mypy"]["strict"]
    assert tools["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    assert contract("acyclic_siblings")["ancestors"] == ["minassa"]


def test_every_exception_of_the_linter_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    part = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.flake8")]
    bare = [line for line in part.splitlines() if re.match(r'\s+"[A-Z]+\d*",', line) and "# " not in line]
    assert not bare, f"Give each exception its reason on its line: {bare}"
