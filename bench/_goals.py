"""What a benchmark is required to reach, said on its last lines so that a table of all of them can be drawn.

A goal is one line: a mark, then JSON. It is told whether it is reached or not: a figure that misses its goal fails
nothing, as an idle machine alone could judge it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

MARK = "goal "


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure measured, beside what is required of it: at most `required`, or at least where `least`."""

    figure: str
    measured: float
    required: float
    unit: str
    least: bool = False

    @property
    def reached(self) -> bool:
        """Whether the figure is on the right side of what is required; equal is."""
        return self.measured >= self.required if self.least else self.measured <= self.required

    def say(self) -> None:
        """Print the goal as one line that `read` understands."""
        print(MARK + json.dumps(asdict(self)), flush=True)


def read(line: str) -> Goal | None:
    """The goal that a printed line tells, or None for any other line."""
    if not line.startswith(MARK + "{"):
        return None
    told: dict[str, Any] = json.loads(line.removeprefix(MARK))
    return Goal(**told)


def table(goals: list[tuple[str, Goal]]) -> str:
    """One line for each goal: benchmark, figure, measured, required, reached or not."""
    rows = [("benchmark", "figure", "measured", "required", "reached")]
    for name, goal in goals:
        bound = f"{'at least' if goal.least else 'at most'} {goal.required:g} {goal.unit}"
        measured = f"{goal.measured:.3g} {goal.unit}"
        rows.append((name, goal.figure, measured, bound, "yes" if goal.reached else "NO"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
