"""What the premiums of all firms may still cost, year by year, and what a job has cost so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from minassa.claims.following import followed_everywhere
from minassa.engine import Offer
from minassa.entitlements.computation import computed
from minassa.entitlements.frames import Frames
from minassa.entitlements.runs import GRAINS, Run
from minassa.ledger.public import execution
from minassa.registry.public import Actor, require
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.rounding import Direction, divide

ARTICLE = "minassa-default#cout-par-emploi"


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """What a premium may bring to firms in a calendar year: centimes.

    `expected` as if nobody left any more, `probable` with the departures assumed: what will come lies between.
    """

    measure: str
    year: int
    firms: int
    hires: int
    expected: int
    probable: int


@dataclass(frozen=True, slots=True)
class JobCosts:
    """What was paid, less what came back, against jobs at the end of a month (index). Centimes; None without jobs.

    `net_jobs` since June 2025 (below zero when the whole has shrunk); `kept_jobs`: of these, those kept 18 months.
    """

    month: int
    paid: int
    given_back: int
    net_jobs: int
    kept_jobs: int

    @property
    def per_net_job(self) -> int | None:
        """Centimes for each net job."""
        return _each(self.paid - self.given_back, self.net_jobs)

    @property
    def per_kept_job(self) -> int | None:
        """Centimes for each net job kept."""
        return _each(self.paid - self.given_back, self.kept_jobs)


def forecast(actor: Actor, run: Run, offer: Offer, day: date) -> list[ForecastRow]:
    """The premiums for jobs (in the year of the 18th month) and for training to come, after a run. Forbidden."""
    require(actor, "ledger.view", None)
    return expected_of(run, offer, day)


def expected_of(run: Run, offer: Offer, day: date) -> list[ForecastRow]:
    """The same for whoever was asked before, or for the platform itself: sums by year, nobody named."""
    found = followed_everywhere(run, offer, day)
    ahead = found.premiums.filter(pl.col("due_month") > run.until)
    jobs = ahead.with_columns((pl.col("due_month") // MONTHS_A_YEAR).cast(pl.Int32).alias("year"))
    return [*_by_year("pae", jobs), *_by_year("paf", found.training)]


def _by_year(measure: str, rows: pl.DataFrame) -> list[ForecastRow]:
    some = rows.filter(pl.col("expected_cents") > 0).group_by("year")
    sums = some.agg(
        pl.col("affiliation").n_unique().alias("firms"),
        pl.len().alias("hires"),
        pl.col("expected_cents").sum(),
        pl.col("probable_cents").sum(),
    )
    return [ForecastRow(measure, *(int(value) for value in row)) for row in sums.sort("year").iter_rows()]


def job_costs(actor: Actor, run: Run, offer: Offer) -> JobCosts:
    """What the jobs that a run knows have cost so far. Forbidden."""
    require(actor, "ledger.view", None)
    last = pl.col("month") == run.until
    tables = {name: run.table(name).head(0).collect() for name in (*GRAINS, "spells")}
    tables["firm_month"] = run.table("firm_month").filter(last).collect()
    months = computed(offer, Frames(**tables, until=run.until), {"firm_month": ("net_jobs", "kept_net_jobs")})[
        "firm_month"
    ]
    rows = execution(actor, ["measure"])
    net, kept = (int(months[name].sum() or 0) for name in ("net_jobs", "kept_net_jobs"))
    paid, back = sum(row.paid for row in rows), sum(row.given_back for row in rows)
    return JobCosts(run.until, paid, back, net, kept)


def _each(cents: int, jobs: int) -> int | None:
    return divide(cents, jobs, Direction.HALF_UP, ARTICLE) if jobs > 0 else None
