"""Jobs of a venture: declared to CNSS where the firm files, else as it claims. The two are never one number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from minassa.entitlements.runs import Run
from minassa.registry.public import Actor, sees_enterprise
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.one_firm import firm_reading
from minassa.ventures.models import Venture
from minassa.ventures.public import last_claim
from minassa.vocabulary.periods import first_day

INDICATOR: Final = "declared_jobs"


class Origin(StrEnum):
    """Where a number of jobs comes from."""

    DECLARED = "declared"
    """Declarations, by the run."""
    CLAIMED = "claimed"
    """The firm says so."""
    WITHHELD = "withheld"
    """Declared, and the reader may not know what this firm declares."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Jobs:
    """Persons in post on a day, and where that comes from; None where it is not told."""

    value: int | None
    on: date | None
    origin: Origin


def jobs_of(actor: Actor, venture: Venture, run: Run | None) -> Jobs:
    """The jobs of a venture as this reader may know them: those of the run where the firm files declarations."""
    firm = venture.enterprise
    if firm is not None and firm.affiliation and run is not None:
        if not sees_enterprise(actor, firm):
            return Jobs(None, None, Origin.WITHHELD)
        points = firm_reading(run, firm.affiliation).points(Catalogue.all()[INDICATOR], sees_persons=True)
        if points and points[-1].value:
            return Jobs(points[-1].value, first_day(points[-1].period), Origin.DECLARED)
    claimed = last_claim(venture)
    if claimed.jobs is None:
        return Jobs(None, None, Origin.UNKNOWN)
    return Jobs(claimed.jobs, claimed.jobs_on, Origin.CLAIMED)


def sums(found: Iterable[Jobs]) -> dict[Origin, tuple[int, int]]:
    """How many ventures and how many jobs by origin; declared and claimed jobs are not added up."""
    told = dict.fromkeys(Origin, (0, 0))
    for one in found:
        firms, jobs = told[one.origin]
        told[one.origin] = (firms + 1, jobs + (one.value or 0))
    return told
