"""After a run, graduates are met with the declarations that it read: insertion of each cohort, kept once."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import polars as pl
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from minassa.entitlements.months import aliases, by_number
from minassa.entitlements.runs import Run, runs_in
from minassa.intake.public import lake
from minassa.talent.flows.forms import COHORT
from minassa.talent.flows.insertion import at_work, insertion, whereabouts
from minassa.training.models import Graduate, Measured, Outcome, Roll
from minassa.training.reading import graduates

RUNS: Final = "runs"
_REGISTER: Final = ("affiliation", "person", "person_by_cin", "filiere", "as_of_month", "hired_on", "left_on")


def measure_next(at: datetime) -> bool:
    """Meet the graduates known with the last run, once; whether there was something to do. A loop of the worker."""
    runs = runs_in(settings.MINASSA_HOME / RUNS)
    if not runs or not Graduate.objects.exists() or Measured.objects.filter(run=runs[-1].path.name).exists():
        return False
    return measure(runs[-1], at)


def measure(run: Run, at: datetime) -> bool:
    """Keep what a run says of each cohort; False when another process did meanwhile."""
    found = outcomes_of(run)
    last_roll = Roll.objects.aggregate(last=Max("pk"))["last"] or 0
    try:
        with transaction.atomic():
            Measured.objects.create(run=run.path.name, last_roll=last_roll, kept_at=at)
            Outcome.objects.bulk_create(
                Outcome(run=run.path.name, until=run.until, rolls={"last": last_roll}, kept_at=at, **row)
                for row in found
            )
    except IntegrityError:
        return False
    return True


def outcomes_of(run: Run) -> list[dict[str, Any]]:
    """Provider, programme, cohort, horizons and whereabouts of every cohort, from the versions of the lake of a run."""
    met = graduates()
    # Both questions are asked of the same few people: the lines of the country are read for them once.
    work = work_of(run).join(met.lazy().select("person").unique(), on="person", how="semi").collect().lazy()
    by_horizon = insertion(met, work, run.until).partition_by(list(COHORT), as_dict=True)
    stand = {
        tuple(row[name] for name in COHORT): row for row in whereabouts(met, work, run.until).iter_rows(named=True)
    }
    return [
        {
            **dict(zip(COHORT, key, strict=True)),
            "horizons": told.drop(COHORT).to_dicts(),
            "whereabouts": {name: value for name, value in stand[key].items() if name not in COHORT},
        }
        for key, told in by_horizon.items()
    ]


def work_of(run: Run) -> pl.LazyFrame:
    """Who was in post in which month and filière, as declared by the time of a run."""
    seen = lake().at(run.manifest["versions"])
    staff = seen.current("staff_lines").select(_REGISTER).collect()
    latest = (
        staff.sort("as_of_month").group_by("affiliation", "person").last().select("affiliation", "person", "filiere")
    )
    lines = by_number(seen.current("cnss_lines"), aliases(staff))
    return at_work(lines, latest.lazy())
