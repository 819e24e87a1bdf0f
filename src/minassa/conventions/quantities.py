"""The value of each kind of commitment at the end of a month, read from a run or from what the firm declared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

import polars as pl

from minassa.conventions.convention_models import CommitmentKind, Convention
from minassa.conventions.following_models import Declared
from minassa.engine import Offer
from minassa.entitlements.excerpting import of_firms
from minassa.entitlements.runs import Run
from minassa.vocabulary.periods import MONTHS_A_YEAR, last_day
from minassa.vocabulary.statuses import Status

_RULES: Final = ("net_jobs", "kept_net_jobs")
"""Rules of the offer by month and firm that a run does not keep."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value, the month it bears on, and how sure the rule behind it is; None where no rule is needed to read it."""

    amount: int
    as_of_month: int
    status: Status | None = None


class Quantities:
    """The values of the firms of one convention in one run: tables are read once, whatever is asked of them.

    What the firm declared is taken as it was known at an instant, so that a value can be made again later.
    """

    def __init__(
        self, convention: Convention, run: Run, offer: Offer, affiliations: Collection[int], known_at: datetime
    ) -> None:
        self.convention, self.known_at = convention, known_at
        theirs = pl.col("affiliation").is_in(sorted(affiliations))
        grains = of_firms(run, offer, theirs, {"firm_month": _RULES})
        self.months, self.years = grains["firm_month"], grains["firm_year"]
        law = offer.at("firm_month", run.until)
        self.statuses = {name: law.rules[name].status for name in _RULES if name in law.rules}

    def value(self, kind: str, number: int, firms: Collection[int], month: int) -> Value | None:
        """The value of a commitment over firms at the end of a month; None when nothing tells it."""
        return _READ[CommitmentKind(kind)](self, firms, number, month)

    def at_month(self, column: str, firms: Collection[int], month: int) -> int | None:
        """The sum of a monthly column over firms; None for a month the run does not know, or before the rule."""
        rows = self.months.filter(pl.col("affiliation").is_in(firms), pl.col("month") == month)[column].drop_nulls()
        return int(rows.sum()) if len(rows) else None

    def closed(self, column: str, firms: Collection[int], month: int) -> tuple[int, int] | None:
        """The sum of a yearly column over the accounts closed in the year that ends with a month, and the last closing.

        None unless every firm has deposited them.
        """
        rows = self.years.filter(
            pl.col("affiliation").is_in(firms),
            pl.col("accounts_filed"),
            pl.col("closing_month") <= month,
            pl.col("closing_month") > month - MONTHS_A_YEAR,
        )
        if rows["affiliation"].n_unique() < len(firms):
            return None
        return int(rows[column].sum()), int(rows["closing_month"].max() or 0)  # type: ignore[arg-type]


_Reader = Callable[[Quantities, Collection[int], int, int], Value | None]


def _monthly(column: str) -> _Reader:
    def read(known: Quantities, firms: Collection[int], _number: int, month: int) -> Value | None:
        found = known.at_month(column, firms, month)
        return None if found is None else Value(found, month, known.statuses.get(column))

    return read


def _yearly(column: str) -> _Reader:
    def read(known: Quantities, firms: Collection[int], _number: int, month: int) -> Value | None:
        found = known.closed(column, firms, month)
        return None if found is None else Value(*found)

    return read


def _said(known: Quantities, _firms: Collection[int], number: int, month: int) -> Value | None:
    rows = Declared.objects.filter(convention=known.convention, number=number, on__lte=last_day(month))
    return Value(sum(rows.filter(at__lte=known.known_at).values_list("amount", flat=True)), month)


_READ: Final[Mapping[CommitmentKind, _Reader]] = MappingProxyType(
    {
        CommitmentKind.NET_JOBS: _monthly("net_jobs"),
        CommitmentKind.JOBS_KEPT: _monthly("kept_net_jobs"),
        CommitmentKind.HEADCOUNT: _monthly("headcount_month"),
        CommitmentKind.EXPORT_TURNOVER: _yearly("export_turnover_year"),
        CommitmentKind.TRAINING_SPEND: _yearly("training_spend_year"),
        CommitmentKind.INVESTMENT: _said,
        CommitmentKind.EVENT: _said,
    }
)
