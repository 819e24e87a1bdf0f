"""What contradicts in a report: what is wrong, where, whether it must be mended or only explained. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from minassa.platforms.units import NATIONAL

COUNTS: Final = ("firms_installed", "firms_arrived", "firms_left", "investment_dirhams")
"""What every manager tells, in whole numbers."""
OF_A_PLACE: Final = ("occupied_area_m2", "incidents", "incident_hours")
"""What only a place has."""
RENDERED, INTERRUPTED, ABSENT = "rendered", "interrupted", "absent"
SERVICE_STATES: Final = (RENDERED, INTERRUPTED, ABSENT)
SAID: Final = "said"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a report is confronted with.

    `area`: rentable square metres of the sheet (None: unknown). `services`: codes offered. `firms`, `jobs`: what
    declarations tell. `before`: firms installed by the report before (None: none). `tight`, `wide`: square metres for
    a job.
    """

    place: int
    area: int | None
    services: tuple[str, ...]
    firms: int
    jobs: int
    before: int | None
    tight: int
    wide: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A contradiction: its code, the field where it is mended, whether it stops the report, numbers for its words."""

    code: str
    field: str
    blocking: bool
    numbers: tuple[int, ...] = ()

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return {"code": self.code, "field": self.field, "blocking": self.blocking, "numbers": list(self.numbers)}


def fields_of(place: int) -> tuple[str, ...]:
    """The numbers that a report of a unit tells."""
    return COUNTS if place == NATIONAL else (*OF_A_PLACE[:1], *COUNTS, *OF_A_PLACE[1:])


def contradictions(told: Mapping[str, Any], ground: Ground) -> tuple[Contradiction, ...]:
    """Every contradiction; one that only needs an explanation stops the report while nothing is said."""
    found = [*_absent(told, ground), *_surfaces(told, ground), *_firms(told, ground), *_incidents(told, ground)]
    if any(not one.blocking for one in found) and not str(told.get(SAID, "")).strip():
        found.append(Contradiction("explain", SAID, blocking=True))
    return tuple(found)


def _absent(told: Mapping[str, Any], ground: Ground) -> Iterator[Contradiction]:
    for name in fields_of(ground.place):
        if told.get(name) is None:
            yield Contradiction("absent", name, blocking=True)
    for code in ground.services:
        if told.get("services", {}).get(code) not in SERVICE_STATES:
            yield Contradiction("service-silent", f"services.{code}", blocking=True)


def _surfaces(told: Mapping[str, Any], ground: Ground) -> Iterator[Contradiction]:
    occupied = told.get("occupied_area_m2")
    if occupied is None:
        return
    if ground.area is None:
        yield Contradiction("area-unknown", "occupied_area_m2", blocking=False)
    elif occupied > ground.area:
        yield Contradiction("occupied-above-area", "occupied_area_m2", blocking=True, numbers=(occupied, ground.area))
    if occupied == 0 and ground.jobs > 0:
        yield Contradiction("empty-with-jobs", "occupied_area_m2", blocking=True, numbers=(ground.jobs,))
    elif ground.jobs > 0 and not ground.tight <= occupied / ground.jobs <= ground.wide:
        numbers = (occupied, ground.jobs, ground.tight, ground.wide)
        yield Contradiction("area-per-job", "occupied_area_m2", blocking=False, numbers=numbers)


def _firms(told: Mapping[str, Any], ground: Ground) -> Iterator[Contradiction]:
    installed, arrived, left = (told.get(name) for name in COUNTS[:3])
    if installed is None:
        return
    if installed != ground.firms:
        yield Contradiction("firms-differ", "firms_installed", blocking=False, numbers=(installed, ground.firms))
    if ground.before is not None and arrived is not None and left is not None:
        expected = ground.before + arrived - left
        if expected != installed:
            numbers = (ground.before, arrived, left, expected, installed)
            yield Contradiction("firms-do-not-add-up", "firms_installed", blocking=True, numbers=numbers)


def _incidents(told: Mapping[str, Any], ground: Ground) -> Iterator[Contradiction]:
    incidents, hours = told.get("incidents"), told.get("incident_hours")
    if incidents == 0 and hours:
        yield Contradiction("hours-without-incident", "incident_hours", blocking=True, numbers=(hours,))
    cut = [code for code in ground.services if told.get("services", {}).get(code) == INTERRUPTED]
    if incidents == 0 and cut:
        yield Contradiction("cut-without-incident", "incidents", blocking=True, numbers=(len(cut),))
