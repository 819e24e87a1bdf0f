"""Cohorts as the balance takes them: graduates expected by field, region, level and year, and who of them comes.

What a cohort does not say is taken from the other cohorts of its programme, then from all, then assumed. A cohort that
says neither its seats nor its entrants adds nobody, and is counted as silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from minassa.talent.balance.market import GRADUATES, no_graduates
from minassa.talent.balance.parameters import Parameters, Ranged
from minassa.talent.balance.tables import BalanceTables
from minassa.talent.flows.shares import Counted
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status

LEAST_OBSERVED: Final = 30
"""Graduates observed below which a measured share does not replace the assumption."""


@dataclass(frozen=True, slots=True)
class Told:
    """A cohort as its body tells it; counts are None where nobody knows. `ends_month` is that of the diploma."""

    programme: str
    filiere: int
    region: int
    ends_month: int
    seats: int | None
    enrolled: int | None
    graduated: int | None


def expected_graduates(cohorts: Sequence[Told], known: Parameters, tables: BalanceTables) -> pl.DataFrame:
    """Graduates of cohorts, those to come as expected: `GRADUATES`, `month` being the one of the diploma, in order."""
    kept = _shares([(one.programme, one.graduated, one.enrolled) for one in cohorts], known.kept_of_entrants)
    filled = _shares([(one.programme, one.enrolled, one.seats) for one in cohorts], known.filled_of_seats)
    rows = []
    for one in cohorts:
        number = _graduates(one, kept[one.programme], filled[one.programme])
        if number is not None:
            place = tables.field_of(one.programme, one.filiere)
            rows.append((place.field, one.region, place.level, one.ends_month, number))
    found = pl.DataFrame(rows, schema=no_graduates().schema, orient="row")
    return found.group_by(GRADUATES[:-1]).agg(pl.col("graduates").sum()).sort(GRADUATES[:-1])


def silent(cohorts: Sequence[Told]) -> int:
    """Cohorts that tell no number of which graduates could be expected."""
    return sum(one.seats is None and one.enrolled is None and one.graduated is None for one in cohorts)


def by_year(graduates: pl.DataFrame, ends: Sequence[int]) -> pl.DataFrame:
    """The same graduates in the twelve months that end with each of some months; those of other months left out."""
    end = pl.coalesce(*(pl.when(pl.col("month").is_between(end - 11, end)).then(end) for end in ends))
    put = graduates.with_columns(month=end.cast(pl.Int32)).drop_nulls("month")
    return put.group_by(GRADUATES[:-1]).agg(pl.col("graduates").sum()).sort(GRADUATES[:-1])


def measured(found: Mapping[str, Counted], day: date) -> dict[str, Ranged]:
    """Insertion by field where enough graduates were observed: the share counted takes the place of the assumption."""
    return {
        field: Ranged(
            value=one.share,
            low=one.low,
            high=one.high,
            unit="basis_points",
            status=Status.INFERRED,
            reviewed_on=day,
            note=f"Mesurée dans les déclarations, douze mois après le diplôme, sur {one.of} lauréats observés.",
        )
        for field, one in sorted(found.items())
        if one.of >= LEAST_OBSERVED
    }


def _graduates(one: Told, kept: float, filled: float) -> float | None:
    if one.graduated is not None:
        return float(one.graduated)
    if one.enrolled is not None:
        return one.enrolled * kept
    return None if one.seats is None else one.seats * filled * kept


def _shares(rows: Sequence[tuple[str, int | None, int | None]], assumed: Ranged) -> dict[str, float]:
    """By programme, the share of its cohorts that tell both numbers; of all cohorts else; assumed else."""
    usual = _share([row[1:] for row in rows])
    fallback = assumed.value / BASIS_POINTS if usual is None else usual
    own = {code: _share([row[1:] for row in rows if row[0] == code]) for code in {row[0] for row in rows}}
    return {code: fallback if share is None else share for code, share in own.items()}


def _share(pairs: Sequence[tuple[int | None, int | None]]) -> float | None:
    both = [(part, whole) for part, whole in pairs if part is not None and whole]
    return min(1.0, sum(part for part, _ in both) / sum(whole for _, whole in both)) if both else None
