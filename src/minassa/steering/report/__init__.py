"""The report of a run: one page for those who steer, every number of it traceable to a line of a file."""

from __future__ import annotations

from minassa.steering.report.writing import write_report

__all__ = ["write_report"]
