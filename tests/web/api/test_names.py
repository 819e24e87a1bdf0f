"""Shapes of the API bear one name each: two under one name would be one in the description, and one of them wrong."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import minassa.web.api


def test_no_two_shapes_have_one_name() -> None:
    folder = Path(minassa.web.api.__file__).parent
    trees = [ast.parse(file.read_text("utf-8")) for file in sorted(folder.glob("*.py"))]
    named = Counter(node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    assert [name for name, times in named.items() if times > 1] == []
