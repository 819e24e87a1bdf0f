"""What few files ask for, imported with the first that does: to start without it takes half as long.

A second process is started for each large deposit, and nearly all of its files are e-BDS.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minassa.declarations.forms import Forms
    from minassa.engine.figures import Figure


def read_forms(kind: str, files: Sequence[tuple[str, bytes]]) -> Forms:
    """`forms.read_forms`: files of one of the kinds of `kinds.FORMS`, read."""
    read: Callable[[str, Sequence[tuple[str, bytes]]], Forms] = import_module("minassa.declarations.forms").read_forms
    return read(kind, files)


def excerpt(content: bytes, kind: str, line: int) -> str:
    """`lake.originals.excerpt`: a line of an original file, as a person would want to see it again."""
    shown: Callable[[bytes, str, int], str] = import_module("minassa.declarations.lake.originals").excerpt
    return shown(content, kind, line)


def excerpts(content: bytes, kind: str, lines: Collection[int]) -> dict[int, str]:
    """`lake.originals.excerpts`: several lines of an original file, read once."""
    module = import_module("minassa.declarations.lake.originals")
    shown: Callable[[bytes, str, Collection[int]], dict[int, str]] = module.excerpts
    return shown(content, kind, lines)


def parse_figures(text: str, origin: str) -> tuple[Figure, ...]:
    """`engine.figures.parse_figures`: dated figures from the text of a file, none of them by place."""
    engine = import_module("minassa.engine.figures")
    parsed: tuple[Figure, ...] = engine.parse_figures(text, origin, {})
    return parsed
