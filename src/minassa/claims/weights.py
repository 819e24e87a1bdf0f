"""What each reason to look at a claim weighs, and the thresholds around: dated data."""

from __future__ import annotations

from datetime import date
from functools import cache

from pydantic import Field, StrictInt

from minassa.claims.dated_data import one_at_a_time, packaged
from minassa.claims.errors import InvalidClaimData
from minassa.delays.documents import Closed, Dated


class Labels(Closed):
    """A sentence in three languages."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Reason(Closed):
    """A reason to look: points when it concerns the whole claim, and its words."""

    weight: StrictInt = Field(ge=0, le=100)
    labels: Labels


class Thresholds(Dated):
    """Figures of the checks and of the forecast while they hold; departures a month in basis points."""

    outlier_times_median: StrictInt = Field(ge=2)
    outlier_fewest_lines: StrictInt = Field(ge=3)
    high_score: StrictInt = Field(ge=1, le=100)
    medium_score: StrictInt = Field(ge=1, le=100)
    monthly_departures_basis_points: StrictInt = Field(ge=0, lt=10_000)


class WeightsFile(Closed):
    """The whole file."""

    reasons: dict[str, Reason]
    values: list[Thresholds] = Field(min_length=1)


@cache
def weights() -> WeightsFile:
    """The weights of this package, checked; InvalidClaimData."""
    read = packaged("weights.yaml", WeightsFile)
    one_at_a_time(list(read.values), "weights.yaml")
    return read


def reasons() -> dict[str, Reason]:
    """The reasons by kind; their order is that of the bits of `flags`."""
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
