"""What one row of a frame is, by which month the law applies to it, and which frame stands above it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Grain:
    """A kind of row: its keys, the column holding the month (index) whose law applies, and its parent grain."""

    name: str
    keys: tuple[str, ...]
    date: str
    parent: str | None = None
    parent_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A declared column that rules may read, for the grains listed."""

    name: str
    grains: tuple[str, ...]
    unit: str
    meaning: str
    sources: tuple[str, ...] = field(default=())
