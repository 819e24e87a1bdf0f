"""How sure an answer is: the share of right answers, in titles set apart, where evidence was as strong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
import yaml
from numpy.typing import NDArray

MARGIN_WEIGHT = 1.0
"""What the lead over the best occupation of another group counts for, beside the likeness itself."""


def evidence(likeness: NDArray[np.float64], lead: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the strength of answers: likeness of the best entry (0 to 1), and its lead over the next unit group."""
    return likeness + MARGIN_WEIGHT * lead


def isotonic(evidences: Sequence[float], right: Sequence[bool]) -> tuple[list[float], list[float]]:
    """Return bounds of evidence and the share of right answers from each on, never falling (adjacent pools joined)."""
    order = np.argsort(np.asarray(evidences), kind="stable")
    pools: list[list[float]] = []
    for at in order:
        pools.append([float(evidences[at]), float(right[at]), 1.0])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            _, hits, count = pools.pop()
            pools[-1][1] += hits
            pools[-1][2] += count
    return [pool[0] for pool in pools], [pool[1] / pool[2] for pool in pools]


@dataclass(frozen=True)
class Calibration:
    """Shares of right answers by evidence, and the least evidence that is answered by itself (below: a person)."""

    bounds: tuple[float, ...]
    shares: tuple[float, ...]
    least: float
    titles: int
    made_on: date
    source: str
    status: str

    def confidence(self, evidences: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the share of right answers expected at each evidence, 0 to 1."""
        at = np.searchsorted(np.asarray(self.bounds), evidences, side="right") - 1
        return np.where(at < 0, 0.0, np.asarray(self.shares)[np.maximum(at, 0)])


def least_evidence(evidences: Sequence[float], right: Sequence[bool], precision: float) -> float:
    """Return the lowest evidence from which on at least `precision` of the answers are right, else infinity."""
    order = np.argsort(-np.asarray(evidences), kind="stable")
    shares = np.cumsum(np.asarray(right, dtype=float)[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= precision)
    return float(np.asarray(evidences)[order][enough[-1]]) if enough.size else float("inf")


@cache
def calibration_in_force() -> Calibration:
    """Return the calibration that Minassa ships, made on the titles set apart for it."""
    said = yaml.safe_load(files("minassa.talent.matching").joinpath("calibration.yaml").read_text("utf-8"))
    return Calibration(
        tuple(said["bounds"]),
        tuple(said["shares"]),
        said["least"],
        said["titles"],
        said["made_on"],
        said["source"],
        said["status"],
    )
