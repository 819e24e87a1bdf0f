"""Amounts are whole centimes: what would make them anything else is not written in the engine or the offer."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.project.sources import measures, place, python_files, tree

LESSON = "Money is whole centimes and rates basis points; divide with `minassa.vocabulary.rounding.divide`, which names"
LESSON += " a direction and an article (docs/architecture.md, decision 1): "


def floats(module: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield each line with a rounding of its own, a float or a decimal; to refuse a float, it must be named."""
    refusals = {
        id(name)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance"
        for name in ast.walk(node)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and "round" in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}:
            yield node.lineno, "round()"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, repr(node.value)
        elif isinstance(node, ast.Name) and node.id in {"float", "Decimal"} and id(node) not in refusals:
            yield node.lineno, node.id


def divisions(module: ast.AST) -> Iterator[int]:
    """Yield each line with a true division, which gives a float; joining a path to a name is none."""
    for node in ast.walk(module):
        if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Div):
            continue
        if not isinstance(getattr(node.right, "value", None), str):
            yield node.lineno


def test_no_float_in_the_engine_nor_in_the_offer() -> None:
    files = python_files("src/minassa/engine", "src/minassa/offer")
    found = [f"{place(file, line)} {what}" for file in files for line, what in floats(tree(file))]
    assert not found, f"{LESSON}{found}"


def test_no_true_division_in_a_measure() -> None:
    files = [file for folder in measures() for file in python_files(str(folder))]
    found = [place(file, line) for file in files for line in divisions(tree(file))]
    assert not found, f"{LESSON}{found}"


@pytest.mark.parametrize("source", ["round(x)", "x.round(2)", "0.17 * x", "float(x)", "x: float = y", "Decimal('1')"])
def test_the_reading_of_the_sources_sees_each_fault(source: str) -> None:
    assert list(floats(ast.parse(source)))


@pytest.mark.parametrize("source", ["isinstance(x, (float, str))", "x // 2", "surround(x)"])
def test_the_reading_of_the_sources_lets_the_rest_pass(source: str) -> None:
    assert not list(floats(ast.parse(source)))


def test_a_true_division_is_told_from_a_path() -> None:
    assert list(divisions(ast.parse("amount / months")))
    assert not list(divisions(ast.parse("folder / 'parameters.yaml'")))
