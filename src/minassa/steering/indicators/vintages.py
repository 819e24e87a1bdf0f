"""Vintages: what each run said of each indicator, kept once after it, read again, computed again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from minassa.entitlements.runs import Run, runs_in
from minassa.intake.public import lake
from minassa.steering.indicators.alerts import evaluate
from minassa.steering.indicators.catalogue import Catalogue, Indicator, Source
from minassa.steering.indicators.cube import cube_of
from minassa.steering.indicators.kept import cube_kept, keep_cube
from minassa.steering.indicators.letters import owe
from minassa.steering.indicators.live import to_come
from minassa.steering.indicators.reading import Filters, Point, Reading
from minassa.steering.models import Vintage, VintageSeries
from minassa.steering.public import latest_figures, synthetic_of
from minassa.titles.public import keep_titles
from minassa.vocabulary.statuses import Status

RUNS = "runs"
Points = list[list[Any]]


def keep_next(at: datetime) -> bool:
    """Make what is made once after a run, and keep what it says; whether there was such a run. A loop of the worker."""
    runs = runs_in(settings.MINASSA_HOME / RUNS)
    if not runs or Vintage.objects.filter(run=runs[-1].path.name).exists():
        return False
    return keep(runs[-1], at)


def keep(run: Run, at: datetime) -> bool:
    """Keep the national values of every indicator of a run; False where another process does, or did."""
    home = settings.MINASSA_HOME
    cube = cube_kept(home, run)
    if cube is None:
        cube = keep_cube(home, run)
    if cube is None:
        return False
    latest_figures(home)
    keep_titles(home, run.path.name, lake(), at)
    reading = Reading(cube, Filters())
    try:
        with transaction.atomic():
            vintage = Vintage.objects.create(
                run=run.path.name,
                kept_at=at,
                until=run.until,
                versions=run.manifest["versions"],
                offer_digest=run.manifest["offer"]["digest"],
                code=run.manifest["code"],
                synthetic=synthetic_of(home) is not None,
            )
            points = {one.code: reading.points(one) for one in _of_run()}
            VintageSeries.objects.bulk_create(
                VintageSeries(vintage=vintage, indicator=code, points=_plain(some)) for code, some in points.items()
            )
            owe(evaluate(vintage, points), at)
    except IntegrityError:  # kept meanwhile by another worker
        return False
    to_come(run)
    return True


def points_kept(run: str, indicator: Indicator) -> list[Point]:
    """The national values of an indicator as a run told them; none where nothing was kept."""
    found = VintageSeries.objects.filter(vintage__run=run, indicator=indicator.code).first()
    points: Points = [] if found is None else found.points
    return [Point(period, value, Status(status)) for period, value, status in points]


def vintages_of(indicator: Indicator, most: int) -> list[VintageSeries]:
    """The last vintages in which an indicator was kept, the newest first, with their run."""
    found = VintageSeries.objects.filter(indicator=indicator.code).select_related("vintage")
    return list(found.order_by("-vintage_id")[:most])


def replay(vintage: Vintage) -> list[str] | None:
    """The indicators that the run of a vintage no longer gives as they were kept; None when the run is not there.

    Everything is summed again from the frames of the run: the small table is not trusted.
    """
    run = next((one for one in runs_in(settings.MINASSA_HOME / RUNS) if one.path.name == vintage.run), None)
    if run is None:
        return None
    reading = Reading(cube_of(run), Filters())
    kept: dict[str, Points] = dict(vintage.series.values_list("indicator", "points"))
    again = {one.code: _plain(reading.points(one)) for one in _of_run()}
    return sorted(code for code, points in kept.items() if again.get(code) != points)


def _of_run() -> list[Indicator]:
    return [one for one in Catalogue.all().values() if one.source == Source.RUN]


def _plain(points: list[Point]) -> Points:
    return [[point.period, point.value, point.status.value] for point in points]
