"""Labour markets whose needs and supply are known to the head: planted growth, staffing, exits, cohorts, then lived.

Only counts are told, as registers and cohorts would give them; the truth of the years ahead stands beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.nation.streams import stream

FILIERES: Final = (1, 2, 3, 4, 5)
LINE: Final = ("filiere", "occupation", "region", "level")
YEAR: Final = 12
_STAFFING: Final = {
    1: (
        ("2512", 7, 0.34),
        ("2513", 6, 0.22),
        ("2519", 6, 0.10),
        ("2522", 6, 0.12),
        ("3512", 5, 0.16),
        ("1330", 7, 0.06),
    ),
    2: (("4222", 4, 0.62), ("4222", 5, 0.24), ("3341", 6, 0.08), ("2424", 6, 0.06)),
    3: (("4110", 5, 0.42), ("4132", 4, 0.22), ("4311", 5, 0.20), ("4313", 5, 0.10), ("2421", 7, 0.06)),
    4: (("2144", 7, 0.40), ("2152", 7, 0.30), ("3118", 5, 0.20), ("3115", 5, 0.10)),
    5: (("2511", 7, 0.40), ("2431", 6, 0.30), ("2641", 6, 0.18), ("2413", 7, 0.12)),
}
_TRAINS: Final = 0.03
"""Part of the jobs of the country from which a region trains."""
_FIELDS: Final = {1: "software", 2: "customer_relations", 3: "administration", 4: "engineering", 5: "data"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planted: yearly shares, the size of the country at the last known month, how much shares wander."""

    people: int = 60_000
    known_months: int = 49
    years_ahead: int = 3
    left: float = 0.12
    retired: float = 0.01
    moving_up: float = 0.03
    returning: float = 0.10
    inserted: float = 0.65
    staying: float = 0.70
    share_spread: float = 0.03


@dataclass(frozen=True, slots=True)
class KnownMarket:
    """What is told and what is true. Years are told by the month that ends them.

    `headcounts`: filiere, region, month, headcount for the months known. `staff`: `LINE`, people at the last known
    month. `flow`: `LINE`, before, retired, left, entered, openings of the last twelve months. `graduates`: field,
    region, level, month, graduates expected. `truth`: `LINE`, month, need, supply, gap, stock, for the years ahead.
    """

    month: int
    headcounts: pl.DataFrame
    staff: pl.DataFrame
    flow: pl.DataFrame
    graduates: pl.DataFrame
    truth: pl.DataFrame


def known_market(plan: Plan, flexibility: dict[str, dict[str, float]], month: int, seed: int) -> KnownMarket:
    """A market lived by a plan; `flexibility`: of the graduates of a field who enter, the part in each occupation."""
    return _Lived(plan, flexibility, month, seed).told()


