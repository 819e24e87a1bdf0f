"""Reports of the P2I prepared after a run with what the platform knows: firms, jobs, export, and the run behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import polars as pl
from django.conf import settings

from minassa.entitlements.runs import Run
from minassa.outlook.disclosure.parameters import control
from minassa.platforms.models import Report
from minassa.platforms.public import Span, Unit, prepare_report, units
from minassa.steering.indicators.catalogue import Catalogue, Frequency
from minassa.steering.indicators.kept import latest_cube
from minassa.steering.indicators.reading import Filters, Point, Reading
from minassa.steering.public import synthetic_of
from minassa.vocabulary.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, format_month
from minassa.vocabulary.places import place
from minassa.vocabulary.statuses import rank

AT_THE_END: Final = ("declared_jobs", "net_jobs", "women_share", "wage_month")
"""Told as they stand at the end of the period."""
OVER_THE_PERIOD: Final = ("new_jobs_month", "leavers_month")
"""Added up over the months of the period."""
BY_YEAR: Final = ("export_turnover", "value_added_job")
"""Told for the last year whose accounts are closed by then."""
OF_FIRMS: Final = ("wage_month", *BY_YEAR)
"""Withheld where so few firms stand behind that they would tell the affairs of one of them."""


def prepare_next(at: datetime) -> bool:
    """Open the next report that a run allows; whether there was one. A loop of the worker."""
    latest = latest_cube(settings.MINASSA_HOME)
    if latest is None:
        return False
    run, cube = latest
    opened = set(Report.objects.values_list("place", "first_month", "last_month"))
    synthetic = synthetic_of(settings.MINASSA_HOME) is not None
    for span in spans_of(run.until):
        for one in units():
            if _exists(one, span) and (one.code, span.first_month, span.last_month) not in opened:
                known = known_of(run, cube, one, span)
                return prepare_report(one.code, span, known, at, synthetic=synthetic) is not None
    return False


def spans_of(until: int) -> tuple[Span, Span]:
    """The last quarter and the last year that a run covers whole."""
    quarter = (until + 1) // MONTHS_A_QUARTER * MONTHS_A_QUARTER - 1
    year = (until + 1) // MONTHS_A_YEAR * MONTHS_A_YEAR - 1
    return Span(quarter - MONTHS_A_QUARTER + 1, quarter), Span(year - MONTHS_A_YEAR + 1, year)


def known_of(run: Run, cube: pl.DataFrame, unit: Unit, span: Span) -> dict[str, Any]:
    """What the platform knows of a unit over a period, as a report keeps it: firms, jobs, figures, and the run."""
    firms, jobs = _firms(run, unit, span.last_month)
    reading = Reading(cube.filter(pl.col("place").is_in(unit.places)), Filters())
    few = firms < control().fewest_firms.value
    figures = list(_figures(reading, span, few=few))
    return {
        "run": run.path.name,
        "versions": dict(run.manifest["versions"]),
        "offer_digest": run.manifest["offer"]["digest"],
        "until": format_month(run.until),
        "firms": firms,
        "jobs": jobs,
        "figures": figures,
        "withheld": [code for code in OF_FIRMS if few and code in Catalogue.all()],
    }


def _exists(unit: Unit, span: Span) -> bool:
    """Whether the unit is open at the end of the period."""
    return unit.national or place(unit.code).is_open(span.last_month)


def _firms(run: Run, unit: Unit, month: int) -> tuple[int, int]:
    """Firms that declare someone there in a month, and the people they declare."""
    rows = run.table("firm_month").filter(
        pl.col("month") == month, pl.col("place").is_in(unit.places), pl.col("headcount_month") > 0
    )
    told = rows.select(
        pl.col("affiliation").n_unique().alias("firms"), pl.col("headcount_month").sum().alias("jobs")
    ).collect()
    return int(told["firms"][0]), int(told["jobs"][0])


def _figures(reading: Reading, span: Span, *, few: bool) -> Iterator[Mapping[str, Any]]:
    known = Catalogue.all()
    for code in (*AT_THE_END, *OVER_THE_PERIOD, *BY_YEAR):
        one = known.get(code)
        if one is None or (few and code in OF_FIRMS):
            continue
        points = [point for point in reading.points(one, sees_persons=False) if point.period <= span.last_month]
        if code in OVER_THE_PERIOD:
            yield from _summed(code, [point for point in points if point.period >= span.first_month])
        elif one.frequency is Frequency.YEAR:
            closed = [point for point in points if (point.period + 1) % MONTHS_A_YEAR == 0]
            yield from (_told(code, point) for point in closed[-1:])
        else:
            yield from (_told(code, point) for point in points[-1:] if point.period == span.last_month)


def _summed(code: str, points: list[Point]) -> Iterator[Mapping[str, Any]]:
    if points:
        weakest = max((point.status for point in points), key=rank)
        total = sum(point.value or 0 for point in points)
        yield _told(code, Point(points[-1].period, total, weakest))


def _told(code: str, point: Point) -> Mapping[str, Any]:
    return {"code": code, "period": format_month(point.period), "value": point.value, "status": str(point.status)}
