"""Growth concentrates, so the limit is on the largest: of modules and of functions."""

from __future__ import annotations

import ast

from tests.project.sources import place, python_files, tree

MODULE_LINES = 400
FUNCTION_LINES = 40
EVERYWHERE = ("src", "tests", "bench", "run")


def test_no_module_is_too_long() -> None:
    long = {place(file): len(file.read_text("utf-8").splitlines()) for file in python_files(*EVERYWHERE)}
    long = {where: lines for where, lines in long.items() if lines > MODULE_LINES}
    assert not long, f"Cut along a noun or an act, never into a drawer ({MODULE_LINES} lines at most): {long}"


def test_no_function_is_too_long() -> None:
    long = {}
    for file in python_files(*EVERYWHERE):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long[f"{place(file, node.lineno)} {node.name}"] = lines
    assert not long, f"Name its steps and make each a function ({FUNCTION_LINES} lines at most): {long}"
