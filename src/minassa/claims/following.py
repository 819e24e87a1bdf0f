"""Each hire followed to its 18th month and over five years: what is due, when, and what may come.

A forecast is never a right. It is told twice: as if nobody left any more, and with the departures that are assumed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from minassa.claims.weights import thresholds
from minassa.engine import Offer
from minassa.entitlements.excerpting import of_firms
from minassa.entitlements.runs import Run
from minassa.entitlements.spells import REFERENCE_MONTHS, STABILITY_MONTHS
from minassa.vocabulary.periods import MONTHS_A_YEAR, month_index, year_of
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ARTICLE: Final = "minassa-default#prevision"
HIRE: Final = ["affiliation", "person", "hired_month"]


@dataclass(frozen=True, slots=True)
class Followed:
    """The hires of a firm followed. Months as indices, amounts in centimes.

    `premiums`: one row per hire: `due_month` (its 18th month), `state` (`reached`, `on_the_way`, `left`), `due_cents`
    already due, `expected_cents` if the person stays, `probable_cents` with the departures assumed.
    `training`: one row per hire and calendar year within the five years: `due_cents`, `expected_cents` and
    `probable_cents` for the months to come.
    `departures_basis_points`: the share assumed to leave each month.
    """

    premiums: pl.DataFrame
    training: pl.DataFrame
    departures_basis_points: int


def followed(run: Run, offer: Offer, affiliation: int, day: date) -> Followed:
    """The hires of a firm since the premiums exist, as a run knows them; `offer` is the one of the run."""
    found = followed_everywhere(run, offer, day, pl.col("affiliation") == affiliation)
    premiums, training = found.premiums.drop("affiliation"), found.training.drop("affiliation")
    return Followed(premiums, training, found.departures_basis_points)


def followed_everywhere(run: Run, offer: Offer, day: date, firms: pl.Expr | None = None) -> Followed:
    """The hires of all firms (or those for which `firms` holds), their rows with `affiliation`; as `followed`."""
    which = pl.lit(value=True) if firms is None else firms
    departures = thresholds(day).monthly_departures_basis_points
    hires = _hires(run, offer, which)
    premiums = _premiums(hires, run.until, departures)
    return Followed(premiums, _training(run, offer, which, hires, departures), departures)


def survival(months: int, departures_basis_points: int) -> int:
    """The share of a group still there after so many months, in basis points, the same share leaving each month."""
    left = BASIS_POINTS
    for _month in range(months):
        left = divide(left * (BASIS_POINTS - departures_basis_points), BASIS_POINTS, Direction.HALF_UP, ARTICLE)
    return left


def _hires(run: Run, offer: Offer, firms: pl.Expr) -> pl.DataFrame:
    """The hires of the firms with what is expected of each: the offer evaluated again on their rows alone."""
    rows = of_firms(run, offer, firms, {"hire": ("pae_amount_expected", "pae_expected_reference")})["hire"]
    return rows.filter(pl.col("pae_amount").is_not_null()).sort(HIRE)


def _premiums(hires: pl.DataFrame, until: int, departures: int) -> pl.DataFrame:
    due_month = pl.col("hired_month") + STABILITY_MONTHS - 1
    wait = (due_month - until).clip(0, STABILITY_MONTHS)
    shares = {months: survival(months, departures) for months in range(STABILITY_MONTHS + 1)}
    state = pl.when("pae_stay_reached").then(pl.lit("reached")).when("left").then(pl.lit("left"))
    expected = pl.col("pae_amount_expected").fill_null(0)
    return hires.select(
        *HIRE,
        due_month.alias("due_month"),
        state.otherwise(pl.lit("on_the_way")).alias("state"),
        pl.when("pae_entitled").then(pl.col("pae_amount")).otherwise(0).alias("due_cents"),
        expected.alias("expected_cents"),
        _share(expected, wait.replace_strict(shares, return_dtype=pl.Int64)).alias("probable_cents"),
    )


def _share(cents: pl.Expr, basis_points: pl.Expr) -> pl.Expr:
    """A share of an amount, rounded down to the centime."""
    return cents * basis_points // BASIS_POINTS


def _training(run: Run, offer: Offer, firms: pl.Expr, hires: pl.DataFrame, departures: int) -> pl.DataFrame:
    """The premium for training of each hire by calendar year: due for months known, expected for those to come."""
    rows = run.table("employee_period").filter(firms)
    known = (
        rows.filter(pl.col("paf_amount").is_not_null())
        .sort("from_month")
        .group_by(*HIRE, "year", maintain_order=True)
        .agg(pl.col("paf_amount").filter("paf_entitled").sum(), pl.col("paf_entitled").last())
        .collect()
    )
    going = known.group_by(HIRE, maintain_order=True).agg(pl.col("paf_entitled").last())
    stays = hires.join(going, on=HIRE, how="inner").filter("paf_entitled", ~pl.col("left"))
    ahead = [row for one in stays.iter_rows(named=True) for row in _ahead(one, run.until, offer, departures)]
    schema = {"affiliation": pl.Int32, "person": pl.Int64, "hired_month": pl.Int32, "year": pl.Int32}
    cents = {"expected_cents": pl.Int64, "probable_cents": pl.Int64}
    forecast = pl.DataFrame(ahead, schema={**schema, **cents}, orient="row")
    due = known.select(
        *(pl.col(n).cast(k) for n, k in schema.items()), pl.col("paf_amount").cast(pl.Int64).alias("due_cents")
    )
    joined = due.join(forecast, on=[*HIRE, "year"], how="full", coalesce=True).fill_null(0)
    followed_hires = hires.select(pl.col(name).cast(schema[name]) for name in HIRE)
    return joined.join(followed_hires, on=HIRE, how="semi").sort(*HIRE, "year")


def _ahead(hire: dict[str, int], until: int, offer: Offer, departures: int) -> Iterator[tuple[int, ...]]:
    """What the years to come may bring: firm, person, month of hiring, year, all staying, departures assumed."""
    law = offer.at("employee_period", min(until, month_index(2030, MONTHS_A_YEAR)))
    window, rate = (_whole(law.figures[name].value) for name in ("paf_window_months", "paf_rate"))
    months = [m for m in range(until + 1, hire["hired_month"] + window) if _in_force(offer, m)]
    for year in sorted({year_of(month) for month in months}):
        within = [month for month in months if year_of(month) == year]
        paid = [_monthly(hire["pae_expected_reference"] or 0, rate, 1) for _month in within]
        probable = sum(
            cents * survival(month - until, departures) // BASIS_POINTS
            for cents, month in zip(paid, within, strict=True)
        )
        yield hire["affiliation"], hire["person"], hire["hired_month"], year, sum(paid), probable


def _whole(value: object) -> int:
    """A figure that is a whole number; TypeError for any other, an error of the offer."""
    if not isinstance(value, int):
        message = "a whole number is expected"
        raise TypeError(message)
    return value


def _monthly(reference: int, rate: int, months: int) -> int:
    """The premium of some months at the pay of the reference year, in centimes."""
    return divide(reference * rate * months, BASIS_POINTS * REFERENCE_MONTHS, Direction.HALF_UP, ARTICLE)


def _in_force(offer: Offer, month: int) -> bool:
    return "paf_amount" in offer.at("employee_period", month).rules
