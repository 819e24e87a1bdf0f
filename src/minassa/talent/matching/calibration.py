"""How sure an answer is: the share of right answers, in titles set apart, where evidence was as strong."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

SUPPORT_WEIGHT = 0.5
"""What the agreement of the nearest entries counts for. Fixed on the titles set apart (`bench/gold`, dev)."""


def evidence(likeness: float, lead: float, support: float) -> float:
    """Return the strength of an answer, 0 to 2.5.

    From the likeness of its best entry, its lead over the next unit group, and the share of the five nearest entries
    that are of its group; each from 0 to 1.
    """
    return likeness + lead + SUPPORT_WEIGHT * support


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

    def confidence(self, strength: float) -> float:
        """Return the share of right answers expected at a strength of evidence, 0 to 1."""
        at = bisect_right(self.bounds, strength) - 1
        return 0.0 if at < 0 else self.shares[at]


def least_evidence(bounds: Sequence[float], shares: Sequence[float], precision: float) -> float:
    """Return the first bound of evidence from which on the share of right answers is enough; infinity where none is."""
    return next((bound for bound, share in zip(bounds, shares, strict=True) if share >= precision), float("inf"))


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
