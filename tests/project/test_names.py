"""A file is named after a noun or an act, so that the tree is the table of contents of the mission."""

from __future__ import annotations

from tests.project.sources import LOWER_HALF, ROOT, contract, packages, place, python_files

DRAWERS = {"common", "core", "helper", "helpers", "manager", "managers", "misc", "service", "services", "shared"}
DRAWERS |= {"util", "utils", "tools", "base", "lib", "stuff"}
IMPOSED = {"src/minassa/statements/postgresql/base.py"}
"""Django looks for its backend of a database under this very name."""


def test_no_module_is_a_drawer() -> None:
    found = [place(f) for f in python_files("src", "tests") if DRAWERS & {*f.relative_to(ROOT).parts[:-1], f.stem}]
    assert set(found) >= IMPOSED
    found = sorted(set(found) - IMPOSED)
    assert not found, f"Name the file after what is in it (a noun of the mission) or after an act: {found}"


def test_every_package_is_placed_in_the_layers() -> None:
    drawn = {name.strip(" ()") for layer in contract("layers")["layers"] for name in layer.split("|")}
    assert contract("layers")["exhaustive"]
    assert not set(packages()) - drawn, (
        "Place the package in docs/architecture.md, then in the layers of pyproject.toml."
    )


def test_every_package_below_the_line_is_under_the_contract_of_purity() -> None:
    pure = {name.removeprefix("minassa.") for name in contract("forbidden")["source_modules"]}
    missing = (set(packages()) & LOWER_HALF) - pure
    assert not missing, f"Add to source_modules of the `forbidden` contract in pyproject.toml: {sorted(missing)}"
    assert not pure - LOWER_HALF, "A package above the line may have a clock; take it out of the contract of purity."


def test_the_page_of_architecture_draws_every_package() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    missing = [name for name in packages() if f"{name}/" not in page]
    assert not missing, f"docs/architecture.md is the map of the house: draw {missing} in it."
