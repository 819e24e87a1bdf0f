"""What each reason to look at a claim weighs, and the thresholds around: dated data."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Final

from pydantic import Field, StrictInt

from minassa.claims.dated_data import one_at_a_time, packaged
from minassa.claims.errors import InvalidClaimData
from minassa.delays.documents import Closed, Dated


class Labels(Closed):
    """A sentence in three languages."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Held(StrEnum):
    """What of a line a reason holds: the whole of it, or what passes the amount that nobody doubts."""

    WHOLE = "whole"
    EXCESS = "excess"


EXCESS_KNOWN: Final = frozenset({"raised_reference", "overstated_income"})
"""The reasons whose doubt has an amount (`entitlements.doubts`)."""


class Thresholds(Dated):
    """Figures of the checks and of the forecast while they hold; departures a month in basis points.

    `weights`: for each reason, its points when it concerns the whole claim. `holds`: the reasons for which a line, or
    its excess, waits for someone to look at it before it is paid.
    """

    weights: dict[str, Annotated[StrictInt, Field(ge=0, le=100)]]
    holds: dict[str, Held]
    outlier_times_median: StrictInt = Field(ge=2)
    outlier_fewest_lines: StrictInt = Field(ge=3)
    high_score: StrictInt = Field(ge=1, le=100)
    medium_score: StrictInt = Field(ge=1, le=100)
    monthly_departures_basis_points: StrictInt = Field(ge=0, lt=10_000)


class WeightsFile(Closed):
    """The whole file."""

    reasons: dict[str, Labels]
    values: list[Thresholds] = Field(min_length=1)


@cache
def weights() -> WeightsFile:
    """The weights of this package, checked; InvalidClaimData."""
    return checked(packaged("weights.yaml", WeightsFile))


def checked(read: WeightsFile) -> WeightsFile:
    """The weights, one set at a time, each for every reason and no other; InvalidClaimData."""
    one_at_a_time(list(read.values), "weights.yaml")
    for one in read.values:
        if set(one.weights) != set(read.reasons):
            raise InvalidClaimData(
                f"weights.yaml : à partir du {one.starts.isoformat()}, un poids par motif, sans plus."
            )
        if set(one.holds) - set(read.reasons):
            raise InvalidClaimData(f"weights.yaml : à partir du {one.starts.isoformat()}, motif de retenue inconnu.")
        if {kind for kind, part in one.holds.items() if part is Held.EXCESS} - EXCESS_KNOWN:
            raise InvalidClaimData(
                f"weights.yaml : à partir du {one.starts.isoformat()}, excédent d'un motif qui n'en a pas."
            )
    return read


def reasons() -> dict[str, Labels]:
    """The words of the reasons by kind; their order is that of the bits of `flags`."""
    return weights().reasons


def thresholds(day: date) -> Thresholds:
    """The thresholds of a day; InvalidClaimData when none holds."""
    found = next((one for one in weights().values if one.in_force(day)), None)
    if found is None:
        raise InvalidClaimData(f"Aucun seuil de contrôle n'est connu le {day.isoformat()}.")
    return found


def stratum(score: int, day: date) -> str:
    """The stratum of a score for the draw of controls: `high`, `medium` or `low`."""
    held = thresholds(day)
    return "high" if score >= held.high_score else "medium" if score >= held.medium_score else "low"
