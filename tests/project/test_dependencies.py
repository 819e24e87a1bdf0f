"""Each dependency was chosen: its reason is written, its licence may be mixed with ours, and it is declared."""

from __future__ import annotations

import ast
import re
import sys
from importlib import metadata

import pytest

from tests.project.sources import ROOT, place, python_files, settings, tree

REQUIREMENTS = ROOT / "requirements"
ACCEPTED: tuple[str, ...] = (
    "mit",
    "bsd",
    "apache",
    "isc",
    "psf",
    "python software foundation",
    "mpl",
    "mozilla",
    "lgpl",
    "zlib",
    "cc0",
)
ACCEPTED += ("0bsd", "unlicense", "lesser general public", "hpnd", "ofl")
READ = {"axe-playwright-python": "mit", "pyxform": "bsd", "qrcode": "bsd"}
"""Licences read in the package itself: the first two declare none, another classifier is about a trademark."""
REFUSED = re.compile(r"(?<![a-z])(a?gpl|sspl|busl|proprietary|commercial)|(?<!lesser )general public license")


def canonical(name: str) -> str:
    """A name of distribution as indexes compare them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def chosen(group: str) -> set[str]:
    """The dependencies that a group names itself."""
    lines = (REQUIREMENTS / f"{group}.in").read_text("utf-8").splitlines()
    return {canonical(re.split(r"[<>=~!; \[]", line)[0]) for line in lines if line and line[0] not in "#-"}


def pinned(lock: str) -> set[tuple[str, str]]:
    """Every (name, version) of a lock."""
    text = (REQUIREMENTS / f"{lock}.txt").read_text("utf-8")
    return {(canonical(name), version) for name, version in re.findall(r"^([\w.-]+)==([\w.+!]+)", text, re.MULTILINE)}


def declared_licence(name: str) -> str:
    """What an installed distribution says of its licence: expression, else classifiers, else free text."""
    about = metadata.metadata(name)
    classes = [c.rsplit("::", 1)[-1] for c in about.get_all("Classifier") or [] if c.startswith("License")]
    return " ".join(about.get_all("License-Expression") or classes or about.get_all("License") or []).strip().lower()


def installed(lock: str) -> list[str]:
    """Names of a lock that stand in this environment."""
    here = {canonical(found.metadata["Name"]) for found in metadata.distributions()}
    return sorted({name for name, _ in pinned(lock)} & here)


@pytest.mark.parametrize("group", ["core", "spark", "test", "bench"])
def test_every_dependency_has_its_reason(group: str) -> None:
    pages = "\n".join(page.read_text("utf-8") for page in (ROOT / "docs" / "decisions").glob("0*.md"))
    told = {canonical(name) for name in re.findall(r"`([\w.-]+)`", pages)}
    missing = chosen(group) - told
    assert not missing, f"Write what for, licence, size, keeper, and life without it in docs/decisions/: {missing}"


@pytest.mark.parametrize("group", ["core", "spark", "test", "bench"])
def test_every_lock_is_part_of_the_one_resolution(group: str) -> None:
    assert chosen(group) <= {name for name, _ in pinned(group)}, f"requirements/{group}.in changed: run ./run lock"
    apart = pinned(group) - pinned("constraints")
    assert not apart, f"Locks are laid one over another: make them together with ./run lock: {apart}"


def test_the_project_declares_what_the_lock_pins() -> None:
    project = settings()["project"]
    names = {canonical(re.split(r"[<>=~!; \[]", line)[0]) for line in project["dependencies"]}
    spark = {canonical(re.split(r"[<>=~!; \[]", line)[0]) for line in project["optional-dependencies"]["spark"]}
    assert (names, spark) == (chosen("core"), chosen("spark")), "pyproject.toml and requirements/*.in name the same."


@pytest.mark.parametrize("lock", ["core", "test"])
def test_every_licence_may_be_mixed_with_ours(lock: str) -> None:
    licences = {name: READ.get(name) or declared_licence(name) for name in installed(lock)}
    bad = {n: said for n, said in licences.items() if REFUSED.search(said) or not any(ok in said for ok in ACCEPTED)}
    assert licences
    assert not bad, f"See docs/decisions/0013-licence.md; replace it, or keep it to bench/ with a reason: {bad}"


def test_the_sources_import_only_what_core_and_spark_name() -> None:
    providers = metadata.packages_distributions()
    allowed = chosen("core") | chosen("spark")
    found = []
    for file in python_files("src"):
        # A module called `testing` serves tests alone: another check refuses that anything else imports it.
        here = allowed | chosen("test") if file.name == "testing.py" else allowed
        for name, line in imports(tree(file)):
            distributions = {canonical(one) for one in providers.get(name, [name])}
            if name not in sys.stdlib_module_names | {"minassa"} and not distributions & here:
                found.append(f"{place(file, line)} {name}")
    assert not found, f"Name it in requirements/core.in with its decision, or do without: {found}"


def test_nothing_but_tests_imports_what_serves_tests() -> None:
    named = [(file, module, line) for file in python_files("src") for module, line in modules(tree(file))]
    found = [place(file, line) for file, module, line in named if module.endswith(".testing") and "minassa" in module]
    assert not found, f"Modules called testing need what only tests install: {found}"


def modules(module: ast.Module) -> list[tuple[str, int]]:
    """Whole names of the modules that a module imports from, with the line."""
    return [(n.module, n.lineno) for n in ast.walk(module) if isinstance(n, ast.ImportFrom) and n.module]


def imports(module: ast.Module) -> list[tuple[str, int]]:
    """Top-level names that a module imports, with the line."""
    names = [(alias.name, n.lineno) for n in ast.walk(module) if isinstance(n, ast.Import) for alias in n.names]
    names += [(n.module, n.lineno) for n in ast.walk(module) if isinstance(n, ast.ImportFrom) and n.module]
    return [(name.split(".")[0], line) for name, line in names]


@pytest.mark.parametrize(
    "said", ["gnu affero general public license v3", "agpl-3.0-or-later", "gpl-2.0", "proprietary"]
)
def test_a_strong_copyleft_is_seen(said: str) -> None:
    assert REFUSED.search(said)


@pytest.mark.parametrize("said", ["gnu lesser general public license v2 or later (lgplv2+)", "lgpl-2.1-or-later"])
def test_a_weak_copyleft_is_let_through(said: str) -> None:
    assert not REFUSED.search(said)
