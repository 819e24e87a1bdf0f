"""Where the values of indicators are taken: the small table of the last run, the accounts, the minute ledger."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from django.conf import settings

from minassa.entitlements.runs import Run
from minassa.registry.public import Actor, allowed
from minassa.steering.indicators.catalogue import Indicator, Source
from minassa.steering.indicators.kept import cube_kept, keep_cube, latest_cube
from minassa.steering.indicators.live import live_sums
from minassa.steering.indicators.reading import Filters, Point, Reading, points_of


@dataclass(frozen=True)
class Board:
    """The last run with its table, looked at under some filters by someone."""

    run: Run
    cube: pl.DataFrame
    reading: Reading
    actor: Actor

    @property
    def filters(self) -> Filters:
        """What is looked at."""
        return self.reading.filters

    def points(self, indicator: Indicator) -> list[Point]:
        """The values of an indicator, oldest first; none where it cannot be narrowed so, or where nothing is known."""
        if indicator.source == Source.RUN:
            return self.reading.points(indicator, sees_persons=allowed(self.actor, "indicator.lines"))
        sums = live_sums(indicator, self.actor, self.run, self.filters)
        return points_of(indicator, sums.items(), self.reading)


def board(actor: Actor, filters: Filters, of: Run | None = None) -> Board | None:
    """The board of the latest run, or `of` a run that is kept; None before the first one."""
    found = latest_cube(settings.MINASSA_HOME) if of is None else _cube_of(of)
    if found is None:
        return None
    run, cube = found
    return Board(run, cube, Reading(cube, filters), actor)


def _cube_of(run: Run) -> tuple[Run, pl.DataFrame] | None:
    """A run with its table, made again where it was not kept; None while another process makes it."""
    kept = cube_kept(settings.MINASSA_HOME, run)
    cube = kept if kept is not None else keep_cube(settings.MINASSA_HOME, run)
    return None if cube is None else (run, cube)