class _Lived:
    def __init__(self, plan: Plan, flexibility: dict[str, dict[str, float]], month: int, seed: int) -> None:
        self.plan, self.month, self.flexibility = plan, month, flexibility
        self.rng = stream(seed, "known-market")
        weight = np.outer(
            [0.22, 0.50, 0.14, 0.10, 0.04], [1.0, 0.5, 2.0, 4.0, 0.3, 9.0, 1.0, 0.1, 0.6, 0.05, 0.08, 0.05]
        )
        self.weight = weight * self.rng.lognormal(0, 0.4, weight.shape)
        self.lines = [(f, o, r, lv) for f in FILIERES for r in range(1, 13) for o, lv, _ in _STAFFING[f]]
        self.pair = np.array([(f - 1) * 12 + r - 1 for f, _o, r, _l in self.lines])
        planted = [share for f in FILIERES for _r in range(12) for _o, _l, share in _STAFFING[f]]
        self.base = np.array(planted) * self.rng.lognormal(0, 0.25, len(planted))
        self.up = self._above()

    def told(self) -> KnownMarket:
        """Everything told and true."""
        plan, years = self.plan, self.plan.years_ahead
        monthly = self._headcounts(plan.known_months + YEAR * years)
        known = monthly[:, : plan.known_months]
        ends = [plan.known_months - 1 + YEAR * year for year in range(-1, years + 1)]
        stocks = self._stocks([monthly[:, end] for end in ends])
        cohorts, trained = self._cohorts(stocks[1].sum(), years)
        lived = [self._year(stocks[at], stocks[at + 1], trained[at]) for at in range(years + 1)]
        first = lived[0]
        staff = self._frame({"people": stocks[1].astype(np.float64)})
        flow = self._frame(
            {name: first[name].astype(np.float64) for name in ("before", "retired", "left", "entered", "openings")}
        )
        truth = pl.concat(
            self._frame(
                {name: one[name].astype(np.float64) for name in ("need", "supply", "gap", "stock")}
            ).with_columns(pl.lit(self.month + YEAR * at, pl.Int32).alias("month"))
            for at, one in enumerate(lived)
            if at > 0
        )
        return KnownMarket(self.month, self._months(known), staff, flow, cohorts, truth)

    def _headcounts(self, months: int) -> NDArray[np.float64]:
        """Whole headcounts by pair and month, near the size asked at the last known one."""
        rng, pairs = self.rng, self.weight.size
        years = np.arange(months) / YEAR
        drift = 0.07 + np.cumsum(rng.normal(0, 0.01, months)) / np.sqrt(YEAR)
        nation = np.cumsum(drift / YEAR + rng.normal(0, 0.002, months))
        of_filiere = rng.normal(0, 0.03, 5)[:, None] + np.cumsum(rng.normal(0, 0.006, (5, months)), axis=1)
        own = rng.normal(0, 0.03, pairs)[:, None] * years + np.cumsum(rng.normal(0, 0.008, (pairs, months)), axis=1)
        logs = nation + np.repeat(of_filiere * 0.5 + 0 * years, 12, axis=0) + own
        level = self.weight.ravel() / self.weight.sum() * self.plan.people
        table = level[:, None] * np.exp(logs - logs[:, [self.plan.known_months - 1]])
        return np.asarray(np.rint(table + rng.normal(0, 1, table.shape) * np.sqrt(table) * 0.1).clip(0))

    def _stocks(self, jobs: list[NDArray[np.float64]]) -> list[NDArray[np.int64]]:
        """People of each line at the end of each year: shares wander, part of the posts is filled anew by chance."""
        share, found = self.base, []
        for one in jobs:
            whole = np.bincount(self.pair, share, self.weight.size)
            part = share / whole[self.pair]
            found.append(self._placed(part, one))
            share = share * np.exp(self.rng.normal(0, self.plan.share_spread, len(share)))
        return found

    def _placed(self, part: NDArray[np.float64], jobs: NDArray[np.float64]) -> NDArray[np.int64]:
        """Whole people by line: the largest remainders are rounded up, so that a pair keeps its headcount."""
        wanted = part * jobs[self.pair]
        floor: NDArray[np.int64] = np.floor(wanted).astype(np.int64)
        for pair in range(self.weight.size):
            of = np.flatnonzero(self.pair == pair)
            missing = int(jobs[pair]) - int(floor[of].sum())
            order = np.argsort(floor[of] - wanted[of], kind="stable")
            floor[of[order[:missing]]] += 1
        return floor

    def _cohorts(self, people: int, years: int) -> tuple[pl.DataFrame, list[NDArray[np.int64]]]:
        """Expected graduates of each year, and how many truly entered each line."""
        rows, trained = [], []
        regions = self.weight.sum(axis=0) / self.weight.sum()
        for at in range(years + 1):
            entered = np.zeros(len(self.lines), dtype=np.int64)
            for filiere, field in _FIELDS.items():
                expected = people * 0.05 * self.weight[filiere - 1].sum() / self.weight.sum()
                for region in np.flatnonzero(regions > _TRAINS) + 1:
                    number = expected * regions[region - 1]
                    rows.append((field, int(region), 6, self.month + YEAR * at, number))
                    entered += self._entering(field, int(region), self.rng.poisson(number))
            trained.append(entered)
        schema = {"field": pl.String, "region": pl.Int32, "level": pl.Int32, "month": pl.Int32, "graduates": pl.Float64}
        return pl.DataFrame(rows, schema=schema, orient="row"), trained

    def _entering(self, field: str, region: int, graduates: int) -> NDArray[np.int64]:
        """Where graduates work: occupation by the table, at the level nearest to theirs, here or where it is held."""
        found = np.zeros(len(self.lines), dtype=np.int64)
        for occupation, share in self.flexibility[field].items():
            held = [(at, line) for at, line in enumerate(self.lines) if line[1] == occupation]
            if not held:
                continue
            near = min({line[3] for _at, line in held}, key=lambda level: (abs(level - 6), level))
            fits = [(at, line) for at, line in held if line[3] == near]
            size = {at: self.base[at] * self.weight[line[0] - 1, line[2] - 1] for at, line in fits}
            came = self.rng.binomial(graduates, self.plan.inserted * share)
            stay = self.rng.binomial(came, self.plan.staying)
            here = [at for at, line in fits if line[2] == region] or list(size)
            for number, places in ((stay, here), (came - stay, list(size))):
                weights = np.array([size[at] for at in places])
                found[places] += self.rng.multinomial(number, weights / weights.sum())
        return found

    def _year(
        self, before: NDArray[np.int64], after: NDArray[np.int64], trained: NDArray[np.int64]
    ) -> dict[str, NDArray[np.int64]]:
        plan, rng = self.plan, self.rng
        retired, left = rng.binomial(before, plan.retired), rng.binomial(before, plan.left)
        rising = rng.binomial(before, plan.moving_up) * (self.up.sum(axis=1) > 0)
        promoted = rng.poisson(rising @ self.up)
        returned = rng.binomial(before, plan.left * plan.returning)
        others = rng.poisson(before * 0.13 * rng.lognormal(0, 0.06))
        need = after - before + retired + left + rising
        supply = trained + returned + others + promoted
        return {
            "before": before,
            "retired": retired,
            "left": left,
            "entered": trained + returned + others,
            "openings": after - before + retired + left,
            "need": need,
            "supply": supply,
            "gap": need - supply,
            "stock": after,
        }

    def _above(self) -> NDArray[np.float64]:
        up = np.zeros((len(self.lines), len(self.lines)))
        size = np.array([self.base[at] * self.weight[f - 1, r - 1] for at, (f, _o, r, _l) in enumerate(self.lines)])
        for at, (filiere, _o, region, level) in enumerate(self.lines):
            higher = [to for to, (f, _p, r, lv) in enumerate(self.lines) if (f, r) == (filiere, region) and lv > level]
            if higher:
                least = min(self.lines[to][3] for to in higher)
                to = [one for one in higher if self.lines[one][3] == least]
                up[at, to] = size[to] / size[to].sum()
        return up

    def _frame(self, columns: dict[str, NDArray[np.float64]]) -> pl.DataFrame:
        kinds = (pl.Int32, pl.String, pl.Int32, pl.Int32)
        lines = pl.DataFrame(self.lines, schema=dict(zip(LINE, kinds, strict=True)), orient="row")
        return lines.with_columns(pl.Series(name, values) for name, values in columns.items()).sort(LINE)

    def _months(self, known: NDArray[np.float64]) -> pl.DataFrame:
        pairs, months = known.shape
        first = self.month - months + 1
        return pl.DataFrame(
            {
                "filiere": np.repeat(np.repeat(FILIERES, 12), months),
                "region": np.repeat(np.tile(np.arange(1, 13), 5), months),
                "month": np.tile(np.arange(first, first + months), pairs),
                "headcount": known.ravel(),
            }
        )
