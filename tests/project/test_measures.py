"""A measure is one folder: its page, its figures, its rules, its cases; and the contract that holds measures apart."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.project.sources import PACKAGE, contract, measures, place, project_files

MISSING = "the offer has no measure yet"


def test_the_contract_of_independence_lists_every_measure() -> None:
    if not measures():
        pytest.skip(MISSING)
    listed = {name.rpartition(".")[2] for name in contract("independence")["modules"]}
    there = {folder.name for folder in measures()}
    assert listed == there, f"pyproject.toml, contract of independence; in one place only: {sorted(listed ^ there)}"


def test_every_measure_has_its_page_and_its_line_in_the_catalogue() -> None:
    if not measures():
        pytest.skip(MISSING)
    entries = yaml.safe_load((PACKAGE / "offer" / "catalogue.yaml").read_text("utf-8"))
    catalogue = {entry["measure"] for entry in entries}
    for folder in measures():
        page = folder / "README.md"
        assert page.exists(), f"{place(folder)}: text, aim, who, cumulation, and what is NOT modelled, on one page."
        assert folder.name in catalogue, f"Write {folder.name} in src/minassa/offer/catalogue.yaml."


def test_every_case_says_where_it_comes_from() -> None:
    cases = [
        f for f in project_files() if "cases" in f.parts and f.suffix == ".yaml" and f.is_relative_to(PACKAGE / "offer")
    ]
    if not cases:
        pytest.skip("the offer has no worked case yet")
    bare = [place(file) for file in cases if not sourced(yaml.safe_load(file.read_text("utf-8")))]
    assert not bare, f"A case is read and signed by a lawyer: give it a `source`: {bare}"


def sourced(case: Any) -> bool:  # noqa: ANN401 (whatever a YAML file holds)
    """Whether a case, or every case of a list, has a source that says something."""
    if isinstance(case, list):
        return bool(case) and all(map(sourced, case))
    return isinstance(case, dict) and bool(case.get("source"))


@pytest.mark.parametrize("case", [None, [], {}, {"source": ""}, [{"source": "x"}, {}]])
def test_a_case_without_a_source_is_seen(case: Any) -> None:  # noqa: ANN401
    assert not sourced(case)
