"""What everyone reads of a region or of a P2I: published figures alone, those that would tell a firm left out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.offer.catalogue import measure as measure_of
from minassa.outlook.targets import Scale, path
from minassa.steering.indicators.catalogue import Unit, share
from minassa.steering.indicators.reading import Point
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.statuses import Status
from minassa.web.indicators import wording
from minassa.web.indicators.drawing import NARROW, WIDE, curve
from minassa.web.public.delays import told_delays
from minassa.web.public.home import month_words
from minassa.web.public.pages import language
from minassa.web.territories.ground import Ground

MILLION: Final = 1_000_000
RECENT: Final = 18
"""Months listed below the chart."""
ROUNDING: Final = "minassa-default#affichage"


def outside(figures: Mapping[str, Any], ground: Ground) -> dict[str, Any]:
    """The published figures of a territory, in the language of the page."""
    told = figures["territories"][ground.row]
    jobs = {parse_month(month): value for month, value in told["months"]}
    levels = _levels(figures, told["base_share"])
    last = max(jobs)
    return {
        "until": month_words(figures["until"]),
        "jobs": jobs[last],
        "net": _less(jobs[last], told["base_jobs"]),
        "level": levels.get(last),
        "gap": _less(jobs[last], levels.get(last)),
        "share": _share(jobs[last], figures),
        "cell": _cell(figures, ground),
        "filieres": [{**row, "label": Filiere(row["filiere"]).label(language())} for row in told["filieres"]],
        "measures": [
            {**row, "label": getattr(measure_of(row["measure"]).label, language())} for row in told["measures"]
        ],
        "delays": [one for one in told_delays() if not one.body],
        **_drawn(jobs, levels),
        "recent": [
            (month_words(month), value, levels.get(parse_month(month)))
            for month, value in reversed(told["months"][-RECENT:])
        ],
    }


def _levels(figures: Mapping[str, Any], base_share: int | None) -> dict[int, int]:
    """The part of the promised path since June 2025, if the territory keeps the part of jobs that it held then."""
    if not base_share:
        return {}
    scale = Scale(figures["scale"]["jobs"], figures["scale"]["country"])
    rows = path(scale).select("month", "level_jobs").iter_rows()
    return {
        month: divide(level * base_share, MILLION, Direction.HALF_UP, ROUNDING)
        for month, level in rows
        if month >= BASE_MONTH and level is not None
    }


def _share(jobs: int | None, figures: Mapping[str, Any]) -> int | None:
    """The part of the jobs of the country, in basis points."""
    return None if jobs is None else share(jobs, figures["months"][-1]["headcount"])


def _cell(figures: Mapping[str, Any], ground: Ground) -> Mapping[str, Any]:
    """New jobs and money of the territory, as the tables of the home tell them; nothing for a P2I not open yet."""
    if ground.p2i is None:
        return next(row for row in figures["regions"] if row["region"] == ground.region.number)
    return next((row for row in figures["p2i"] if row["place"] == ground.p2i.slug), {})


def _drawn(jobs: Mapping[int, int | None], levels: Mapping[int, int]) -> dict[str, Any]:
    """The curve of jobs beside the part of the path, for a page and a phone."""
    points = [Point(month, value, Status.INFERRED) for month, value in jobs.items()]
    beside = [(month, level) for month, level in sorted(levels.items()) if month <= max(jobs)]
    written = partial(wording.short, Unit.JOBS)
    made = [
        (name, curve(points, written, size, right_to_left=language() == "ar", beside=beside))
        for name, size in (("wide", WIDE), ("narrow", NARROW))
    ]
    return {"curves": [pair for pair in made if pair[1] is not None], "unit": wording.axis_words(Unit.JOBS)}


def _less(value: int | None, other: int | None) -> int | None:
    return None if value is None or other is None else value - other
